// Reads whether a person stopped everything, and reports it. Where that cannot be read, nothing may be restarted.
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { state } from '../plan/statement.ts';
import { saysStopped, stopOf, type Stop, type StopSeen } from '../plan/stop.ts';
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

/** A read of the stops of every region, and when it began. */
export interface StopsRead {
  at: Instant;
  stops: Promise<readonly Stop[]>;
}

/** The first read of a run: begun by the region that asks first, and shared by all. */
export function stopsOfRun(ports: Pick<StopPorts, 'store' | 'clock'>): () => StopsRead {
  let begun: StopsRead | undefined;
  return () => (begun ??= readStops(ports));
}

function readStops({ store, clock }: Pick<StopPorts, 'store' | 'clock'>): StopsRead {
  return { at: clock.now(), stops: store.readStops() };
}

/** What the read shows for the region; without one, reads again. Never throws: what fails is a problem, and the answer says so. */
export async function readStop(ports: StopPorts, read = readStops(ports)): Promise<StopAt> {
  const { regionId, problems } = ports;
  const { at, stops } = read;
  try {
    return { at, seen: stopOf(await stops, regionId) };
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
