// The steps of a plan before and after its restart, as its row records them. Each step is recorded before it begins. Where
// nobody knows whether it began, it begins again with the same token, so that no step has its effect twice. A command that
// certainly did not reach the instance is recorded as failed, and begins anew, with another token.
import { isAfter, isBefore, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import type { Runbook } from './runbook.ts';
import { state, type Statement } from './statement.ts';

/** The steps of a plan, in the order in which they run. */
export const stepNames = ['backup', 'pre-command', 'post-command'] as const;

/** The name of a step. */
export type StepName = (typeof stepNames)[number];

/** `starting`: it may have begun. `waived`: the restart goes on without it. */
export const stepStates = ['starting', 'running', 'done', 'failed', 'waived'] as const;

/** The state of a step. */
export type StepState = (typeof stepStates)[number];

/** One step. What it began with stays the same until it ends. */
export interface Step {
  name: StepName;
  state: StepState;
  /** When it was recorded. For a command that runs: when it began. */
  at: Instant;
  /** How the backup is made: one consistent group, or a snapshot of each disk. */
  method?: 'group' | 'snapshots';
  diskIds?: readonly string[];
  retentionDays?: number;
  commandId?: string;
  /** Why the agent did not receive the command at its last try, as ECS's code; absent at the first try. */
  undelivered?: string;
  /** When a command that its agent did not receive was tried first. A failed step that has it is tried again. */
  since?: Instant;
  /** Its plan ended while it ran, and people were told to undo it. When it is over, the command runs once more. */
  outlived?: boolean;
  /** ECS's ids of the snapshots, of the snapshot group, or of the invocation. */
  ids: readonly string[];
}

/** The part of a plan that says which steps are open. */
export interface StepsOf {
  status: string;
  executeAt?: Instant;
  latestStart?: Instant;
  runbook?: Runbook;
  steps?: readonly Step[];
  intent?: object;
}

/** A command without a final result counts as failed this long after its time limit. By then ECS has ended it. */
export const commandGrace: Milliseconds = 60_000;

/** The step as the row records it; undefined where it has not begun. */
export function stepOf(plan: StepsOf, name: StepName): Step | undefined {
  return plan.steps?.find((step) => step.name === name);
}

/** The steps of the plan, this one instead of its earlier state. */
export function withStep(plan: StepsOf, step: Step): readonly Step[] {
  return [...(plan.steps ?? []).filter(({ name }) => name !== step.name), step];
}

/**
 * The next step before the restart; undefined where none is left for now. The pre-command waits for the interval, because
 * it may take the service down. One that has begun must end, even if none is wanted any more: a restart would cut it off.
 */
export function nextStepBefore(plan: StepsOf, now: Instant): 'backup' | 'pre-command' | undefined {
  const { runbook, executeAt } = plan;
  if (isBackupOpen(plan)) return 'backup';
  if (isUnderWay(stepOf(plan, 'pre-command'))) return 'pre-command';
  const isTime = executeAt !== undefined && !isBefore(now, executeAt);
  return isTime && runbook?.preCommand !== undefined && !isOver(plan, 'pre-command')
    ? 'pre-command'
    : undefined;
}

/**
 * The pre-command of a plan that ended, where it may still run. Whatever plan the instance has next keeps it until it is over,
 * so that it does not run twice at the same time. Then it runs once more, because people were told to undo it.
 */
export function stillRunning(plan: StepsOf, now: Instant): Step | undefined {
  const step = stepOf(plan, 'pre-command');
  if (step === undefined || !isUnderWay(step)) return undefined;
  const limit = plan.runbook?.commandTimeout;
  // ECS ends a command at its time limit. One that may have begun was tried for as long before.
  const times = step.state === 'starting' ? 2 : 1;
  const isOver = limit !== undefined && isAfter(now, plus(step.at, times * (limit + commandGrace)));
  return isOver ? undefined : { ...step, outlived: true };
}

/** True while the backup of the plan is made. That takes no instance down and counts against no limit. */
export function isBackingUp(plan: StepsOf): boolean {
  return plan.status === 'Preparing' && isBackupOpen(plan);
}

/** True where a backup is wanted, or one has begun: a restart would make it fail even if none is wanted any more. */
export function isBackupOpen(plan: StepsOf): boolean {
  const isWanted = plan.runbook?.backup !== undefined && !isOver(plan, 'backup');
  return isWanted || isUnderWay(stepOf(plan, 'backup'));
}

/** True where the step may have begun, and is not known to have ended. */
export function isUnderWay(step: Step | undefined): boolean {
  return step?.state === 'starting' || step?.state === 'running';
}

/** True where the post-command has not ended. */
export function isPostCommandOpen(plan: StepsOf): boolean {
  return plan.runbook?.postCommand !== undefined && !isOver(plan, 'post-command');
}

/** A step that ran another command than the runbook names now does not count. */
function isOver(plan: StepsOf, name: StepName): boolean {
  const step = stepOf(plan, name);
  const isOfToday = step?.commandId === undefined || step.commandId === commandOf(plan, name);
  return isOfToday && (step?.state === 'done' || step?.state === 'waived');
}

function commandOf({ runbook }: StepsOf, name: StepName): string | undefined {
  return name === 'post-command' ? runbook?.postCommand : runbook?.preCommand;
}

/** When the plan is due first: at execute_at, or the lead before it while the backup is open. */
export function prepareAt(plan: StepsOf): Instant | undefined {
  const { executeAt, runbook } = plan;
  return executeAt && runbook && isBackupOpen(plan) ? plus(executeAt, -runbook.prepareLead) : executeAt;
}

/**
 * From then on the restart cannot wait for the backup and still be sent in the interval, after the pre-command.
 * @param startRoom START_ROOM: what a restart needs to begin
 */
export function backupUntil({ latestStart, runbook }: StepsOf, startRoom: Milliseconds): Instant | undefined {
  const commandTime = runbook?.preCommand === undefined ? 0 : runbook.commandTimeout;
  return latestStart && plus(latestStart, -startRoom - commandTime);
}

/** True where the pre-command may have begun, and did not fail: the service of the instance may be down. */
export function isDrained(plan: StepsOf): boolean {
  const step = stepOf(plan, 'pre-command');
  return isUnderWay(step) || step?.state === 'done';
}

/** Tells a person to undo what a pre-command did, where it has begun and no restart follows; undefined otherwise. */
export function preCommandToUndo(plan: StepsOf): Statement<'undo-pre-command'> | undefined {
  if (plan.intent !== undefined || !isDrained(plan)) return undefined;
  return state('undo-pre-command', { commandId: stepOf(plan, 'pre-command')?.commandId ?? '' });
}
