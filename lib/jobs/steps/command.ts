// A Cloud Assistant command as a step of a plan: recorded, invoked by its id, and asked for until it is over.
import { commandGraceMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { formatDuration } from '../../plan/calendar/duration.ts';
import { isAfter, plus, type Milliseconds } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { isUnderWay, stepOf, type Step } from '../../plan/steps.ts';
import type { CommandResult } from '../../ports.ts';
import { clientToken } from './client-token.ts';
import type { Execution } from '../execution.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

interface Command {
  name: 'pre-command' | 'post-command';
  commandId: string;
  timeout: Milliseconds;
}

/** Goes on with the command; asks again after each of these pauses, and leaves the rest to the next look. */
export async function runCommand(
  execution: Execution,
  plan: Plan,
  name: Command['name'],
  pauses: readonly Milliseconds[],
): Promise<StepProgress> {
  const { runbook } = plan;
  const wanted = name === 'pre-command' ? runbook?.preCommand : runbook?.postCommand;
  const step = stepOf(plan, name);
  const commandId = (isUnderWay(step) ? step?.commandId : undefined) ?? wanted;
  if (runbook === undefined || commandId === undefined) return { kind: 'done', plan };
  const command: Command = { name, commandId, timeout: runbook.commandTimeout };
  if (step?.state === 'done' && (step.commandId ?? commandId) === commandId) return { kind: 'done', plan };
  if (step?.state === 'running') return ask(execution, plan, command, step, pauses);
  if (step?.state === 'starting') return invoke(execution, plan, command, step, pauses);

  const begun: Step = { name, state: 'starting', at: execution.clock.now(), commandId, ids: [] };
  const next = await advance(execution, plan, begun, `Begins the ${name} ${commandId}.`);
  return next === undefined ? { kind: 'lost' } : invoke(execution, next, command, begun, pauses);
}

async function invoke(
  execution: Execution,
  plan: Plan,
  command: Command,
  step: Step,
  pauses: readonly Milliseconds[],
): Promise<StepProgress> {
  const { name, commandId, timeout: timeoutMs } = command;
  const { regionId, instanceId } = plan;
  const token = clientToken(plan, step);
  const answer = await execution.commands.invoke(regionId, {
    instanceId,
    commandId,
    timeoutMs,
    clientToken: token,
  });
  const now = execution.clock.now();
  if (answer.kind === 'started') {
    // Its time limit counts from now, however long ECS refused it before.
    const running: Step = { ...step, state: 'running', at: now, ids: [answer.id] };
    const what = `The ${name} ${commandId} runs as ${answer.id}.`;
    const next = await advance(execution, plan, running, what, answer.requestId);
    return next === undefined ? { kind: 'lost' } : ask(execution, next, command, running, pauses);
  }
  const told =
    answer.kind === 'refused'
      ? `ECS refused the ${name} ${commandId} (${answer.code}: ${answer.message})`
      : `It is not known whether the ${name} ${commandId} began (${answer.message})`;
  const isFinal = (answer.kind === 'refused' && answer.again === 'never') || isOverdue(command, step, now);
  return isFinal ? failed(plan, step, `${told}.`) : { kind: 'waits', plan, why: `${told}; tried again.` };
}

async function ask(
  execution: Execution,
  plan: Plan,
  command: Command,
  step: Step,
  pauses: readonly Milliseconds[],
): Promise<StepProgress> {
  const { name, commandId } = command;
  const result = await resultOf(execution, plan, step);
  if (result.kind === 'over' && result.isSuccess) {
    return finish(execution, plan, step, `The ${name} ${commandId} succeeded${printed(result)}.`);
  }
  if (result.kind === 'over') {
    return failed(plan, step, `The ${name} ${commandId} failed${howOf(result)}${printed(result)}.`);
  }
  if (isOverdue(command, step, execution.clock.now())) {
    const limit = formatDuration(command.timeout);
    return failed(plan, step, `The ${name} ${commandId} did not end within ${limit}.`);
  }
  const [pause, ...rest] = pauses;
  if (result.kind === 'unreadable' || pause === undefined) {
    const why = result.kind === 'unreadable' ? `; ${result.why}` : '';
    return { kind: 'waits', plan, why: `The ${name} ${commandId} still runs${why}.` };
  }
  await execution.clock.sleep(pause);
  return ask(execution, plan, command, step, rest);
}

async function resultOf(
  { commands }: Execution,
  { regionId, instanceId }: Plan,
  step: Step,
): Promise<CommandResult | { kind: 'unreadable'; why: string }> {
  try {
    return await commands.resultOf(regionId, { invokeId: step.ids[0] ?? '', instanceId });
  } catch (thrown) {
    return { kind: 'unreadable', why: messageOf(thrown) };
  }
}

/** ECS ends a command at its time limit; one that it does not tell of for longer counts as failed. */
function isOverdue({ timeout }: Command, { at }: Step, now: Step['at']): boolean {
  return isAfter(now, plus(at, timeout + commandGraceMs));
}

/** Of a command that ended by itself, ECS's own words say no more than its exit code. */
function howOf({ status, exitCode, error }: CommandResult & { kind: 'over' }): string {
  if (status === 'Failed' && exitCode !== undefined) return ` with exit code ${exitCode}`;
  const code = exitCode === undefined ? [] : [`exit code ${exitCode}`];
  const told = [status, ...code, ...(error === undefined ? [] : [error])].join(', ');
  return `: ${told.replace(/\.$/, '')}`;
}

/** On one line, and without control characters: a timeline has one line an entry. */
function printed({ output }: { output: string }): string {
  const text = output.trim().replace(/\s*[\r\n]+\s*/g, ' / ');
  return text === '' ? '' : `; it printed at the end: ${JSON.stringify(text)}`;
}
