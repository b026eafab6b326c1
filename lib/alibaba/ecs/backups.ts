// The port Backups on the calls of ECS. What makes a snapshot is sent once; everything else is tried again.
import { EcsReadFailed, messageOf } from '../../failures.ts';
import type { Backups, SnapshotStatus } from '../../ports.ts';
import type { EcsApi, Tag } from './api.ts';
import { idsACall, inBatches, pagesOf, readsOf, type ReadTiming } from './reads.ts';
import { readDiskPage, readSnapshotGroupPage, readSnapshotPage } from './snapshot-answers.ts';
import { startsOf } from './starts.ts';

/** What everything that is made here bears, so that its owner finds it. */
const tag: Tag[] = [{ key: 'created-by', value: 'ecs-reboot-planner' }];

/** ECS's snapshots by way of these calls. */
export function openBackups(api: EcsApi, timing: ReadTiming): Backups {
  const read = readsOf(api, timing);
  const start = startsOf(api);

  return {
    async disksOf(regionId, instanceId) {
      const request = { regionId, instanceId, maxResults: idsACall };
      return listed(
        pagesOf(async (nextToken) =>
          readDiskPage(await read(regionId, 'DescribeDisks', { ...request, ...nextToken })),
        ),
      );
    },

    createSnapshot: (regionId, { diskId, name, retentionDays, clientToken }) =>
      start(regionId, 'CreateSnapshot', { diskId, snapshotName: name, retentionDays, clientToken, tag }),

    createSnapshotGroup: (regionId, { instanceId, diskIds, name, clientToken }) =>
      start(regionId, 'CreateSnapshotGroup', {
        regionId,
        instanceId,
        diskId: [...diskIds],
        name,
        clientToken,
        tag,
      }),

    async snapshots(regionId, snapshotIds) {
      const listOf = (ids: string[]): Promise<readonly (readonly [string, SnapshotStatus])[]> => {
        const request = { regionId, snapshotIds: JSON.stringify(ids), maxResults: idsACall };
        return listed(
          pagesOf(async (nextToken) =>
            readSnapshotPage(await read(regionId, 'DescribeSnapshots', { ...request, ...nextToken })),
          ),
        );
      };
      return new Map(await inBatches(snapshotIds, listOf));
    },

    async snapshotGroup(regionId, groupId) {
      const request = { regionId, snapshotGroupId: [groupId], maxResults: idsACall };
      const groups = await listed(
        pagesOf(async (nextToken) =>
          readSnapshotGroupPage(await read(regionId, 'DescribeSnapshotGroups', { ...request, ...nextToken })),
        ),
      );
      const group = groups.find((one) => one.groupId === groupId);
      return group && { status: group.status, snapshotIds: group.snapshotIds };
    },

    async keepFor(regionId, snapshotIds, retentionDays) {
      const failures: string[] = [];
      // Sent like a read, since to repeat it changes nothing; one that is refused must not hold up the others.
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
    },
  };
}

/** The items of all pages. */
async function listed<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}
