// Which members are placed, by hand. A slot is 15 minutes long, and times are minutes. One reboot at a time.
import { describe, expect, it } from 'vitest';
import { Bookings } from '../../../../lib/plan/spacing/bookings.ts';
import type { Demand } from '../../../../lib/plan/spacing/chain-search.ts';
import { bestSet } from '../../../../lib/plan/spacing/exact/best-set.ts';
import { membersOf } from '../../../../lib/plan/spacing/exact/member.ts';
import { StartOrder } from '../../../../lib/plan/spacing/exact/start-order.ts';
import { demand } from '../demand.ts';

const slot = 15;

/** Where each one begins. `present` is the set that is placed so far, in bits. */
function startsOf(demands: readonly Demand[], present = 0, steps = 100): Record<string, number> | undefined {
  const members = membersOf(demands.map((one) => ({ demand: one, start: undefined, keptStart: undefined })));
  const order = new StartOrder(new Bookings({ region: 1, group: 1 }), slot);
  const found = bestSet(members, present, order, { steps });
  return found && Object.fromEntries(found.map(({ member, start }) => [member.demand.instanceId, start]));
}

describe('the best set', () => {
  const [a, b, c] = [demand('a', [[10, 10]]), demand('b', [[0, 0]]), demand('c', [[20, 20]])];

  it('is the larger one, although a more urgent reboot has no slot then', () => {
    expect(startsOf([a, b, c])).toEqual({ b: 0, c: 20 });
  });

  it('is the more urgent one of two that are as large', () => {
    expect(startsOf([a, b])).toEqual({ a: 10 });
  });

  it('is none where the present one is as good', () => {
    // The bits of a, b and c are 4, 2 and 1.
    expect(startsOf([a, b, c], 3)).toBeUndefined();
    expect(startsOf([a, b, c], 4)).toEqual({ b: 0, c: 20 });
  });

  it('lets a reboot begin later than it could, so that another one has its only place', () => {
    expect(startsOf([demand('a', [[0, 60]]), demand('b', [[14, 14]])])).toEqual({ b: 14, a: 29 });
  });

  it('is what was found so far where the steps are used up', () => {
    const both = [demand('a', [[0, 60]]), demand('b', [[0, 60]])];
    expect(startsOf(both, 0, 0)).toBeUndefined();
    expect(startsOf(both, 0, 1)).toEqual({ a: 0 });
    expect(startsOf(both, 0, 2)).toEqual({ a: 0, b: 15 });
  });
});
