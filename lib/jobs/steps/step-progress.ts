// How far a step of a plan got, and the one way in which it is written.
import type { Plan } from '../../plan/plan.ts';
import type { Statement } from '../../plan/statement.ts';
import type { Step } from '../../plan/steps.ts';
import { recordStep } from '../../plan/transitions.ts';
import { recordUndo } from '../../plan/undo.ts';
import { stampOf, type Execution } from '../execution.ts';

/** How far a step got. `plan` is the row as it stands now. */
export type StepProgress =
  | { kind: 'done'; plan: Plan }
  /** For good. `step` says so, and the caller writes it. */
  | { kind: 'failed'; plan: Plan; step: Step; why: Statement }
  /** It takes its time, or could not begin yet. */
  | { kind: 'waits'; plan: Plan; why: Statement }
  /** Somebody else changed the row. */
  | { kind: 'lost' };

/**
 * Writes the step. Returns the plan with it, or undefined where somebody else changed the row. Without `what` the timeline
 * gets no entry.
 */
export async function advance(
  execution: Execution,
  plan: Plan,
  step: Step,
  news: { what?: Statement | undefined; requestId?: string | undefined },
): Promise<Plan | undefined> {
  const record = step.name === 'undo-command' ? recordUndo : recordStep;
  const next = record(plan, stampOf(execution), step, news);
  return (await execution.ledger.write(next, plan)) ? next : undefined;
}

/** Writes that the step is done. */
export async function finish(
  execution: Execution,
  plan: Plan,
  step: Step,
  what: Statement,
): Promise<StepProgress> {
  const next = await advance(execution, plan, { ...step, state: 'done' }, { what });
  return next === undefined ? { kind: 'lost' } : { kind: 'done', plan: next };
}

/** The step has failed. The caller decides what that means, and writes it. */
export function failed(plan: Plan, step: Step, why: Statement): StepProgress {
  return { kind: 'failed', plan, step: { ...step, state: 'failed' }, why };
}
