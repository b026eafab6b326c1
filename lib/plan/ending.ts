// What the end of a plan writes. transitions.ts says from where a plan may end.
import type { Instant } from './calendar/instant.ts';
import type { Cause } from './cause.ts';
import { attempt, type Change, type Droppable, type Stamp } from './change.ts';
import type { Plan } from './plan.ts';
import { state, type Statement } from './statement.ts';
import type { FinalStatus } from './status.ts';
import { undoStatement } from './draining.ts';
import type { Step } from './steps.ts';
import { withSaidOfUndo } from './undo.ts';

/** How a plan ends. */
export interface End {
  status: FinalStatus;
  reason: Statement;
  cause?: Cause;
  /** The events that the plan is about once it has ended; absent where they stay. */
  about?: { eventIds: readonly string[]; laterEventIds: readonly string[]; notBefore: Instant | undefined };
  /** The steps, where one of them changes with the end. */
  steps?: readonly Step[];
  /** False where the pinned time of the plan is refused; absent where it stays. */
  pinned?: false;
}

/** The change that ends the plan. */
export function ending(
  plan: Plan,
  { at }: Stamp,
  how: End,
): Change & { drop: readonly Droppable[]; what: Statement } {
  const { status, cause, about, steps, pinned } = how;
  const undo = undoStatement(steps === undefined ? plan : { ...plan, steps });
  const reason = undo === undefined ? how.reason : withSaidOfUndo(how.reason, [undo]);
  const { notBefore, ...events } = about ?? {};
  return {
    patch: {
      status,
      reason,
      finishedAt: at,
      ...(cause === undefined ? {} : { cause }),
      ...events,
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(steps === undefined ? {} : { steps }),
      ...(pinned === undefined ? {} : { pinned }),
    },
    drop: [
      ...attempt,
      'verifyUntil',
      'cause',
      // Nobody can say go on before the proof has failed.
      'acknowledged',
      // Nor ask for another try.
      'retry',
      ...(about === undefined ? [] : (['notBefore'] as const)),
      // What a person said go on about stays said. A proof of this plan that fails is another one.
      ...(status === 'Avoided' || plan.acknowledged !== undefined ? (['unproven'] as const) : []),
    ],
    what: state('ended', { status, why: reason }),
  };
}
