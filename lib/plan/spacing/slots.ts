// Spacing in one idea: each reboot books a slot, the time that it is expected to take. A booking counts in its region and
// in its group, and each of the two has a limit. This file is the question that planning asks: where is a slot free?
// The other files of the folder answer it:
//
//   bookings.ts    who holds which slot of a region
//   lane/          the bookings under one limit, the region's or a group's: where is room, and who gives way
//   rank.ts        which instance is more urgent
//   row-slots.ts   which slot a row books
//   under-way.ts   the same limits at execution, counted from the reboots that are really under way
import type { Instant, Milliseconds } from '../calendar/instant.ts';

/** Returns the first instant in `[from, until]` at which a whole slot is free; undefined where there is none. */
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
  /** Finds a slot that needs nobody to give way. */
  free: FindSlot;
  /** Finds a slot for which only less urgent, movable bookings give way. Absent where no such booking exists. */
  byRight?: FindSlot;
  /** The limits behind the two functions above. Absent where nothing limits the choice. */
  limit?: SlotLimit;
}

/** Returns the slots for an instance of this group, undefined for no group. `slot` is how long its reboot takes. */
export type SlotsOf = (group: string | undefined, slot: Milliseconds) => Slots;

/** Ignores every other instance: the first instant is always free. No function uses this by default. */
export const alone: SlotsOf = () => ({ free: (from) => from });
