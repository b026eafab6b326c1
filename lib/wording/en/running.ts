// English, second part: due plans, the restart and its proof, runs and rows.
import { formatDuration } from '../../plan/calendar/duration.ts';
import type { Catalogue } from '../sentence.ts';
import {
  answered,
  capital,
  counted,
  eventNames,
  faultTexts,
  listed,
  seenText,
  sentText,
  unconfirmedText,
  wallTime,
} from '../words.ts';

/** The sentences of what comes after planning. */
export const running = {
  'ecs-window-edited': () =>
    'The windows of the instance changed, or somebody edited ecs_window. The next plan run plans the instance again.',
  'windows-awaited': () =>
    "The owner's windows are not known, and there is still time to find them out. The next plan run plans the instance again.",
  'interval-missing': () =>
    'The row lacks execute_at, latest_start or not_before. Nothing is restarted without them.',
  'event-unconfirmed': ({ eventId, status, faults }) => unconfirmedText(eventId, status, faults),
  'not-yet': ({ isPrepared }) =>
    isPrepared ? 'Prepared. execute_at has not come yet.' : 'execute_at has not come yet.',
  'interval-passed': () => 'The interval of the plan has passed.',
  'instance-unlisted': () => 'ECS does not list the instance.',
  'instance-unreadable-now': ({ faults }) =>
    `${faultTexts(faults)} Nothing is restarted while the instance cannot be read.`,
  'instance-not-running': ({ status }) => `The instance is ${status}. RebootInstance needs it Running.`,
  'instance-locked': ({ locks }) =>
    `ECS locked the instance (${locks.join(', ')}). Remove the cause of the lock, or leave the restart to ECS.`,
  'started-recently': ({ at, timeZone }) =>
    `The instance was started a few minutes ago. That start may have answered the events. ECS shows that later. The plan waits until ${wallTime(at, timeZone)}.`,
  'waits-for-pause': ({ group, pauseMs, mates, at, timeZone }) =>
    `Waits until ${wallTime(at, timeZone)}: GROUP_PAUSE keeps ${formatDuration(pauseMs)} between ${mates.join(', ')} and the next restart of group ${group}.`,
  'waits-for-group': ({ group, limit, mates }) =>
    `Waits for ${mates.join(', ')} of group ${group}: at most ${limit} may be down at once (GROUP_LIMIT).`,
  'waits-for-region': ({ limit }) =>
    `Waits for other restarts of the region: at most ${limit} may be down at once (MAX_CONCURRENT_REBOOTS).`,
  'counts-as-down': ({ instances }) =>
    `ECS does not show Running, so that it counts as down: ${listed(instances.map(({ instanceId, status }) => `${instanceId} (${status})`))}. Start what should run. Release what should not, or remove its tag reboot-planner:group.`,
  'counts-as-unproven': ({ instanceIds }) =>
    `Counts as down until it is Running and well, because its restart was not proven: ${listed(instanceIds)}.`,
  'restarted-by-ecs-soon': ({ instances, timeZone }) =>
    `Counts as down, because ECS itself restarts it from its NotBefore on: ${listed(instances.map(({ instanceId, at }) => `${instanceId} (${wallTime(at, timeZone)})`))}. This plan goes on when ECS has done so. If that is after latest_start, restart the other instance by hand before its NotBefore.`,
  'group-stands-still': ({ group, instanceIds }) =>
    `Group ${group} stands still, because a restart was not proven: ${listed(instanceIds)}. The next restart waits until the instance is Running and well. After a failed post-command, or where a pre-command is not undone, it waits for you. To go on, set acknowledged to yes in the row of the instance.`,
  'groups-stand-still': ({ instanceIds }) =>
    `Every group stands still, because a restart was not proven and its row does not say its group: ${listed(instanceIds)}. The next restart in a group waits until the instance is Running and well. To go on, correct the row, or set acknowledged to yes in it.`,
  'region-stands-still': ({ limit, instanceIds }) =>
    `The region stands still, because at least ${limit} restarts were not proven (MAX_FAILED_PROOFS): ${listed(instanceIds)}. Repair these instances. To go on, set acknowledged to yes in their rows.`,
  'unproven-unreadable': ({ message }) =>
    `It is not known whether restarts without a proof hold others up (${message}). The execute function asks again before each restart.`,
  'too-little-time': () => 'Too little time was left in the invocation. The next run tries again.',
  throttled: () => 'ECS throttles RebootInstance in this region. Nothing was sent.',
  'facts-unreadable': ({ message }) =>
    `The facts could not be read right before the restart (${message}). Nothing was sent.`,
  'facts-too-old': () => 'Reading from ECS took too long to rely on the answer. Nothing was sent.',
  prepared: ({ isTime }) => (isTime ? 'Prepared.' : 'Prepared. execute_at has not come yet.'),

  preparing: () => 'An execution prepares the restart.',
  'preparing-again': () => 'An execution continues to prepare the restart.',
  'took-over': () => 'An execution took over from one that did not finish.',
  sending: () => 'The intent is recorded. RebootInstance may have been sent. It is never sent again.',
  'stale-intent': ({ waitedMs }) =>
    `Nothing was sent. ${waitedMs === undefined ? 'An unknown time' : formatDuration(waitedMs)} passed between reading the facts, the intent and the sending. That is too long to rely on what was read.`,
  'outside-interval': ({ at, timeZone }) =>
    `Nothing was sent: ${wallTime(at, timeZone)} is outside the interval of the plan.`,
  refused: (answer) => `ECS refused RebootInstance ${answered(answer)}. The instance was not restarted.`,
  'refused-for-good': (answer) =>
    `ECS refused RebootInstance ${answered(answer)}. The instance was not restarted. Remove the cause, or restart the instance yourself before NotBefore.`,
  accepted: () =>
    'ECS accepted RebootInstance. The plan waits until its events are Avoided and the instance is Running.',
  'outcome-unknown': ({ message }) =>
    `RebootInstance was sent, and its outcome is unknown (${message}). It is not sent again. The events will show it.`,
  'sender-vanished': () =>
    'The execution that recorded the intent did not finish. It is unknown whether RebootInstance was sent. It is not sent again. The events will show it.',
  'restart-by-hand': ({ notBefore, timeZone }) =>
    `Restart the instance yourself before NotBefore${notBefore === undefined ? '' : `, ${wallTime(notBefore, timeZone)}`}, or leave it to ECS.`,

  'not-proven-yet': (v) => `${sentText(v.sent)} Not proven yet: ${seenText(v)}.`,
  'later-events-lag': ({ eventIds }) =>
    `The events are Avoided. The restart may also have answered ${eventNames(eventIds)}, which ECS shows later.`,
  'executed-by-ecs': ({ eventIds, sent }) =>
    sent === 'accepted'
      ? `ECS carried out ${eventNames(eventIds)} itself, although it accepted our restart.`
      : `ECS carried out ${eventNames(eventIds)} itself. ${sentText(sent)}`,
  'event-failed': ({ eventIds, sent }) =>
    `ECS reports ${eventNames(eventIds)} as Failed. ${sentText(sent)} Look at the instance and the event in the ECS console.`,
  'events-canceled': ({ eventIds, sent }) => `ECS canceled ${eventNames(eventIds)}. ${sentText(sent)}`,
  avoided: ({ eventIds }) =>
    `${capital(eventNames(eventIds))} ${eventIds.length === 1 ? 'is' : 'are'} Avoided and the instance is Running.`,
  'restart-unseen': ({ eventIds }) =>
    `${capital(eventNames(eventIds))} ${eventIds.length === 1 ? 'is' : 'are'} Avoided and the instance is Running. No look has shown the restart itself. The next run looks again.`,
  'not-proven': (v) =>
    `Not proven${v.waitedMs === undefined ? '' : ` after ${formatDuration(v.waitedMs)}`}: ${seenText(v)}. ${sentText(v.sent)} Check the instance. Only you decide on a second restart. ECS advises to wait 12 hours.`,
  'also-answered': ({ eventIds }) => `The same restart answered ${eventNames(eventIds)}.`,
  'later-event-struck': ({ eventId, status }) =>
    `Event ${eventId}, which ECS announced during the restart, is ${status}. Look at the instance.`,
  unwell: ({ health, before }) =>
    `ECS reports the health of the instance as ${health}.${before === undefined ? '' : ` Before the restart it was ${before}.`}`,
  'health-explained': ({ health, eventIds }) =>
    `ECS reports the health of the instance as ${health}, because ${eventNames(eventIds)} ${eventIds.length === 1 ? 'is' : 'are'} open.`,
  'health-as-before': ({ health, before }) =>
    `ECS reports the health of the instance as ${health}. Before the restart it was ${before}: the restart did not make it worse.`,
  'no-health': ({ faults }) =>
    faults.length > 0 ? faultTexts(faults) : 'ECS reports no health for the instance.',
  'health-unreadable': ({ message }) => `The health of the instance could not be read: ${message}`,
  'proof-pending': ({ verdict, why }, tell) => `${tell(verdict)} The proof is not complete yet. ${tell(why)}`,
  'proof-missing': ({ verdict, why }, tell) =>
    `${tell(verdict)} The proof is not complete. ${tell(why)} Look at the instance.`,

  'row-unreadable': ({ faults, mayHaveSent }) =>
    `The row cannot be read. ${faultTexts(faults)} ${mayHaveSent ? 'A restart may have been sent for it (intent_at). No second one is sent. Check the instance and its event in the ECS console.' : 'Nothing was restarted for it. Correct the row and set status to Planned, or delete the row so that the instance is planned again.'}`,
  'row-newer': ({ format }) =>
    `The row has format ${format}, which a newer version wrote. It is left as it is. Deploy the newer version.`,
  'events-not-planned': ({ eventIds, mayBeAnswered = false, isUndated = false }) => {
    const them = eventIds.length === 1 ? 'it' : 'them';
    const first = mayBeAnswered
      ? `A restart may have answered ${them}. ECS may show that only later. Check the instance first. Then correct`
      : 'Correct';
    const until = isUndated ? '' : ' before NotBefore';
    return `ECS lists ${eventNames(eventIds)}. Nothing is planned for ${them} because of this row. ${first} the row, or restart the instance yourself${until}.`;
  },
  'row-not-escalated': ({ message }) => `The row could not be set to Escalated: ${message}`,
  'region-failed': ({ message }) => `Nothing could be done in the region: ${message}`,
  'function-silent': ({ functionName, endedAt, beganAt, failure, timeZone }) => {
    const since = endedAt === undefined ? 'yet' : `since ${wallTime(endedAt, timeZone)}`;
    const last =
      failure === undefined
        ? ''
        : ` Its last run${beganAt === undefined ? '' : `, at ${wallTime(beganAt, timeZone)},`} failed: ${failure}${failure.endsWith('.') ? '' : '.'}`;
    const { count, harm } = silenceOf(functionName);
    return `The ${functionName} function has not done its work in this region ${since}. Its timer should have started it ${count}.${last} ${harm} In the console of Function Compute, look at its log, and whether its trigger is enabled.`;
  },
  'runs-unreadable': ({ message }) => `It could not be read whether the functions still run (${message}).`,
  'run-not-recorded': ({ message }) =>
    `The end of this run could not be recorded (${message}). If that goes on, the other function says that this one does not run.`,
  'region-unserved': ({ plans }) =>
    `${counted(plans, 'plan')} of this region ${plans === 1 ? 'is' : 'are'} unfinished, but the region is not in REGIONS. Nothing is restarted there. Add the region to REGIONS, or handle its events by hand. The rest ends by itself: what waits an hour after its latest_start, what was begun an hour after NotBefore. Where another deployment shares the tables and has this region, there is nothing to do.`,
  'plan-unserved': ({ status }) =>
    `The plan is ${status}, but its region is not in REGIONS, so nobody goes on with it. Check the instance and its event in the ECS console, or add the region to REGIONS.`,
  'regions-unreadable': ({ message }) =>
    `It could not be read whether rows of other regions are left: ${message}`,
  'history-unreadable': ({ instances, message }) =>
    `The history of ${counted(instances, 'instance')} could not be read (${message}). Their new events are planned at a later run, once it can be read: a restart may have been sent for them before.`,
  'events-incomplete': ({ message }) => `Some events of the region could not be read: ${message}`,
  'vanished-unreadable': ({ events, instances, message }) =>
    `The outcome of ${counted(events, 'event')} that ECS no longer lists could not be read (${message}). The plans of ${counted(instances, 'instance')} stay as they are.`,
  'ecs-windows-unreadable': ({ which, message }) =>
    `${which === 'own' ? "Instances' own maintenance windows" : 'The O&M windows'} in ECS could not be read (${message}). Plans keep the windows that they know. New plans wait until the windows can be read, as long as NotBefore allows.`,
  'odd-event': ({ faults }) => `${faultTexts(faults)} The event is not planned.`,
  'ecs-window-faults': ({ faults }) => faultTexts(faults),
  'plan-not-possible': ({ message }) => `The instance could not be planned: ${message}`,
  'plan-not-worked-on': ({ message }) => `The plan could not be executed: ${message}`,
  'not-attempted': ({ plans, message }) => `${counted(plans, 'due plan')} could not be executed: ${message}`,
  'not-looked-at': ({ plans, message }) => `${counted(plans, 'restart')} could not be verified: ${message}`,
  'out-of-time': ({ plans }) => `${counted(plans, 'plan')} left for the next run: out of time.`,
  'not-written': ({ status, message }) => `${status} could not be written: ${message}`,
  'not-removed': ({ message }) =>
    `The plan ended long ago and is in the history, but its row could not be removed: ${message}`,
  'rows-not-removed': ({ message }) =>
    `Rows of plans that ended long ago could not be moved to the history: ${message}`,
  'not-archived': ({ message }) => `The finished plan could not be moved to the history: ${message}`,
  'not-kept': ({ message }) =>
    `The plan could not be copied to the history (${message}). Do not delete its row and do not rename PLANS_TABLE while its events are open: the restart would be forgotten.`,
  'impossible-write': ({ message }) =>
    `Nothing was written, because of a fault in the planner. Report it: ${message}`,
  'as-written': ({ text }) => text,
} satisfies Partial<Catalogue>;

/** How often the timer should have started a silent function, and what follows from its silence. */
function silenceOf(functionName: string): { count: string; harm: string } {
  if (functionName === 'review') {
    const harm =
      "No restart waits for it. But ECS forgets an event 30 days after its end, and nothing keeps the event until the review runs. Run it by hand: npx s review-job invoke -e '{}'.";
    return { count: 'at least once in that time', harm };
  }
  const harm =
    functionName === 'plan'
      ? 'New events get no plan until it runs.'
      : 'Nothing is restarted and nothing is proven until it runs.';
  return { count: 'three times in that time', harm };
}
