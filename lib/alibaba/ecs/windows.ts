// Finds the window that an owner set in ECS for an instance: the instance's own window, or else the union of the O&M windows
// that apply to it. Two reads answer. One that fails takes only what it would have said: an instance whose own window is known
// needs no O&M window.
import { messageOf } from '../../failures.ts';
import { union, type EcsWindow } from '../../plan/calendar/ecs-window.ts';
import type { Fault } from '../../plan/fault.ts';
import type { Instance } from '../../plan/instance.ts';
import type { EcsWindows } from '../../ports.ts';
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
): Promise<EcsWindows> {
  if (instances.length === 0) return { windows: new Map(), unread: [], faults: [], failures: [] };
  const ids = instances.map((instance) => instance.instanceId);
  const [own, planWindows] = await Promise.all([
    ownWindows(read, regionId, ids),
    enabledPlanWindows(read, regionId),
  ]);
  const chosen = choose(instances, own.windows, planWindows.items);
  return {
    windows: chosen.windows,
    unread: chosen.unread,
    faults: distinct([...own.faults, ...chosen.faults]),
    failures: [...own.failures, ...planWindows.failures],
  };
}

type Failures = EcsWindows['failures'];

/** Instances' own windows. An instance that ECS does not name has none. */
interface OwnReport {
  windows: OwnWindows['windows'];
  faults: readonly Fault[];
  failures: Failures;
}

async function ownWindows(read: Read, regionId: string, instanceIds: readonly string[]): Promise<OwnReport> {
  const action = 'DescribeInstanceMaintenanceAttributes';
  const readBatch = async (ids: string[]): Promise<OwnReport> => {
    const answer = readOwnWindows(
      await read(regionId, action, { regionId, instanceId: ids, pageSize: idsACall }),
    );
    return { ...withNameless(answer, ids), failures: [] };
  };
  const reports = await inBatches(instanceIds, (ids) =>
    readApart(ids, readBatch, refused).catch((thrown: unknown) => [
      { ...allUnread(ids), faults: [], failures: [failureOf('own', thrown)] },
    ]),
  );
  const failures = reports.flatMap((report) => report.failures);
  return {
    windows: new Map(reports.flatMap(({ windows }) => [...windows])),
    faults: reports.flatMap(({ faults }) => faults),
    // Batches of one list fail for the same reason, and need one sentence.
    failures: failures.slice(0, 1),
  };
}

/** An item without an instance may be that of any instance that the answer does not name. */
function withNameless(
  { windows, hasNameless, faults }: OwnWindows,
  ids: readonly string[],
): Pick<OwnReport, 'windows' | 'faults'> {
  return { windows: hasNameless ? new Map([...allUnread(ids).windows, ...windows]) : windows, faults };
}

function allUnread(ids: readonly string[]): Pick<OwnReport, 'windows'> {
  return { windows: new Map(ids.map((id) => [id, 'unread' as const])) };
}

/** What is reported of an instance whose id ECS refuses. */
function refused(instanceId: string, why: string): OwnReport {
  const what = `ECS's answer about the maintenance window of instance ${instanceId}`;
  const fault = { what, value: JSON.stringify(why), expected: 'a window or none' };
  return { ...allUnread([instanceId]), faults: [fault], failures: [] };
}

function failureOf(which: Failures[number]['which'], cause: unknown): Failures[number] {
  return { which, message: messageOf(cause), cause };
}

/** In order of id, so that the same windows always make the same text. `items` is undefined where the read failed. */
async function enabledPlanWindows(
  read: Read,
  regionId: string,
): Promise<{ items: readonly PlanWindow[] | undefined; failures: Failures }> {
  try {
    const found = await allOf(async (nextToken) => {
      const request = { regionId, maxResults: idsACall, ...nextToken };
      return readPlanWindowPage(await read(regionId, 'DescribePlanMaintenanceWindows', request));
    });
    return { items: found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)), failures: [] };
  } catch (thrown) {
    return { items: undefined, failures: [failureOf('om', thrown)] };
  }
}

/**
 * The window of each instance. O&M windows with faults are reported only if they apply, or may apply, to one of these
 * instances. Where others that apply can be read, those decide: each of them allows a reboot by itself.
 */
function choose(
  instances: readonly Instance[],
  own: OwnWindows['windows'],
  planWindows: readonly PlanWindow[] | undefined,
): Pick<EcsWindows, 'windows' | 'unread' | 'faults'> {
  const windows = new Map<string, EcsWindow>();
  const unread: string[] = [];
  const concerned = new Set(planWindows?.filter(({ target }) => target === undefined));
  for (const instance of instances) {
    // A window of its own goes before any O&M window.
    const itsOwn = own.get(instance.instanceId) ?? 'none';
    const applying =
      itsOwn === 'none' ? planWindows?.filter(({ target }) => mayApply(target, instance)) : undefined;
    for (const planWindow of applying ?? []) concerned.add(planWindow);
    const window = itsOwn === 'none' ? unionOf(applying) : itsOwn;
    if (window === 'unread') unread.push(instance.instanceId);
    else if (window !== 'none') windows.set(instance.instanceId, window);
  }
  const faults = (planWindows ?? []).flatMap((planWindow) =>
    concerned.has(planWindow) && 'faults' in planWindow.read ? planWindow.read.faults : [],
  );
  return { windows, unread, faults };
}

function unionOf(planWindows: readonly PlanWindow[] | undefined): EcsWindow | 'unread' | 'none' {
  if (planWindows === undefined) return 'unread';
  const joined = union(planWindows.flatMap(({ read }) => ('window' in read ? [read.window] : [])));
  return joined ?? (planWindows.length > 0 ? 'unread' : 'none');
}

/** An O&M window whose target cannot be read may apply to each instance. */
function mayApply(target: Target | undefined, instance: Instance): boolean {
  if (target === undefined) return true;
  if ('resourceGroupId' in target) return target.resourceGroupId === instance.resourceGroupId;
  return target.tags.every(([key, value]) => instance.tags.get(key) === value);
}

/** Two windows without an id have the same faults. Each fault is reported once. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [faultText(fault), fault])).values()];
}
