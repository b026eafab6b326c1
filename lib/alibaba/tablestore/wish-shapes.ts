// The shapes of the values of statements about wishes, and what all shapes are made of.
import * as v from 'valibot';
import { parseTimeZone } from '../../plan/calendar/time-zone.ts';
import type { WishValues } from '../../plan/wish-values.ts';

/** One schema per value. The types make such a table complete. */
export type ShapesOf<Values> = {
  [C in keyof Values]: {
    [K in keyof Values[C]]-?: v.GenericSchema<unknown, Exclude<Values[C][K], undefined>>;
  };
};

const text = v.string();
const number = v.pipe(v.number(), v.finite());

/** The name of a time zone. */
export const zone = v.pipe(
  text,
  v.check((name) => parseTimeZone(name).ok),
);

const nothing = {};
const events = { eventIds: v.array(text) };
const at = { at: text, timeZone: zone };

/** By code. */
export const wishShapes: ShapesOf<WishValues> = {
  held: { notBefore: v.exactOptional(text), timeZone: zone, why: text },
  'waits-for-approval': { askedBy: v.exactOptional(text) },
  'drained-while-waiting': { commandId: text },
  'was-held': { why: text },
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
  edited: nothing,
  'due-too-far': nothing,
  'wait-dropped': at,
  'approval-required-now': nothing,
  'approval-not-required-now': nothing,
  'approval-unclear': nothing,
  'pinned-empty': nothing,
  'pinned-past-deadline': nothing,
  'pinned-without-room': { roomMs: number, startRoomMs: number },
  'grant-outdated': { ...events, granted: text, decision: text },
  'time-refused': at,
  'pinned-in-past': nothing,
  'pinned-too-late': nothing,
  'looked-at-earlier': nothing,
};
