// English, sixth part: a look back.
import type { Catalogue } from '../sentence.ts';
import { counted, eventNames, wallTime } from '../words.ts';

/** The sentences about a look back. */
export const review = {
  'type-not-watched': ({ type }) =>
    `Events of type ${type} are not in EVENT_TYPES. A restart answers SystemMaintenance.Reboot only. With the type in EVENT_TYPES, each event gets a row and people are told.`,
  'over-before-first-run': ({ at, timeZone }) =>
    `The event was over before the plan function first ran in the region, at ${wallTime(at, timeZone)}.`,
  'over-at-once': () =>
    'The event was over before a run of the plan function could see it. A shorter PLAN_TIMER sees more of these.',
  'announced-just-now': () => 'The event is new. The next run of the plan function makes its plan.',
  'never-planned': () =>
    'The plan function ran and made no plan, or the row was deleted. Look at the log of the plan function of that time.',

  'executed-unplanned': ({ eventId }) =>
    `ECS carried out event ${eventId}, and no plan knew of it. Look at the log of the plan function of that time, and whether somebody deleted the row.`,
  'ended-otherwise': ({ planId, status, eventId, eventStatus }) =>
    `Plan ${planId} is ${status}, but event ${eventId} is ${eventStatus} in ECS. Look at the instance, and at who edited the row.`,
  'still-waits': ({ planId, status, eventId, eventStatus }) =>
    `Plan ${planId} is still ${status}, but event ${eventId} has been ${eventStatus} for hours. Check whether both functions run.`,
  'avoided-without-restart': ({ planId }) =>
    `Plan ${planId} is Avoided, but no restart was sent for it. A person set the status, or the row was edited.`,
  'restart-unknown-to-ecs': ({ planId, eventIds, at, timeZone }) =>
    `A restart was sent for plan ${planId} at ${wallTime(at, timeZone)}, but ECS knows nothing of ${eventNames(eventIds)}. Look at the instance, and whether the event was a simulated one.`,
  'restart-after-end': ({ planId, eventIds, at, timeZone }) =>
    `A restart was sent for plan ${planId} at ${wallTime(at, timeZone)}, but ${eventNames(eventIds)} had ended before. Nobody needed this restart. Report it with the log of the execute function.`,
  'more-disagreements': ({ disagreements }) =>
    `${counted(disagreements, 'more disagreement')} between plans and ECS. \`reboot-plans review\` lists all of them.`,

  'region-from-kept': ({ message }) =>
    `The events of the region could not be read from ECS (${message}). The numbers are those of events that earlier reviews kept: newer ones are missing.`,
  'events-unread': ({ events }) =>
    `${counted(events, 'event')} of ECS's record could not be read: no id or no instance.`,
  'events-not-kept': ({ events, message }) =>
    `${counted(events, 'event')} could not be kept beyond the 30 days of ECS. The next review tries again: ${message}`,
  'kept-unreadable': ({ message }) =>
    `What earlier reviews kept could not be read (${message}). Numbers of more than 29 days ago are too small.`,
  'plans-unreadable': ({ message }) =>
    `The plans could not be read (${message}). The report has no numbers that need them.`,
  'groups-unreadable': ({ message }) =>
    `The tags of some instances could not be read (${message}). Groups that were down beyond their limit may be missing.`,
  'review-not-told': ({ message }) =>
    `Nobody was told of the review (${message}). To repeat it, run it once more by hand.`,
  'review-told-unrecorded': ({ message }) =>
    `People were told of the review, but that could not be recorded. A repeated run tells them again: ${message}`,
} satisfies Partial<Catalogue>;
