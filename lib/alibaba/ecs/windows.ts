// Which window an owner set in ECS for an instance: the instance's own, else what the O&M windows that apply to it allow
// together.
import { union, type EcsWindow } from '../../plan/calendar/ecs-window.ts';
import type { Instance } from '../../plan/instance.ts';
import { idsACall, inBatches, pagesOf, readApart, type Read } from './reads.ts';
import {
  readOwnWindows,
  readPlanWindowPage,
  type OwnWindows,
  type PlanWindow,
  type Target,
} from './window-answers.ts';

/** Reads the windows of these instances; asks nothing where there are none. */
export async function readWindows(
  read: Read,
  regionId: string,
  instances: readonly Instance[],
): Promise<OwnWindows> {
  if (instances.length === 0) return { windows: new Map(), problems: [] };
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
  const refused = (id: string, why: string): OwnWindows => ({
    windows: new Map(),
    problems: [`ECS refuses to tell of the maintenance window of instance ${id}: ${why}`],
  });
  const reports = await inBatches(instanceIds, (ids) => readApart(ids, readBatch, refused));
  return {
    windows: new Map(reports.flatMap(({ windows }) => [...windows])),
    problems: reports.flatMap(({ problems }) => problems),
  };
}

/** In order of id, so that the same windows always make the same text. */
async function enabledPlanWindows(read: Read, regionId: string): Promise<readonly PlanWindow[]> {
  const found: PlanWindow[] = [];
  const request = { regionId, maxResults: idsACall };
  const pages = pagesOf(async (nextToken) =>
    readPlanWindowPage(await read(regionId, 'DescribePlanMaintenanceWindows', { ...request, ...nextToken })),
  );
  for await (const page of pages) found.push(...page);
  return found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** A problem of an O&M window is told where it concerns one of these instances, or may. */
function chosen(
  instances: readonly Instance[],
  own: OwnWindows,
  planWindows: readonly PlanWindow[],
): OwnWindows {
  const windows = new Map<string, EcsWindow>();
  const concerned = new Set(planWindows.filter(({ target }) => target === undefined));
  for (const instance of instances) {
    const itsOwn = own.windows.get(instance.instanceId);
    const applying =
      itsOwn === undefined ? planWindows.filter(({ target }) => applies(target, instance)) : [];
    for (const planWindow of applying) concerned.add(planWindow);
    const window = itsOwn ?? union(applying.flatMap(({ read }) => ('window' in read ? [read.window] : [])));
    if (window !== undefined) windows.set(instance.instanceId, window);
  }
  const planProblems = planWindows.flatMap((planWindow) =>
    concerned.has(planWindow) && 'problem' in planWindow.read ? [planWindow.read.problem] : [],
  );
  return { windows, problems: [...new Set([...own.problems, ...planProblems])] };
}

function applies(target: Target | undefined, instance: Instance): boolean {
  if (target === undefined) return false;
  if ('resourceGroupId' in target) return target.resourceGroupId === instance.resourceGroupId;
  return target.tags.every(([key, value]) => instance.tags.get(key) === value);
}
