// Which slot a row books, and whether the row may move. RowSlots books the rows of a region, to ask where one of them
// may go while all others stay.
import { isAfter, latest, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { Limits } from '../limits.ts';
import { hasBegun, type Plan } from '../plan.ts';
import { Bookings } from './bookings.ts';
import type { Booking } from './lane/lane.ts';
import type { Rank } from './rank.ts';
import type { SlotsOf } from './slots.ts';

/** True for rows that planning may move: they wait, and no person pinned them. */
export function isMovable(row: Plan): boolean {
  return !hasBegun(row) && !row.pinned;
}

/** How urgent the row is by its own NotBefore. A row without one is the least urgent. */
export function rankOfRow({ instanceId, notBefore }: Plan): Rank {
  return { instanceId, notBefore: notBefore?.epochMilliseconds ?? Infinity };
}

/** What a row's booking depends on besides the row. */
export interface BookingTerms {
  /** May differ from `rankOfRow`: ECS may have moved NotBefore since the row was written. */
  rank: Rank;
  /** How long one reboot takes. */
  slot: Milliseconds;
  now: Instant;
}

/** Books the row's slot, if it occupies one. Less urgent rows give way, as `Bookings.book` says. */
export function bookRow(bookings: Bookings, row: Plan, terms: BookingTerms): void {
  const booking = bookingOf(row, terms);
  if (booking !== undefined) bookings.book(booking);
}

/** True where the row's reboot is planned or under way. */
export function occupiesSlot(row: Plan | undefined, slot: Milliseconds, now: Instant): boolean {
  return row !== undefined && occupied(row, slot, now) !== undefined;
}

function bookingOf(row: Plan, { rank, slot, now }: BookingTerms): Booking | undefined {
  const stretch = occupied(row, slot, now);
  if (stretch === undefined) return undefined;
  const { instanceId, notBefore } = rank;
  const group = row.group === undefined ? {} : { group: row.group };
  return { instanceId, notBefore, isMovable: isMovable(row), ...group, ...stretch };
}

/**
 * A reboot that begins this soon after its slot does keeps the end of its slot: a tick comes up to 5 s late, and a refused one
 * up to 31.5 s later. Without it, each reboot would reach seconds into the next slot, and the plan of that slot would move.
 */
const onTime: Milliseconds = 45_000;

/** A reboot that outlasts its slot is assumed to end within the next minute. */
const overtime: Milliseconds = 60_000;

/** The stretch that the row's reboot occupies, in epoch milliseconds; undefined where it occupies none. */
function occupied(row: Plan, slot: Milliseconds, now: Instant): { start: number; end: number } | undefined {
  const { status, executeAt, latestStart, intent } = row;
  if (hasBegun(row)) {
    // Preparation may begin before execute_at. The reboot itself may not.
    const begin = (intent?.at ?? (executeAt ? latest(executeAt, now) : now)).epochMilliseconds;
    const planned = executeAt?.epochMilliseconds ?? begin;
    const start = begin - planned <= onTime ? planned : begin;
    return { start, end: Math.max(start + slot, now.epochMilliseconds + overtime) };
  }
  const isWaiting = status === 'Planned' || status === 'AwaitingApproval';
  if (!isWaiting || executeAt === undefined || latestStart === undefined) return undefined;
  // A row without its approval cannot begin. Once it has the approval, the limits at execution space it.
  if (status === 'AwaitingApproval' && !isAfter(executeAt, now)) return undefined;
  // An overdue row keeps its slot in the past. A slot that moved along with `now` would displace the next rows at each
  // run.
  const start = executeAt.epochMilliseconds;
  return { start, end: start + slot };
}

/** The slots of a region's rows, for placing single rows. No row ever gives way to another. */
export class RowSlots {
  readonly #bookings: Bookings;
  readonly #slot: Milliseconds;
  readonly #now: Instant;

  /** `slot` is how long one reboot takes. */
  constructor(rows: readonly Plan[], limits: Limits, slot: Milliseconds, now: Instant) {
    this.#bookings = new Bookings(limits);
    this.#slot = slot;
    this.#now = now;
    for (const row of rows) this.take(row);
  }

  /** Calls `work` with the slots that the other rows leave free, and books the row's own slot again. */
  beside<T>(row: Plan, work: (slotsOf: SlotsOf) => T): T {
    this.#bookings.release(row.instanceId);
    try {
      return work((group, slot) => this.#bookings.freeSlots(group, slot));
    } finally {
      this.take(row);
    }
  }

  /** Books the slot of the row as it will be written, in place of its former one. */
  take(row: Plan): void {
    this.#bookings.release(row.instanceId);
    const booking = bookingOf(row, { rank: rankOfRow(row), slot: this.#slot, now: this.#now });
    if (booking !== undefined) this.#bookings.add(booking);
  }
}
