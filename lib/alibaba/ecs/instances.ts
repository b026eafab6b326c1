// Reads instances: by their ids, and all that are not Running.
import type { InstanceReport } from '../../plan/instance.ts';
import type { Ecs } from '../../ports.ts';
import type { EcsParameters } from './api.ts';
import { readInstancePage } from './instance-answers.ts';
import { idsACall, inBatches, pagesOf, readApart, type Read } from './reads.ts';

/**
 * The statuses of an instance that is down, in the order of its life. They are read one after another in this order, so that
 * an instance which goes on from one to the next between two calls is found by the second.
 */
const statusesDown = ['Stopping', 'Stopped', 'Pending', 'Starting'] as const;

/** The reads of instances in the port Ecs. */
export function instancesOf(read: Read): Pick<Ecs, 'instancesById' | 'instancesDown'> {
  return {
    async instancesById(regionId, instanceIds) {
      const readList = (ids: string[]): Promise<InstanceReport[]> =>
        readAll(read, { regionId, instanceIds: JSON.stringify(ids) });
      // An id that ECS refuses counts as one that ECS does not list.
      return joined((await inBatches(instanceIds, (ids) => readApart(ids, readList, () => []))).flat());
    },

    async instancesDown(regionId) {
      const reports: InstanceReport[] = [];
      for (const status of statusesDown) reports.push(...(await readAll(read, { regionId, status })));
      return joined(reports);
    },
  };
}

/** Every instance of a region, for commands. */
export async function allInstances(read: Read, regionId: string): Promise<InstanceReport> {
  return joined(await readAll(read, { regionId }));
}

async function readAll(
  read: Read,
  query: Omit<EcsParameters['DescribeInstances'], 'maxResults' | 'nextToken'>,
): Promise<InstanceReport[]> {
  const reports: InstanceReport[] = [];
  const pages = pagesOf(async (nextToken) =>
    readInstancePage(
      await read(query.regionId, 'DescribeInstances', { ...query, maxResults: idsACall, ...nextToken }),
    ),
  );
  for await (const report of pages) reports.push(report);
  return reports;
}

function joined(reports: readonly InstanceReport[]): InstanceReport {
  return {
    instances: reports.flatMap(({ instances }) => instances),
    odd: reports.flatMap(({ odd }) => odd),
  };
}
