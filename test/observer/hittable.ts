// Part of promise 3: an interval in a window that no tick can hit is no promise. Ticks are never on time, so that each
// promised interval must be as long as START_ROOM.
import type { Evidence, RowMoment } from './evidence.ts';
import type { Violation } from './violation.ts';

/** Intervals too short to be hit; none when the evidence has no settings. */
export function promisedTooShort(
  { house }: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): Violation[] {
  if (house === undefined) return [];
  return [...histories].flatMap(([instanceId, moments]) =>
    moments.flatMap((moment, index): Violation[] => {
      const before = moments[index - 1];
      if (!isPromise(moment) || intervalOf(moment) === intervalOf(before)) return [];
      const { execute_at: from, latest_start: until } = moment.state;
      const room = Date.parse(String(until)) - Date.parse(String(from));
      if (room >= house.startRoom) return [];
      const what = `its row promised ${intervalOf(moment)} at ${new Date(moment.at).toISOString()}: a tick that is late has ${Math.round(room / 1000)} s to hit it, and START_ROOM is ${house.startRoom / 1000} s`;
      return [{ promise: 3, instanceId, what }];
    }),
  );
}

/** A function wrote that the plan waits for its time in a window, which no person had chosen. */
function isPromise({ isOurs, state }: RowMoment): boolean {
  const isWaiting = state['status'] === 'Planned' || state['status'] === 'AwaitingApproval';
  return isOurs && isWaiting && state['decision'] === 'window' && state['pinned'] !== 'true';
}

function intervalOf(moment: RowMoment | undefined): string {
  return `${String(moment?.state['execute_at'])} to ${String(moment?.state['latest_start'])}`;
}
