// The shapes of the values of statements about wishes.
import * as v from 'valibot';
import type { WishValues } from '../../plan/wish-values.ts';
import { at, fault, message, number, text, zone, type ShapesOf } from './shape-parts.ts';

const nothing = {};
const events = { eventIds: v.array(text) };

/** By code. */
export const wishShapes: ShapesOf<WishValues> = {
  held: { notBefore: v.exactOptional(text), timeZone: zone, why: text },
  'waits-for-approval': { askedBy: v.exactOptional(text) },
  'drained-while-waiting': { commandId: text },
  'was-held': { why: text },
  stopped: {
    regionId: v.exactOptional(text),
    why: text,
    by: v.exactOptional(text),
    at: v.exactOptional(text),
    timeZone: zone,
    faults: v.array(fault),
  },
  'stop-unreadable': message,
  'preparation-stopped': nothing,
  'hold-set': { why: text },
  'hold-lifted': nothing,
  approved: { ...events, decision: v.exactOptional(text) },
  'approval-asked': nothing,
  'approval-waived': nothing,
  'status-by-hand': { from: text, to: text },
  'pinned-by-hand': at,
  'unpinned-by-hand': nothing,
  'time-by-hand': at,
  'asked-again': { by: text, planId: text, ...events },
  edited: nothing,
  'due-too-far': nothing,
  'wait-dropped': at,
  'approval-required-now': nothing,
  'approval-not-required-now': nothing,
  'approval-unclear': nothing,
  'pinned-empty': nothing,
  'pinned-past-deadline': nothing,
  'pinned-without-room': { roomMs: number, startRoomMs: number, hasPreCommand: v.exactOptional(v.boolean()) },
  'grant-outdated': { ...events, granted: text, decision: text },
  'time-refused': at,
  'pinned-in-past': nothing,
  'pinned-too-late': nothing,
  'looked-at-earlier': nothing,
};
