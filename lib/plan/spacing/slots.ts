// Where one more reboot has room beside the others of its region and its group. schedule.ts asks; bookings.ts knows.
import type { Instant, Milliseconds } from '../calendar/instant.ts';

/** The first instant in `[from, until]` at which a whole slot is free; undefined where there is none. */
export type FindSlot = (from: Instant, until: Instant) => Instant | undefined;

/** The slots that one instance may choose from. */
export interface Slots {
  /** Beside every other plan, where it stands now. */
  free: FindSlot;
  /** Beside those that are more urgent or cannot move; the others make room. Absent where none would have to. */
  byRight?: FindSlot;
  /** What limits the choice, in words; undefined where nothing does. */
  limit?: string;
}

/** The slots for an instance of this group, absent where it has none, whose slot is this long. */
export type SlotsOf = (group: string | undefined, slot: Milliseconds) => Slots;

/** As for an instance that is alone in the world. */
export const alone: SlotsOf = () => ({ free: (from) => from });
