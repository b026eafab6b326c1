// Random fleets of a few members, off any grid: windows and `now` are at any minute, so that slots overlap in parts. As many
// as possible are in their windows, and the most urgent of them. The oracle tries every minute for each (small-fleet.ts).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedNames, type Rows } from './night-fleet.ts';
import {
  bestNames,
  fewestMoves,
  placedInTurn,
  plannedSmall,
  smallFleets,
  startOf,
  type SmallFleet,
} from './small-fleet.ts';

const runs = { seed: 1209, numRuns: 150 };

/** A fleet at its second planning, before its windows open. Some members are new, and the rows of some others are pinned. */
interface Scene {
  fleet: SmallFleet;
  rows: Rows;
}

const scenes: fc.Arbitrary<Scene> = fc
  .record({ fleet: smallFleets, marks: fc.array(fc.nat(9), { minLength: 7, maxLength: 7 }) })
  .map(({ fleet: { machines, ...others }, marks }) => {
    const fleet = { ...others, machines, now: 1440 };
    const known = machines.filter(({ name }) => (marks[Number(name)] ?? 0) < 6);
    const first = plannedSmall({ ...fleet, machines: known });
    const inWindow = new Set(placedNames(first));
    const rows = [...first].map(([name, row]) => {
      const isPinned = marks[Number(name)] === 0 && inWindow.has(name);
      return [name, { ...row, pinned: isPinned }] as const;
    });
    const fixed = rows.flatMap(([name, row]) => (row.pinned ? [[name, startOf(row)] as const] : []));
    return { fleet: { ...fleet, fixed: new Map(fixed) }, rows: new Map(rows) };
  });

/** The minutes of those who have a place in their windows. */
function startsOf(rows: Rows): Map<string, number> {
  const placed = new Set(placedNames(rows));
  return new Map([...rows].filter(([name]) => placed.has(name)).map(([name, row]) => [name, startOf(row)]));
}

describe('a small fleet off the grid', () => {
  // The oracle is slow: each fleet is worked out once.
  const cases = fc.sample(smallFleets, runs).map((fleet) => ({ fleet, best: bestNames(fleet) }));

  it('often has a larger set than one instance after another finds, and often not all fit', () => {
    // Without such fleets, the tests below would prove nothing.
    expect(cases.filter(({ fleet, best }) => best.length > placedInTurn(fleet)).length).toBeGreaterThan(15);
    expect(cases.filter(({ fleet, best }) => best.length < fleet.machines.length).length).toBeGreaterThan(15);
  });

  it('has as many instances in their windows as any arrangement, and the most urgent of them', () => {
    for (const { fleet, best } of cases) expect(placedNames(plannedSmall(fleet))).toEqual(best);
  });

  it('has them where the windows, NotBefore and the limits allow it', () => {
    for (const { fleet } of cases) {
      const starts = startsOf(plannedSmall(fleet));
      expect(fewestMoves(fleet, starts)).toBe(0);
    }
  });

  it('is not changed by a second planning', () => {
    for (const { fleet } of cases) {
      const once = plannedSmall(fleet);
      expect([...plannedSmall(fleet, once)]).toEqual([...once]);
    }
  });
});

describe('a small fleet off the grid that has new members', () => {
  it('has the largest and most urgent set beside the pinned ones, which stay', () => {
    let pinned = 0;
    fc.assert(
      fc.property(scenes, ({ fleet, rows }) => {
        const after = plannedSmall(fleet, rows);
        expect(placedNames(after)).toEqual(bestNames(fleet));
        for (const [name, start] of fleet.fixed ?? []) {
          pinned += 1;
          expect(startsOf(after).get(name)).toBe(start);
        }
      }),
      { ...runs, numRuns: 100 },
    );
    expect(pinned).toBeGreaterThan(15);
  });

  it('moves as few as possible for that', () => {
    let moved = 0;
    fc.assert(
      fc.property(scenes, ({ fleet, rows }) => {
        const before = startsOf(rows);
        const after = startsOf(plannedSmall(fleet, rows));
        const moves = [...after].filter(([name, start]) => (before.get(name) ?? start) !== start).length;
        moved += moves;
        expect(moves).toBe(fewestMoves(fleet, after, before));
      }),
      { ...runs, numRuns: 100 },
    );
    expect(moved).toBeGreaterThan(10);
  });
});
