// The port Backups on the calls of ECS. Calls that make a snapshot are sent once. All others are retried.
import { EcsReadFailed, messageOf } from '../../failures.ts';
import type { Backups, SnapshotStatus } from '../../ports.ts';
import type { EcsApi, Tag } from './api.ts';
import { allOf, idsACall, inBatches, readsOf, type Read, type ReadTiming } from './reads.ts';
import { readDiskPage, readSnapshotGroupPage, readSnapshotPage } from './snapshot-answers.ts';
import { startsOf } from './starts.ts';

/** On everything that is made here, so that its owner finds it. */
const tag: Tag[] = [{ key: 'created-by', value: 'ecs-reboot-planner' }];

/** ECS's snapshots through these calls. */
export function openBackups(api: EcsApi, timing: ReadTiming): Backups {
  const read = readsOf(api, timing);
  const start = startsOf(api);

  return {
    disksOf(regionId, instanceId) {
      const request = { regionId, instanceId, maxResults: idsACall };
      return allOf(async (nextToken) =>
        readDiskPage(await read(regionId, 'DescribeDisks', { ...request, ...nextToken })),
      );
    },

    createSnapshot: (regionId, { diskId, name, retentionDays, clientToken }) =>
      start(regionId, 'CreateSnapshot', { diskId, snapshotName: name, retentionDays, clientToken, tag }),

    createSnapshotGroup: (regionId, { instanceId, diskIds, name, clientToken }) => {
      const request = { regionId, instanceId, diskId: [...diskIds], name, clientToken, tag };
      return start(regionId, 'CreateSnapshotGroup', request);
    },

    async snapshots(regionId, snapshotIds) {
      const listOf = (ids: string[]): Promise<(readonly [string, SnapshotStatus])[]> => {
        const request = { regionId, snapshotIds: JSON.stringify(ids), maxResults: idsACall };
        return allOf(async (nextToken) =>
          readSnapshotPage(await read(regionId, 'DescribeSnapshots', { ...request, ...nextToken })),
        );
      };
      return new Map(await inBatches(snapshotIds, listOf));
    },

    async snapshotGroup(regionId, groupId) {
      const request = { regionId, snapshotGroupId: [groupId], maxResults: idsACall };
      const groups = await allOf(async (nextToken) =>
        readSnapshotGroupPage(await read(regionId, 'DescribeSnapshotGroups', { ...request, ...nextToken })),
      );
      const group = groups.find((one) => one.groupId === groupId);
      return group && { status: group.status, snapshotIds: group.snapshotIds };
    },

    keepFor: (regionId, snapshotIds, retentionDays) => keepFor(read, regionId, snapshotIds, retentionDays),
  };
}

async function keepFor(
  read: Read,
  regionId: string,
  snapshotIds: readonly string[],
  retentionDays: number,
): Promise<void> {
  const failures: string[] = [];
  // Sent like a read, because repeating it changes nothing. A refused snapshot must not hold up the others.
  const keep = async (snapshotId: string): Promise<void> => {
    try {
      await read(regionId, 'ModifySnapshotAttribute', { snapshotId, retentionDays });
    } catch (thrown) {
      failures.push(`${snapshotId}: ${messageOf(thrown)}`);
    }
  };
  await Promise.all(snapshotIds.map(keep));
  if (failures.length === 0) return;
  throw new EcsReadFailed(
    `Not all snapshots are kept for ${retentionDays} days: ${failures.sort().join('; ')}`,
  );
}
