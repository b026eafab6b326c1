// The shapes of the values of statements about a look back.
import * as v from 'valibot';
import type { ReviewValues } from '../../plan/review-values.ts';
import { message, number, text, zone, type ShapesOf } from './shape-parts.ts';

const nothing = {};
const ofRestart = { planId: text, eventIds: v.array(text), at: text, timeZone: zone };
const ofEvent = { planId: text, status: text, eventId: text, eventStatus: text };

/** By code. */
export const reviewShapes: ShapesOf<ReviewValues> = {
  'type-not-watched': { type: text },
  'over-before-first-run': { at: text, timeZone: zone },
  'over-at-once': nothing,
  'announced-just-now': nothing,
  'never-planned': nothing,
  'executed-unplanned': { eventId: text },
  'ended-otherwise': ofEvent,
  'still-waits': ofEvent,
  'avoided-without-restart': { planId: text },
  'restart-unknown-to-ecs': ofRestart,
  'restart-after-end': ofRestart,
  'more-disagreements': { disagreements: number },
  'region-from-kept': message,
  'events-unread': { events: number },
  'events-not-kept': { ...message, events: number },
  'kept-unreadable': message,
  'plans-unreadable': message,
  'groups-unreadable': message,
  'review-not-told': message,
  'review-told-unrecorded': message,
};
