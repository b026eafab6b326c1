// The run of a command on one instance: sent, running, ended. When something ends the run, its later steps do nothing.
import type { Command, CommandRun, RunErrorCode, RunOutcome, RunStatus } from './commands.ts';
import type { Call } from './actions/action.ts';
import type { Interruption } from './types.ts';
import type { Instance, Account } from './account.ts';

/** "… and the command can be sent to the instance within 1 minute" (documentation of Aborted). */
const sentWithinMs = 60_000;

/** What a call specifies for the run that it starts. */
export type RunRequest = Pick<CommandRun, 'invokeId' | 'parameters' | 'timeoutMs'>;

/** Sends a command to an instance. The run uses the next outcome of the command. */
export function beginRun(
  account: Account,
  command: Command,
  instance: Instance,
  { at, requestId }: Omit<Call, 'params'>,
  request: RunRequest,
): void {
  const run: CommandRun = {
    ...request,
    order: account.count('command run'),
    commandId: command.id,
    instanceId: instance.id,
    regionId: instance.regionId,
    creationTime: at,
    requestId,
    status: 'Pending',
    startTime: undefined,
    finishTime: undefined,
    exitCode: undefined,
    output: '',
    errorCode: '',
    interruptedBy: undefined,
  };
  account.addRun(run, at);
  if (instance.status !== 'Running') {
    finish(account, run, at, 'Aborted', 'InstanceNotRunning');
    return;
  }
  const sent = sentTime(account, instance, at);
  if (sent === undefined) {
    const errorCode = instance.nature.undeliverable ?? 'ClientNotRunning';
    account.agenda.add(at + sentWithinMs, (then) => {
      finish(account, run, then, 'Aborted', errorCode);
    });
    return;
  }
  const outcome = command.outcomes[command.runs] ?? command.outcomes.at(-1) ?? {};
  command.runs += 1;
  account.agenda.add(sent, (then) => {
    start(account, run, outcome, then);
  });
}

/** Whether the run has not ended yet. */
export function isUnderWay({ status }: Pick<CommandRun, 'status'>): boolean {
  return status === 'Pending' || status === 'Running';
}

/** Ends every run on the instance, including those that were not sent yet. */
export function interruptRuns(account: Account, instance: Instance, at: number, by: Interruption): void {
  for (const run of account.runs) {
    if (run.instanceId !== instance.id || !isUnderWay(run)) continue;
    run.interruptedBy = by;
    if (by.startsWith('release')) finish(account, run, at, 'Error', 'InstanceReleased');
    else if (run.status === 'Pending') finish(account, run, at, 'Aborted', 'InstanceNotRunning');
    else finish(account, run, at, 'Error', 'ExecutionInterrupted');
  }
}

/** When the agent gets the command, or undefined if it does not get it in time. */
function sentTime(account: Account, instance: Instance, at: number): number | undefined {
  if (!instance.cloudAssistant || instance.nature.undeliverable !== undefined) return undefined;
  const { sendCommandMs } = account.options;
  const assistantAfterMs = instance.nature.agentReadyAfterMs ?? account.options.assistantAfterMs;
  const sent = Math.max(at + sendCommandMs, instance.startTime + assistantAfterMs);
  return sent <= at + sentWithinMs ? sent : undefined;
}

function start(account: Account, run: CommandRun, outcome: RunOutcome, at: number): void {
  if (run.status !== 'Pending') return;
  run.startTime = at;
  account.setRun(run, 'Running', at);
  const ms = outcome.ms ?? account.duration(account.options.commandMs, `${run.invokeId}/${run.instanceId}`);
  // "If the command task times out, the end time is equal to the start time plus the timeout" (documentation of
  // FinishedTime).
  account.agenda.add(at + Math.min(ms, run.timeoutMs), (then) => {
    if (run.status !== 'Running') return;
    if (ms > run.timeoutMs) finish(account, run, then, 'Timeout', 'ExecutionTimeout');
    else if (outcome.exception === true) finish(account, run, then, 'Error', 'ExecutionException');
    else exit(account, run, outcome, then);
  });
}

function exit(
  account: Account,
  run: CommandRun,
  { exitCode = 0, output = '' }: RunOutcome,
  at: number,
): void {
  run.exitCode = exitCode;
  run.output = output;
  if (exitCode === 0) finish(account, run, at, 'Success', '');
  else finish(account, run, at, 'Failed', 'ExitCodeNonzero');
}

function finish(
  account: Account,
  run: CommandRun,
  at: number,
  status: RunStatus,
  errorCode: RunErrorCode,
): void {
  if (!isUnderWay(run)) return;
  run.finishTime = at;
  run.errorCode = errorCode;
  account.setRun(run, status, at);
}
