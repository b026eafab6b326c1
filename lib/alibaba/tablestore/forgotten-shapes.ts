// The shapes of the values of statements about events and rows that would be forgotten otherwise.
import * as v from 'valibot';
import type { ForgottenValues } from '../../plan/forgotten-values.ts';
import { message, number, text, zone, type ShapesOf } from './shape-parts.ts';

const nothing = {};

/** By code. */
export const forgottenShapes: ShapesOf<ForgottenValues> = {
  'in-history': {
    eventIds: v.array(text),
    planId: text,
    status: text,
    sentAt: v.exactOptional(text),
    timeZone: zone,
  },
  'also-open': { events: v.array(v.strictObject({ eventId: text, type: text, status: text })) },
  'region-gone': nothing,
  'region-gone-sent': nothing,
  'region-unserved': { plans: number },
  'plan-unserved': { status: text },
  'regions-unreadable': message,
  'history-unreadable': { ...message, instances: number },
  'not-kept': message,
};
