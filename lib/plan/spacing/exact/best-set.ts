// Which of a few members are placed: as many as possible, and of all sets of that size the most urgent. A branch ends where
// even all who are left would not be better than the best set so far. Moves do not matter here.
import { isBetter, setOf, type Member } from './member.ts';
import type { StartOrder, Step } from './start-order.ts';

/** How many more slots may be tried. Counted, not timed, so that the result depends on nothing else. */
export interface Budget {
  steps: number;
}

/** The best set, as steps; undefined where none is found that is better than `present`. */
export function bestSet(
  members: readonly Member[],
  present: number,
  order: StartOrder,
  budget: Budget,
): readonly Step[] | undefined {
  let best: { set: number; steps?: readonly Step[] } = { set: present };
  const search = (left: readonly Member[]): void => {
    if (isBetter(order.placed, best.set)) best = { set: order.placed, steps: [...order.steps] };
    const next = left.flatMap((member) => order.nextOf(member)).sort(byStart);
    const able = left.filter((member) => next.some((step) => step.member === member));
    if (!isBetter(order.placed | setOf(able), best.set) || order.isKnown(0)) return;
    // Whoever begins after this would leave room for one more slot before.
    const firstEnd = (next[0]?.start ?? 0) + order.reach;
    for (const step of next) {
      if (step.start >= firstEnd) return;
      // The more urgent one of two that want the same comes first: to exchange them changes nothing.
      if ((step.member.twins & ~order.placed) !== 0) continue;
      if (budget.steps <= 0) return;
      budget.steps -= 1;
      order.with(step, () => search(able.filter((member) => member !== step.member)));
    }
  };
  search(members);
  return best.steps;
}

function byStart(a: Step, b: Step): number {
  return a.start - b.start || b.member.bit - a.member.bit;
}
