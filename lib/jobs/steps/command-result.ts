// How a command went on its instance, and how statements say it.
import { messageOf } from '../../failures.ts';
import type { Instant, Milliseconds } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { atIn, state, type Statement } from '../../plan/statement.ts';
import type { Step } from '../../plan/steps.ts';
import type { CommandResult } from '../../ports.ts';
import type { Execution } from '../execution.ts';

/** The command, as statements name it. */
export interface Subject {
  step: string;
  commandId: string;
}

/** The subject of a command. */
export function subjectOf({ name, commandId }: { name: string; commandId: string }): Subject {
  return { step: name, commandId };
}

/** What a look at a command found. `unreadable`: nothing is known. */
export type Result = CommandResult | { kind: 'unreadable'; message: string };

/** The result of the command of a step. */
export async function resultOf(
  { commands }: Execution,
  { regionId, instanceId }: Plan,
  step: Step,
): Promise<Result> {
  try {
    return await commands.resultOf(regionId, { invokeId: step.ids[0] ?? '', instanceId });
  } catch (thrown) {
    return { kind: 'unreadable', message: messageOf(thrown) };
  }
}

/** How a command ended. One that has no result long after its time limit counts as ended. */
export function endOf(subject: Subject, result: Result, limitMs: Milliseconds): Statement {
  if (result.kind !== 'over') return state('command-overdue', { ...subject, limitMs });
  const { status, exitCode, error, output } = result;
  if (result.isSuccess) return state('command-succeeded', { ...subject, output });
  return state('command-failed', {
    ...subject,
    status,
    output,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(error === undefined ? {} : { error }),
  });
}

/** Nobody knows whether a command under way has reached its agent. Where the one before it did not, that is worth saying. */
export function whileItRuns(
  execution: Execution,
  subject: Subject,
  { undelivered: errorCode, since }: Step,
): Statement {
  if (errorCode === undefined) return state('command-still-runs', subject);
  return undelivered(execution, subject, { errorCode, triedSince: since });
}

/** The agent did not receive the command. `triedSince` is absent where it is not tried again. */
export function undelivered(
  { settings }: Execution,
  subject: Subject,
  { errorCode, triedSince }: { errorCode: string; triedSince: Instant | undefined },
): Statement {
  const values = { ...subject, errorCode };
  if (triedSince === undefined) return state('command-undelivered', { ...values, isTriedAgain: false });
  const since = atIn(triedSince, settings.rules.calendar.timeZone);
  return state('command-undelivered', { ...values, isTriedAgain: true, since });
}
