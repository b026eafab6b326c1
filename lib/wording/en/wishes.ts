// English, third part: what persons wish in the columns of a row, and what becomes of it.
import type { Catalogue } from '../sentence.ts';
import { eventNames, faultTexts, kindText, resumeAll, wallTime } from '../words.ts';

/** The sentences about a hold, an approval, a time and a status by hand. */
export const wishes = {
  held: ({ why, notBefore, timeZone }) =>
    `An operator holds the plan: ${why}. Nothing is restarted until you empty the column hold. If it stays, ECS restarts the instance at NotBefore${notBefore === undefined ? '' : `, ${wallTime(notBefore, timeZone)}`}.`,
  'waits-for-approval': ({ askedBy }) =>
    `The plan waits for an approval${askedBy === undefined ? '' : `, which ${askedBy} asked for`}. To approve it, set approval to granted. To refuse it, set status to Skipped.`,
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
  'asked-again': ({ by, planId, eventIds }) =>
    `${by} asked to try again after plan ${planId}, for ${eventNames(eventIds)}.`,
  'grant-outdated': ({ eventIds, granted, decision }) =>
    `The approval counts no longer: it was given for a restart ${kindText(granted)}${eventIds.length > 0 ? `, and not for ${eventNames(eventIds)}` : `, and this one is ${kindText(decision)}`}. Approve the plan again if you want the restart.`,
  'time-refused': ({ at, timeZone }) =>
    `The rules do not allow ${wallTime(at, timeZone)}, which somebody wrote into the row. If you want that time all the same, set pinned to true, too.`,
  'pinned-in-past': () => 'The pinned time was in the past already.',
  'pinned-too-late': () => 'The pinned time is after the deadline, which is SAFETY_MARGIN before NotBefore.',
  'looked-at-earlier': () => 'A newer version looks at the row from execute_at on.',
} satisfies Partial<Catalogue>;
