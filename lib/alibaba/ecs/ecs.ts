// The port Ecs on the calls of ECS.
import type { InstanceReport } from '../../plan/instance.ts';
import type { Ecs, Health } from '../../ports.ts';
import type { EcsApi } from './api.ts';
import { eventsOf } from './events.ts';
import { readHealth } from './health-answers.ts';
import { readInstancePage } from './instance-answers.ts';
import { idsACall, inBatches, pagesOf, readApart, readsOf, type ReadTiming } from './reads.ts';
import { rebootsOf } from './reboots.ts';
import { readWindows } from './windows.ts';

/** ECS through these calls. */
export function openEcs(api: EcsApi, timing: ReadTiming): Ecs {
  const read = readsOf(api, timing);

  return {
    ...eventsOf(read),

    async instancesById(regionId, instanceIds) {
      const readList = async (ids: string[]): Promise<InstanceReport[]> => {
        const reports: InstanceReport[] = [];
        const query = { regionId, instanceIds: JSON.stringify(ids), maxResults: idsACall };
        const pages = pagesOf(async (nextToken) =>
          readInstancePage(await read(regionId, 'DescribeInstances', { ...query, ...nextToken })),
        );
        for await (const report of pages) reports.push(report);
        return reports;
      };
      // An id that ECS refuses counts as one that ECS does not list.
      const reports = (await inBatches(instanceIds, (ids) => readApart(ids, readList, () => []))).flat();
      return {
        instances: reports.flatMap(({ instances }) => instances),
        odd: reports.flatMap(({ odd }) => odd),
      };
    },

    ecsWindows: (regionId, instances) => readWindows(read, regionId, instances),

    async healthOf(regionId, instanceIds) {
      const readList = async (instanceId: string[]): Promise<[string, Health][]> =>
        readHealth(
          await read(regionId, 'DescribeInstancesFullStatus', { regionId, instanceId, pageSize: idsACall }),
        );
      const lists = await inBatches(instanceIds, (ids) => readApart(ids, readList, () => []));
      return new Map(lists.flat());
    },

    ...rebootsOf(api, timing.clock),
  };
}
