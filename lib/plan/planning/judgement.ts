// What should become of the open events of one instance: a reboot of ours at a time, or none. judge.ts decides it.
import type { EcsWindow } from '../calendar/ecs-window.ts';
import type { Instant } from '../calendar/instant.ts';
import type { Cause } from '../cause.ts';
import type { OddEvent, SystemEvent } from '../event.ts';
import type { Rules } from '../rules.ts';
import type { Runbook } from '../runbook.ts';
import type { Slots } from '../spacing/slots.ts';
import type { Statement } from '../statement.ts';
import type { FinalStatus } from '../status.ts';

/** A reboot of ours at a time. */
export interface RebootJudgement {
  kind: 'reboot';
  /** The events that the restart answers, the most urgent first. */
  events: readonly SystemEvent[];
  /** Open events that this restart does not answer: of another type, or Inquiring. */
  others: readonly SystemEvent[];
  notBefore: Instant;
  rules: Rules;
  /** Present where the rules have a window of ECS. */
  ecsWindow?: EcsWindow;
  /** Absent where there is nothing to do before or after. */
  runbook?: Runbook;
  /** What the interval was chosen from. */
  slots: Slots;
  isApprovalRequired: boolean;
  interval: { executeAt: Instant; latestStart: Instant; decision: 'window' | 'last-resort' | 'soonest' };
  /** How the interval was chosen. The reason says it, or what is more important. */
  chosen: Statement;
  reason: Statement;
  /** Reported, not written to the row. */
  problems: readonly Statement[];
}

/** No reboot of ours. */
export interface EndJudgement {
  kind: 'end';
  status: Extract<FinalStatus, 'Skipped' | 'Missed' | 'Escalated'>;
  cause: Cause;
  /** Every event that was seen, so that none is taken for new at the next look. */
  events: readonly (SystemEvent | OddEvent)[];
  notBefore: Instant | undefined;
  rules: Rules;
  /** Present where the rules have a window of ECS. */
  ecsWindow?: EcsWindow;
  reason: Statement;
  problems: readonly Statement[];
}

/** Either of the two. */
export type Judgement = RebootJudgement | EndJudgement;
