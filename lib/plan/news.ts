// What of a plan's changes people are told outside of the rows. A transition adds its news to the plan, so that one write
// holds both: no change is forgotten because a process died before it told anybody. Nothing here knows who is told.
import { isSame, type Instant } from './calendar/instant.ts';
import { isLeftToPerson } from './draining.ts';
import { editsOf, type EditCode } from './edit.ts';
import type { NewsItem, NewsKind } from './news-item.ts';
import type { Plan } from './plan.ts';
import { isFinal } from './status.ts';
import { stepOf } from './steps.ts';
import { bareReason } from './told-waits.ts';
import type { TransitionName } from './transition-table.ts';

/** What nobody was told of the plan that a new one replaces: it is told all the same. */
export function newsLeftBy(replaced: Plan | undefined): Pick<Plan, 'news'> {
  return replaced?.news === undefined ? {} : { news: replaced.news };
}

/** News that a row keeps. The oldest go first: what happened last is what people need. */
const mostNews = 20;

/** The news of the plan, with those of the change from `before`. Empty where there are none. */
export function newsAfter(name: TransitionName, before: Plan, after: Plan, at: Instant): readonly NewsItem[] {
  const { planId, reason: why } = after;
  const added = kindsOf(name, before, after).map((kind) => ({ kind, at, planId, why }));
  return withLatest(before.news ?? [], added);
}

/** Both, without the oldest of too many. */
export function withLatest(news: readonly NewsItem[], added: readonly NewsItem[]): readonly NewsItem[] {
  return [...news, ...added].slice(-mostNews);
}

function kindsOf(name: TransitionName, before: Plan, after: Plan): NewsKind[] {
  const end = endings.includes(name) ? endKind(after) : undefined;
  const found: NewsKind[] = end === undefined ? [] : [end];
  if (draftings.includes(name)) found.push(...draftKinds(name, before, after));
  if (name === 'beginVerifying') found.push('begun');
  if (isUndone(after) && !isUndone(before)) found.push('undone');
  // The reason of an end says so itself.
  if (end === undefined && isLeftToPerson(after) && isNewlyLeft(before)) found.push('not-undone');
  if (!isFinal(after.status)) {
    if (after.reason.code === 'held' && before.reason.code !== 'held') found.push('put-off');
    if (isStopped(after) && !isStopped(before)) found.push('stopped');
  }
  return found;
}

const endings: readonly TransitionName[] = ['create', 'end', 'endAgain', 'endRefused'];

function endKind({ status, reason }: Plan): NewsKind | undefined {
  switch (status) {
    case 'Avoided':
      return 'up-again';
    case 'Missed':
      return 'missed';
    case 'Escalated':
      return 'escalated';
    default:
      return isFinal(status) && reason.code === 'left-to-ecs' ? 'no-window' : undefined;
  }
}

const draftings: readonly TransitionName[] = ['create', 'reschedule', 'reopen'];

function draftKinds(name: TransitionName, before: Plan, after: Plan): NewsKind[] {
  const isNew = name !== 'reschedule';
  const isWaiting = after.status === 'AwaitingApproval';
  const isOtherWish = isNew || before.status !== after.status || before.decision !== after.decision;
  const isOtherTime = isNew || !isSame(before.executeAt, after.executeAt);
  const lacksWindow = after.decision === 'last-resort' || after.decision === 'soonest';
  const isPlanned = isWaiting || after.status === 'Planned';
  return [
    ...(isWaiting && isOtherWish ? (['approval'] as const) : []),
    ...(isPlanned && lacksWindow && !after.pinned && isOtherTime ? (['no-window'] as const) : []),
  ];
}

function isUndone(plan: Plan): boolean {
  return stepOf(plan, 'undo-command')?.state === 'done';
}

/** A person who called the restart off did it in the row, so the plan before the change shows it already. */
function isNewlyLeft(before: Plan): boolean {
  return !isLeftToPerson(before) || editsOf(before).some(({ what }) => callingOff.includes(what.code));
}

const callingOff: readonly (EditCode | 'looked-at-earlier')[] = [
  'hold-set',
  'approval-asked',
  'status-by-hand',
  'pinned-by-hand',
  'time-by-hand',
];

const breakers: readonly string[] = ['group-stands-still', 'groups-stand-still', 'region-stands-still'];

function isStopped({ reason }: Plan): boolean {
  return breakers.includes(bareReason(reason).code);
}
