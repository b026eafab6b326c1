// A Cloud Assistant command as a step of a plan: recorded, invoked by its id, and looked at until it ends.
import { deliveryLimitMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import {
  earliest,
  isAfter,
  isBefore,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { atIn, state, type Statement } from '../../plan/statement.ts';
import { commandGrace, isUnderWay, stepOf, type Step } from '../../plan/steps.ts';
import type { CommandResult, StartOutcome } from '../../ports.ts';
import type { Execution } from '../execution.ts';
import { clientToken } from './client-token.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

/** The commands of a runbook. */
export type CommandName = 'pre-command' | 'post-command';

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
  const wanted = name === 'pre-command' ? runbook?.preCommand : runbook?.postCommand;
  const step = stepOf(plan, name);
  const commandId = (isUnderWay(step) ? step?.commandId : undefined) ?? wanted;
  if (commandId === undefined) return { kind: 'done', plan };
  // A command that has begun goes on after the runbook is gone.
  const { commandTimeout: limitMs } = runbook ?? execution.settings.runbook;
  const course: Course = { name, commandId, limitMs, wanted, pauses };
  if (step?.state === 'done' && (step.commandId ?? commandId) === commandId) return { kind: 'done', plan };
  if (step?.state === 'running') return look(execution, plan, course, step);
  if (step?.state === 'starting') return invoke(execution, plan, course, step);
  const begun = nextTry(course, step, execution.clock.now());
  // Another try of the same command is no news.
  const what = begun.since === undefined ? state('command-begins', { step: name, commandId }) : undefined;
  const next = await advance(execution, plan, begun, { what });
  return next === undefined ? { kind: 'lost' } : invoke(execution, next, course, begun);
}

/** Another time makes another token, even where this clock is behind the one that wrote the step. */
function nextTry({ name, commandId }: Course, last: Step | undefined, now: Instant): Step {
  const begun: Step = { name, state: 'starting', at: now, commandId, ids: [] };
  if (last?.state !== 'failed') return begun;
  const at = latest(now, plus(last.at, 1));
  const { since, undelivered } = last;
  // After a long pause, as where the plan was planned again, the tries are counted anew.
  const goesOn = last.commandId === commandId && isBefore(now, plus(last.at, deliveryLimitMs));
  return since === undefined || undelivered === undefined || !goesOn
    ? { ...begun, at }
    : { ...begun, at, since, undelivered };
}

async function invoke(execution: Execution, plan: Plan, course: Course, step: Step): Promise<StepProgress> {
  const { name, commandId, limitMs } = course;
  const { regionId, instanceId } = plan;
  const request = { instanceId, commandId, timeoutMs: limitMs, clientToken: clientToken(plan, step) };
  const answer = await execution.commands.invoke(regionId, request);
  const now = execution.clock.now();
  if (answer.kind !== 'started') return notStarted(plan, course, { step, answer, now });
  // The time limit counts from now, however long ECS refused the command before.
  const running: Step = { ...step, state: 'running', at: now, ids: [answer.id] };
  const isNews = step.since === undefined;
  const what = isNews ? state('command-runs', { step: name, commandId, invokeId: answer.id }) : undefined;
  const next = await advance(execution, plan, running, { what, requestId: answer.requestId });
  return next === undefined ? { kind: 'lost' } : look(execution, next, course, running);
}

function notStarted(
  plan: Plan,
  course: Course,
  seen: { step: Step; answer: Exclude<StartOutcome, { kind: 'started' }>; now: Step['at'] },
): StepProgress {
  const { step, answer, now } = seen;
  const isRefusedForGood = answer.kind === 'refused' && answer.again === 'never';
  const isTriedAgain = !isRefusedForGood && !isOverdue(course, step, now);
  const values = { ...subjectOf(course), message: answer.message, isTriedAgain };
  const why =
    answer.kind === 'refused'
      ? state('command-refused', { ...values, errorCode: answer.code })
      : state('command-unknown', values);
  return isTriedAgain ? { kind: 'waits', plan, why } : failedForGood(plan, step, why);
}

async function look(execution: Execution, plan: Plan, course: Course, step: Step): Promise<StepProgress> {
  const subject = subjectOf(course);
  const result = await resultOf(execution, plan, step);
  if (result.kind === 'undelivered') return missed(execution, plan, course, { step, ...result });
  if (result.kind === 'over') {
    const { output } = result;
    const what = result.isSuccess
      ? state('command-succeeded', { ...subject, output })
      : failure(subject, result);
    if (step.outlived === true) return leave(execution, plan, course, { step, what });
    return result.isSuccess ? finish(execution, plan, step, what) : failedForGood(plan, step, what);
  }
  if (isOverdue(course, step, execution.clock.now())) {
    return failedForGood(plan, step, state('command-overdue', { ...subject, limitMs: course.limitMs }));
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

/** Nobody knows whether a command under way has reached its agent. Where the one before it did not, that is worth saying. */
function whileItRuns(
  execution: Execution,
  subject: Subject,
  { undelivered: errorCode, since }: Step,
): Statement {
  if (errorCode === undefined) return state('command-still-runs', subject);
  return undelivered(execution, subject, { errorCode, triedSince: since });
}

/** `triedSince` is absent where the command is not tried again. */
function undelivered(
  { settings }: Execution,
  subject: Subject,
  { errorCode, triedSince }: { errorCode: string; triedSince: Instant | undefined },
): Statement {
  const values = { ...subject, errorCode };
  if (triedSince === undefined) return state('command-undelivered', { ...values, isTriedAgain: false });
  const since = atIn(triedSince, settings.rules.calendar.timeZone);
  return state('command-undelivered', { ...values, isTriedAgain: true, since });
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
  const isWanted = course.commandId === course.wanted && step.outlived !== true;
  const isTriedAgain = isWanted && mayTryAgain(plan, course, { errorCode, since, now });
  const triedSince = isTriedAgain ? since : undefined;
  const what = undelivered(execution, subjectOf(course), { errorCode, triedSince });
  if (!isWanted) return leave(execution, plan, course, { step, what });
  if (!isTriedAgain) return failedForGood(plan, step, what);
  const untried: Step = { ...step, state: 'failed', at: latest(now, step.at), since, undelivered: errorCode };
  const isNews = step.undelivered !== errorCode;
  const next = await advance(execution, plan, untried, isNews ? { what } : {});
  return next === undefined ? { kind: 'lost' } : { kind: 'waits', plan: next, why: what };
}

/**
 * A post-command proves the restart as long as that is verified. A pre-command holds its group up, and must have time to end
 * before the restart. An agent that is too old does not become newer by itself.
 */
function mayTryAgain(
  { latestStart, verifyUntil }: Plan,
  { name, limitMs }: Course,
  { errorCode, since, now }: { errorCode: string; since: Instant; now: Instant },
): boolean {
  if (name === 'post-command') return verifyUntil !== undefined && isBefore(now, verifyUntil);
  if (latestStart === undefined || errorCode === 'ClientNeedUpgrade') return false;
  return isBefore(now, earliest(plus(since, deliveryLimitMs), plus(latestStart, -limitMs)));
}

/** The command is over and counts for nothing. What today's runbook names comes next. */
async function leave(
  execution: Execution,
  plan: Plan,
  { name, pauses }: Course,
  { step, what }: { step: Step; what: Statement },
): Promise<StepProgress> {
  const next = await advance(execution, plan, atItsEnd(step), { what });
  return next === undefined ? { kind: 'lost' } : runCommand(execution, next, name, pauses);
}

function failedForGood(plan: Plan, step: Step, why: Statement): StepProgress {
  return failed(plan, atItsEnd(step), why);
}

/** The step failed, and is not tried again by itself. */
function atItsEnd(step: Step): Step {
  const ended: Step = { ...step, state: 'failed' };
  delete ended.since;
  delete ended.outlived;
  return ended;
}

/** The command, as statements name it. */
interface Subject {
  step: string;
  commandId: string;
}

function subjectOf({ name, commandId }: Course): Subject {
  return { step: name, commandId };
}

function failure(subject: Subject, result: CommandResult & { kind: 'over' }): Statement {
  const { status, exitCode, error, output } = result;
  return state('command-failed', {
    ...subject,
    status,
    output,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(error === undefined ? {} : { error }),
  });
}

async function resultOf(
  { commands }: Execution,
  { regionId, instanceId }: Plan,
  step: Step,
): Promise<CommandResult | { kind: 'unreadable'; message: string }> {
  try {
    return await commands.resultOf(regionId, { invokeId: step.ids[0] ?? '', instanceId });
  } catch (thrown) {
    return { kind: 'unreadable', message: messageOf(thrown) };
  }
}

/** ECS ends a command at its time limit. A command without a result long after that has failed. */
function isOverdue({ limitMs }: Course, { at }: Step, now: Step['at']): boolean {
  return isAfter(now, plus(at, limitMs + commandGrace));
}
