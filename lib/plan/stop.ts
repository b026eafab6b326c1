// The emergency stop: a person's word that nothing is restarted, in all regions or in one. It is no part of any plan. What
// cannot be read of it counts as a stop.
import { iso, type Instant } from './calendar/instant.ts';
import type { Fault } from './fault.ts';
import { state, type Statement } from './statement.ts';

/** A stop that is set. */
export interface Stop {
  /** The region that it stops; absent where it stops all. */
  regionId?: string;
  /** The person's words; empty where they cannot be read. */
  why: string;
  by?: string;
  at?: Instant;
  /** What of it cannot be read. It is a stop all the same. */
  faults: readonly Fault[];
}

/** What a read of the stops shows for one region. `unread`: nobody knows whether it is stopped. */
export type StopSeen = { kind: 'none' } | { kind: 'set'; stop: Stop } | { kind: 'unread'; message: string };

/** The stop of all regions, else that of this one. */
export function stopOf(stops: readonly Stop[], regionId: string): StopSeen {
  const stop =
    stops.find((one) => one.regionId === undefined) ?? stops.find((one) => one.regionId === regionId);
  return stop === undefined ? { kind: 'none' } : { kind: 'set', stop };
}

/** True for the form of a region's id, as in cn-hangzhou. */
export function isRegionForm(text: string): boolean {
  return /^[a-z]{2,}(-[a-z0-9]+)+$/.test(text);
}

/** Why nothing is restarted; undefined where nothing is stopped. */
export function saysStopped(seen: StopSeen, timeZone: string): Statement | undefined {
  switch (seen.kind) {
    case 'none':
      return undefined;
    case 'unread':
      return state('stop-unreadable', { message: seen.message });
    case 'set':
      return state('stopped', valuesOf(seen.stop, timeZone));
  }
}

function valuesOf({ regionId, why, by, at, faults }: Stop, timeZone: string): Statement<'stopped'>['values'] {
  return {
    ...(regionId === undefined ? {} : { regionId }),
    why,
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at: iso(at) }),
    timeZone,
    faults,
  };
}
