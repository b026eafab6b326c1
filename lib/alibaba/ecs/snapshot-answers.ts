// Reads ECS's answers about disks and snapshots, which are not trusted.
import * as v from 'valibot';
import { EcsReadFailed } from '../../failures.ts';
import type { Disk, SnapshotStatus } from '../../ports.ts';
import { fault, fieldsOf, nextOf, readPage, textOf, token, type Page } from './answers.ts';

/** A snapshot-consistent group. */
export interface SnapshotGroup {
  groupId: string;
  status: SnapshotStatus;
  snapshotIds: readonly string[];
}

const diskPage = v.object({ Disks: v.object({ Disk: v.array(v.unknown()) }), NextToken: token });

const snapshotPage = v.object({
  Snapshots: v.object({ Snapshot: v.array(v.unknown()) }),
  NextToken: token,
});

const groupPage = v.object({
  SnapshotGroups: v.object({ SnapshotGroup: v.array(v.unknown()) }),
  NextToken: token,
});

/** "Snapshot-consistent groups support only ESSD series disks (ESSD, ESSD AutoPL, and ESSD Entry)." */
const essdSeries: readonly unknown[] = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry'];

/**
 * Reads a page of DescribeDisks. A disk that cannot be named is none to pass over: it would lack its backup.
 * @throws EcsReadFailed where the answer, or a disk in it, is not one
 */
export function readDiskPage(body: unknown): Page<Disk[]> {
  const page = readPage(diskPage, body, 'DescribeDisks');
  const items = page.Disks.Disk.map((item) => {
    const { DiskId, Category, MultiAttach } = fieldsOf(item);
    const diskId = textOf(DiskId);
    if (diskId === undefined) {
      throw new EcsReadFailed(`A disk of ECS cannot be read: ${fault('DiskId', DiskId, 'an id')}.`);
    }
    // ECS takes no disk into a group that may be attached to several instances.
    return { diskId, isEssd: essdSeries.includes(Category) && MultiAttach !== 'Enabled' };
  });
  return { items, ...nextOf(page.NextToken) };
}

/**
 * Reads a page of DescribeSnapshots. A snapshot without an id is left out.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readSnapshotPage(body: unknown): Page<[string, SnapshotStatus][]> {
  const page = readPage(snapshotPage, body, 'DescribeSnapshots');
  const items = page.Snapshots.Snapshot.flatMap((item): [string, SnapshotStatus][] => {
    const { SnapshotId, Status } = fieldsOf(item);
    const id = textOf(SnapshotId);
    return id === undefined ? [] : [[id, statusOf(Status)]];
  });
  return { items, ...nextOf(page.NextToken) };
}

/**
 * Reads a page of DescribeSnapshotGroups. A group without an id is left out.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readSnapshotGroupPage(body: unknown): Page<SnapshotGroup[]> {
  const page = readPage(groupPage, body, 'DescribeSnapshotGroups');
  const items = page.SnapshotGroups.SnapshotGroup.flatMap((item): SnapshotGroup[] => {
    const { SnapshotGroupId, Status, Snapshots } = fieldsOf(item);
    const groupId = textOf(SnapshotGroupId);
    if (groupId === undefined) return [];
    const members = fieldsOf(Snapshots)['Snapshot'];
    const ids = (Array.isArray(members) ? members : []).map((member) =>
      textOf(fieldsOf(member)['SnapshotId']),
    );
    return [{ groupId, status: statusOf(Status), snapshotIds: ids.filter((id) => id !== undefined) }];
  });
  return { items, ...nextOf(page.NextToken) };
}

/** A word that nobody knows proves neither success nor failure. */
function statusOf(value: unknown): SnapshotStatus {
  return value === 'accomplished' || value === 'failed' ? value : 'progressing';
}
