// Planning twice at one moment: the second run writes nothing. Planning a little later moves nobody whose interval has not
// passed. The rows are of all kinds: planned hours ago, pinned, begun, waiting for an approval, finished, edited.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { NoWindowPolicy } from '../../../lib/plan/rules.ts';
import { planRegion } from '../fleet.ts';
import { at as instantAt, minute, rulesRecord } from '../samples.ts';
import {
  fleets,
  isActive,
  plannedRows,
  settingsOf,
  subjectOf,
  textOf,
  type Fleet,
  type Rows,
} from './night-fleet.ts';

/** A fleet, and its rows as they stand before planning at `fleet.now`. */
interface Scene {
  fleet: Fleet;
  rows: Rows;
}

/** Tuesday or Wednesday, to the millisecond: 02:17:05.123 is one of them. */
const anyMoment = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1440, max: 4319 }), fc.constantFrom(1577, 3017)),
    fc.oneof(fc.constantFrom(0, 5123), fc.integer({ min: 0, max: 59_999 })),
  )
  .map(([at, milliseconds]) => at + milliseconds / minute);

function scenesWith(noWindow: readonly NoWindowPolicy[]): fc.Arbitrary<Scene> {
  return fleets({ most: 25, noWindow, now: () => anyMoment }).chain((fleet) =>
    fc
      .record({
        // All at once in some fleets, in others some hours before.
        before: fc.constantFrom(0, 47, 180, 720),
        known: fc.integer({ min: 0, max: fleet.machines.length }),
        marks: fc.array(fc.nat(16), { minLength: 25, maxLength: 25 }),
        deadlines: fc.constantFrom('own', 'equal'),
      })
      .map(({ before, known, marks, deadlines }) => {
        const machines = fleet.machines.map((machine, index) => {
          const notBefore =
            deadlines === 'own' ? machine.notBefore : Math.ceil(fleet.now) + 600 + (index % 2);
          return { ...machine, notBefore };
        });
        const first = plannedRows(
          { ...fleet, machines: machines.slice(0, known) },
          new Map(),
          fleet.now - before,
        );
        const rows = [...first].map(
          ([name, row], index) => [name, changed(row, marks[index] ?? 0, fleet.now)] as const,
        );
        return { fleet: { ...fleet, machines }, rows: new Map(rows) };
      }),
  );
}

/** The row after something happened to it, as far as that can happen to it. */
function changed(row: Plan, mark: number, now: number): Plan {
  if (row.status !== 'Planned' || row.executeAt === undefined || row.latestStart === undefined) return row;
  const [from, until] = [row.executeAt, row.latestStart].map(({ epochMilliseconds }) => epochMilliseconds);
  const clock = Date.parse(textOf(now));
  const isDue = from !== undefined && until !== undefined && from <= clock && clock <= until;
  const soon = (minutes: number): NonNullable<Plan['executeAt']> => instantAt(textOf(now + minutes));
  const lease = { owner: 'execution-1', until: soon(2) };
  if (mark < 3 && isDue) {
    const sent = { at: soon(-0.1), outcome: 'accepted' } as const;
    if (mark === 0) return { ...row, status: 'Preparing', lease };
    if (mark === 1) return { ...row, status: 'Rebooting', lease, intent: { at: soon(-0.1) } };
    return { ...row, status: 'Verifying', intent: sent, nextLook: soon(0.5), verifyUntil: soon(25) };
  }
  switch (mark) {
    case 3:
      return { ...row, pinned: true };
    case 4:
      return { ...row, status: 'AwaitingApproval', approval: 'required' };
    case 5:
      return { ...row, executeAt: row.executeAt.add({ minutes: 7 }) };
    case 6:
      return { ...row, rules: rulesRecord() };
    case 7:
      return { ...row, notBefore: (row.notBefore ?? row.executeAt).subtract({ minutes: 50 }) };
    case 8:
      return { ...row, status: 'Skipped', cause: 'policy' };
    case 9:
      return { ...row, status: 'Preparing', nextLook: soon(1) };
    default:
      return row;
  }
}

/** What planning writes, as texts: which instance, and how it changes. */
function writes(fleet: Fleet, rows: Rows, now: number): string[] {
  const subjects = fleet.machines.map((machine) => subjectOf(machine, rows.get(machine.name)));
  return [...planRegion(subjects, settingsOf(fleet), textOf(now))]
    .filter(([, { kind }]) => kind !== 'unchanged')
    .map(([id, proposal]) => {
      const plan = proposal.kind === 'unchanged' ? undefined : proposal.plan;
      const was = rows.get(id.slice(2));
      const shown = (row: Plan | undefined): string =>
        `${row?.status} ${row?.decision} ${row?.executeAt?.toString()}`;
      return `${id} ${proposal.kind}: ${shown(was)} → ${shown(plan)} (${plan?.timeline.at(-1)?.what.code})`;
    });
}

describe('planning twice at one moment', () => {
  it.each<NoWindowPolicy>(['last-resort', 'soonest', 'leave'])(
    'writes nothing the second time, with %s',
    (policy) => {
      fc.assert(
        fc.property(scenesWith([policy]), ({ fleet, rows }) => {
          const once = plannedRows(fleet, rows);
          expect(writes(fleet, once, fleet.now)).toEqual([]);
        }),
        { seed: 1207, numRuns: 100 },
      );
    },
  );
});

describe('planning again a few minutes later', () => {
  it('moves nobody whose interval has not passed', () => {
    let stood = 0;
    fc.assert(
      fc.property(
        scenesWith(['last-resort', 'soonest', 'leave']),
        fc.constantFrom(0.5, 1, 2, 5, 7.3, 10),
        ({ fleet, rows }, minutes) => {
          const once = plannedRows(fleet, rows);
          const now = fleet.now + minutes;
          const clock = Date.parse(textOf(now));
          const active = [...once].filter(([, row]) => isActive(row));
          const isPast = ({ status, latestStart }: Plan): boolean =>
            (status === 'Planned' || status === 'Preparing') &&
            (latestStart?.epochMilliseconds ?? 0) <= clock;
          // A slot that is given back may let somebody move.
          if (active.some(([, row]) => isPast(row) || row.status === 'AwaitingApproval')) return;
          const later = plannedRows(fleet, once, now);
          for (const [name, row] of active) {
            stood += 1;
            const next = later.get(name);
            expect(`${name} ${next?.status} ${next?.executeAt?.toString()}`).toBe(
              `${name} ${row.status} ${row.executeAt?.toString()}`,
            );
          }
        },
      ),
      { seed: 1208, numRuns: 150 },
    );
    expect(stood).toBeGreaterThan(500);
  });
});
