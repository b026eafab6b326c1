// The port Ecs on the calls of ECS.
import type { Ecs, Health } from '../../ports.ts';
import type { EcsApi } from './api.ts';
import { eventsOf } from './events.ts';
import { readHealth } from './health-answers.ts';
import { instancesOf } from './instances.ts';
import { idsACall, inBatches, readApart, readsOf, type ReadTiming } from './reads.ts';
import { rebootsOf } from './reboots.ts';
import { readWindows } from './windows.ts';

/** ECS through these calls. */
export function openEcs(api: EcsApi, timing: ReadTiming): Ecs {
  const read = readsOf(api, timing);

  return {
    ...eventsOf(read),

    ...instancesOf(read),

    ecsWindows: (regionId, instances, giveUpAt) =>
      readWindows(giveUpAt === undefined ? read : readsOf(api, { ...timing, giveUpAt }), regionId, instances),

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
