// Small sets by hand. A slot is 15 minutes long, and times are minutes.
import { describe, expect, it } from 'vitest';
import { Bookings } from '../../../../lib/plan/spacing/bookings.ts';
import type { Demand } from '../../../../lib/plan/spacing/chain-search.ts';
import type { Candidate } from '../../../../lib/plan/spacing/exact/member.ts';
import { rearranged, smallSets } from '../../../../lib/plan/spacing/exact/rearrange.ts';
import type { Limits } from '../../../../lib/plan/limits.ts';
import { demand } from '../demand.ts';

const slot = 15;

function candidate(one: Demand, start?: number, keptStart?: number): Candidate {
  return { demand: one, start, keptStart };
}

/** Where each one begins; undefined where nothing is better than what they have. */
function startsOf(
  candidates: readonly Candidate[],
  { limits = { region: 1, group: 1 }, steps = 1000 }: { limits?: Limits; steps?: number } = {},
  held: readonly number[] = [],
): Record<string, number> | undefined {
  const bookings = new Bookings(limits);
  for (const [index, start] of held.entries())
    bookings.add({ instanceId: `held ${index}`, start, end: start + slot });
  const links = rearranged(candidates, bookings, slot, { steps });
  return links && Object.fromEntries(links.map((link) => [link.demand.instanceId, link.start]));
}

describe('a set that is rearranged', () => {
  it('has all in their places where one takes a slot that nobody had', () => {
    // b at 5 leaves e no room before 20, and there is none between 20 and 50.
    const b = candidate(demand('b', [[0, 60]]), 5);
    const c = candidate(demand('c', [[20, 20]]), 20);
    const d = candidate(demand('d', [[35, 35]]), 35);
    const e = candidate(demand('e', [[0, 4]]));
    expect(startsOf([b, c, d, e])).toEqual({ e: 0, c: 20, d: 35, b: 50 });
  });

  it('places two instead of a more urgent one that is in the way of both', () => {
    const a = candidate(demand('a', [[10, 10]]), 10);
    expect(startsOf([a, candidate(demand('b', [[0, 0]])), candidate(demand('c', [[20, 20]]))])).toEqual({
      b: 0,
      c: 20,
    });
  });

  it('places the more urgent one of two', () => {
    const b = candidate(demand('b', [[0, 5]]), 0);
    expect(startsOf([candidate(demand('a', [[10, 10]])), b])).toEqual({ a: 10 });
  });

  it('stays as it is where nothing is better', () => {
    const a = candidate(demand('a', [[5, 9]]), 7);
    expect(startsOf([a, candidate(demand('b', [[0, 10]]))])).toBeUndefined();
  });

  it('moves one row rather than two', () => {
    // c needs 15 to 30, where b is. b may go to 30, and a stays.
    const a = candidate(demand('a', [[0, 20]]), 0, 0);
    const b = candidate(demand('b', [[15, 60]]), 20, 20);
    expect(startsOf([a, b, candidate(demand('c', [[15, 15]]))])).toEqual({ a: 0, c: 15, b: 30 });
  });

  it('keeps a row in a slot that is not in its places any more', () => {
    const a = candidate(demand('a', [[40, 50]]), 3, 3);
    const b = candidate(demand('b', [[18, 20]]));
    expect(startsOf([a, b])).toEqual({ a: 3, b: 18 });
  });

  it('leaves alone what cannot move, and the pause of a group', () => {
    const limits = { region: 2, group: 1, groupPause: 5 };
    const mates = ['a', 'b'].map((name) => candidate(demand(name, [[0, 60]], 'g')));
    expect(startsOf(mates, { limits })).toEqual({ a: 0, b: 20 });
    expect(startsOf(mates, { limits }, [10, 10])).toEqual({ a: 25, b: 45 });
  });

  it('stays as it is where the budget is used up', () => {
    expect(startsOf([candidate(demand('a', [[0, 5]]))], { steps: 0 })).toBeUndefined();
  });
});

describe('the sets that are searched', () => {
  const namesOf = (demands: readonly Demand[]): string[][] =>
    smallSets(demands, slot).map((set) => set.map(({ instanceId }) => instanceId).sort());

  it('are those whose slots may overlap, also by way of a third one', () => {
    const demands = [
      demand('a', [[0, 10]]),
      demand('b', [
        [24, 30],
        [200, 210],
      ]),
      demand('c', [[45, 50]]),
      demand('d', [[220, 230]]),
      demand('e', [[400, 400]]),
    ];
    // a reaches up to 25 and b up to 45, where c begins.
    expect(namesOf(demands)).toEqual([['a', 'b', 'd'], ['c'], ['e']]);
  });

  it('are the groups alone where more than 14 want the same times, and nobody where a group is as large', () => {
    const many = (count: number, group?: string): Demand[] =>
      Array.from({ length: count }, (_, index) => demand(`${group ?? 'x'}${index}`, [[0, 60]], group));
    expect(namesOf(many(14)).map(({ length }) => length)).toEqual([14]);
    expect(namesOf(many(15))).toEqual([]);
    expect(namesOf([...many(3, 'g'), ...many(15, 'h'), ...many(2)])).toEqual([['g0', 'g1', 'g2']]);
  });
});
