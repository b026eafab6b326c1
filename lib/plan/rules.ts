// The rules for the reboot of one instance: when it is allowed, and what to do where no window fits.
import { formatDuration } from './calendar/duration.ts';
import { earliest, plus, type Instant, type Milliseconds } from './calendar/instant.ts';
import { blackoutTexts, foreignBlackoutZone, type Calendar } from './calendar/calendar.ts';

/** What to do where no window fits before NotBefore. */
export type NoWindowPolicy = 'last-resort' | 'soonest' | 'leave';

/** The rules for one instance: the settings, as far as its tags do not say otherwise. */
export interface Rules {
  calendar: Calendar;
  /** The calendar in its normal form, for reasons and for noticing that it changed. */
  windowText: string;
  noWindow: NoWindowPolicy;
  lastResortLead: Milliseconds;
  safetyMargin: Milliseconds;
  slot: Milliseconds;
  /** START_ROOM: the shortest interval that is promised. Ticks are never on time. */
  startRoom: Milliseconds;
  /** Tags of the instance about its windows that cannot be read. The windows are those of the settings. */
  unreadableTags?: readonly string[];
  /**
   * `applies`: the windows are those that the owner set in ECS. `unread`: ECS could not be read, and the windows are those of the
   * settings. Absent where a tag decides, or where ECS has none.
   */
  ecsWindow?: 'applies' | 'unread';
  /** The group of the instance. GROUP_LIMIT bounds how many of it are down at once. Absent where there is no group. */
  group?: string;
}

/** True where it is known when the owner allows a reboot. Where it is not, the settings' windows are a guess. */
export function areWindowsKnown({
  unreadableTags,
  ecsWindow,
}: Pick<Rules | RulesRecord, 'unreadableTags' | 'ecsWindow'>): boolean {
  return unreadableTags === undefined && ecsWindow !== 'unread';
}

/** The last moment at which a reboot may start. */
export function deadlineOf(notBefore: Instant, { safetyMargin }: Rules): Instant {
  const known = deadlines.get(notBefore);
  if (known?.safetyMargin === safetyMargin) return known.deadline;
  const deadline = plus(notBefore, -safetyMargin);
  deadlines.set(notBefore, { safetyMargin, deadline });
  return deadline;
}

/** Planning an instance asks for its deadline again and again, and making an instant is slow. */
const deadlines = new WeakMap<Instant, { safetyMargin: Milliseconds; deadline: Instant }>();

/** When a last resort starts, where there is time enough: NotBefore less the lead, and with room to start. */
export function lastResortAt(notBefore: Instant, rules: Rules): Instant {
  const lastWithRoom = plus(deadlineOf(notBefore, rules), -rules.startRoom);
  return earliest(plus(notBefore, -rules.lastResortLead), lastWithRoom);
}

/**
 * The rules that made an interval, as its row keeps them. A plan that other rules made is planned again. START_ROOM is none of
 * them: a plan that has room enough need not move.
 */
export interface RulesRecord {
  /** The windows in their normal form. */
  windows: string;
  timeZone: string;
  /** Blackouts in their normal form, as in `2026-12-31/2027-01-03`. */
  blackouts: readonly string[];
  /** The zone of the blackouts; absent where there are none, or it is `timeZone`. */
  blackoutZone?: string;
  /** Lengths as people write them, as in `15m`. */
  slot: string;
  safetyMargin: string;
  noWindow: NoWindowPolicy;
  /** Absent unless NO_WINDOW is last-resort. */
  lastResortLead?: string;
  /** Tags that cannot be read, by their short names; absent where all can. */
  unreadableTags?: readonly string[];
  /** Present where the windows are those of the settings, because ECS could not be read. */
  ecsWindow?: 'unread';
  /** What planning chose, if it was a last resort. It is no rule: two records may differ in it. */
  lastResort?: LastResortRecord;
}

/** A last resort as planning chose it. Whatever becomes of the reason of the row, this stays. */
export interface LastResortRecord {
  /** Its execute_at. */
  at: string;
  /** When planning found no place any more. */
  since: string;
}

/** The record of the rules. */
export function recordOf(rules: Rules): RulesRecord {
  const { calendar, noWindow, unreadableTags, ecsWindow } = rules;
  const blackoutZone = foreignBlackoutZone(calendar);
  return {
    windows: calendar.text,
    timeZone: calendar.timeZone,
    blackouts: blackoutTexts(calendar),
    ...(blackoutZone === undefined ? {} : { blackoutZone }),
    slot: formatDuration(rules.slot),
    safetyMargin: formatDuration(rules.safetyMargin),
    noWindow,
    ...(noWindow === 'last-resort' ? { lastResortLead: formatDuration(rules.lastResortLead) } : {}),
    ...(unreadableTags === undefined ? {} : { unreadableTags }),
    ...(ecsWindow === 'unread' ? { ecsWindow } : {}),
  };
}

/** True where both records are the same; a missing record is none. */
export function isSameRecord(a: RulesRecord | undefined, b: RulesRecord): boolean {
  return (
    a?.windows === b.windows &&
    a.timeZone === b.timeZone &&
    a.blackouts.join() === b.blackouts.join() &&
    a.blackoutZone === b.blackoutZone &&
    a.slot === b.slot &&
    a.safetyMargin === b.safetyMargin &&
    a.noWindow === b.noWindow &&
    a.lastResortLead === b.lastResortLead &&
    a.unreadableTags?.join() === b.unreadableTags?.join() &&
    a.ecsWindow === b.ecsWindow
  );
}
