// The judgement for an instance whose row already has an interval: it may stand although nothing new would be planned.
import { isAfter } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { alone, type SlotsOf } from '../spacing/slots.ts';
import { judge } from './judge.ts';
import type { EndJudgement, Judgement } from './judgement.ts';
import { isWindowInterval } from './places.ts';
import { pinnedInterval } from './pinned.ts';
import type { RowQuestion } from './question.ts';

/**
 * Against NO_WINDOW=leave stands the pinned time of an operator, and an interval that has not passed and whose slot is not
 * taken, even if too little of it is left for a new plan. Approval, events and the deadline count as always.
 */
export function judgeWaiting(question: RowQuestion): Judgement {
  const { row } = question;
  const judgement = judge(question);
  if (!isLeft(judgement)) return judgement;
  if (row.pinned) return judgePinned(question, judgement);
  return stands(question, judgement) ? judge({ ...question, slotsOf: own(row) }) : judgement;
}

/** The judgement for a row that has ended: only a pinned time of it counts. */
export function judgeEnded(question: RowQuestion): Judgement {
  const judgement = judge(question);
  return isLeft(judgement) && question.row.pinned ? judgePinned(question, judgement) : judgement;
}

/** True where NO_WINDOW=leave leaves the instance to ECS. */
function isLeft(judgement: Judgement): judgement is EndJudgement {
  return judgement.kind === 'end' && judgement.cause === 'policy';
}

function judgePinned(question: RowQuestion, judgement: EndJudgement): Judgement {
  const { row, settings, stamp } = question;
  const soonest = { ...settings, rules: { ...settings.rules, noWindow: 'soonest' } } as const;
  const pinned = judge({ ...question, settings: soonest });
  if (pinned.kind === 'end' || pinnedInterval(row, pinned, stamp.at) === undefined) return judgement;
  return { ...pinned, rules: judgement.rules, problems: [] };
}

function stands(question: RowQuestion, { notBefore, rules }: EndJudgement): boolean {
  const { row, slotsOf, stamp } = question;
  const { decision, executeAt, latestStart } = row;
  if (decision !== 'window' || executeAt === undefined || latestStart === undefined) return false;
  if (notBefore === undefined || isAfter(stamp.at, latestStart)) return false;
  const keepsSlot = !isAfter(executeAt, stamp.at) || slotsOf(rules.group, rules.slot).keeps(executeAt);
  return keepsSlot && isWindowInterval({ executeAt, latestStart }, notBefore, rules);
}

/** The slot that the row has. */
function own({ executeAt, latestStart }: Plan): SlotsOf {
  return (group, slot) => ({
    ...alone(group, slot),
    choose: () => (executeAt && latestStart ? { executeAt, latestStart } : undefined),
  });
}
