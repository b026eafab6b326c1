// What the last look before a restart can say.
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import type { End } from '../ending.ts';
import type { ProposedChange } from '../planning/proposal.ts';
import type { RowQuestion } from '../planning/question.ts';
import type { Member, WaitFor } from '../spacing/under-way.ts';
import type { Statement } from '../statement.ts';
import type { StopSeen } from '../stop.ts';

/** What is asked right before a restart. */
export interface BeforeQuestion extends RowQuestion {
  /** Which limit the instance must wait for, from what was just read; undefined where it may be down, too. */
  whyWait: (member: Member) => WaitFor | undefined;
  /** Whether a person stopped everything, from what was just read. */
  stop: StopSeen;
}

/** The answer. */
export type VerdictBefore =
  | { kind: 'go' }
  /** A step comes before the restart. */
  | { kind: 'prepare'; step: 'pre-command' }
  /** `isLastMoment`: the restart can wait for the backup no longer. */
  | { kind: 'prepare'; step: 'backup'; isLastMoment: boolean }
  /** Not now. Try again at `until`, or when the plan itself is due. */
  | { kind: 'wait'; reason: Statement; until: Instant | undefined }
  /** The plan no longer fits what is seen. `proposal` says what it becomes. */
  | { kind: 'replan'; proposal: ProposedChange }
  | { kind: 'observed'; reason: Statement }
  /** Its last interval is too short for what comes before the restart. */
  | { kind: 'end'; end: End }
  /** An operator holds it. */
  | { kind: 'held' }
  /** It waits for an operator, and there is still time. */
  | { kind: 'unapproved' };

/** Between attempts while the instance or the event is not as it must be. People start and unlock within minutes. */
export const attemptPause: Milliseconds = 120_000;
