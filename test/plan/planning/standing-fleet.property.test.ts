// Random fleets that were planned before. Some instances are removed, others are added, and the rest stand with their rows:
// pinned, begun, due, or free to move. The oracle is the maximum flow beside the slots that cannot move (slot-grid.ts).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { at as instantAt } from '../samples.ts';
import {
  fleets,
  hasNoSlot,
  isActive,
  minuteOf,
  moments,
  placedNames,
  plannedRows,
  textOf,
  type Fleet,
  type Machine,
  type Rows,
} from './night-fleet.ts';
import { mostPlaced, mostUrgent, type Held, type Question } from './slot-grid.ts';

const startRoom = 3;

/** A fleet at a second planning. `rows` are as they stand before it. */
interface Scene {
  fleet: Fleet;
  now: number;
  rows: Rows;
}

/** Rows outside the windows are on the grid only if NotBefore and `now` are. */
const anyFleet = fc.oneof(
  fleets({
    most: 40,
    noWindow: ['leave'],
    now: (slot) => fc.oneof(moments(slot).onGrid, moments(slot).byDay),
  }),
  fleets({
    most: 40,
    noWindow: ['last-resort', 'soonest'],
    now: (slot) => moments(slot).onGrid,
    isOnGrid: true,
  }),
);

const scenes: fc.Arbitrary<Scene> = anyFleet.chain((fleet) =>
  fc
    .record({
      added: fc.integer({ min: 0, max: 10 }),
      removed: fc.oneof(
        fc.constant<number[]>([]),
        fc.array(fc.nat(fleet.machines.length - 1), { maxLength: 6 }),
      ),
      later: fc.oneof(fc.constant(fleet.now), moments(fleet.slot).onGrid, moments(fleet.slot).byDay),
      marks: fc.array(fc.nat(11), { minLength: 40, maxLength: 40 }),
    })
    .map(({ added, removed, later, marks }) => {
      const now = Math.max(fleet.now, later);
      // The added ones are spread over all urgencies: NotBefore is random.
      const known = fleet.machines.slice(0, Math.max(0, fleet.machines.length - added));
      const first = plannedRows({ ...fleet, machines: known });
      const gone = new Set(removed.map(String));
      const stays = ([name]: readonly [string, Plan]): boolean => !gone.has(name);
      const rows = new Map(
        [...first].filter(stays).map(([name, row]) => [name, marked(row, marks[Number(name)], now)]),
      );
      const machines = fleet.machines.filter(({ name }) => !gone.has(name));
      return { fleet: { ...fleet, machines }, now, rows };
    }),
);

/** Now and then an operator pinned the row, or an execution has begun with it. */
function marked(row: Plan, mark: number | undefined, now: number): Plan {
  if (row.status !== 'Planned' || row.decision !== 'window') return row;
  if (mark === 0) return { ...row, pinned: true };
  const start = minuteOf(row.executeAt);
  const lease = { owner: 'execution-1', until: instantAt(textOf(now + 2)) };
  if (mark === 1 && start >= now && start <= now + 15) return { ...row, status: 'Preparing', lease };
  const isFresh = Math.abs(start - now) < 1e-6;
  if (mark !== 2 || !isFresh) return row;
  const intent = { at: instantAt(textOf(now)), outcome: 'accepted' } as const;
  const looks = { nextLook: instantAt(textOf(now + 0.5)), verifyUntil: instantAt(textOf(now + 30)) };
  return { ...row, status: 'Verifying', intent, ...looks };
}

/** True where the interval of a waiting row has not passed, or the reboot is under way. */
function stands(row: Plan | undefined, now: number): row is Plan {
  if (!isActive(row)) return false;
  return row.status !== 'Planned' || minuteOf(row.latestStart) >= now - 1e-6;
}

/** True where the row must not move: it is pinned, has begun, or is about to. */
function isFixed(row: Plan | undefined, now: number): row is Plan {
  if (!stands(row, now)) return false;
  return row.pinned || row.status !== 'Planned' || minuteOf(row.executeAt) <= now + startRoom;
}

const heldBy = (rows: readonly Plan[]): Held[] =>
  rows.filter((row) => !hasNoSlot(row)).map(({ group, executeAt }) => ({ group, at: minuteOf(executeAt) }));

const isInWindow = ({ decision }: Plan): boolean => decision === 'window';

/** What the flow is asked if these rows keep their slots: those in a window count, and the other instances are free. */
function question({ fleet, now, rows }: Scene, kept: (row: Plan | undefined) => row is Plan, outside: Fixed) {
  const found = fleet.machines.map((machine) => ({ machine, row: rows.get(machine.name) }));
  const held = heldBy(found.flatMap(({ row }) => (kept(row) ? [row] : [])));
  const inWindow = found.filter(({ row }) => kept(row) && isInWindow(row)).map(({ machine }) => machine.name);
  const machines: Machine[] = found
    .filter(({ row }) => !kept(row) || (!isInWindow(row) && !outside(row)))
    .map(({ machine }) => machine);
  const asked: Question = { fleet, machines, held, now };
  return { inWindow, asked };
}

type Fixed = (row: Plan) => boolean;

/** The largest number, and the most urgent set beside the rows that cannot move. */
function best(scene: Scene): { number: number; names: string[] } {
  const { inWindow, asked } = question(
    scene,
    (row): row is Plan => isFixed(row, scene.now),
    () => true,
  );
  return {
    number: inWindow.length + mostPlaced(asked),
    names: [...inWindow, ...mostUrgent(asked)].sort(),
  };
}

/** The same if every row that stands keeps its place. A row outside the windows may enter one. */
function bestWithoutMoves(scene: Scene): { number: number; names: string[] } {
  const { inWindow, asked } = question(
    scene,
    (row): row is Plan => stands(row, scene.now),
    (row) => isFixed(row, scene.now),
  );
  return {
    number: inWindow.length + mostPlaced(asked),
    names: [...inWindow, ...mostUrgent(asked)].sort(),
  };
}

/** The names of those that had a slot and lost it or changed it, without coming into a window by that. */
function movedNames({ rows, now }: Scene, after: Rows): string[] {
  return [...rows]
    .filter(([name, row]) => {
      if (!stands(row, now) || hasNoSlot(row)) return false;
      const next = after.get(name);
      const isSame = isActive(next) && minuteOf(next.executeAt) === minuteOf(row.executeAt);
      const hasEntered = !isInWindow(row) && isActive(next) && isInWindow(next);
      return !isSame && !hasEntered;
    })
    .map(([name]) => name);
}

const runs = { seed: 1202, numRuns: 150 };

describe('a fleet that changed and is planned again', () => {
  it('has as many instances in their windows as the maximum flow beside the slots that cannot move, and the most urgent of them', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const after = plannedRows(scene.fleet, scene.rows, scene.now);
        const { number, names } = best(scene);
        expect(placedNames(after)).toHaveLength(number);
        expect([...placedNames(after)].sort()).toEqual(names);
      }),
      runs,
    );
  });

  it('moves nobody if the most urgent set is placed without a move', () => {
    let unmoved = 0;
    fc.assert(
      fc.property(scenes, (scene) => {
        if (bestWithoutMoves(scene).names.join() !== best(scene).names.join()) return;
        unmoved += 1;
        expect(movedNames(scene, plannedRows(scene.fleet, scene.rows, scene.now))).toEqual([]);
      }),
      runs,
    );
    expect(unmoved).toBeGreaterThan(100);
  });

  it('never moves what is pinned, has begun, or stands in a slot that is about to begin', () => {
    let fixed = 0;
    fc.assert(
      fc.property(scenes, (scene) => {
        const after = plannedRows(scene.fleet, scene.rows, scene.now);
        for (const [name, row] of scene.rows) {
          if (!isFixed(row, scene.now)) continue;
          fixed += 1;
          const next = after.get(name);
          expect(next?.executeAt?.toString()).toBe(row.executeAt?.toString());
          expect(next?.latestStart?.toString()).toBe(row.latestStart?.toString());
          expect(next?.status).toBe(row.status);
        }
      }),
      runs,
    );
    expect(fixed).toBeGreaterThan(200);
  });
});
