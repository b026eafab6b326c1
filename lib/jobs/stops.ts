// Reads whether a person stopped everything, and reports it. Where that cannot be read, nothing may be restarted.
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { state } from '../plan/statement.ts';
import { saysStopped, stopOf, type StopSeen } from '../plan/stop.ts';
import type { Clock, PlanStore } from '../ports.ts';
import type { Problems } from './report.ts';

interface StopPorts {
  store: PlanStore;
  clock: Clock;
  regionId: string;
  problems: Problems;
}

/** What was seen, and when the reading began. */
export interface StopAt {
  at: Instant;
  seen: StopSeen;
}

/** Reads it. Never throws: what fails is a problem, and the answer says so. */
export async function readStop({ store, regionId, clock, problems }: StopPorts): Promise<StopAt> {
  const at = clock.now();
  try {
    return { at, seen: stopOf(await store.readStops(), regionId) };
  } catch (thrown) {
    const message = messageOf(thrown);
    problems.add({ regionId }, state('stop-unreadable', { message }), thrown);
    return { at, seen: { kind: 'unread', message } };
  }
}

/** Each run says that everything is stopped, also one that has nothing to do. */
export function reportStop(
  { problems, regionId, settings }: Pick<StopPorts, 'problems' | 'regionId'> & { settings: PlannerSettings },
  seen: StopSeen,
): void {
  const what = seen.kind === 'set' ? saysStopped(seen, settings.rules.calendar.timeZone) : undefined;
  if (what !== undefined) problems.add({ regionId }, what);
}
