// What rows, timelines and reports say, as data: a code, and the values that its sentence needs. Code compares codes and
// values; the sentences stand in lib/wording, one file per language. Instants are ISO 8601 texts, lengths milliseconds.
import type { Instant } from './calendar/instant.ts';
import { iso } from './calendar/instant.ts';
import type { Fault } from './fault.ts';
import type { ForgottenValues } from './forgotten-values.ts';
import type { NoticeValues } from './notice-values.ts';
import type { ReviewValues } from './review-values.ts';
import type { RunValues } from './run-values.ts';
import type { StepStatements } from './step-statements.ts';
import type { SendingValues } from './sending-values.ts';
import type { WishValues } from './wish-values.ts';

type Nothing = Readonly<Record<string, never>>;
type Events = { eventIds: readonly string[] };
type Faults = { faults: readonly Fault[] };
/** Words of a service or of an error. They may hold request ids, so that they tell no two statements apart. */
type Message = { message: string };
type At = { at: string; timeZone: string };
type Because = { why: Statement };
type ByHand = { notBefore?: string; timeZone: string };
/** What came of our RebootInstance: accepted, or nobody knows. */
type Sent = { sent: 'accepted' | 'unknown' };
/** What a look showed of the events and the instance. */
export type Seen = {
  events: readonly { eventId: string; status: string }[];
  /** Events that ECS does not list. */
  unlisted: readonly string[];
  faults: readonly Fault[];
  /** Absent where it was not read; `unlisted` where ECS does not list the instance, `unreadable` where a field is odd. */
  instance?: string;
};
/** Why no slot in the windows is left. */
export type NoRoom = {
  window: string;
  slotMs: number;
  notBefore: string;
  timeZone: string;
  /** Present where there would be room, but for the limits. */
  crowd?: { region: number; group?: { name: string; limit: number } };
};

/** Every code, and the values of its sentence. */
export interface StatementValues
  extends StepStatements, WishValues, SendingValues, ForgottenValues, RunValues, NoticeValues, ReviewValues {
  // How the time was chosen.
  'in-window': At & { window: string };
  /**
   * `since`: when planning found no place any more. `isEarly`: before its lead, because that stretch is full. `policy`: NO_WINDOW,
   * where it is not last-resort.
   */
  'last-resort': NoRoom & {
    at: string;
    isMoved: boolean;
    isFull: boolean;
    since?: string;
    isEarly?: boolean;
    policy?: 'soonest';
  };
  soonest: NoRoom & { at: string; isNow: boolean; isFull: boolean };
  'left-to-ecs': NoRoom;
  /** NotBefore lies inside the window that the owner set in ECS. */
  'ecs-keeps-window': NoRoom;
  /** `tags`: the tags that cannot be read; empty where ECS cannot. `at`: when the plan goes by the settings all the same. */
  'windows-unknown': { tags: readonly string[]; window: string; timeZone: string; at?: string };
  'pinned-at': At;
  'too-late': { marginMs: number; notBefore: string; timeZone: string };
  'observe-mode': Nothing;
  'tag-faults': Faults;
  'window-too-short': { window: string; slotMs: number; startRoomMs: number; hasPreCommand?: boolean };
  'possibly-answered': At;
  // Why no restart of ours.
  'unknown-instance': Events;
  'instance-unreadable': Events & Faults;
  /** `tag`: the tag that says so, where it is not `enabled`. */
  'opted-out': { tag?: 'window' };
  'unclear-tags': Faults;
  'in-auto-scaling': { groupId: string };
  /** The id of the cluster, or of the node pool. */
  'in-ack': { id: string };
  'ecs-executing': Events;
  'no-readable-event': Faults;
  inquiring: Events;
  'other-events': { types: readonly string[] };
  unapproved: Nothing;
  'executed-before-us': Events;
  'failed-before-us': Events;
  'answered-elsewhere': { avoided: readonly string[]; canceled: readonly string[] };
  released: Events;
  'unlisted-past-not-before': Events & Faults;
  observed: Nothing;
  /** `why`: how the earlier plan ended, where its row still says so. */
  'earlier-open': Events & { why?: Statement };
  ended: { status: string; why: Statement };
  // Planned, and why again.
  planned: { status: string; at?: string; timeZone: string; why: Statement };
  announced: Events;
  'judged-again': Nothing;
  'events-changed': Events & { gone: readonly { eventId: string; status?: string }[] };
  'other-events-changed': Events;
  'not-before-moved': Nothing;
  'no-interval': Nothing;
  'interval-unused': Nothing;
  'group-changed': { group?: string };
  'runbook-changed': Nothing;
  'rules-changed': Nothing;
  'ecs-window-changed': Nothing;
  'window-has-room': Nothing;
  'interval-forbidden': Nothing;
  'slot-taken': Nothing;
  'slot-free': Nothing;
  unpinned: { why: Statement; planned: Statement };
  'events-unlisted': Events & Faults;
  'announced-meanwhile': Events;
  'announced-before-send': Events;
  'pin-refused': At & { why: Statement };
  // What a due plan waits for.
  'ecs-window-edited': Nothing;
  'windows-awaited': Nothing;
  'interval-missing': Nothing;
  'event-unconfirmed': { eventId: string; status?: string; faults: readonly Fault[] };
  'not-yet': { isPrepared: boolean };
  'interval-passed': Nothing;
  'instance-unlisted': Nothing;
  'instance-unreadable-now': Faults;
  'instance-not-running': { status: string };
  'instance-locked': { locks: readonly string[] };
  /** `at`: until when the plan waits. */
  'started-recently': At;
  'waits-for-pause': At & { group: string; pauseMs: number; mates: readonly string[] };
  'waits-for-group': { group: string; limit: number; mates: readonly string[] };
  'waits-for-region': { limit: number };
  'counts-as-down': { instances: readonly { instanceId: string; status: string }[] };
  'counts-as-unproven': { instanceIds: readonly string[] };
  /** `at`: NotBefore of the event. */
  'restarted-by-ecs-soon': { instances: readonly { instanceId: string; at: string }[]; timeZone: string };
  'group-stands-still': { group: string; instanceIds: readonly string[] };
  'groups-stand-still': { instanceIds: readonly string[] };
  'region-stands-still': { limit: number; instanceIds: readonly string[] };
  'unproven-unreadable': Message;
  // The irreversible step.
  'restart-by-hand': ByHand;
  // After it.
  'not-proven-yet': Seen & Sent;
  'later-events-lag': Events;
  'executed-by-ecs': Events & Sent;
  'event-failed': Events & Sent;
  'events-canceled': Events & Sent;
  avoided: Events;
  /** The events are Avoided and the instance is Running, and no look has shown the restart itself. */
  'restart-unseen': Events;
  'not-proven': Seen & Sent & { waitedMs?: number };
  'also-answered': Events;
  'later-event-struck': { eventId: string; status: string };
  unwell: { health: string; before?: string };
  'health-explained': Events & { health: string };
  'health-as-before': { health: string; before: string };
  'health-unreadable': Message;
  'no-health': Faults;
  'proof-pending': { verdict: Statement; why: Statement };
  'proof-missing': { verdict: Statement; why: Statement };
  // Backups and commands: with the reason of another statement. The others are in step-statements.ts.
  /** The backup cannot succeed, and these snapshots of it are still being made. */
  'backup-unfinished': Because & { ids: readonly string[] };
  'backup-too-slow': Because;
  'backup-missing': Because;
  'backup-waived': Because & { isOptional: boolean };
  'pre-command-failed': Because;
  'post-command-failed': { verdict: Statement; why: Statement };
  'undo-failed': Because & { commandId: string };
  // Rows that cannot be read, and what this run could not do.
  'row-unreadable': Faults & { mayHaveSent: boolean };
  'row-newer': { format: number };
  /** `mayBeAnswered`: a restart of ours may have been sent. `isUndated`: none of the events has a NotBefore. */
  'events-not-planned': Events & { mayBeAnswered?: boolean; isUndated?: boolean };
  'row-not-escalated': Message;
  'region-failed': Message;
  'events-incomplete': Message;
  'vanished-unreadable': Message & { events: number; instances: number };
  /** `own`: instances' own windows. `om`: O&M windows. */
  'ecs-windows-unreadable': Message & { which: 'own' | 'om' };
  'ecs-window-faults': Faults;
  'odd-event': Faults;
  'plan-not-possible': Message;
  'plan-not-worked-on': Message;
  'not-attempted': Message & { plans: number };
  'not-looked-at': Message & { plans: number };
  'out-of-time': { plans: number };
  'not-written': Message & { status: string };
  'not-archived': Message;
  'not-removed': Message;
  'rows-not-removed': Message;
  'impossible-write': Message;
  /** Text as it stands in a row: of an older version, of a person, or of an earlier entry. `of` is its code, if any. */
  'as-written': { text: string; of?: string };
}

/** The code of a statement. lib/wording/README.md lists all codes. */
export type StatementCode = keyof StatementValues;

/** One statement. `also` are further statements, told after it. */
export type Statement<C extends StatementCode = StatementCode> = {
  [K in C]: { code: K; values: StatementValues[K]; also?: readonly Statement[] };
}[C];

/** A statement of this code. */
export function state<C extends StatementCode>(
  code: C,
  values: StatementValues[C],
  also: readonly (Statement | undefined)[] = [],
): Statement<C> {
  const statement: { code: C; values: StatementValues[C] } = { code, values };
  // TypeScript does not relate a union over all codes to one code of a type parameter.
  return withAlso(statement as unknown as Statement, also) as Statement<C>;
}

/** The statement, with more told after it. */
export function withAlso(statement: Statement, more: readonly (Statement | undefined)[]): Statement {
  const also = [...(statement.also ?? []), ...more.filter((one) => one !== undefined)];
  return also.length === 0 ? statement : { ...statement, also };
}

/** True where both say the same. The words of a service do not count: they may hold request ids. */
export function isSameStatement(a: Statement, b: Statement): boolean {
  return keyOf(a) === keyOf(b);
}

/** A text that is the same for two statements that say the same. */
export function keyOf(statement: Statement): string {
  return JSON.stringify(statement, compared);
}

/** True where both say the same, whatever is told after it. */
export function isSameHead(a: Statement, b: Statement): boolean {
  return a.code === b.code && JSON.stringify(a.values, compared) === JSON.stringify(b.values, compared);
}

function compared(key: string, value: unknown): unknown {
  if (key === 'message') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An instant and its zone, as values hold them. */
export function atIn(instant: Instant, timeZone: string): At {
  return { at: iso(instant), timeZone };
}

/** `notBefore` and its zone, as values hold them. */
export function deadlineIn(notBefore: Instant | undefined, timeZone: string): ByHand {
  return { ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }), timeZone };
}
