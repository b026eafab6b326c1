// Reads the windows that owners set in ECS, and reports what could not be read.
import type { Instant } from '../plan/calendar/instant.ts';
import type { Instance } from '../plan/instance.ts';
import type { Sighting } from '../plan/planning/sighting.ts';
import { state } from '../plan/statement.ts';
import type { Ecs } from '../ports.ts';
import type { Problems } from './report.ts';

/** The window of each instance. What could not be read is left out: it is not known. */
export type WindowsSeen = (instanceId: string) => Pick<Sighting, 'ecsWindow'>;

/** Reads the windows of these instances. `giveUpAt`: no attempt begins later than this. */
export async function readEcsWindows(
  { ecs, regionId, problems }: { ecs: Ecs; regionId: string; problems: Problems },
  instances: readonly Instance[],
  giveUpAt?: Instant,
): Promise<WindowsSeen> {
  const { windows, unread, faults, failures } = await ecs.ecsWindows(regionId, instances, giveUpAt);
  for (const fault of faults) problems.add({ regionId }, state('ecs-window-faults', { faults: [fault] }));
  for (const { which, message, cause } of failures) {
    problems.add({ regionId }, state('ecs-windows-unreadable', { which, message }), cause);
  }
  const unknown = new Set(unread);
  return (instanceId) => (unknown.has(instanceId) ? {} : { ecsWindow: windows.get(instanceId) ?? 'none' });
}
