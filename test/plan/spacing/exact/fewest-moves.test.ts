// Which rows move, by hand. A slot is 15 minutes long, and times are minutes. Names are in order of urgency.
import { describe, expect, it } from 'vitest';
import { Bookings } from '../../../../lib/plan/spacing/bookings.ts';
import { fewestMoves } from '../../../../lib/plan/spacing/exact/fewest-moves.ts';
import { membersOf, type Candidate } from '../../../../lib/plan/spacing/exact/member.ts';
import { StartOrder } from '../../../../lib/plan/spacing/exact/start-order.ts';
import { demand } from '../demand.ts';

const slot = 15;

/** One that begins at `start` so far. Its row has the slot from `keptStart` on; absent where it has no row. */
function candidate(name: string, places: [number, number][], start: number, keptStart?: number): Candidate {
  return { demand: demand(name, places), start, keptStart };
}

/** Where each one begins in the end. */
function startsOf(
  candidates: readonly Candidate[],
  { region = 1, steps = 100 }: { region?: number; steps?: number } = {},
): Record<string, number> {
  const order = new StartOrder(new Bookings({ region, group: 1 }), slot);
  const members = membersOf(candidates);
  const given = members.map((member) => ({ member, start: member.start ?? NaN }));
  const found = fewestMoves(given, order, { steps });
  return Object.fromEntries(found.map(({ member, start }) => [member.demand.instanceId, start]));
}

describe('a row', () => {
  it('has its own slot again where that is free, although an earlier one is free', () => {
    expect(startsOf([candidate('a', [[0, 60]], 0, 30)])).toEqual({ a: 30 });
  });

  it('moves alone rather than together with another one', () => {
    // c needs 15 to 30, where b is.
    const candidates = [
      candidate('a', [[0, 60]], 30, 0),
      candidate('b', [[0, 60]], 45, 20),
      candidate('c', [[15, 15]], 15),
    ];
    expect(startsOf(candidates)).toEqual({ a: 0, c: 15, b: 30 });
  });

  it('moves where another one has its only place, and moves nobody with it', () => {
    // b needs 0 to 15, where a is. c stays at 20, so that a begins at 35.
    const candidates = [
      candidate('a', [[0, 60]], 29, 0),
      candidate('b', [[0, 0]], 0),
      candidate('c', [[15, 60]], 44, 20),
    ];
    expect(startsOf(candidates)).toEqual({ b: 0, c: 20, a: 35 });
  });

  it('stays beside another one that begins at the same moment, where the region has room for two', () => {
    const candidates = [candidate('a', [[0, 60]], 0, 30), candidate('b', [[0, 60]], 30, 30)];
    expect(startsOf(candidates, { region: 2 })).toEqual({ a: 30, b: 30 });
  });

  it('stays before a more urgent one that may begin at the same times', () => {
    const candidates = [candidate('a', [[0, 60]], 0, 30), candidate('b', [[0, 60]], 15, 0)];
    expect(startsOf(candidates)).toEqual({ b: 0, a: 30 });
  });

  it('stays outside of its places, where it was', () => {
    const candidates = [candidate('a', [[40, 60]], 40, 3), candidate('b', [[18, 20]], 18)];
    expect(startsOf(candidates)).toEqual({ a: 3, b: 18 });
  });
});

describe('a reboot without a row', () => {
  it('takes the earlier of two places where all rows stay either way', () => {
    const places: [number, number][] = [
      [0, 0],
      [50, 60],
    ];
    expect(startsOf([candidate('a', [[0, 60]], 15, 30), candidate('b', places, 0)])).toEqual({ a: 30, b: 0 });
  });
});

describe('slots that were given', () => {
  it('stay where no row moves, although a reboot could begin earlier', () => {
    expect(startsOf([candidate('a', [[0, 60]], 20, 20), candidate('b', [[0, 60]], 45)])).toEqual({
      a: 20,
      b: 45,
    });
  });

  it('stay where the steps are used up before a better way is found', () => {
    // The first step tries 0, and the second one 30.
    const a = candidate('a', [[0, 60]], 0, 30);
    expect(startsOf([a], { steps: 0 })).toEqual({ a: 0 });
    expect(startsOf([a], { steps: 1 })).toEqual({ a: 0 });
    expect(startsOf([a], { steps: 2 })).toEqual({ a: 30 });
    // Its own slot comes first, and is the only step that is left.
    const early = candidate('a', [[0, 60]], 15, 0);
    expect(startsOf([early], { steps: 0 })).toEqual({ a: 15 });
    expect(startsOf([early], { steps: 1 })).toEqual({ a: 0 });
  });
});
