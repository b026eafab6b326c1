// What the steps of a plan need of the world: ECS's snapshots and Cloud Assistant. A part of ports.ts.
import type { Milliseconds } from './plan/calendar/instant.ts';
import type { CommandResult } from './plan/command-result.ts';

/** The outcome of a call that starts something. It never throws. A repetition with the same `clientToken` has no effect. */
export type StartOutcome =
  | { kind: 'started'; id: string; requestId?: string }
  /** The error code proves that nothing was started. `soon`: another attempt may help. */
  | { kind: 'refused'; again: 'soon' | 'never'; code: string; message: string; requestId?: string }
  /** Everything else: it may have started. Ask again with the same token. */
  | { kind: 'unknown'; message: string };

/** A disk of an instance. */
export interface Disk {
  diskId: string;
  /** True where ECS takes it into a consistent group of snapshots: the ESSD series. */
  isEssd: boolean;
}

/** The state of a snapshot, or of a consistent group of them. */
export type SnapshotStatus = 'progressing' | 'accomplished' | 'failed';

/** ECS's snapshots. Reads retry, and throw an EcsReadFailed when they give up. */
export interface Backups {
  /** The disks of an instance. */
  disksOf(regionId: string, instanceId: string): Promise<readonly Disk[]>;
  /** Starts a snapshot of one disk. The id is that of the snapshot. */
  createSnapshot(
    regionId: string,
    request: { diskId: string; name: string; retentionDays: number; clientToken: string },
  ): Promise<StartOutcome>;
  /** Starts one consistent snapshot of several disks. The id is that of the group. ECS takes no retention days here. */
  createSnapshotGroup(
    regionId: string,
    request: { instanceId: string; diskIds: readonly string[]; name: string; clientToken: string },
  ): Promise<StartOutcome>;
  /** The status of each snapshot that ECS knows of these. */
  snapshots(regionId: string, snapshotIds: readonly string[]): Promise<ReadonlyMap<string, SnapshotStatus>>;
  /** The status and the members of a group. Undefined where ECS does not know the group. */
  snapshotGroup(
    regionId: string,
    groupId: string,
  ): Promise<{ status: SnapshotStatus; snapshotIds: readonly string[] } | undefined>;
  /** Sets for how many days these snapshots are kept. Repeating it changes nothing. Throws an EcsReadFailed. */
  keepFor(regionId: string, snapshotIds: readonly string[], retentionDays: number): Promise<void>;
}

/** Cloud Assistant. */
export interface Commands {
  /** Runs a command, by its id, on one instance. The id of the outcome is that of the invocation. */
  invoke(
    regionId: string,
    request: { instanceId: string; commandId: string; timeoutMs: Milliseconds; clientToken: string },
  ): Promise<StartOutcome>;
  /** The result; `running` also where ECS does not know the invocation yet. Throws an EcsReadFailed. */
  resultOf(regionId: string, request: { invokeId: string; instanceId: string }): Promise<CommandResult>;
}
