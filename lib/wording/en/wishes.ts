// English, third part: what persons wish in the columns of a row, and what becomes of it.
import type { Catalogue } from '../sentence.ts';
import { eventNames, faultTexts, kindText, resumeAll, wallTime } from '../words.ts';

/** A command to copy, after what to write in the console. Empty where the row does not say its instance. */
function commandText(command: string, instanceId: string | undefined): string {
  return instanceId === undefined ? '' : ` (or: npx reboot-plans ${command} ${instanceId})`;
}

/** Why a wish for another try does not count, and what to do. */
function retryText(why: string, planId: string): string {
  const texts: Readonly<Record<string, string>> = {
    'not-ended': `Plan ${planId} has not ended, so nothing is tried again.`,
    'not-retried': `Only a plan that is Escalated, or that a person skipped, is tried again. Plan ${planId} is neither.`,
    'other-plan': `That is not the id of the plan. To try again, set it to ${planId}.`,
    'nothing-open': `ECS lists no open event of plan ${planId} that still waits, so nothing is tried again. If the instance needs a restart, restart it yourself.`,
  };
  return texts[why] ?? why;
}

/** The sentences about a hold, an approval, a time and a status by hand. */
export const wishes = {
  held: ({ why, notBefore, timeZone, instanceId }) =>
    `An operator holds the plan: ${why}. Nothing is restarted until you empty the column hold${commandText('resume', instanceId)}. If it stays, ECS restarts the instance at NotBefore${notBefore === undefined ? '' : `, ${wallTime(notBefore, timeZone)}`}.`,
  'waits-for-approval': ({ askedBy, instanceId, until, notBefore, timeZone = 'UTC' }) =>
    [
      `The plan waits for an approval${askedBy === undefined ? '' : `, which ${askedBy} asked for`}${until === undefined ? '' : `, until ${wallTime(until, timeZone)}`}.`,
      `To approve it, set approval to granted${commandText('approve', instanceId)}.`,
      `To refuse it, set status to Skipped${commandText('skip', instanceId)}.`,
      ...(notBefore === undefined
        ? []
        : [
            `Without an answer it waits for another time before NotBefore, ${wallTime(notBefore, timeZone)}, if there is one. After that ECS restarts the instance.`,
          ]),
    ].join(' '),
  'drained-while-waiting': ({ commandId }) =>
    `The pre-command ${commandId} has begun. The service may be down while the plan waits. If you do not want the restart any more, set status to Skipped and undo what the command did.`,
  'was-held': ({ why }) => `An operator held the plan: ${why}.`,
  stopped: ({ regionId, why, by, at, timeZone, faults }) => {
    const since = at === undefined ? '' : ` since ${wallTime(at, timeZone)}`;
    const what = regionId === undefined ? 'Everything' : `Region ${regionId}`;
    const said = `${by === undefined ? '' : ` by ${by}`}${why === '' ? '' : `: ${why}`}`;
    const doubts = faults.length === 0 ? '' : ` ${faultTexts(faults)} It counts as a stop.`;
    return `${what} is stopped${since}${said}.${doubts} Nothing is restarted until you take the stop away: ${resumeAll(regionId)}. ECS restarts at NotBefore what was not restarted before.`;
  },
  'stop-unreadable': ({ message }) =>
    `It could not be read whether everything is stopped (${message}). Nothing is restarted until it can be read.`,
  'preparation-stopped': () =>
    'The preparation of the restart stopped, because a person decides. It goes on from there.',
  'hold-set': ({ why }) => `The plan is held: ${why}.`,
  'hold-lifted': () => 'The plan is no longer held.',
  approved: ({ eventIds, decision }) =>
    `Approved for ${eventNames(eventIds)}${decision === undefined ? '' : `, ${kindText(decision)}`}.`,
  'approval-asked': () => 'An approval was asked for: approval was set to required.',
  'approval-waived': () =>
    'approval was set to not-required. That counts as far as MODE and the tags allow it.',
  'status-by-hand': ({ from, to }) => `The status was set from ${from} to ${to}.`,
  'pinned-by-hand': ({ at, timeZone }) => `The restart was pinned to ${wallTime(at, timeZone)}.`,
  'unpinned-by-hand': () => 'The restart is no longer pinned.',
  'time-by-hand': ({ at, timeZone }) => `execute_at was set to ${wallTime(at, timeZone)}, and not pinned.`,
  'latest-start-by-hand': () => 'latest_start was edited, and not pinned.',
  'local-time-by-hand': ({ column, text }) =>
    `Somebody wrote ${JSON.stringify(text)} into ${column}. That column only repeats another one. To choose a time, write it into execute_at and set pinned to true.`,
  'acknowledged-by-hand': ({ words }) =>
    `Acknowledged: ${words}. Others may go on although the restart of this instance is not proven.`,
  'acknowledgement-withdrawn': () =>
    'The acknowledgement was taken back. Others wait again until the restart is proven.',
  'taken-back': () => 'Somebody took the end of the plan back.',
  'pre-command-check': ({ commandId, at, timeZone }) =>
    `The pre-command ${commandId} has begun, and a restart may have been sent. At ${wallTime(at, timeZone)} the planner looks whether it came. If it did not, the command is undone, or the row says that you must undo it.`,
  'pre-command-checked': ({ commandId, isRestarted }) =>
    isRestarted
      ? `The restart after the pre-command ${commandId} came. Nothing is to be undone.`
      : `The restart after the pre-command ${commandId} did not come. What the command did is to be undone.`,
  'next-steps': ({ instanceId, planId, isRetriable, isUnproven }) =>
    [
      ...(isRetriable
        ? [`To try again while its event is open, set retry to ${planId}${commandText('retry', instanceId)}.`]
        : []),
      ...(isUnproven
        ? [
            `To let others go on although this restart is not proven, set acknowledged to yes${commandText('acknowledge', instanceId)}.`,
          ]
        : []),
    ].join(' '),
  'ended-by-hand': ({ by, status, notBefore, timeZone }) =>
    `${by} set status to ${status}. The planner does nothing more for this event${notBefore === undefined ? '' : `. If the event is still open at NotBefore, ${wallTime(notBefore, timeZone)}, ECS restarts the instance`}.`,
  'acknowledge-unclear': ({ words }) =>
    `acknowledged was set to ${JSON.stringify(words)}, which is no yes. Nothing is acknowledged. If others may go on, set it to yes, and then your words.`,
  'acknowledge-unneeded': ({ words }) =>
    `acknowledged was set to ${JSON.stringify(words)}, but no restart of this instance is unproven now. That counts for nothing. Set it again if a proof fails.`,
  'retry-refused': ({ words, planId, why }) =>
    `retry was set to ${JSON.stringify(words)}. ${retryText(why, planId)}`,
  'pin-without-time': () =>
    'pinned was set to true, but execute_at has no time. Nothing is pinned. Set execute_at first, and then pinned.',
  'wish-too-late': ({ columns }) =>
    `${columns.join(', ')} ${columns.length === 1 ? 'was' : 'were'} edited after RebootInstance may have been sent. That cannot be taken back. A hold and approval = required count for the next plan of the instance.`,
  'asked-again': ({ by, planId, eventIds }) =>
    `${by} asked to try again after plan ${planId}, for ${eventNames(eventIds)}.`,
  'grant-outdated': ({ eventIds, granted, decision }) =>
    `The approval counts no longer: it was given for a restart ${kindText(granted)}${eventIds.length > 0 ? `, and not for ${eventNames(eventIds)}` : `, and this one is ${kindText(decision)}`}. Approve the plan again if you want the restart.`,
  'time-refused': ({ at, timeZone }) =>
    `The rules do not allow ${wallTime(at, timeZone)}, which somebody wrote into the row. If you want that time all the same, set pinned to true, too.`,
  'latest-start-refused': () =>
    'Somebody edited latest_start. The rules choose it. If you want your own time, set pinned to true, too.',
  'pinned-in-past': () => 'The pinned time was in the past already.',
  'pinned-too-late': () => 'The pinned time is after the deadline, which is SAFETY_MARGIN before NotBefore.',
  'looked-at-earlier': () => 'A newer version looks at the row from execute_at on.',
} satisfies Partial<Catalogue>;
