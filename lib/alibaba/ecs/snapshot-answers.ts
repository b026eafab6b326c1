// Reads ECS's answers about disks and snapshots.
import * as v from 'valibot';
import { EcsReadFailed } from '../../failures.ts';
import type { Disk, SnapshotStatus } from '../../ports.ts';
import { faultText } from '../../wording/fault.ts';
import {
  asObject,
  faultsOf,
  nextOf,
  readable,
  readPage,
  text,
  textIfAny,
  token,
  type Page,
} from './answers.ts';

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

const disk = v.object({ DiskId: text, Category: textIfAny, MultiAttach: textIfAny });

/** A status that is not known proves neither success nor failure. */
const status = v.fallback(v.picklist(['accomplished', 'failed', 'progressing']), 'progressing');

const snapshot = v.object({ SnapshotId: text, Status: status });

const group = v.object({
  SnapshotGroupId: text,
  Status: status,
  Snapshots: v.fallback(v.object({ Snapshot: v.array(v.unknown()) }), { Snapshot: [] }),
});

const member = v.object({ SnapshotId: text });

/** "Snapshot-consistent groups support only ESSD series disks (ESSD, ESSD AutoPL, and ESSD Entry)." */
const essdSeries: readonly unknown[] = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry'];

/**
 * Reads a page of DescribeDisks. A disk without an id is not left out: it would get no backup.
 * @throws EcsReadFailed if the answer as a whole is not such a page, or a disk has no id
 */
export function readDiskPage(body: unknown): Page<Disk[]> {
  const page = readPage(diskPage, body, 'DescribeDisks');
  return { items: page.Disks.Disk.map(readDisk), ...nextOf(page.NextToken) };
}

function readDisk(item: unknown): Disk {
  const parsed = v.safeParse(disk, asObject(item));
  if (!parsed.success) {
    const faults = faultsOf(parsed.issues, { DiskId: 'an id' }, 'a disk in ECS');
    throw new EcsReadFailed(faults.map(faultText).join(' '));
  }
  const { DiskId, Category, MultiAttach } = parsed.output;
  // ECS takes no disk into a group that may be attached to several instances.
  return { diskId: DiskId, isEssd: essdSeries.includes(Category) && MultiAttach !== 'Enabled' };
}

/**
 * Reads a page of DescribeSnapshots. A snapshot without an id is left out.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readSnapshotPage(body: unknown): Page<[string, SnapshotStatus][]> {
  const page = readPage(snapshotPage, body, 'DescribeSnapshots');
  const items = readable(snapshot, page.Snapshots.Snapshot).map(
    ({ SnapshotId, Status }): [string, SnapshotStatus] => [SnapshotId, Status],
  );
  return { items, ...nextOf(page.NextToken) };
}

/**
 * Reads a page of DescribeSnapshotGroups. A group without an id is left out.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readSnapshotGroupPage(body: unknown): Page<SnapshotGroup[]> {
  const page = readPage(groupPage, body, 'DescribeSnapshotGroups');
  const items = readable(group, page.SnapshotGroups.SnapshotGroup).map(
    ({ SnapshotGroupId, Status, Snapshots }) => ({
      groupId: SnapshotGroupId,
      status: Status,
      snapshotIds: readable(member, Snapshots.Snapshot).map(({ SnapshotId }) => SnapshotId),
    }),
  );
  return { items, ...nextOf(page.NextToken) };
}
