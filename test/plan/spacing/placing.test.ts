// Who is placed, who moves and who gives way, without calendars and rows. A slot is 15 minutes long, and times are minutes.
// Random sets are compared with oracles that know nothing of chains: one tries every minute, the other is a maximum flow.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../lib/plan/limits.ts';
import { Bookings } from '../../../lib/plan/spacing/bookings.ts';
import type { Demand } from '../../../lib/plan/spacing/chain-search.ts';
import { Placing } from '../../../lib/plan/spacing/placing.ts';
import type { Fleet, Machine } from '../planning/night-fleet.ts';
import { bestNames, fewestMoves, smallFleets, type SmallFleet } from '../planning/small-fleet.ts';
import { latestStartIn, mostPlaced, mostUrgent, stretchesOf, type Held } from '../planning/slot-grid.ts';
import { demand } from './demand.ts';

type Starts = ReadonlyMap<string, number>;

interface Scene {
  limits?: Limits;
  slot?: number;
  /** Slots that cannot move. */
  held?: readonly Omit<Held, 'group'>[];
  /** Slots that give way to every place. */
  outside?: readonly number[];
  /** What these have and keep, where there is room. */
  kept?: readonly (readonly [Demand, number])[];
}

/** Where each of them begins, once the demands are placed. */
function placed(demands: readonly Demand[], scene: Scene = {}): Record<string, number> {
  const { limits = { region: 1, group: 1 }, slot = 15, held = [], outside = [], kept = [] } = scene;
  const [firm, all] = [new Bookings(limits), new Bookings(limits)];
  for (const { at } of held)
    for (const bookings of [firm, all])
      bookings.add({ instanceId: `held at ${at}`, start: at, end: at + slot });
  for (const at of outside) all.add({ instanceId: `outside at ${at}`, start: at, end: at + slot });
  const placing = new Placing(firm, all, slot);
  const left = kept.filter(([one, start]) => !placing.keep(one, start)).map(([one]) => one);
  placing.placeAll([...left, ...demands]);
  const everybody = [...kept.map(([one]) => one), ...demands];
  return Object.fromEntries(
    everybody.flatMap(({ instanceId }) => {
      const slotOf = placing.slotOf(instanceId);
      return slotOf === undefined ? [] : [[instanceId, slotOf.start]];
    }),
  );
}

describe('a reboot', () => {
  it('takes the first slot of its places that is free', () => {
    const held = [{ at: 0 }, { at: 20 }];
    expect(placed([demand('a', [[0, 40]])], { held })).toEqual({ a: 35 });
    expect(
      placed(
        [
          demand('a', [
            [0, 34],
            [50, 60],
          ]),
        ],
        { held },
      ),
    ).toEqual({ a: 50 });
  });

  it('has no slot where none is free, and nobody may move', () => {
    expect(placed([demand('a', [[0, 14]])], { held: [{ at: 0 }] })).toEqual({});
  });

  it('leaves room to what stands outside of the windows, where it has another slot', () => {
    expect(placed([demand('a', [[0, 30]])], { outside: [0] })).toEqual({ a: 15 });
    expect(placed([demand('a', [[0, 14]])], { outside: [0] })).toEqual({ a: 0 });
  });

  it('does not keep a slot that is held, and finds another one', () => {
    const kept = [[demand('a', [[0, 30]]), 10]] as const;
    expect(placed([], { kept, held: [{ at: 0 }] })).toEqual({ a: 15 });
  });

  it('keeps its slot although an earlier one is free, also outside of its places', () => {
    expect(placed([], { kept: [[demand('a', [[0, 30]]), 10]] })).toEqual({ a: 10 });
    expect(placed([], { kept: [[demand('a', [[0, 30]]), 50]] })).toEqual({ a: 50 });
  });
});

describe('a reboot that finds no free slot', () => {
  it('takes the slot of another one that moves, and so on', () => {
    const kept = [
      [demand('a', [[0, 15]]), 0],
      [demand('b', [[15, 30]]), 15],
    ] as const;
    expect(placed([demand('c', [[0, 0]])], { kept })).toEqual({ c: 0, a: 15, b: 30 });
  });

  it('takes the slot of a less urgent one that has no other, and of the least urgent of two', () => {
    expect(placed([demand('a', [[5, 5]])], { kept: [[demand('b', [[0, 0]]), 0]] })).toEqual({ a: 5 });
    const kept = [
      [demand('b', [[0, 0]]), 0],
      [demand('c', [[15, 15]]), 15],
    ] as const;
    expect(placed([demand('a', [[0, 15]])], { kept })).toEqual({ b: 0, a: 15 });
  });

  it('takes nothing from a more urgent one', () => {
    expect(placed([demand('b', [[0, 0]])], { kept: [[demand('a', [[0, 0]]), 0]] })).toEqual({ a: 0 });
  });

  it('moves nobody who keeps a slot for somebody who finds one beside it', () => {
    // Without a and its slot, b would begin at 0.
    const kept = [[demand('a', [[0, 60]]), 0]] as const;
    expect(placed([demand('b', [[0, 20]]), demand('c', [[15, 40]])], { kept })).toEqual({
      a: 0,
      b: 15,
      c: 30,
    });
  });

  it('takes the slot of no mate where the group is full of others, and of a stranger only where the region is full', () => {
    const limits = { region: 2, group: 1, groupPause: 5 };
    const kept = [
      [demand('m', [[0, 0]], 'g'), 0],
      [demand('s', [[0, 60]]), 0],
    ] as const;
    // n may begin 20 minutes after m: its group pauses. Nobody else is in its way.
    expect(placed([demand('n', [[0, 40]], 'g')], { kept, limits })).toEqual({ m: 0, s: 0, n: 20 });
    // In the first minutes m is, whoever else moves.
    expect(placed([demand('n', [[0, 19]], 'g')], { kept, limits })).toEqual({ m: 0, s: 0 });
    // t needs a place of the region. s can give one.
    expect(placed([demand('t', [[0, 0]])], { kept, limits })).toEqual({ m: 0, t: 0, s: 15 });
  });
});

describe('a chain whose links do not fit together after all', () => {
  const limits = { region: 2, group: 1, groupPause: 1 };
  const kept = [
    [demand('a', [[11, 16]]), 11],
    [demand('b', [[5, 27]], 'g'), 16],
    [demand('c', [[0, 8]], 'g'), 0],
    [
      demand(
        'z',
        [
          [9, 16],
          [1460, 1467],
        ],
        'h',
      ),
      9,
    ],
  ] as const;

  it('moves nobody, and another way is found', () => {
    // d could take the slot of c from 3 on if c began at 8, but then it would still be down. From 8 on d has room once a moves to 15.
    const found = placed([demand('d', [[3, 12]], 'g')], { kept, limits, slot: 7 });
    expect(found).toEqual({ a: 15, b: 16, c: 0, d: 8, z: 9 });
  });

  it('leaves everybody where they were, where there is no other way', () => {
    const found = placed([demand('d', [[3, 7]], 'g')], { kept, limits, slot: 7 });
    expect(found).toEqual({ a: 11, b: 16, c: 0, z: 9 });
  });
});

/** The starts of those who are placed, by name. Who has a start in `before` keeps it where there is room. */
function startsOf(
  { machines, limits, slot }: Omit<Fleet, 'noWindow'>,
  demandOf: (machine: Machine) => Demand,
  before: Starts = new Map(),
): Map<string, number> {
  const demands = machines.map(demandOf);
  const kept = demands.flatMap((one) => {
    const start = before.get(one.instanceId);
    return start === undefined ? [] : [[one, start] as const];
  });
  const others = demands.filter(({ instanceId }) => !before.has(instanceId));
  return new Map(Object.entries(placed(others, { limits, slot, kept })));
}

const sorted = (starts: Starts): string[] => [...starts.keys()].sort();

describe('a few whose slots overlap in parts', () => {
  const marginAndRoom = 31;
  /** The oracle is slow. */
  const fewer = smallFleets.map((fleet) => ({ ...fleet, machines: fleet.machines.slice(0, 6) }));
  const startsOfFew = (fleet: SmallFleet, before?: Starts): Map<string, number> =>
    startsOf(
      { ...fleet, limits: { ...fleet.limits, groupPause: fleet.pause } as Limits },
      (machine) => ({
        instanceId: machine.name,
        notBefore: machine.notBefore,
        ...(machine.group === undefined ? {} : { group: machine.group }),
        places: stretchesOf(machine)
          .map(({ start, end }) => ({
            from: Math.max(start, fleet.now),
            until: Math.min(end - fleet.slot - 1, machine.notBefore - marginAndRoom),
          }))
          .filter(({ from, until }) => from <= until),
      }),
      before,
    );

  it('are placed as well as an oracle that tries every minute can, and once more they stay', () => {
    for (const fleet of fc.sample(fewer, { seed: 11, numRuns: 40 })) {
      const starts = startsOfFew(fleet);
      expect(sorted(starts)).toEqual(bestNames(fleet));
      // All of their slots are allowed, side by side.
      expect(fewestMoves(fleet, starts)).toBe(0);
      expect(startsOfFew(fleet, starts)).toEqual(starts);
    }
  });

  it('make room for new ones with as few moves as possible', () => {
    let moved = 0;
    for (const fleet of fc.sample(fewer, { seed: 12, numRuns: 60 })) {
      const before = startsOfFew({ ...fleet, machines: fleet.machines.filter((_, index) => index % 3 > 0) });
      const after = startsOfFew(fleet, before);
      const moves = [...after].filter(([name, start]) => (before.get(name) ?? start) !== start).length;
      moved += moves;
      expect(sorted(after)).toEqual(bestNames(fleet));
      expect(moves).toBe(fewestMoves(fleet, after, before));
    }
    expect(moved).toBeGreaterThan(5);
  });
});

describe('more than are searched one by one, on one grid', () => {
  const windows = fc.record({ from: fc.integer({ min: 0, max: 8 }), length: fc.integer({ min: 1, max: 4 }) });
  /** Sixteen to twenty of one night, in windows of whole slots. Many have no group. */
  const fleets: fc.Arbitrary<Fleet> = fc
    .record({
      limits: fc.record({ region: fc.integer({ min: 1, max: 2 }), group: fc.constant(1) }),
      drafts: fc.array(
        fc.record({
          group: fc.constantFrom('a', undefined, undefined),
          windows: fc.array(windows, { minLength: 1, maxLength: 2 }),
        }),
        { minLength: 16, maxLength: 20 },
      ),
    })
    .map(({ drafts, limits }) => ({
      limits,
      now: 0,
      slot: 15,
      noWindow: 'leave',
      machines: drafts.map(({ group, windows: ranges }, index) => ({
        name: `i-${String(index).padStart(2, '0')}`,
        notBefore: 4320 + index,
        group,
        // Of the three minutes more, a reboot needs all to start.
        windows: ranges.map(({ from, length }) => ({
          days: [0],
          from: 120 + 15 * from,
          length: 15 * length + 3,
        })),
      })),
    }));
  const startsOfMany = (fleet: Fleet, before?: Starts): Map<string, number> =>
    startsOf(
      fleet,
      (machine) => ({
        instanceId: machine.name,
        notBefore: machine.notBefore,
        ...(machine.group === undefined ? {} : { group: machine.group }),
        places: stretchesOf(machine).map((stretch) => ({
          from: stretch.start,
          until: latestStartIn(fleet, machine, stretch) - 3,
        })),
      }),
      before,
    );

  it('are as many as a maximum flow, and the most urgent of them', () => {
    for (const fleet of fc.sample(fleets, { seed: 13, numRuns: 30 })) {
      const starts = startsOfMany(fleet);
      const names = mostUrgent({ fleet, machines: fleet.machines });
      expect(sorted(starts)).toEqual(names);
      expect(mostDown(fleet, starts)).toBeLessThanOrEqual(fleet.limits.region);
    }
  });

  it('are so, too, beside those who keep their slots, and nobody moves who need not', () => {
    let stood = 0;
    for (const fleet of fc.sample(fleets, { seed: 14, numRuns: 30 })) {
      const known = fleet.machines.filter((_, index) => index % 2 > 0);
      const before = startsOfMany({ ...fleet, machines: known });
      const after = startsOfMany(fleet, before);
      const names = mostUrgent({ fleet, machines: fleet.machines });
      expect(sorted(after)).toEqual(names);
      const held = known.flatMap(({ name, group }) => {
        const at = before.get(name);
        return at === undefined ? [] : [{ group, at }];
      });
      const added = fleet.machines.filter(({ name }) => !before.has(name) && names.includes(name));
      const isKept = [...before.keys()].every((name) => names.includes(name));
      if (!isKept || mostPlaced({ fleet, machines: added, held }) < added.length) continue;
      stood += 1;
      for (const [name, start] of before) expect(after.get(name)).toBe(start);
    }
    expect(stood).toBeGreaterThan(5);
  });
});

/** How many slots overlap at most. */
function mostDown({ slot }: Fleet, starts: Starts): number {
  const all = [...starts.values()];
  return Math.max(...all.map((at) => all.filter((other) => other <= at && at < other + slot).length));
}
