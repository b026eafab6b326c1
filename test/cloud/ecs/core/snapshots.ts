// The words of snapshots and snapshot-consistent groups. All times are epoch milliseconds.
import type { Interruption } from './types.ts';

/** The Status of a snapshot, and of a snapshot-consistent group. */
export type SnapshotStatus = 'progressing' | 'accomplished' | 'failed';

/** What an observer sees of a snapshot. */
export interface SnapshotView {
  readonly id: string;
  readonly diskId: string;
  readonly instanceId: string;
  readonly regionId: string;
  /** The snapshot-consistent group that it belongs to. */
  readonly groupId: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly retentionDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly creationTime: number;
  /** The call that made it. */
  readonly requestId: string;
  readonly status: SnapshotStatus;
  /** When it was accomplished or failed. */
  readonly endTime: number | undefined;
  /** Why it failed: a script said so, or what happened to its instance. */
  readonly failedBecause: 'script' | Interruption | undefined;
}

/** What an observer sees of a snapshot-consistent group. */
export interface SnapshotGroupView {
  readonly id: string;
  /** Undefined where its disks are those of several instances. */
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
  /** The disk's, kept even when it is released. */
  readonly diskType: 'system' | 'data';
  readonly diskSizeGib: number;
  /** When it will end, if nothing comes between. */
  readonly dueTime: number;
  status: SnapshotStatus;
  endTime: number | undefined;
  failedBecause: SnapshotView['failedBecause'];
}

/** A group as the cloud keeps it: its status is that of its snapshots. */
export interface SnapshotGroup extends Omit<SnapshotGroupView, 'status' | 'snapshotIds'> {
  readonly order: number;
  readonly snapshots: readonly Snapshot[];
}
