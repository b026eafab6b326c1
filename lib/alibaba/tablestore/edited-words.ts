// Edits of columns that are words to the planner, or repeat another column: acknowledged, retry, pinned without a time, and the
// local times. What does not count is taken out of the plan, so that the next write removes it from the row, and is told.
import { iso } from '../../plan/calendar/instant.ts';
import type { EditCode } from '../../plan/edit.ts';
import { isRetryAsked, mayBeAcknowledged, mayBeRetried, type Plan } from '../../plan/plan.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import type { LastWritten } from './last-written.ts';
import { localTimes, type LocalTimes } from './time-cells.ts';

/** What is said of new edits. */
export type EditNews = Statement<EditCode>[];

/** The columns as they stand, and as the functions wrote them. */
interface Words {
  acknowledged: string | undefined;
  local: LocalTimes;
  last: LastWritten | undefined;
}

/** The plan without the words that do not count, and what is told of all that are new. */
export function withWords(read: Plan, words: Words): { plan: Plan; told: EditNews } {
  const plan = { ...read };
  const told = [
    ...acknowledgement(plan, words),
    ...anotherTry(plan, words.last),
    ...pinWithoutTime(plan),
    ...localTime(plan, words),
  ];
  return { plan, told };
}

function acknowledgement(plan: Plan, { acknowledged: words, last }: Words): EditNews {
  if (words === undefined) {
    return last?.acknowledged === undefined ? [] : [state('acknowledgement-withdrawn', {})];
  }
  const isNew = last?.acknowledged !== words;
  if (plan.acknowledged !== undefined && mayBeAcknowledged(plan)) {
    return isNew ? [state('acknowledged-by-hand', { words })] : [];
  }
  const code = plan.acknowledged === undefined ? 'acknowledge-unclear' : 'acknowledge-unneeded';
  delete plan.acknowledged;
  return isNew ? [state(code, { words })] : [];
}

/** What counts is told by the new plan. */
function anotherTry(plan: Plan, last: LastWritten | undefined): EditNews {
  const { retry: words, planId } = plan;
  if (words === undefined || isRetryAsked(plan)) return [];
  delete plan.retry;
  const why = !isFinal(plan.status) ? 'not-ended' : mayBeRetried(plan) ? 'other-plan' : 'not-retried';
  return last?.retry === words ? [] : [state('retry-refused', { words, planId, why })];
}

function pinWithoutTime(plan: Plan): EditNews {
  if (!plan.pinned || plan.executeAt !== undefined) return [];
  plan.pinned = false;
  return [state('pin-without-time', {})];
}

/** Where the time itself was edited, the column that repeats it is merely old. */
function localTime(plan: Plan, { local, last }: Words): EditNews {
  const now = localTimes(plan);
  const isKnown = (written: string | undefined, at: Plan['executeAt']): boolean =>
    written !== undefined && at !== undefined && written === iso(at);
  const edits = [
    { column: 'execute_at_local', isKept: isKnown(last?.execute_at, plan.executeAt) },
    { column: 'latest_start_local', isKept: isKnown(last?.latest_start, plan.latestStart) },
  ] as const;
  return edits.flatMap(({ column, isKept }) => {
    const text = local[column];
    const isEdited = isKept && text !== undefined && text !== now[column];
    return isEdited ? [state('local-time-by-hand', { column, text })] : [];
  });
}
