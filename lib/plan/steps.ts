// The steps of a plan before and after its restart, as they are recorded in its row. Each is recorded before it is begun,
// and begun with the same token again where nobody knows whether it was: no step has its effect twice.
import { isBefore, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import type { Runbook } from './runbook.ts';

export const stepNames = ['backup', 'pre-command', 'post-command'] as const;
export type StepName = (typeof stepNames)[number];

/** `starting`: it may have been begun. `waived`: the restart goes on without it. */
export const stepStates = ['starting', 'running', 'done', 'failed', 'waived'] as const;
export type StepState = (typeof stepStates)[number];

/** One step. What it was begun with stays the same for its whole life. */
export interface Step {
  name: StepName;
  state: StepState;
  /** When it was recorded; of a command that runs, when it began to. */
  at: Instant;
  /** How a backup is made: one consistent group, or a snapshot of each disk. */
  method?: 'group' | 'snapshots';
  diskIds?: readonly string[];
  retentionDays?: number;
  commandId?: string;
  /** ECS's ids of what runs: snapshots, a snapshot group, or an invocation. */
  ids: readonly string[];
}

/** What of a plan its steps are told from. */
export interface StepsOf {
  status: string;
  executeAt?: Instant;
  latestStart?: Instant;
  runbook?: Runbook;
  steps?: readonly Step[];
  intent?: object;
}

/** The step as it stands; undefined where it was not begun. */
export function stepOf(plan: StepsOf, name: StepName): Step | undefined {
  return plan.steps?.find((step) => step.name === name);
}

/** The plan's steps with this one in the place of its earlier state. */
export function withStep(plan: StepsOf, step: Step): readonly Step[] {
  return [...(plan.steps ?? []).filter(({ name }) => name !== step.name), step];
}

/**
 * The next step before the restart; undefined where nothing is left to be done now. The pre-command waits for the
 * interval, since it may take the service down.
 */
export function nextStepBefore(plan: StepsOf, now: Instant): 'backup' | 'pre-command' | undefined {
  const { runbook, executeAt } = plan;
  if (isBackupOpen(plan)) return 'backup';
  const isTime = executeAt !== undefined && !isBefore(now, executeAt);
  return isTime && runbook?.preCommand !== undefined && !isOver(plan, 'pre-command')
    ? 'pre-command'
    : undefined;
}

/** True while the plan's backup is made, which takes no instance down: it counts against no limit. */
export function isBackingUp(plan: StepsOf): boolean {
  return plan.status === 'Preparing' && isBackupOpen(plan);
}

/** One that has begun is waited for, too, where none is asked for any more: the restart would fail it. */
export function isBackupOpen(plan: StepsOf): boolean {
  const isWanted = plan.runbook?.backup !== undefined && !isOver(plan, 'backup');
  return isWanted || isUnderWay(stepOf(plan, 'backup'));
}

/** True where the step may have begun, and is not known to be over. */
export function isUnderWay(step: Step | undefined): boolean {
  return step?.state === 'starting' || step?.state === 'running';
}

/** True where the post-command is still to be done, or under way. */
export function isPostCommandOpen(plan: StepsOf): boolean {
  return plan.runbook?.postCommand !== undefined && !isOver(plan, 'post-command');
}

/** A command that was run in the place of the one that is asked for by now does not count. */
function isOver(plan: StepsOf, name: StepName): boolean {
  const step = stepOf(plan, name);
  const isOfToday = step?.commandId === undefined || step.commandId === commandOf(plan, name);
  return isOfToday && (step?.state === 'done' || step?.state === 'waived');
}

function commandOf({ runbook }: StepsOf, name: StepName): string | undefined {
  return name === 'post-command' ? runbook?.postCommand : runbook?.preCommand;
}

/** When the plan is looked at first: in time to prepare the restart, as far as it is not prepared already. */
export function prepareAt(plan: StepsOf): Instant | undefined {
  const { executeAt, runbook } = plan;
  return executeAt && runbook && isBackupOpen(plan) ? plus(executeAt, -runbook.prepareLead) : executeAt;
}

/** How long before the end of the last interval it is decided that a backup comes too late; ticks are a minute apart. */
export const lastMoment: Milliseconds = 180_000;

/** From when on a restart cannot wait for its backup and still be sent in the interval, after its pre-command. */
export function backupUntil({ latestStart, runbook }: StepsOf): Instant | undefined {
  const commandTime = runbook?.preCommand === undefined ? 0 : runbook.commandTimeout;
  return latestStart && plus(latestStart, -lastMoment - commandTime);
}

/** What stays as a pre-command left it where no restart follows; undefined where none was begun, or it failed. */
export function leftBehind(plan: StepsOf): string | undefined {
  const step = stepOf(plan, 'pre-command');
  if (plan.intent !== undefined || (!isUnderWay(step) && step?.state !== 'done')) return undefined;
  return `The pre-command ${step?.commandId ?? ''} had begun, and the instance was not restarted: undo what it did.`;
}
