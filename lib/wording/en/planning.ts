// English, first part: how a time was chosen, why nothing is restarted, why a plan is planned again, and edits.
import { formatDuration } from '../../plan/calendar/duration.ts';
import type { Catalogue } from '../sentence.ts';
import {
  capital,
  eventNames,
  faultTexts,
  fullText,
  lastResortText,
  noRoomText,
  themOf,
  unknownWindowsText,
  wallTime,
} from '../words.ts';

function roomText(hasPreCommand: boolean): string {
  return hasPreCommand ? 'twice START_ROOM with COMMAND_TIMEOUT' : 'START_ROOM';
}

/** The sentences of planning. */
export const planning = {
  'in-window': ({ window, at, timeZone }) => `In the window ${window}: ${wallTime(at, timeZone)}.`,
  'last-resort': (v) =>
    `${noRoomText(v)}. NO_WINDOW=${v.policy ?? 'last-resort'}: the restart is planned ${lastResortText(v)}, ${wallTime(v.at, v.timeZone)}.${fullText(v.isFull)}${v.since === undefined ? '' : ` No window has been left since ${wallTime(v.since, v.timeZone)}.`}`,
  soonest: (v) =>
    `${noRoomText(v)}. NO_WINDOW=soonest: the restart is planned ${v.isNow ? 'at once' : `for the first free slot, ${wallTime(v.at, v.timeZone)}`}.${fullText(v.isFull)}`,
  'pinned-at': ({ at, timeZone }) => `An operator pinned the restart to ${wallTime(at, timeZone)}.`,
  'left-to-ecs': (v) => `${noRoomText(v)}. NO_WINDOW=leave: ECS restarts the instance.`,
  'ecs-keeps-window': (v) =>
    `${noRoomText(v)}. That time is inside the window which the owner set in ECS: ECS restarts the instance then. A restart of ours would be outside of the window.`,
  'windows-unknown': ({ tags, window, timeZone, at }) =>
    `${unknownWindowsText(tags)} ${at === undefined ? `The windows of the settings have no room (${window}).` : `The restart waits for that. If nothing changes, it goes by the settings (${window}): ${wallTime(at, timeZone)}.`}`,
  'too-late': ({ marginMs, notBefore, timeZone }) =>
    `Too late: less than the safety margin of ${formatDuration(marginMs)} is left before NotBefore, ${wallTime(notBefore, timeZone)}.`,
  'observe-mode': () => 'MODE=observe: the plan is written, and nothing is restarted.',
  'tag-faults': ({ faults }) => faultTexts(faults),
  'window-too-short': ({ window, slotMs, startRoomMs, hasPreCommand = false }) =>
    `The window ${window} has no range as long as SLOT, ${formatDuration(slotMs)}, and ${roomText(hasPreCommand)}, ${formatDuration(startRoomMs)}, together. No reboot ever fits into it.`,
  'possibly-answered': ({ at, timeZone }) =>
    `Our last restart may have answered the event already. If it did, ECS shows that by ${wallTime(at, timeZone)}. The plan waits until then.`,

  'unknown-instance': ({ eventIds }) =>
    `ECS announces ${eventNames(eventIds)} but does not list the instance. Nothing is restarted. Check whether the instance was released and whether the RAM role of the functions may read it.`,
  'instance-unreadable': ({ eventIds, faults }) =>
    `${faultTexts(faults)} Nothing is restarted for ${eventNames(eventIds)}, because the instance cannot be read. Look at the instance in the ECS console.`,
  'opted-out': ({ tag }) =>
    `The owner opted the instance out (tag reboot-planner:${tag === 'window' ? 'window=none' : 'enabled=false'}). ECS restarts the instance at NotBefore.`,
  'unclear-tags': ({ faults }) =>
    `${faultTexts(faults)} It is unclear what the owner wants. Nothing is restarted until the tag is corrected.`,
  'in-auto-scaling': ({ groupId }) =>
    `The instance is in the scaling group ${groupId} of Auto Scaling. The health check of the group may release an instance that is not Running, with its disks. A restart stops the instance for a moment, so nothing is restarted. ECS's own restart at NotBefore has the same risk: put the instance into Standby, or protect it, in its scaling group before that. To let the planner restart it, set the tag reboot-planner:auto-scaling=ignore.`,
  'in-ack': ({ id }) =>
    `The instance is a node of ACK (${id}). Its node pool may answer the event itself, so nothing is restarted. Drain the node and let its node pool answer. To let the planner restart it, set the tags reboot-planner:ack=ignore and, because a node pool is a scaling group, reboot-planner:auto-scaling=ignore.`,
  'ecs-executing': ({ eventIds }) => `ECS is carrying out ${eventNames(eventIds)}.`,
  'no-readable-event': ({ faults }) =>
    `${faultTexts(faults)} Nothing is restarted. Look at the event in the ECS console.`,
  inquiring: ({ eventIds }) =>
    `ECS waits for an answer to ${eventNames(eventIds)} and does nothing until then. Nothing is restarted. If you accept an event in the ECS console, ECS starts it at once: choose the time yourself.`,
  'other-events': ({ types }) =>
    `A restart does not answer ${types.join(', ')}. The event is only recorded. Handle it by hand.`,
  unapproved: () =>
    'Nobody approved the plan in time. Restart the instance yourself before NotBefore, or leave it to ECS.',
  'executed-before-us': ({ eventIds }) =>
    `ECS carried out ${eventNames(eventIds)} before the planned restart.`,
  'failed-before-us': ({ eventIds }) =>
    `ECS reports ${eventNames(eventIds)} as Failed. Look at the instance and the event in the ECS console.`,
  'answered-elsewhere': ({ avoided, canceled }) =>
    [
      ...(avoided.length > 0
        ? [`Somebody else restarted the instance and answered ${eventNames(avoided)}.`]
        : []),
      ...(canceled.length > 0 ? [`ECS canceled ${eventNames(canceled)}.`] : []),
      'Nothing is left to do.',
    ].join(' '),
  released: ({ eventIds }) =>
    `ECS lists neither the instance nor ${eventNames(eventIds)}. The instance was probably released.`,
  'unlisted-past-not-before': ({ eventIds, faults }) =>
    `ECS no longer lists ${eventNames(eventIds)}, and NotBefore has passed. Nothing was restarted.${faults.length === 0 ? '' : ` ${faultTexts(faults)}`} Look at the event in the ECS console.`,
  observed: () => 'MODE=observe: the restart would be sent now. It is not sent.',
  'in-history': ({ eventIds, planId, status, sentAt, timeZone }) =>
    `${capital(eventNames(eventIds))} ${eventIds.length === 1 ? 'is' : 'are'} open, and no row is about ${themOf(eventIds)}. But the history has plan ${planId} (${status}) about ${themOf(eventIds)}${sentAt === undefined ? '' : `, and a restart may have been sent for it at ${wallTime(sentAt, timeZone)}`}. Nothing is restarted. Check whether the row was deleted or edited, or PLANS_TABLE renamed. If the instance must be restarted for ${themOf(eventIds)}, set status to Planned. Otherwise leave the row as it is.`,
  'earlier-open': ({ eventIds, why }, tell) =>
    `${capital(eventNames(eventIds))} ${eventIds.length === 1 ? 'is' : 'are'} still open. An earlier plan of the instance, now in the history, was about ${themOf(eventIds)}, and no other one is made.${why === undefined ? ' Look there for what to do.' : ` It ended so: ${tell(why)}`}`,
  'also-open': ({ events }) =>
    `Also open: ${events.map(({ eventId, type, status }) => `event ${eventId} (${type}, ${status})`).join(', ')}. No restart of ours is planned for ${themOf(events)}. Look at ${themOf(events)} in the ECS console.`,
  'region-gone': () =>
    'The region is not in REGIONS, and nobody restarted the instance in its interval. Nothing was restarted. ECS restarts the instance at NotBefore. If the planner should handle the region, add it to REGIONS: events that are still open are planned again.',
  'region-gone-sent': () =>
    'A restart may have been sent, but the region is not in REGIONS any more, so nobody proved it. Check the instance and its event in the ECS console.',

  ended: ({ status, why }, tell) => `${status}: ${tell(why)}`,
  planned: ({ status, at, timeZone, why }, tell) =>
    `${status}${at === undefined ? '' : ` for ${wallTime(at, timeZone)}`}. ${tell(why)}`,
  announced: ({ eventIds }) => `ECS announced ${eventNames(eventIds)}.`,
  'judged-again': () => 'The reason why the plan ended no longer applies.',
  'events-changed': ({ eventIds, gone }) =>
    `The events of the plan are now ${eventIds.join(', ')}.${gone.map(({ eventId, status }) => ` ${capital(eventNames([eventId]))} is ${status ?? 'not listed'}.`).join('')}`,
  'other-events-changed': ({ eventIds }) =>
    eventIds.length === 0 ? 'No other event is open.' : `ECS also announces ${eventNames(eventIds)}.`,
  'not-before-moved': () => 'NotBefore moved.',
  'approval-required-now': () => 'The plan needs an approval now.',
  'approval-not-required-now': () => 'The plan needs no approval any more.',
  'no-interval': () => 'The row had no interval.',
  'interval-unused': () => 'The interval passed and the plan was not executed.',
  'group-changed': ({ group }) =>
    group === undefined ? 'The instance has no group now.' : `The group of the instance is ${group} now.`,
  'runbook-changed': () => 'The backup or the commands of the plan changed.',
  'pinned-empty': () => 'The pinned latest_start was before execute_at.',
  'pinned-past-deadline': () => 'The pinned latest_start was after the deadline.',
  'pin-refused': ({ at, timeZone, why }, tell) =>
    `${wallTime(at, timeZone)}, which an operator pinned, is refused. ${tell(why)} The plan keeps no pinned time.`,
  'pinned-without-room': ({ roomMs, startRoomMs, hasPreCommand = false }) =>
    `The pinned interval was ${formatDuration(roomMs)} long. ${hasPreCommand ? 'Twice START_ROOM with COMMAND_TIMEOUT' : 'START_ROOM'} requires ${formatDuration(startRoomMs)}.`,
  'rules-changed': () => 'The rules changed.',
  'ecs-window-changed': () => 'The window in ECS differs from the window of the row.',
  'window-has-room': () => 'A window now has room for the restart.',
  'interval-forbidden': () => 'The rules do not allow the interval of the row.',
  'slot-taken': () => 'More urgent or pinned restarts need the slot of this plan.',
  'slot-free': () => 'A slot is free at the time of this plan now.',
  unpinned: ({ why, planned }, tell) => `The pinned time cannot be kept. ${tell(why)} ${tell(planned)}`,
  'events-unlisted': ({ eventIds, faults }) =>
    `ECS no longer lists ${eventNames(eventIds)}. No restart unless ECS lists ${eventIds.length === 1 ? 'it' : 'them'} again. ${faultTexts(faults)}`.trim(),
  'announced-meanwhile': ({ eventIds }) =>
    `ECS announced ${eventNames(eventIds)} during the restart. That is planned when this plan ends.`,
  'announced-before-send': ({ eventIds }) =>
    `ECS announced ${eventNames(eventIds)} just before the restart. A later run plans it.`,
  'due-too-far': () => 'Somebody edited the row so that it was due much later. The plan is due now.',
  'wait-dropped': ({ at, timeZone }) =>
    `Somebody edited wait_until to ${wallTime(at, timeZone)}. The planner never waits that long: the edit is dropped. To choose another time, set execute_at and pinned.`,
  edited: () => 'Somebody edited the row. due_at follows the edit.',
  'approval-unclear': () =>
    'Somebody edited the row, and it waits for an approval. To approve the plan, set approval to granted.',
} satisfies Partial<Catalogue>;
