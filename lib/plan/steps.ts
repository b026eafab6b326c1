// The steps of a plan before and after its restart, as its row records them. Each step is recorded before it begins. Where
// nobody knows whether it began, it begins again with the same token, so that no step has its effect twice. A command that
// certainly did not reach the instance is recorded as failed, and begins anew, with another token.
import { isBefore, isSame, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import { roomFor, type CommandId, type Runbook } from './runbook.ts';

/** The steps of a plan. The undo-command runs where no restart follows the pre-command. */
export const stepNames = ['backup', 'pre-command', 'undo-command', 'post-command'] as const;

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
  /** Of a pre-command: execute_at of the interval that it counts for. In any other interval it runs again. */
  executeAt?: Instant;
  /** Of a pre-command: the command that undoes it, as the runbook said when it began. */
  undoId?: CommandId;
  /** The plan in which it began, where an earlier plan of the instance left it. */
  planId?: string;
  /** Why the command did not reach its instance at the last try, as ECS's code. A failed step that has it did not run. */
  undelivered?: string;
  /** When a command that its agent did not receive was tried first. A failed step that has it is tried again. */
  since?: Instant;
  /** Its plan ended before it was undone. When it is over, it is undone, and runs once more before a restart. */
  outlived?: boolean;
  /** Of a pre-command: a restart may have been sent after it, and the plan ended without one. So it is undone. */
  unrestarted?: boolean;
  /** Of a backup that failed: the snapshots that were still being made. A restart would make them fail. */
  unfinished?: readonly string[];
  /** ECS's ids of the snapshots, of the snapshot group, or of the invocation. */
  ids: readonly string[];
}

/** The part of a plan that says which steps are open. */
export interface StepsOf {
  status: string;
  /** Why a person stopped the plan; empty or absent where nobody did. */
  hold?: string;
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

/** The steps of the plan, this one instead of its earlier state. What undid a pre-command goes when it begins again. */
export function withStep(plan: StepsOf, step: Step): readonly Step[] {
  const isAnew = step.name === 'pre-command' && step.state === 'starting';
  const isReplaced = (name: StepName): boolean => name === step.name || (isAnew && name === 'undo-command');
  return [...(plan.steps ?? []).filter(({ name }) => !isReplaced(name)), step];
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

/** True while the backup of the plan is made. That takes no instance down and counts against no limit. */
export function isBackingUp(plan: StepsOf): boolean {
  return plan.status === 'Preparing' && isBackupOpen(plan);
}

/** True where a backup is wanted, or one has begun: a restart would make it fail even if none is wanted any more. */
export function isBackupOpen(plan: StepsOf): boolean {
  const isWanted = plan.runbook?.backup !== undefined && !isOver(plan, 'backup');
  const step = stepOf(plan, 'backup');
  const isUnfinished = step?.state === 'failed' && step.unfinished !== undefined;
  return isWanted || isUnderWay(step) || isUnfinished;
}

/** True where the backup is complete, and ECS will have deleted it when the interval of the plan ends. */
export function isBackupExpired(plan: StepsOf): boolean {
  const step = stepOf(plan, 'backup');
  return step?.state === 'done' && plan.latestStart !== undefined && isPastRetention(step, plan.latestStart);
}

/** True where ECS will have deleted the snapshots of the backup by then. */
export function isPastRetention({ at, retentionDays }: Step, then: Instant): boolean {
  return retentionDays !== undefined && !isBefore(then, plus(at, retentionDays * dayMs));
}

const dayMs: Milliseconds = 86_400_000;

/** True where the step may have begun, and is not known to have ended. */
export function isUnderWay(step: Step | undefined): boolean {
  return step?.state === 'starting' || step?.state === 'running';
}

/** True where the post-command has not ended. */
export function isPostCommandOpen(plan: StepsOf): boolean {
  return plan.runbook?.postCommand !== undefined && !isOver(plan, 'post-command');
}

/**
 * True where the pre-command began for the interval that the plan has now, and nothing has begun to undo it. In another
 * interval it does not count.
 */
export function isOfInterval(plan: StepsOf, step: Step): boolean {
  const { executeAt, outlived } = step;
  const isSameInterval =
    executeAt === undefined || (plan.executeAt !== undefined && isSame(executeAt, plan.executeAt));
  return isSameInterval && outlived !== true && stepOf(plan, 'undo-command') === undefined;
}

/** A step that ran another command than the runbook names now does not count, nor one that no longer holds. */
function isOver(plan: StepsOf, name: StepName): boolean {
  const step = stepOf(plan, name);
  if (step?.state !== 'done' && step?.state !== 'waived') return false;
  if (name === 'backup' && isBackupExpired(plan)) return false;
  if (name === 'pre-command' && !isOfInterval(plan, step)) return false;
  return step.commandId === undefined || step.commandId === commandOf(plan, name);
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
  return latestStart && plus(latestStart, -roomFor(startRoom, runbook));
}

/** The last moment at which the pre-command may begin: its time limit and START_ROOM fit before latest_start. */
export function preCommandUntil(
  { latestStart, runbook }: StepsOf,
  startRoom: Milliseconds,
): Instant | undefined {
  return latestStart && runbook && plus(latestStart, -runbook.commandTimeout - startRoom);
}

/**
 * True where the agent did not receive the pre-command, or ECS refused to begin it for now, and it is tried again: nothing ran,
 * and the service is up.
 */
export function isUndelivered(plan: StepsOf): boolean {
  const step = stepOf(plan, 'pre-command');
  return step?.state === 'failed' && step.undelivered !== undefined && step.since !== undefined;
}
