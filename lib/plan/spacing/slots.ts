// Spacing in one idea: each reboot books a slot, the time that it is expected to take. A booking counts in its region and
// in its group, and each of the two has a limit. This file is the question that planning asks: where is a slot free?
// The other files of the folder answer it:
//
//   bookings.ts    who holds which slot of a region
//   lane/          the bookings under one limit, the region's or a group's: where is room
//   placing.ts     as many reboots in their windows as possible, the most urgent first
//   exact/         the same for a few reboots, by a search that leaves nothing out
//   rank.ts        which instance is more urgent
//   row-slots.ts   which slot a row books
//   under-way.ts   the same limits at execution, counted from the reboots that are really under way
import type { Instant, Milliseconds } from '../calendar/instant.ts';

/** The interval in which a reboot may be sent, both ends included. */
export interface Interval {
  executeAt: Instant;
  latestStart: Instant;
}

/** A part of a window in which a reboot may begin, both ends included. After `until` too little room to start is left. */
export interface Place {
  from: Instant;
  until: Instant;
  /** The last moment at which the reboot may start. */
  latestStart: Instant;
}

/** Returns an instant in `[from, until]` at which a whole slot is free; undefined where there is none. */
export type FindSlot = (from: Instant, until: Instant) => Instant | undefined;

/** The limits that decide which slots are free. */
export interface SlotLimit {
  /** MAX_CONCURRENT_REBOOTS: how many instances of the region may be down at once. */
  region: number;
  /** Absent for an instance without a group. `limit` is GROUP_LIMIT: how many of the group may be down at once. */
  group?: { name: string; limit: number };
}

/** The slots that one instance may choose from. */
export interface Slots {
  /** Chooses a slot in one of these places, which are in order; undefined where there is none. */
  choose: (places: Iterable<Place>) => Interval | undefined;
  /** The first free slot. */
  first: FindSlot;
  /** The last free slot. */
  last: FindSlot;
  /** True where the instance may keep the slot that begins at this moment. */
  keeps: (executeAt: Instant) => boolean;
  /** The limits behind the functions above. Absent where nothing limits the choice. */
  limit?: SlotLimit;
}

/** Returns the slots for an instance of this group, undefined for no group. `slot` is how long its reboot takes. */
export type SlotsOf = (group: string | undefined, slot: Milliseconds) => Slots;

/** Ignores every other instance: each slot is free. No function uses this by default. */
export const alone: SlotsOf = () => ({
  choose: (places) => chooseFirst(places, (from) => from),
  first: (from) => from,
  last: (_from, until) => until,
  keeps: () => true,
});

/** The first slot that `first` finds in these places. */
export function chooseFirst(places: Iterable<Place>, first: FindSlot): Interval | undefined {
  for (const { from, until, latestStart } of places) {
    const executeAt = first(from, until);
    if (executeAt !== undefined) return { executeAt, latestStart };
  }
  return undefined;
}
