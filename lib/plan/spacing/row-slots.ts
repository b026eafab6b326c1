// The slots that rows hold: what is under way or pinned stays, what waits may move.
import { byRank, type Rank } from './booking.ts';
import { Bookings } from './bookings.ts';
import { isAfter, latest, type Instant, type Milliseconds } from '../calendar/instant.ts';
import { hasBegun, type Plan } from '../plan.ts';
import type { Limits } from '../limits.ts';
import type { SlotsOf } from './slots.ts';

/** True for plans that planning may move: they wait, and no person pinned them. */
export function isMovable(row: Plan): boolean {
  return !hasBegun(row) && !row.pinned;
}

export function rankOfRow({ instanceId, notBefore }: Plan): Rank {
  return { instanceId, notBefore: notBefore?.epochMilliseconds ?? Infinity };
}

/** Takes the row's slot, if it occupies any. */
export function bookRow(
  bookings: Bookings,
  row: Plan,
  { instanceId, notBefore }: Rank,
  slot: Milliseconds,
  now: Instant,
): void {
  const stretch = occupied(row, slot, now);
  if (stretch === undefined) return;
  bookings.book({
    instanceId,
    notBefore,
    isMovable: isMovable(row),
    ...(row.group === undefined ? {} : { group: row.group }),
    ...stretch,
  });
}

/** True where the row's reboot is foreseen or under way. */
export function occupiesSlot(row: Plan | undefined, slot: Milliseconds, now: Instant): boolean {
  return row !== undefined && occupied(row, slot, now) !== undefined;
}

/** A restart that outlasts its slot is expected to end within a tick or two. */
const overtime: Milliseconds = 60_000;

/** The stretch of time that a plan's reboot occupies, in epoch milliseconds; undefined where it occupies none. */
function occupied(row: Plan, slot: Milliseconds, now: Instant): { start: number; end: number } | undefined {
  const { status, executeAt, latestStart, intent } = row;
  if (hasBegun(row)) {
    // Its preparation may begin before its time.
    const start = (intent?.at ?? (executeAt ? latest(executeAt, now) : now)).epochMilliseconds;
    return { start, end: Math.max(start + slot, now.epochMilliseconds + overtime) };
  }
  const isWaiting = status === 'Planned' || status === 'AwaitingApproval';
  if (!isWaiting || executeAt === undefined || latestStart === undefined) return undefined;
  // Nobody may begin what is not approved; once it is, the limits of execution space it.
  if (status === 'AwaitingApproval' && !isAfter(executeAt, now)) return undefined;
  // Also where it is overdue: a slot that moved along would push the ones behind it ahead for as long as it waits.
  const start = executeAt.epochMilliseconds;
  return { start, end: start + slot };
}

/** Where one row may go beside all others, without moving any of them. */
export class RowSlots {
  readonly #bookings: Bookings;
  readonly #slot: Milliseconds;
  readonly #now: Instant;

  /** `slot` is what one reboot occupies. */
  constructor(rows: readonly Plan[], limits: Limits, slot: Milliseconds, now: Instant) {
    this.#bookings = new Bookings(limits);
    this.#slot = slot;
    this.#now = now;
    const ranked = rows.map((row) => ({ row, rank: rankOfRow(row) })).sort((a, b) => byRank(a.rank, b.rank));
    for (const { row, rank } of ranked) this.#book(row, rank);
  }

  /** Does `work` with the slots that are open to the row, its own among them. */
  beside<T>(row: Plan, work: (slotsOf: SlotsOf) => T): T {
    const rank = rankOfRow(row);
    this.#bookings.release(row.instanceId);
    const result = work((group, length) => {
      const { free, limit } = this.#bookings.slotsFor(rank, group, length);
      return { free, ...(limit === undefined ? {} : { limit }) };
    });
    this.#book(row, rank);
    return result;
  }

  /** The row as it is to be written takes its slot, so that the next one finds another. */
  take(row: Plan): void {
    this.#book(row, rankOfRow(row));
  }

  #book(row: Plan, rank: Rank): void {
    bookRow(this.#bookings, row, rank, this.#slot, this.#now);
  }
}
