// Which of two instances is more urgent.
import { expect, it } from 'vitest';
import { byRank, type Rank } from '../../../lib/plan/spacing/rank.ts';

const rank = (instanceId: string, notBefore: number): Rank => ({ instanceId, notBefore });

it('sorts by NotBefore, then by id, and puts instances without NotBefore last', () => {
  const ranks = [
    rank('i-0', Infinity),
    rank('i-2', 5),
    rank('i-3', 4),
    rank('i-1', 5),
    rank('i-00', Infinity),
  ];
  expect(ranks.sort(byRank).map(({ instanceId }) => instanceId)).toEqual([
    'i-3',
    'i-1',
    'i-2',
    'i-0',
    'i-00',
  ]);
});

it('ranks an instance equal to itself only', () => {
  expect(byRank(rank('i-1', 5), rank('i-1', 5))).toBe(0);
  expect(byRank(rank('i-1', 5), rank('i-2', 5))).toBeLessThan(0);
  expect(byRank(rank('i-2', 5), rank('i-1', 5))).toBeGreaterThan(0);
});
