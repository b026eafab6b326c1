// What a person may decide about one row: the edit, that nothing is to do, or why it is refused. The rules are those of the
// functions, which read the edited row at their next run.
import { afterEdit, type HandRow } from '../../../alibaba/tablestore/hand-edits.ts';
import type { HandEdit } from '../../../alibaba/tablestore/row-writes.ts';
import { iso, type Instant } from '../../../plan/calendar/instant.ts';
import { mayHaveSent, type Plan } from '../../../plan/plan.ts';
import type { Rules } from '../../../plan/rules.ts';
import { isFinal } from '../../../plan/status.ts';
import type { Voice } from '../words/voice.ts';

/** What a command would do with a row. */
export type Decision =
  /** `will` completes "It will …", `what` completes "It is already …", and `notes` are sentences about what follows. */
  | { kind: 'edit'; edit: HandEdit; will: string; notes: readonly string[] }
  | { kind: 'already'; what: string }
  | { kind: 'refused'; why: string };

/** Who decides, when, by which settings, and in which language it is said. */
export interface Decider {
  by: string;
  now: Instant;
  rules: Rules;
  voice: Voice;
}

/** One kind of decision. */
export type Decide = (row: HandRow, decider: Decider) => Decision;

/** The same for rows that can be read. Others are refused: nobody knows what an edit would do there. */
export function ofPlan(decide: (plan: Plan, decider: Decider) => Decision): Decide {
  return (row, decider) => {
    const { read } = row;
    const { voice } = decider;
    if (read.kind === 'newer') return refused(voice.say('newer-row', { format: String(read.format) }));
    if (read.kind === 'unreadable') {
      return refused(voice.say('unreadable-row', { faults: voice.faults(read.faults) }));
    }
    const decision = decide(read.plan, decider);
    return decision.kind === 'edit' ? checked(row, decision, voice) : decision;
  };
}

/** The functions must be able to read what the edit leaves. */
function checked(row: HandRow, decision: Decision & { kind: 'edit' }, voice: Voice): Decision {
  const { read } = afterEdit(row, decision.edit);
  if (read.kind !== 'unreadable') return decision;
  return refused(voice.say('unreadable-after', { faults: voice.faults(read.faults) }));
}

/** A refusal. */
export function refused(why: string): Decision {
  return { kind: 'refused', why };
}

/** Why nothing can be decided about a plan that waits: it has ended, or its restart was sent. Undefined where it can. */
export function whyNotWaiting(plan: Plan, voice: Voice): string | undefined {
  const { status, intent } = plan;
  if (isFinal(status)) return voice.say('ended', { status, reason: voice.statement(plan.reason) });
  if (!mayHaveSent(plan) || intent === undefined) return undefined;
  return voice.say('sent', { status, at: iso(intent.at) });
}

/** The zone in which a person reads the times of the plan. */
export function zoneOf({ rules }: Plan): string {
  return rules?.timeZone ?? 'UTC';
}

/** What else holds the plan up, where it is held. */
export function heldToo({ hold }: Plan, voice: Voice): string[] {
  return hold === undefined ? [] : [voice.say('held-too', { why: hold })];
}
