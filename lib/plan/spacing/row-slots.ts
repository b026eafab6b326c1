// Which slot a row books, and whether it is about to begin. RowSlots books the rows of a region, to ask where one of them
// may go while all others stay.
import { isAfter, latest, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { Limits } from '../limits.ts';
import { hasBegun, type Plan } from '../plan.ts';
import { prepareAt } from '../steps.ts';
import { Bookings, type Booking } from './bookings.ts';
import type { Held } from './lane/occupancy.ts';
import type { Rank } from './rank.ts';
import { chooseFirst, type Slots, type SlotsOf } from './slots.ts';

/** True for a waiting row whose preparation begins this soon, or is overdue. It never moves: an execution may have it. */
export function isAboutToBegin(row: Plan, now: Instant, lead: Milliseconds): boolean {
  const first = prepareAt(row);
  return !hasBegun(row) && first !== undefined && !isAfter(first, plus(now, lead));
}

/** How urgent the row is by its own NotBefore. A row without one is the least urgent. */
export function rankOfRow({ instanceId, notBefore }: Plan): Rank {
  return { instanceId, notBefore: notBefore?.epochMilliseconds ?? Infinity };
}

/** The slot that the row books; undefined where it books none. `slot` is how long one reboot takes. */
export function bookingOf(row: Plan, slot: Milliseconds, now: Instant): Booking | undefined {
  const stretch = occupied(row, slot, now);
  if (stretch === undefined) return undefined;
  const { instanceId, group } = row;
  return { instanceId, ...(group === undefined ? {} : { group }), ...stretch };
}

/**
 * A reboot that begins this soon after its slot does keeps the end of its slot: a tick comes up to 5 s late, and a refused one
 * up to 31.5 s later. Without it, each reboot would reach seconds into the next slot, and the plan of that slot would move.
 */
const onTime: Milliseconds = 45_000;

/** A reboot that outlasts its slot is assumed to end within the next minute. */
const overtime: Milliseconds = 60_000;

/** The stretch that the row's reboot occupies, in epoch milliseconds; undefined where it occupies none. */
function occupied(row: Plan, slot: Milliseconds, now: Instant): Held | undefined {
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
      return work((group, slot) => freeSlots(this.#bookings, group, slot));
    } finally {
      this.take(row);
    }
  }

  /** Books the slot of the row as it will be written, in place of its former one. */
  take(row: Plan): void {
    this.#bookings.release(row.instanceId);
    const booking = bookingOf(row, this.#slot, this.#now);
    if (booking !== undefined) this.#bookings.add(booking);
  }
}

/** The slots for which nobody gives way. The asking instance must have no booking, or its own slot looks taken. */
export function freeSlots(bookings: Bookings, group: string | undefined, slot: Milliseconds): Slots {
  const found = bookings.findFor(group, slot);
  return {
    ...found,
    choose: (places) => chooseFirst(places, found.first),
    keeps: (executeAt) => found.first(executeAt, executeAt) !== undefined,
  };
}
