// acknowledge: the column `acknowledged`. Others may go on although a restart was not proven.
import { unprovenOf } from '../../../plan/plan.ts';
import { isFinalText } from '../../../plan/status.ts';
import { refused, type Decide, type Decision } from './decision.ts';

/** Says that a person has looked at the restart. */
export function acknowledging(reason: string | undefined): Decide {
  return ({ read }, { by }) => {
    if (read.kind === 'newer') {
      return refused(
        `A newer version of the planner wrote the row (format ${read.format}). Use that version.`,
      );
    }
    const { acknowledged, group } = read.kind === 'plan' ? read.plan : read;
    if (acknowledged !== undefined) return { kind: 'already', what: `acknowledged: ${acknowledged}` };
    const { status } = read.kind === 'plan' ? read.plan : read;
    const isUnproven =
      read.kind === 'plan' ? unprovenOf(read.plan) !== undefined : isFinalText(status) && read.mayHaveSent;
    if (!isUnproven && status !== 'Escalated') {
      return refused(
        `Nothing is to be acknowledged: the plan is ${status ?? 'unreadable'}, and no restart of it is unproven.`,
      );
    }
    return edit(reason === undefined ? `yes, ${by}` : `yes, ${by}: ${reason.trim()}`, { group, isUnproven });
  };
}

/** It begins with a yes, and the rest is for people. `edited_by` would stay in a finished row and name this person for later edits. */
function edit(
  words: string,
  { group, isUnproven }: { group: string | undefined; isUnproven: boolean },
): Decision {
  const who = group === undefined ? 'its region' : `group ${group} and its region`;
  return {
    kind: 'edit',
    edit: { put: { acknowledged: words } },
    will: `acknowledge: ${words}`,
    notes: isUnproven
      ? [`Restarts in ${who} go on although the restart of this instance is not proven.`]
      : ['The list no longer counts it among those that need a person.'],
  };
}
