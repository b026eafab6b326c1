// A Cloud Assistant command as a step of a plan: recorded, invoked by its id, and looked at until it ends.
import { isAfter, latest, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import { undoCommandOf } from '../../plan/draining.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { commandGrace, isOfInterval, isUnderWay, stepOf, type Step } from '../../plan/steps.ts';
import type { StartOutcome } from '../../ports.ts';
import type { Execution } from '../execution.ts';
import { clientToken } from './client-token.ts';
import { isTooLate, mayTryAgain, type CommandName } from './command-tries.ts';
import { endOf, resultOf, subjectOf, undelivered, whileItRuns } from './command-result.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

/** One command of one plan. */
interface Course {
  name: CommandName;
  commandId: string;
  limitMs: Milliseconds;
  /** What today's runbook names. */
  wanted: string | undefined;
  /** Pauses between looks; after the last one the rest is left to the next run. */
  pauses: readonly Milliseconds[];
}

/** Goes on with the command. Looks again after each of these pauses, and leaves the rest to the next run. */
export async function runCommand(
  execution: Execution,
  plan: Plan,
  name: CommandName,
  pauses: readonly Milliseconds[],
): Promise<StepProgress> {
  const { runbook } = plan;
  const wanted = wantedCommand(plan, name);
  const step = stepOf(plan, name);
  const commandId = (isUnderWay(step) ? step?.commandId : undefined) ?? wanted;
  if (commandId === undefined) return { kind: 'done', plan };
  // A command that has begun goes on after the runbook is gone.
  const { commandTimeout: limitMs } = runbook ?? execution.settings.runbook;
  const course: Course = { name, commandId, limitMs, wanted, pauses };
  const counts = step !== undefined && !isOutlived(plan, step) && (step.commandId ?? commandId) === commandId;
  if (step?.state === 'done' && counts) return { kind: 'done', plan };
  if (step?.state === 'running') return look(execution, plan, course, step);
  if (step?.state === 'starting') {
    // To ask again could begin it, and too late. When the interval has passed, it is undone.
    if (name === 'pre-command' && isTooLate(execution, plan)) {
      return { kind: 'waits', plan, why: plan.reason };
    }
    return invoke(execution, plan, course, { step, isFirst: false });
  }
  const begun = nextTry(plan, course, step, execution.clock.now());
  // Another try of the same command is no news.
  const what = begun.since === undefined ? state('command-begins', { step: name, commandId }) : undefined;
  const next = await advance(execution, plan, begun, { what });
  return next === undefined
    ? { kind: 'lost' }
    : invoke(execution, next, course, { step: begun, isFirst: true });
}

function wantedCommand(plan: Plan, name: CommandName): string | undefined {
  switch (name) {
    case 'pre-command':
      return plan.runbook?.preCommand;
    case 'undo-command':
      return undoCommandOf(plan);
    case 'post-command':
      return plan.runbook?.postCommand;
  }
}

/** True for a pre-command that counts for nothing any more: its interval has passed, or its plan has ended. */
function isOutlived(plan: Plan, step: Step): boolean {
  return step.name === 'pre-command' && !isOfInterval(plan, step);
}

/** Another time makes another token, even where this clock is behind the one that wrote the step. */
function nextTry(plan: Plan, { name, commandId }: Course, last: Step | undefined, now: Instant): Step {
  const { executeAt, runbook } = plan;
  const undoId = runbook?.undoCommand;
  const begun: Step = {
    name,
    state: 'starting',
    at: last === undefined ? now : latest(now, plus(last.at, 1)),
    commandId,
    ids: [],
    ...(name === 'pre-command' && executeAt !== undefined ? { executeAt } : {}),
    ...(name === 'pre-command' && undoId !== undefined ? { undoId } : {}),
  };
  if (last?.state !== 'failed' || last.commandId !== commandId || isOutlived(plan, last)) return begun;
  const { since, undelivered: errorCode, ids } = last;
  if (since === undefined || errorCode === undefined) return begun;
  // Without an id ECS refused it: no agent is to be named.
  return { ...begun, since, ...(ids.length === 0 ? {} : { undelivered: errorCode }) };
}

/** `isFirst`: no call for this step can have taken effect before. */
async function invoke(
  execution: Execution,
  plan: Plan,
  course: Course,
  { step, isFirst }: { step: Step; isFirst: boolean },
): Promise<StepProgress> {
  const { name, commandId, limitMs } = course;
  const { regionId, instanceId } = plan;
  const request = { instanceId, commandId, timeoutMs: limitMs, clientToken: clientToken(plan, step) };
  const answer = await execution.commands.invoke(regionId, request);
  const now = execution.clock.now();
  if (answer.kind !== 'started') return notStarted(execution, plan, course, { step, isFirst, answer, now });
  // The time limit counts from now, however long ECS refused the command before.
  const running: Step = { ...step, state: 'running', at: latest(now, step.at), ids: [answer.id] };
  const isNews = step.undelivered === undefined;
  const what = isNews ? state('command-runs', { step: name, commandId, invokeId: answer.id }) : undefined;
  const next = await advance(execution, plan, running, { what, requestId: answer.requestId });
  return next === undefined ? { kind: 'lost' } : look(execution, next, course, running);
}

async function notStarted(
  execution: Execution,
  plan: Plan,
  course: Course,
  seen: {
    step: Step;
    isFirst: boolean;
    answer: Exclude<StartOutcome, { kind: 'started' }>;
    now: Step['at'];
  },
): Promise<StepProgress> {
  const { step, isFirst, answer, now } = seen;
  const isRefusedForGood = answer.kind === 'refused' && answer.again === 'never';
  const isTriedAgain = !isRefusedForGood && !isOverdue(course, { at: step.since ?? step.at }, now);
  const values = { ...subjectOf(course), message: answer.message, isTriedAgain };
  const why =
    answer.kind === 'refused'
      ? state('command-refused', { ...values, errorCode: answer.code })
      : state('command-unknown', values);
  // A refusal of the first call proves that nothing ran. One that follows a lost answer does not.
  const neverRan = answer.kind === 'refused' && isFirst ? answer.code : undefined;
  if (isTriedAgain && neverRan !== undefined && course.name === 'pre-command') {
    return begunLater(execution, plan, { step, errorCode: neverRan, why });
  }
  if (isTriedAgain) return { kind: 'waits', plan, why };
  return failedForGood(plan, step, why, neverRan);
}

/** Nothing began. The next try is judged like the first one: it may be too late by then. */
async function begunLater(
  execution: Execution,
  plan: Plan,
  { step, errorCode, why }: { step: Step; errorCode: string; why: Statement },
): Promise<StepProgress> {
  const refused: Step = { ...step, state: 'failed', since: step.since ?? step.at, undelivered: errorCode };
  const next = await advance(execution, plan, refused, {});
  return next === undefined ? { kind: 'lost' } : { kind: 'waits', plan: next, why };
}

async function look(execution: Execution, plan: Plan, course: Course, step: Step): Promise<StepProgress> {
  const subject = subjectOf(course);
  const result = await resultOf(execution, plan, step);
  if (result.kind === 'undelivered') return missed(execution, plan, course, { step, ...result });
  const now = execution.clock.now();
  if (result.kind === 'over' || isOverdue(course, step, now)) {
    const what = endOf(subject, result, course.limitMs);
    const isSuccess = result.kind === 'over' && result.isSuccess;
    if (isOutlived(plan, step)) return leave(execution, plan, course, { step, isSuccess, what });
    return isSuccess ? finish(execution, plan, step, what) : failedForGood(plan, step, what);
  }
  const [pause, ...pauses] = course.pauses;
  if (result.kind === 'unreadable') {
    const { message } = result;
    return { kind: 'waits', plan, why: state('command-still-runs', { ...subject, message }) };
  }
  if (pause === undefined) return { kind: 'waits', plan, why: whileItRuns(execution, subject, step) };
  await execution.clock.sleep(pause);
  return look(execution, plan, { ...course, pauses }, step);
}

/**
 * The agent did not receive the command, so that nothing ran. An agent starts some minutes after its instance: the next run
 * tries again. Until then the step is one that failed, so that nobody takes its command for one that runs. A command that
 * is not wanted any more is left.
 */
async function missed(
  execution: Execution,
  plan: Plan,
  course: Course,
  { step, errorCode }: { step: Step; errorCode: string },
): Promise<StepProgress> {
  const now = execution.clock.now();
  const since = step.since ?? step.at;
  const isWanted = course.commandId === course.wanted && !isOutlived(plan, step);
  const isTriedAgain = isWanted && mayTryAgain(execution, plan, course.name, { errorCode, since, now });
  const triedSince = isTriedAgain ? since : undefined;
  const what = undelivered(execution, subjectOf(course), { errorCode, triedSince });
  const neverRan = { ...step, undelivered: errorCode };
  if (!isWanted) return leave(execution, plan, course, { step: neverRan, isSuccess: false, what });
  if (!isTriedAgain) return failedForGood(plan, step, what, errorCode);
  const untried: Step = { ...step, state: 'failed', at: latest(now, step.at), since, undelivered: errorCode };
  const isNews = step.undelivered !== errorCode;
  const next = await advance(execution, plan, untried, isNews ? { what } : {});
  return next === undefined ? { kind: 'lost' } : { kind: 'waits', plan: next, why: what };
}

/** The command is over and counts for nothing. What today's runbook names comes next, once the plan is judged again. */
async function leave(
  execution: Execution,
  plan: Plan,
  { name, pauses }: Course,
  { step, isSuccess, what }: { step: Step; isSuccess: boolean; what: Statement },
): Promise<StepProgress> {
  const left: Step = { ...step, state: isSuccess ? 'done' : 'failed' };
  delete left.since;
  const next = await advance(execution, plan, left, { what });
  if (next === undefined) return { kind: 'lost' };
  return name === 'pre-command' ? { kind: 'done', plan: next } : runCommand(execution, next, name, pauses);
}

/** The step failed, and is not tried again by itself. `neverRan`: ECS's code that proves that nothing ran. */
function failedForGood(plan: Plan, step: Step, why: Statement, neverRan?: string): StepProgress {
  const ended = { ...step };
  delete ended.since;
  delete ended.undelivered;
  return failed(plan, { ...ended, ...(neverRan === undefined ? {} : { undelivered: neverRan }) }, why);
}

/** ECS ends a command at its time limit. A command without a result long after that has failed. */
function isOverdue({ limitMs }: Course, { at }: Pick<Step, 'at'>, now: Step['at']): boolean {
  return isAfter(now, plus(at, limitMs + commandGrace));
}
