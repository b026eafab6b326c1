// The values of the statements about what persons wish in the columns of a row: a hold, an approval, a time, a status. And
// about the stop of everything.
import type { Fault } from './fault.ts';

type Nothing = Readonly<Record<string, never>>;
type At = { at: string; timeZone: string };

/** Their codes, and the values of their sentences. */
export interface WishValues {
  // What a plan waits for.
  held: { why: string; notBefore?: string; timeZone: string };
  'waits-for-approval': { askedBy?: string };
  'drained-while-waiting': { commandId: string };
  'was-held': { why: string };
  /** `regionId`: absent where all regions are stopped. `faults`: what of the stop cannot be read. */
  stopped: {
    regionId?: string;
    why: string;
    by?: string;
    at?: string;
    timeZone: string;
    faults: readonly Fault[];
  };
  'stop-unreadable': { message: string };
  'preparation-stopped': Nothing;
  // What a person did.
  'hold-set': { why: string };
  'hold-lifted': Nothing;
  approved: { eventIds: readonly string[]; decision?: string };
  'approval-asked': Nothing;
  'approval-waived': Nothing;
  'status-by-hand': { from: string; to: string };
  'pinned-by-hand': At;
  'unpinned-by-hand': Nothing;
  'time-by-hand': At;
  'asked-again': { by: string; planId: string; eventIds: readonly string[] };
  edited: Nothing;
  'due-too-far': Nothing;
  'wait-dropped': At;
  // What follows from it.
  'approval-required-now': Nothing;
  'approval-not-required-now': Nothing;
  // What does not count.
  'approval-unclear': Nothing;
  'pinned-empty': Nothing;
  'pinned-past-deadline': Nothing;
  'pinned-without-room': { roomMs: number; startRoomMs: number; hasPreCommand?: boolean };
  'grant-outdated': { eventIds: readonly string[]; granted: string; decision: string };
  'time-refused': At;
  'pinned-in-past': Nothing;
  'pinned-too-late': Nothing;
  'looked-at-earlier': Nothing;
}
