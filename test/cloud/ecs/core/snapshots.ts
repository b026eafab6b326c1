// The types of snapshots and snapshot-consistent groups. All times are epoch milliseconds.
import type { Interruption } from './types.ts';

/** The Status of a snapshot, and of a snapshot-consistent group. */
export type SnapshotStatus = 'progressing' | 'accomplished' | 'failed';

/** A snapshot, as an observer sees it. */
export interface SnapshotView {
  readonly id: string;
  readonly diskId: string;
  readonly instanceId: string;
  readonly regionId: string;
  /** The snapshot-consistent group of the snapshot, if any. */
  readonly groupId: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly retentionDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly creationTime: number;
  /** The request id of the call that created it. */
  readonly requestId: string;
  readonly status: SnapshotStatus;
  /** When it was accomplished or failed. */
  readonly endTime: number | undefined;
  /** Why it failed: a script made it fail, or something happened to its instance. */
  readonly failedBecause: 'script' | Interruption | undefined;
}

/** A snapshot-consistent group, as an observer sees it. */
export interface SnapshotGroupView {
  readonly id: string;
  /** Undefined if its disks belong to several instances. */
  readonly instanceId: string | undefined;
  readonly regionId: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly creationTime: number;
  readonly requestId: string;
  readonly snapshotIds: readonly string[];
  readonly status: SnapshotStatus;
}

/** A snapshot as the cloud keeps it. */
export interface Snapshot extends Omit<
  SnapshotView,
  'name' | 'description' | 'retentionDays' | 'status' | 'endTime' | 'failedBecause'
> {
  name: string | undefined;
  description: string | undefined;
  retentionDays: number | undefined;
  readonly order: number;
  /** The type of the disk. The snapshot keeps it after the disk is released. */
  readonly diskType: 'system' | 'data';
  readonly diskSizeGib: number;
  /** When it ends if nothing interrupts it. */
  readonly dueTime: number;
  status: SnapshotStatus;
  endTime: number | undefined;
  failedBecause: SnapshotView['failedBecause'];
}

/** A group as the cloud keeps it. Its status follows from its snapshots. */
export interface SnapshotGroup extends Omit<SnapshotGroupView, 'status' | 'snapshotIds'> {
  readonly order: number;
  readonly snapshots: readonly Snapshot[];
}
