// Where a member may begin, and who wants the same. Times are minutes.
import { describe, expect, it } from 'vitest';
import { isBetter, membersOf, setOf } from '../../../../lib/plan/spacing/exact/member.ts';
import { demand } from '../demand.ts';

const nowhere = { start: undefined, keptStart: undefined };

describe('members', () => {
  it('are in order of urgency, and each has a larger bit than all after it together', () => {
    const candidates = [
      { demand: { ...demand('b', [[0, 5]]), notBefore: 30 }, ...nowhere },
      { demand: { ...demand('a', [[0, 6]]), notBefore: 30 }, ...nowhere },
      { demand: { ...demand('c', [[0, 7]]), notBefore: 20 }, start: 3, keptStart: 2 },
    ];
    const members = membersOf(candidates);
    expect(members.map(({ demand: { instanceId }, bit }) => [instanceId, bit])).toEqual([
      ['c', 4],
      ['a', 2],
      ['b', 1],
    ]);
    expect(members[0]).toMatchObject({ start: 3, keptStart: 2, places: [{ from: 0, until: 7 }] });
  });

  it('are better as a set where they are more, and where as many are more urgent', () => {
    const [a, b, c] = [{ bit: 4 }, { bit: 2 }, { bit: 1 }];
    expect(isBetter(setOf([b, c]), setOf([a]))).toBe(true);
    expect(isBetter(setOf([a]), setOf([b, c]))).toBe(false);
    expect(isBetter(setOf([a, c]), setOf([b, c]))).toBe(true);
    expect(isBetter(setOf([b, c]), setOf([a, c]))).toBe(false);
    expect(isBetter(setOf([a, c]), setOf([a, c]))).toBe(false);
  });
});

describe('the places of a member', () => {
  const placesOf = (keptStart: number | undefined): unknown => {
    const one = demand('a', [
      [10, 20],
      [40, 50],
    ]);
    return membersOf([{ demand: one, start: undefined, keptStart }])[0]?.places;
  };
  const own = [
    { from: 10, until: 20 },
    { from: 40, until: 50 },
  ];

  it('are those of its demand where it has no row, or its row has a slot in one of them', () => {
    expect(placesOf(undefined)).toEqual(own);
    for (const kept of [10, 15, 20, 40, 45, 50]) expect(placesOf(kept)).toEqual(own);
  });

  it('also have the slot of its row where that is in none of them', () => {
    for (const kept of [9, 21, 39, 51]) expect(placesOf(kept)).toEqual([...own, { from: kept, until: kept }]);
  });
});

describe('the twins of a member', () => {
  const both: [number, number][] = [
    [0, 10],
    [30, 40],
  ];
  /** The twins of b beside a, which is more urgent and may begin in both ranges. */
  const twinsOf = (places: [number, number][], group?: string): number | undefined => {
    const [a, b] = [demand('a', both, 'g'), demand('b', places, group)];
    return membersOf([
      { demand: a, ...nowhere },
      { demand: b, ...nowhere },
    ])[1]?.twins;
  };

  it('are the more urgent ones of its group that may begin in the same ranges', () => {
    expect(twinsOf(both, 'g')).toBe(2);
    const three = ['c', 'b', 'a'].map((name) => ({ demand: demand(name, both), ...nowhere }));
    expect(membersOf(three).map(({ twins }) => twins)).toEqual([0, 4, 6]);
  });

  it('are not those of another group, or of none', () => {
    expect(twinsOf(both, 'h')).toBe(0);
    expect(twinsOf(both)).toBe(0);
  });

  it('are not those with another range, or with one more', () => {
    expect(twinsOf([[0, 10]], 'g')).toBe(0);
    expect(twinsOf([...both, [60, 70]], 'g')).toBe(0);
    for (const other of [29, 31]) {
      expect(
        twinsOf(
          [
            [0, 10],
            [other, 40],
          ],
          'g',
        ),
      ).toBe(0);
    }
    expect(
      twinsOf(
        [
          [0, 10],
          [30, 41],
        ],
        'g',
      ),
    ).toBe(0);
  });

  it('are not those whose row has a slot outside of the ranges', () => {
    const candidates = [
      { demand: demand('a', both), start: 20, keptStart: 20 },
      { demand: demand('b', both), ...nowhere },
    ];
    expect(membersOf(candidates).map(({ twins }) => twins)).toEqual([0, 0]);
  });
});
