// The shapes of the values of statements about wishes.
import * as v from 'valibot';
import type { WishValues } from '../../plan/wish-values.ts';
import { at, fault, flag, message, number, text, texts, zone, type ShapesOf } from './shape-parts.ts';

const nothing = {};
const events = { eventIds: texts };

/** By code. */
export const wishShapes: ShapesOf<WishValues> = {
  held: { notBefore: v.exactOptional(text), timeZone: zone, why: text, instanceId: v.exactOptional(text) },
  'waits-for-approval': {
    askedBy: v.exactOptional(text),
    instanceId: v.exactOptional(text),
    until: v.exactOptional(text),
    notBefore: v.exactOptional(text),
    timeZone: v.exactOptional(zone),
  },
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
  'latest-start-by-hand': nothing,
  'local-time-by-hand': { column: text, text },
  'acknowledged-by-hand': { words: text },
  'acknowledgement-withdrawn': nothing,
  'taken-back': nothing,
  'asked-again': { by: text, planId: text, ...events },
  edited: nothing,
  'due-too-far': nothing,
  'wait-dropped': at,
  'approval-required-now': nothing,
  'approval-not-required-now': nothing,
  'pre-command-check': { ...at, commandId: text },
  'pre-command-checked': { commandId: text, isRestarted: flag },
  'next-steps': { instanceId: text, planId: text, isRetriable: flag, isUnproven: flag },
  'ended-by-hand': { by: text, status: text, notBefore: v.exactOptional(text), timeZone: zone },
  'acknowledge-unclear': { words: text },
  'acknowledge-unneeded': { words: text },
  'retry-refused': {
    words: text,
    planId: text,
    why: v.picklist(['not-ended', 'not-retried', 'other-plan', 'nothing-open']),
  },
  'pin-without-time': nothing,
  'wish-too-late': { columns: texts },
  'approval-unclear': nothing,
  'pinned-empty': nothing,
  'pinned-past-deadline': nothing,
  'pinned-without-room': { roomMs: number, startRoomMs: number, hasPreCommand: v.exactOptional(v.boolean()) },
  'grant-outdated': { ...events, granted: text, decision: text },
  'time-refused': at,
  'latest-start-refused': nothing,
  'pinned-in-past': nothing,
  'pinned-too-late': nothing,
  'looked-at-earlier': nothing,
};
