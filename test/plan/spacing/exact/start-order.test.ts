// Members that are placed in the order of their starts. A slot is 15 minutes long, and times are minutes.
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../../lib/plan/limits.ts';
import { Bookings } from '../../../../lib/plan/spacing/bookings.ts';
import type { Demand } from '../../../../lib/plan/spacing/chain-search.ts';
import { membersOf, type Member } from '../../../../lib/plan/spacing/exact/member.ts';
import { StartOrder, type Step } from '../../../../lib/plan/spacing/exact/start-order.ts';
import { demand } from '../demand.ts';

const slot = 15;

function orderOf(limits: Limits = { region: 1, group: 1 }, bookings = new Bookings(limits)): StartOrder {
  return new StartOrder(bookings, slot);
}

function member(one: Demand, keptStart?: number): Member {
  const [found] = membersOf([{ demand: one, start: undefined, keptStart }]);
  if (found === undefined) throw new Error('no member');
  return found;
}

const startsOf = (steps: readonly Step[]): number[] => steps.map(({ start }) => start);

/** Calls `work` while all of these are placed. */
function during(order: StartOrder, [step, ...others]: readonly Step[], work: () => void): void {
  if (step === undefined) work();
  else order.with(step, () => during(order, others, work));
}

describe('a slot', () => {
  it('reaches as far as the reboot lasts and its group pauses', () => {
    expect(orderOf().reach).toBe(15);
    expect(orderOf({ region: 1, group: 1, groupPause: 5 }).reach).toBe(20);
  });

  it('is taken while the work lasts, and free afterwards', () => {
    const order = orderOf();
    const [a, b] = [member(demand('a', [[0, 60]])), member(demand('b', [[0, 60]]))];
    order.with({ member: a, start: 5 }, () => {
      expect(order.placed).toBe(1);
      expect(startsOf(order.steps)).toEqual([5]);
      expect(startsOf(order.nextOf(b))).toEqual([20]);
    });
    expect(order.placed).toBe(0);
    expect(order.steps).toEqual([]);
    expect(startsOf(order.nextOf(b))).toEqual([0]);
  });

  it('counts in the group of its member', () => {
    const order = orderOf({ region: 2, group: 1 });
    const [a, mate] = [member(demand('a', [[0, 60]], 'g')), member(demand('b', [[0, 60]], 'g'))];
    order.with({ member: a, start: 0 }, () => {
      expect(startsOf(order.nextOf(mate))).toEqual([15]);
      expect(startsOf(order.nextOf(member(demand('c', [[0, 60]]))))).toEqual([0]);
    });
  });
});

describe('the next slot', () => {
  it('is the first free one of each place, and not before the last start', () => {
    const order = orderOf({ region: 2, group: 1 });
    const one = member(
      demand('b', [
        [0, 10],
        [20, 90],
        [95, 100],
      ]),
    );
    expect(startsOf(order.nextOf(one))).toEqual([0, 20, 95]);
    const [a, c] = [member(demand('a', [[0, 90]])), member(demand('c', [[0, 90]]))];
    order.with({ member: a, start: 12 }, () => {
      expect(order.last).toBe(12);
      expect(startsOf(order.nextOf(one))).toEqual([20, 95]);
      order.with({ member: c, start: 26 }, () => {
        expect(order.last).toBe(26);
        // Both are down from 26 to 27.
        expect(startsOf(order.nextOf(one))).toEqual([27, 95]);
      });
    });
    expect(order.last).toBe(-Infinity);
  });
});

describe('the slot of a row', () => {
  it('can be taken where it has room, and begins at the last start or later', () => {
    const order = orderOf({ region: 2, group: 1 });
    const a = member(demand('a', [[0, 90]]));
    const keptAt = (start?: number): number[] =>
      startsOf(order.keptBy(member(demand('b', [[0, 90]]), start)));
    expect(keptAt(30)).toEqual([30]);
    expect(keptAt()).toEqual([]);
    order.with({ member: a, start: 30 }, () => {
      expect(keptAt(29)).toEqual([]);
      expect(keptAt(30)).toEqual([30]);
      expect(keptAt(31)).toEqual([31]);
    });
  });

  it('cannot be taken where it has no room', () => {
    const order = orderOf();
    order.with({ member: member(demand('a', [[0, 90]])), start: 20 }, () => {
      expect(order.keptBy(member(demand('b', [[0, 90]]), 34))).toEqual([]);
      expect(startsOf(order.keptBy(member(demand('b', [[0, 90]]), 35)))).toEqual([35]);
    });
  });
});

describe('an arrangement', () => {
  const limits = { region: 3, group: 3 };

  /** Whether each of these was known when it came, one after the other. */
  function known(
    ...arrangements: { steps: [string, number][]; moves?: number; group?: string }[]
  ): boolean[] {
    const order = orderOf(limits);
    const all = membersOf(
      ['a', 'b', 'c'].map((name) => ({
        demand: demand(name, [[0, 90]], { a: 'g', b: 'h', c: 'g' }[name]),
        start: undefined,
        keptStart: undefined,
      })),
    );
    return arrangements.map(({ steps, moves = 0 }) => {
      const taken = steps.flatMap(([name, start]) =>
        all.flatMap((one) => (one.demand.instanceId === name ? [{ member: one, start }] : [])),
      );
      let isKnown = false;
      during(order, taken, () => (isKnown = order.isKnown(moves)));
      return isKnown;
    });
  }
  const ab = (a: number, b: number, moves = 0): { steps: [string, number][]; moves: number } => ({
    steps: [
      ['a', a],
      ['b', b],
    ],
    moves,
  });

  it('is known where the same was there before', () => {
    expect(known({ steps: [] }, { steps: [] })).toEqual([false, true]);
    expect(known(ab(5, 10), ab(5, 10))).toEqual([false, true]);
    // The first of two is still known after the second one.
    expect(known(ab(5, 20), ab(6, 19), ab(5, 20))).toEqual([false, false, true]);
  });

  it('is not known where another set was there', () => {
    expect(known({ steps: [['a', 0]] }, ab(0, 0), { steps: [['c', 0]] })).toEqual([false, false, false]);
  });

  it('is known where the one before had as many moves or fewer, and not where it had more', () => {
    expect(known(ab(5, 10, 1), ab(5, 10, 0))).toEqual([false, false]);
    expect(known(ab(5, 10, 1), ab(5, 10, 1))).toEqual([false, true]);
    expect(known(ab(5, 10, 1), ab(5, 10, 2))).toEqual([false, true]);
  });

  it('is known where all of its slots begin later than before, and not where one begins earlier', () => {
    expect(known(ab(5, 10), ab(6, 11))).toEqual([false, true]);
    expect(known(ab(5, 10), ab(5, 9))).toEqual([false, false]);
    expect(known(ab(5, 10), ab(4, 10))).toEqual([false, false]);
  });

  it('is not known where the last start was later before, although all slots of then have ended', () => {
    // a lasts until 15 or 20.
    expect(known(ab(0, 40), ab(5, 30))).toEqual([false, false]);
  });

  it('is known where the slot that began later then has ended, too', () => {
    // With a start at 30, what began at 15 or earlier has ended.
    expect(known(ab(15, 30), ab(0, 30))).toEqual([false, true]);
    expect(known(ab(14, 30), ab(0, 30))).toEqual([false, true]);
    expect(known(ab(16, 30), ab(0, 30))).toEqual([false, false]);
  });

  it('is compared group by group, whichever begins first', () => {
    const swapped: { steps: [string, number][] } = {
      steps: [
        ['b', 5],
        ['a', 10],
      ],
    };
    // b, of the other group, begins at 10 and then at 5.
    expect(known(ab(0, 10), swapped)).toEqual([false, false]);
    // Two of one group are alike: the first of them begins at 0 and then at 5.
    const mates = (first: 'a' | 'c', start: number): { steps: [string, number][] } => ({
      steps: [
        [first, start],
        [first === 'a' ? 'c' : 'a', 10],
      ],
    });
    expect(known(mates('a', 0), mates('c', 5))).toEqual([false, true]);
    expect(known(mates('a', 5), mates('c', 0))).toEqual([false, false]);
  });
});
