// Finds the window that an owner set in ECS for an instance: the instance's own window, or else the union of the O&M windows
// that apply to it.
import { union, type EcsWindow } from '../../plan/calendar/ecs-window.ts';
import type { Fault } from '../../plan/fault.ts';
import type { Instance } from '../../plan/instance.ts';
import { faultText } from '../../wording/fault.ts';
import { allOf, idsACall, inBatches, readApart, type Read } from './reads.ts';
import {
  readOwnWindows,
  readPlanWindowPage,
  type OwnWindows,
  type PlanWindow,
  type Target,
} from './window-answers.ts';

/** Reads the windows of these instances. Sends no call if there are none. */
export async function readWindows(
  read: Read,
  regionId: string,
  instances: readonly Instance[],
): Promise<OwnWindows> {
  if (instances.length === 0) return { windows: new Map(), unread: [], faults: [] };
  const ids = instances.map((instance) => instance.instanceId);
  const [own, planWindows] = await Promise.all([
    ownWindows(read, regionId, ids),
    enabledPlanWindows(read, regionId),
  ]);
  return chosen(instances, own, planWindows);
}

async function ownWindows(read: Read, regionId: string, instanceIds: readonly string[]): Promise<OwnWindows> {
  const action = 'DescribeInstanceMaintenanceAttributes';
  const readBatch = async (ids: string[]): Promise<OwnWindows> =>
    readOwnWindows(await read(regionId, action, { regionId, instanceId: ids, pageSize: idsACall }));
  const reports = await inBatches(instanceIds, (ids) => readApart(ids, readBatch, refused));
  return {
    windows: new Map(reports.flatMap(({ windows }) => [...windows])),
    unread: reports.flatMap(({ unread }) => unread),
    faults: reports.flatMap(({ faults }) => faults),
  };
}

/** What is reported of an instance whose id ECS refuses. */
function refused(instanceId: string, why: string): OwnWindows {
  const what = `ECS's answer about the maintenance window of instance ${instanceId}`;
  const fault = { what, value: JSON.stringify(why), expected: 'a window or none' };
  return { windows: new Map(), unread: [instanceId], faults: [fault] };
}

/** In order of id, so that the same windows always make the same text. */
async function enabledPlanWindows(read: Read, regionId: string): Promise<readonly PlanWindow[]> {
  const found = await allOf(async (nextToken) => {
    const request = { regionId, maxResults: idsACall, ...nextToken };
    return readPlanWindowPage(await read(regionId, 'DescribePlanMaintenanceWindows', request));
  });
  return found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The faults of an O&M window are reported only if it applies, or may apply, to one of these instances. */
function chosen(
  instances: readonly Instance[],
  own: OwnWindows,
  planWindows: readonly PlanWindow[],
): OwnWindows {
  const windows = new Map<string, EcsWindow>();
  const concerned = new Set(planWindows.filter(({ target }) => target === undefined));
  const unread = new Set(own.unread);
  for (const instance of instances) {
    // A window of its own would go before any O&M window.
    if (unread.has(instance.instanceId)) continue;
    const itsOwn = own.windows.get(instance.instanceId);
    const applying =
      itsOwn === undefined ? planWindows.filter(({ target }) => applies(target, instance)) : [];
    for (const planWindow of applying) concerned.add(planWindow);
    const window = itsOwn ?? union(applying.flatMap(({ read }) => ('window' in read ? [read.window] : [])));
    if (window !== undefined) windows.set(instance.instanceId, window);
  }
  const planFaults = planWindows.flatMap((planWindow) =>
    concerned.has(planWindow) && 'faults' in planWindow.read ? planWindow.read.faults : [],
  );
  return { windows, unread: own.unread, faults: distinct([...own.faults, ...planFaults]) };
}

function applies(target: Target | undefined, instance: Instance): boolean {
  if (target === undefined) return false;
  if ('resourceGroupId' in target) return target.resourceGroupId === instance.resourceGroupId;
  return target.tags.every(([key, value]) => instance.tags.get(key) === value);
}

/** Two windows without an id have the same faults. Each fault is reported once. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [faultText(fault), fault])).values()];
}
