// How far a step of a plan got, and the one way in which it is written.
import type { Plan } from '../../plan/plan.ts';
import type { Step } from '../../plan/steps.ts';
import { recordStep } from '../../plan/transitions.ts';
import { record, stampOf, type Execution } from '../execution.ts';

/** `plan` is the row as it stands by now. */
export type StepProgress =
  | { kind: 'done'; plan: Plan }
  /** For good. `step` says so, and is not written yet. */
  | { kind: 'failed'; plan: Plan; step: Step; why: string }
  /** It takes its time, or could not be begun yet. */
  | { kind: 'waits'; plan: Plan; why: string }
  /** Somebody else has the row by now. */
  | { kind: 'lost' };

/** Writes the step; gives back the plan with it, or undefined where the row is not ours any more. */
export async function advance(
  execution: Execution,
  plan: Plan,
  step: Step,
  what: string,
  requestId?: string,
): Promise<Plan | undefined> {
  const next = recordStep(plan, stampOf(execution), step, what, requestId);
  const outcome = await record(execution, next, plan);
  return outcome.kind === 'written' ? next : undefined;
}

/** Writes that the step is done. */
export async function finish(
  execution: Execution,
  plan: Plan,
  step: Step,
  what: string,
): Promise<StepProgress> {
  const next = await advance(execution, plan, { ...step, state: 'done' }, what);
  return next === undefined ? { kind: 'lost' } : { kind: 'done', plan: next };
}

/** The step has failed; whoever judges that writes it. */
export function failed(plan: Plan, step: Step, why: string): StepProgress {
  return { kind: 'failed', plan, step: { ...step, state: 'failed' }, why };
}
