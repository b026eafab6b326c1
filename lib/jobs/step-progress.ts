// How far a step of a plan got.
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../plan/steps.ts';

/** `plan` is the row as it stands by now. */
export type StepProgress =
  | { kind: 'done'; plan: Plan }
  /** For good. `step` says so, and is not written yet. */
  | { kind: 'failed'; plan: Plan; step: Step; why: string }
  /** It takes its time, or could not be begun yet. */
  | { kind: 'waits'; plan: Plan; why: string }
  /** Somebody else has the row by now. */
  | { kind: 'lost' };
