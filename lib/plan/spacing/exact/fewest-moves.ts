// How a set of members is placed so that as few rows as possible move. All of them must be placed.
import type { Budget } from './best-set.ts';
import type { Member } from './member.ts';
import type { StartOrder, Step } from './start-order.ts';

/** The steps with the fewest moves; `steps`, which place the same members, where none with fewer is found in the budget. */
export function fewestMoves(steps: readonly Step[], order: StartOrder, budget: Budget): readonly Step[] {
  let best = { steps, moves: steps.filter(isMove).length };
  const search = (left: readonly Member[], moves: number): void => {
    const late = left.filter(({ keptStart = Infinity }) => keptStart < order.last).length;
    if (moves + late >= best.moves) return;
    if (left.length === 0) {
      best = { steps: [...order.steps], moves };
      return;
    }
    const next = left.map((member) => [...order.keptBy(member), ...order.nextOf(member)]);
    if (next.some(({ length }) => length === 0) || order.isKnown(moves)) return;
    for (const step of next.flat().sort((a, b) => a.start - b.start)) {
      const { member } = step;
      if (left.some((other) => isFirstOf(other, member))) continue;
      if (budget.steps <= 0) return;
      budget.steps -= 1;
      const others = left.filter((other) => other !== member);
      order.with(step, () => search(others, moves + (isMove(step) ? 1 : 0)));
    }
  };
  search(
    steps.map(({ member }) => member),
    0,
  );
  return best.steps;
}

function isMove({ member: { keptStart }, start }: Step): boolean {
  return keptStart !== undefined && keptStart !== start;
}

/** True where the two want the same and have the same, so that to exchange them changes nothing. */
function isFirstOf(other: Member, member: Member): boolean {
  return (member.twins & other.bit) !== 0 && other.keptStart === member.keptStart;
}
