// acknowledge: the column `acknowledged`. Others may go on although a restart was not proven.
import { unprovenOf } from '../../../plan/plan.ts';
import { isFinalText } from '../../../plan/status.ts';
import type { Voice } from '../words/voice.ts';
import { refused, type Decide, type Decision } from './decision.ts';

/** Says that a person has looked at the restart. */
export function acknowledging(reason: string | undefined): Decide {
  return ({ read }, { by, voice }) => {
    if (read.kind === 'newer') return refused(voice.say('newer-row', { format: String(read.format) }));
    const { acknowledged, group } = read.kind === 'plan' ? read.plan : read;
    if (acknowledged !== undefined) {
      return { kind: 'already', what: voice.say('is-acknowledged', { words: acknowledged }) };
    }
    const { status } = read.kind === 'plan' ? read.plan : read;
    const isUnproven =
      read.kind === 'plan' ? unprovenOf(read.plan) !== undefined : isFinalText(status) && read.mayHaveSent;
    if (!isUnproven && status !== 'Escalated') {
      return refused(voice.say('nothing-to-acknowledge', { status: status ?? voice.say('unreadable') }));
    }
    const words = reason === undefined ? `yes, ${by}` : `yes, ${by}: ${reason.trim()}`;
    return edit(words, { group, isUnproven, voice });
  };
}

/** It begins with a yes, and the rest is for people. `edited_by` would stay in a finished row and name this person for later edits. */
function edit(
  words: string,
  { group, isUnproven, voice }: { group: string | undefined; isUnproven: boolean; voice: Voice },
): Decision {
  const others = group === undefined ? voice.say('region-goes-on') : voice.say('group-goes-on', { group });
  return {
    kind: 'edit',
    edit: { put: { acknowledged: words } },
    will: voice.say('acknowledge-will', { words }),
    notes: [isUnproven ? others : voice.say('no-longer-counted')],
  };
}
