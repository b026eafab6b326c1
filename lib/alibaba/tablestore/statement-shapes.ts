// The shape of the values of each statement. People edit rows: a statement that was read counts only where its code is known
// and its values have the shape that its sentence needs.
import * as v from 'valibot';
import type { Statement, StatementCode, StatementValues } from '../../plan/statement.ts';
import { forgottenShapes } from './forgotten-shapes.ts';
import { noticeShapes } from './notice-shapes.ts';
import { answer, at, fault, flag, message, number, text, texts, zone, type ShapesOf } from './shape-parts.ts';
import { reviewShapes } from './review-shapes.ts';
import { runShapes } from './run-shapes.ts';
import { stepShapes } from './step-shapes.ts';
import { wishShapes } from './wish-shapes.ts';

/** One schema per value. The types make this table complete. */
type Shapes = ShapesOf<StatementValues>;

const sent = v.picklist(['accepted', 'unknown']);
const faults = v.array(fault);
const statement = v.custom<Statement>(isStatement);

const nothing = {};
const events = { eventIds: texts };
const hasPreCommand = v.exactOptional(flag);
const seen = {
  events: v.array(v.strictObject({ eventId: text, status: text })),
  unlisted: texts,
  faults,
  instance: v.exactOptional(text),
};
const noRoom = {
  window: text,
  slotMs: number,
  notBefore: text,
  timeZone: zone,
  crowd: v.exactOptional(
    v.object({ region: number, group: v.exactOptional(v.object({ name: text, limit: number })) }),
  ),
};
const verdict = { verdict: statement, why: statement };

const shapes: Shapes = {
  ...wishShapes,
  ...forgottenShapes,
  ...noticeShapes,
  ...runShapes,
  ...reviewShapes,
  'in-window': { ...at, window: text },
  'last-resort': {
    ...noRoom,
    at: text,
    isMoved: flag,
    isFull: flag,
    since: v.exactOptional(text),
    isEarly: v.exactOptional(flag),
    policy: v.exactOptional(v.literal('soonest')),
  },
  soonest: { ...noRoom, at: text, isNow: flag, isFull: flag },
  'left-to-ecs': noRoom,
  'ecs-keeps-window': noRoom,
  'windows-unknown': { tags: texts, window: text, timeZone: zone, at: v.exactOptional(text) },
  'pinned-at': at,
  'too-late': { marginMs: number, notBefore: text, timeZone: zone },
  'observe-mode': nothing,
  'tag-faults': { faults },
  'window-too-short': { window: text, slotMs: number, startRoomMs: number, hasPreCommand },
  'possibly-answered': at,
  'unknown-instance': events,
  'instance-unreadable': { ...events, faults },
  'opted-out': { tag: v.exactOptional(v.literal('window')) },
  'unclear-tags': { faults },
  'in-auto-scaling': { groupId: text },
  'in-ack': { id: text },
  'ecs-executing': events,
  'no-readable-event': { faults },
  inquiring: events,
  'other-events': { types: texts },
  unapproved: nothing,
  'executed-before-us': events,
  'failed-before-us': events,
  'answered-elsewhere': { avoided: texts, canceled: texts },
  released: events,
  'unlisted-past-not-before': { ...events, faults },
  observed: nothing,
  'earlier-open': { ...events, why: v.exactOptional(statement) },
  ended: { status: text, why: statement },
  planned: { status: text, at: v.exactOptional(text), timeZone: zone, why: statement },
  announced: events,
  'judged-again': nothing,
  'events-changed': {
    ...events,
    gone: v.array(v.object({ eventId: text, status: v.exactOptional(text) })),
  },
  'other-events-changed': events,
  'not-before-moved': nothing,
  'no-interval': nothing,
  'interval-unused': nothing,
  'group-changed': { group: v.exactOptional(text) },
  'runbook-changed': nothing,
  'rules-changed': nothing,
  'ecs-window-changed': nothing,
  'window-has-room': nothing,
  'interval-forbidden': nothing,
  'slot-taken': nothing,
  'slot-free': nothing,
  unpinned: { why: statement, planned: statement },
  'events-unlisted': { ...events, faults },
  'announced-meanwhile': events,
  'announced-before-send': events,
  'pin-refused': { ...at, why: statement },
  'ecs-window-edited': nothing,
  'windows-awaited': nothing,
  'interval-missing': nothing,
  'event-unconfirmed': { eventId: text, status: v.exactOptional(text), faults },
  'not-yet': { isPrepared: flag },
  'interval-passed': nothing,
  'instance-unlisted': nothing,
  'instance-unreadable-now': { faults },
  'instance-not-running': { status: text },
  'instance-locked': { locks: texts },
  'started-recently': at,
  'waits-for-pause': { ...at, group: text, pauseMs: number, mates: texts },
  'waits-for-group': { group: text, limit: number, mates: texts },
  'waits-for-region': { limit: number },
  'counts-as-down': { instances: v.array(v.object({ instanceId: text, status: text })) },
  'counts-as-unproven': { instanceIds: texts },
  'restarted-by-ecs-soon': {
    instances: v.array(v.object({ instanceId: text, at: text })),
    timeZone: text,
  },
  'group-stands-still': { group: text, instanceIds: texts },
  'groups-stand-still': { instanceIds: texts },
  'region-stands-still': { limit: number, instanceIds: texts },
  'unproven-unreadable': message,
  'too-little-time': nothing,
  throttled: nothing,
  'facts-unreadable': message,
  'facts-too-old': nothing,
  prepared: { isTime: flag },
  preparing: nothing,
  'preparing-again': nothing,
  'took-over': nothing,
  sending: nothing,
  'stale-intent': { waitedMs: v.exactOptional(number) },
  'outside-interval': at,
  refused: answer,
  'refused-for-good': answer,
  accepted: nothing,
  'outcome-unknown': message,
  'sender-vanished': nothing,
  'restart-by-hand': { notBefore: v.exactOptional(text), timeZone: zone },
  'not-proven-yet': { ...seen, sent },
  'later-events-lag': events,
  'executed-by-ecs': { ...events, sent },
  'event-failed': { ...events, sent },
  'events-canceled': { ...events, sent },
  avoided: events,
  'restart-unseen': events,
  'not-proven': { ...seen, sent, waitedMs: v.exactOptional(number) },
  'also-answered': events,
  'later-event-struck': { eventId: text, status: text },
  unwell: { health: text, before: v.exactOptional(text) },
  'health-explained': { ...events, health: text },
  'health-as-before': { health: text, before: text },
  'health-unreadable': message,
  'no-health': { faults },
  'proof-pending': verdict,
  'proof-missing': verdict,
  ...stepShapes(statement),
  'row-unreadable': { faults, mayHaveSent: flag },
  'row-newer': { format: number },
  'events-not-planned': { ...events, mayBeAnswered: v.exactOptional(flag), isUndated: v.exactOptional(flag) },
  'row-not-escalated': message,
  'region-failed': message,
  'events-incomplete': message,
  'vanished-unreadable': { ...message, events: number, instances: number },
  'ecs-windows-unreadable': { ...message, which: v.picklist(['own', 'om']) },
  'ecs-window-faults': { faults },
  'odd-event': { faults },
  'plan-not-possible': message,
  'plan-not-worked-on': message,
  'not-attempted': { ...message, plans: number },
  'not-looked-at': { ...message, plans: number },
  'out-of-time': { plans: number },
  'not-written': { ...message, status: text },
  'not-archived': message,
  'not-removed': message,
  'rows-not-removed': message,
  'impossible-write': message,
  'as-written': { text, of: v.exactOptional(text) },
};

/** True for an object of JSON that is no list. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

const outerSchema = v.strictObject({
  code: text,
  values: v.custom<object>(isObject),
  also: v.exactOptional(v.array(statement)),
});

/** True for a statement whose code is known and whose values have its shape, to its innermost statement. */
export function isStatement(json: unknown): json is Statement {
  return v.is(outerSchema, json) && v.is(schemaOf(json.code), json.values);
}

/** Made when they are first needed: most runs meet a few codes only. */
const schemas = new Map<string, v.GenericSchema>();

function schemaOf(code: string): v.GenericSchema {
  const known = schemas.get(code);
  if (known !== undefined) return known;
  // `code` may be the name of a property that every object has.
  const schema = Object.hasOwn(shapes, code) ? v.strictObject(shapes[code as StatementCode]) : v.never();
  schemas.set(code, schema);
  return schema;
}

/** The deepest nesting of objects and lists that is read. Statements of the planner nest less than half as deep. */
const deepest = 30;

/** True where the JSON nests no deeper. A hostile one could exhaust the stack. */
export function isShallow(json: unknown, levels = deepest): boolean {
  if (typeof json !== 'object' || json === null) return true;
  return levels > 0 && Object.values(json).every((inner) => isShallow(inner, levels - 1));
}
