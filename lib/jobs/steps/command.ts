// A Cloud Assistant command as a step of a plan: recorded, invoked by its id, and looked at until it ends.
import { commandGraceMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import {
  isAfter,
  isBefore,
  latest,
  plus,
  type Instant,
  type Milliseconds,
} from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { isUnderWay, stepOf, type Step } from '../../plan/steps.ts';
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
  /** Until when a command that its agent did not receive is tried again. */
  triedUntil: Instant | undefined;
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
  const course: Course = { name, commandId, limitMs, triedUntil: triedUntil(plan, name, limitMs), pauses };
  if (step?.state === 'done' && (step.commandId ?? commandId) === commandId) return { kind: 'done', plan };
  if (step?.state === 'running') return look(execution, plan, course, step);
  if (step?.state === 'starting') return invoke(execution, plan, course, step);
  const begun: Step = { name, state: 'starting', at: execution.clock.now(), commandId, ids: [] };
  const what = state('command-begins', { step: name, commandId });
  const next = await advance(execution, plan, begun, { what });
  return next === undefined ? { kind: 'lost' } : invoke(execution, next, course, begun);
}

/** A post-command proves the restart as long as that is verified. A pre-command must have time to end before the restart. */
function triedUntil(
  { latestStart, verifyUntil }: Plan,
  name: CommandName,
  limitMs: Milliseconds,
): Instant | undefined {
  return name === 'post-command' ? verifyUntil : latestStart && plus(latestStart, -limitMs);
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
  const what = state('command-runs', { step: name, commandId, invokeId: answer.id });
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
  return isTriedAgain ? { kind: 'waits', plan, why } : failed(plan, step, why);
}

async function look(execution: Execution, plan: Plan, course: Course, step: Step): Promise<StepProgress> {
  const subject = subjectOf(course);
  const result = await resultOf(execution, plan, step);
  if (result.kind === 'undelivered') return invokeAnew(execution, plan, course, { step, ...result });
  if (result.kind === 'over') {
    const { output } = result;
    return result.isSuccess
      ? finish(execution, plan, step, state('command-succeeded', { ...subject, output }))
      : failed(plan, step, failure(subject, result));
  }
  if (isOverdue(course, step, execution.clock.now())) {
    return failed(plan, step, state('command-overdue', { ...subject, limitMs: course.limitMs }));
  }
  const [pause, ...pauses] = course.pauses;
  if (result.kind === 'unreadable') {
    const { message } = result;
    return { kind: 'waits', plan, why: state('command-still-runs', { ...subject, message }) };
  }
  if (pause === undefined) return { kind: 'waits', plan, why: whileItRuns(subject, step) };
  await execution.clock.sleep(pause);
  return look(execution, plan, { ...course, pauses }, step);
}

/** Nobody knows whether a command under way has reached its agent. Where the one before it did not, that is worth saying. */
function whileItRuns(subject: Subject, { undelivered: errorCode }: Step): Statement {
  return errorCode === undefined
    ? state('command-still-runs', subject)
    : state('command-undelivered', { ...subject, errorCode, isTriedAgain: true });
}

/**
 * The agent did not receive the command, so that nothing ran: the step begins anew, with another token. An agent starts some
 * minutes after its instance. Each try in one invocation takes a pause, however fast ECS gives up.
 */
async function invokeAnew(
  execution: Execution,
  plan: Plan,
  course: Course,
  { step, errorCode }: { step: Step; errorCode: string },
): Promise<StepProgress> {
  const { name, commandId } = course;
  const now = execution.clock.now();
  const isTriedAgain = course.triedUntil !== undefined && isBefore(now, course.triedUntil);
  const why = state('command-undelivered', { ...subjectOf(course), errorCode, isTriedAgain });
  if (!isTriedAgain) return failed(plan, step, why);
  // Another time makes another token, even where this clock is behind the one that wrote the step.
  const at = latest(now, plus(step.at, 1));
  const anew: Step = { name, state: 'starting', at, commandId, undelivered: errorCode, ids: [] };
  const next = await advance(execution, plan, anew, { what: why });
  if (next === undefined) return { kind: 'lost' };
  const [pause, ...pauses] = course.pauses;
  if (pause === undefined) return { kind: 'waits', plan: next, why };
  await execution.clock.sleep(pause);
  return invoke(execution, next, { ...course, pauses }, anew);
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
  return isAfter(now, plus(at, limitMs + commandGraceMs));
}
