// The steps of a plan before and after its restart, as they are recorded in its row. Each is recorded before it is begun,
// and begun with the same token again where nobody knows whether it was: no step has its effect twice.
import { isBefore, isSame, plus, type Instant, type Milliseconds } from './instant.ts';
import type { Plan } from './plan.ts';

export const stepNames = ['backup', 'pre-command', 'post-command'] as const;
export type StepName = (typeof stepNames)[number];

/** `starting`: it may have been begun. `waived`: the restart goes on without it. */
export const stepStates = ['starting', 'running', 'done', 'failed', 'waived'] as const;
export type StepState = (typeof stepStates)[number];

/** One step. What it was begun with stays the same for its whole life. */
export interface Step {
  name: StepName;
  state: StepState;
  /** When it was recorded. */
  at: Instant;
  /** How a backup is made: one consistent group, or a snapshot of each disk. */
  method?: 'group' | 'snapshots';
  diskIds?: readonly string[];
  retentionDays?: number;
  commandId?: string;
  /** ECS's ids of what runs: snapshots, a snapshot group, or an invocation. */
  ids: readonly string[];
}

/** The step as it stands; undefined where it was not begun. */
export function stepOf(plan: Plan, name: StepName): Step | undefined {
  return plan.steps?.find((step) => step.name === name);
}

/** The plan's steps with this one in the place of its earlier state. */
export function withStep(plan: Plan, step: Step): readonly Step[] {
  return [...(plan.steps ?? []).filter(({ name }) => name !== step.name), step];
}

/**
 * The next step before the restart; undefined where nothing is left to be done now. The pre-command waits for the
 * interval, since it may take the service down.
 */
export function nextStepBefore(plan: Plan, now: Instant): 'backup' | 'pre-command' | undefined {
  const { runbook, executeAt } = plan;
  if (runbook?.backup !== undefined && !isOver(plan, 'backup')) return 'backup';
  const isTime = executeAt !== undefined && !isBefore(now, executeAt);
  return isTime && runbook?.preCommand !== undefined && !isOver(plan, 'pre-command')
    ? 'pre-command'
    : undefined;
}

/** True where the post-command is still to be done, or under way. */
export function isPostCommandOpen(plan: Plan): boolean {
  return plan.runbook?.postCommand !== undefined && !isOver(plan, 'post-command');
}

function isOver(plan: Plan, name: StepName): boolean {
  const state = stepOf(plan, name)?.state;
  return state === 'done' || state === 'waived';
}

/** When the plan is looked at first: in time to prepare the restart. */
export function prepareAt({ executeAt, runbook }: Plan): Instant | undefined {
  return executeAt && runbook?.backup ? plus(executeAt, -runbook.prepareLead) : executeAt;
}

/** How long before the end of the last interval it is decided that a backup comes too late; ticks are a minute apart. */
const lastMoment: Milliseconds = 180_000;

/**
 * True where the restart cannot wait for its backup any longer. An interval that ends for its window, and not for
 * NotBefore, is followed by another one, or by what NO_WINDOW says.
 */
export function isLastMoment(plan: Plan, safetyMargin: Milliseconds, now: Instant): boolean {
  const { latestStart, notBefore } = plan;
  if (latestStart === undefined || notBefore === undefined) return false;
  return (
    isSame(latestStart, plus(notBefore, -safetyMargin)) && !isBefore(now, plus(latestStart, -lastMoment))
  );
}
