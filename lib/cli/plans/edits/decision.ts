// What a person may decide about one row: the edit, that nothing is to do, or why it is refused. The rules are those of the
// functions, which read the edited row at their next run.
import { afterEdit, type HandRow } from '../../../alibaba/tablestore/hand-edits.ts';
import type { HandEdit } from '../../../alibaba/tablestore/row-writes.ts';
import { iso, type Instant } from '../../../plan/calendar/instant.ts';
import { mayHaveSent, type Plan } from '../../../plan/plan.ts';
import type { Rules } from '../../../plan/rules.ts';
import { isFinal } from '../../../plan/status.ts';
import { inEnglish } from '../../../wording/english.ts';
import { faultText } from '../../../wording/fault.ts';

/** What a command would do with a row. */
export type Decision =
  /** `will` completes "It will …", and `notes` are sentences about what follows. */
  | { kind: 'edit'; edit: HandEdit; will: string; notes: readonly string[] }
  | { kind: 'already'; what: string }
  | { kind: 'refused'; why: string };

/** Who decides, when, and by which settings. */
export interface Decider {
  by: string;
  now: Instant;
  rules: Rules;
}

/** One kind of decision. */
export type Decide = (row: HandRow, decider: Decider) => Decision;

/** The same for rows that can be read. Others are refused: nobody knows what an edit would do there. */
export function ofPlan(decide: (plan: Plan, decider: Decider) => Decision): Decide {
  return (row, decider) => {
    const { read } = row;
    if (read.kind === 'newer') {
      return refused(
        `A newer version of the planner wrote the row (format ${read.format}). Use that version.`,
      );
    }
    if (read.kind === 'unreadable') {
      const faults = read.faults.map(faultText).join(' ');
      return refused(`The row cannot be read. ${faults} Correct these columns in the console first.`);
    }
    const decision = decide(read.plan, decider);
    return decision.kind === 'edit' ? checked(row, decision) : decision;
  };
}

/** The functions must be able to read what the edit leaves. */
function checked(row: HandRow, decision: Decision & { kind: 'edit' }): Decision {
  const { read } = afterEdit(row, decision.edit);
  if (read.kind !== 'unreadable') return decision;
  return refused(`The row could not be read after that. ${read.faults.map(faultText).join(' ')}`);
}

/** A refusal. */
export function refused(why: string): Decision {
  return { kind: 'refused', why };
}

/** Why nothing can be decided about a plan that waits: it has ended, or its restart was sent. Undefined where it can. */
export function whyNotWaiting(plan: Plan): string | undefined {
  if (isFinal(plan.status)) return `The plan has ended: ${plan.status}. ${inEnglish(plan.reason)}`;
  const { intent } = plan;
  if (!mayHaveSent(plan) || intent === undefined) return undefined;
  return `The plan is ${plan.status}: RebootInstance may have been sent at ${iso(intent.at)}. What was sent cannot be taken back.`;
}
