// Last resorts of whole groups. The oracle knows which slots of one length are booked, in milliseconds, and looks for a
// free one. It does not use Temporal, and shares no definition with the planner.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { minute } from '../samples.ts';
import {
  crowds,
  hasNoSlot,
  plannedRows,
  textOf,
  type Fleet,
  type Machine,
  type Range,
  type Rows,
} from './night-fleet.ts';

const [startRoom, safetyMargin, lead] = [3 * minute, 30 * minute, 120 * minute];

/** No Monday comes any more, a quarter of an hour is too short to start in, and 40 minutes are soon crowded. */
const windows: readonly Range[][] = [
  [{ days: [0], from: 120, length: 60 }],
  [{ from: 180, length: 17 }],
  [{ from: 120, length: 40 }],
];

/**
 * Up to 20 instances in one group and 10 in another. With a day's notice there is always a slot: 29 other reboots of 20
 * minutes leave no start in less than 20 hours.
 */
const fleetsWith = (notice: fc.Arbitrary<number>, often: number): fc.Arbitrary<Fleet> =>
  fc
    .record({
      now: fc
        .integer({ min: 1440, max: 2879 })
        .chain((at) => fc.constantFrom(0, 5.123 / 60, 0.5).map((fraction) => at + fraction)),
      slot: fc.constantFrom(15, 20),
      region: fc.constantFrom(1, 2, 3, 10),
      // Many of the group have the same NotBefore, as after one announcement of ECS.
      members: fc.array(
        fc.record({ notice: fc.oneof(notice, fc.constant(often), fc.constant(often)), choice: fc.nat(2) }),
        { minLength: 5, maxLength: 20, size: 'max' },
      ),
      others: fc.array(fc.record({ notice, choice: fc.nat(2) }), { maxLength: 10 }),
    })
    .map(({ now, slot, region, members, others }) => ({
      now,
      slot,
      limits: { region, group: 1 },
      noWindow: 'last-resort' as const,
      machines: [...members, ...others].map((draft, index): Machine => ({
        name: String(index),
        notBefore: Math.ceil(now) + draft.notice,
        group: index < members.length ? 'web' : 'db',
        windows: windows[draft.choice] ?? [],
      })),
    }));

const startOf = ({ executeAt }: Plan): number => executeAt?.epochMilliseconds ?? NaN;

/** True if the row could begin at `at` beside the other rows. */
function isFree(fleet: Fleet, row: Plan, others: readonly Plan[], at: number): boolean {
  const slot = fleet.slot * minute;
  const near = others.filter((other) => Math.abs(startOf(other) - at) < slot);
  // Down at some moment of the slot: at its beginning, or when another one begins.
  const moments = [at, ...near.map(startOf).filter((start) => start > at)];
  return moments.every((moment) => {
    const down = near.filter((other) => startOf(other) <= moment && moment < startOf(other) + slot);
    const mates = down.filter(({ group }) => group === row.group);
    return down.length < fleet.limits.region && mates.length < fleet.limits.group;
  });
}

/** Starts after `from` and up to `until` at which a slot is free. Every free stretch has an end among the candidates. */
function freeStarts(fleet: Fleet, row: Plan, rows: readonly Plan[], from: number, until: number): number[] {
  const slot = fleet.slot * minute;
  const others = rows.filter((other) => other !== row && !hasNoSlot(other));
  return [until, ...others.flatMap((other) => [startOf(other) - slot, startOf(other) + slot])]
    .filter((at) => at > from && at <= until)
    .filter((at) => isFree(fleet, row, others, at))
    .sort((a, b) => a - b);
}

const epochOf = (at: number): number => Date.parse(textOf(at));

/** NotBefore, when the last-resort stretch begins, and when its last slot must have begun. */
function lastResortOf(fleet: Fleet, { notBefore }: Plan): { first: number; last: number } {
  const end = notBefore?.epochMilliseconds ?? NaN;
  return { first: Math.max(epochOf(fleet.now), end - lead), last: end - safetyMargin - startRoom };
}

const groups = ['web', 'db'];
const valuesOf = (rows: Rows): Plan[] => [...rows.values()];

describe("a group with a day's notice", () => {
  const aDayAhead = fleetsWith(fc.integer({ min: 1440, max: 2200 }), 1500);

  it('has a slot of its own for every member, and never two members down together', () => {
    fc.assert(
      fc.property(aDayAhead, (fleet) => {
        const rows = valuesOf(plannedRows(fleet));
        expect(rows.filter(({ status }) => status !== 'Planned').map(({ reason }) => reason)).toEqual([]);
        expect(crowds(rows, fleet.slot, fleet.limits.region)).toEqual([]);
        for (const group of groups) {
          const mates = rows.filter((row) => row.group === group);
          expect(crowds(mates, fleet.slot, 1)).toEqual([]);
        }
        for (const row of rows) {
          expect(hasNoSlot(row)).toBe(false);
          expect(startOf(row)).toBeGreaterThanOrEqual(epochOf(fleet.now));
          if (row.decision === 'window') continue;
          expect(startOf(row)).toBeLessThanOrEqual(lastResortOf(fleet, row).last);
          expect(row.latestStart?.epochMilliseconds).toBe(lastResortOf(fleet, row).last + startRoom);
        }
      }),
      { seed: 1203, numRuns: 100 },
    );
  });

  it('has the latest free slot before the last-resort stretch for a member that finds the stretch full', () => {
    let early = 0;
    fc.assert(
      fc.property(aDayAhead, (fleet) => {
        const rows = valuesOf(plannedRows(fleet));
        for (const row of rows.filter(({ decision }) => decision === 'last-resort')) {
          const { first, last } = lastResortOf(fleet, row);
          if (startOf(row) >= first) continue;
          early += 1;
          expect(freeStarts(fleet, row, rows, startOf(row), last)).toEqual([]);
        }
      }),
      { seed: 1204, numRuns: 100 },
    );
    // Without them, the property proves nothing.
    expect(early).toBeGreaterThan(200);
  });
});

describe('a group with too little notice for all', () => {
  const short = fleetsWith(fc.integer({ min: 40, max: 240 }), 150);

  it('leaves a member without a slot only if none is free between now and its deadline', () => {
    let without = 0;
    fc.assert(
      fc.property(short, (fleet) => {
        const rows = valuesOf(plannedRows(fleet));
        const booked = rows.filter((row) => !hasNoSlot(row));
        expect(crowds(booked, fleet.slot, fleet.limits.region)).toEqual([]);
        for (const group of groups) {
          const mates = booked.filter((row) => row.group === group);
          expect(crowds(mates, fleet.slot, 1)).toEqual([]);
        }
        for (const row of rows.filter(hasNoSlot)) {
          without += 1;
          const { last } = lastResortOf(fleet, row);
          expect(freeStarts(fleet, row, rows, epochOf(fleet.now) - 1, last)).toEqual([]);
          expect(startOf(row)).toBeGreaterThanOrEqual(epochOf(fleet.now));
          expect(startOf(row)).toBeLessThan(last + startRoom);
        }
      }),
      { seed: 1205, numRuns: 100 },
    );
    expect(without).toBeGreaterThan(200);
  });

  it('has the same times for the members with a slot if those without one do not exist', () => {
    fc.assert(
      fc.property(short, (fleet) => {
        const rows = plannedRows(fleet);
        const hasSlot = ({ name }: Machine): boolean => {
          const row = rows.get(name);
          return row !== undefined && !hasNoSlot(row);
        };
        const others = plannedRows({ ...fleet, machines: fleet.machines.filter(hasSlot) });
        for (const [name, row] of others) expect(startOf(row)).toBe(startOf(rows.get(name) ?? row));
      }),
      { seed: 1206, numRuns: 100 },
    );
  });
});
