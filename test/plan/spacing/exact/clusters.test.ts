// Which reboots may be in each other's way. Times are minutes, and a slot with its pause takes 15.
import { describe, expect, it } from 'vitest';
import type { Demand } from '../../../../lib/plan/spacing/chain-search.ts';
import { clustersOf } from '../../../../lib/plan/spacing/exact/clusters.ts';
import { demand } from '../demand.ts';

function namesOf(demands: readonly Demand[]): string[][] {
  return clustersOf(demands, 15).map((cluster) => cluster.map(({ instanceId }) => instanceId).sort());
}

describe('two reboots', () => {
  it('are apart where one ends before the other can begin, pause and all', () => {
    expect(namesOf([demand('a', [[0, 10]]), demand('b', [[25, 25]])])).toEqual([['a'], ['b']]);
    expect(namesOf([demand('b', [[24, 25]]), demand('a', [[0, 10]])])).toEqual([['a', 'b']]);
  });

  it('are together where both may be in the way of a third one', () => {
    const c = demand('c', [
      [20, 20],
      [70, 70],
    ]);
    expect(namesOf([demand('a', [[10, 10]]), demand('b', [[60, 60]]), c])).toEqual([['a', 'b', 'c']]);
  });

  it('are together where one has a long range, and a third one has a short range inside of it', () => {
    // b ends at 25. c begins at 50, when a may still begin.
    const demands = [demand('a', [[0, 60]]), demand('b', [[10, 10]]), demand('c', [[50, 50]])];
    expect(namesOf(demands)).toEqual([['a', 'b', 'c']]);
  });
});

describe('a reboot', () => {
  it('is alone where it has no place', () => {
    expect(namesOf([demand('a', []), demand('b', [[0, 0]])])).toEqual([['a'], ['b']]);
  });
});
