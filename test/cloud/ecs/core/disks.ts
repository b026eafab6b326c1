// The types of disks. Every disk is attached to the instance that it was added with, and released with it.

/** The Status of a disk. Available is missing, because disks without an instance are not implemented. */
export type DiskStatus = 'In_use' | 'Attaching' | 'Detaching' | 'Creating' | 'ReIniting';

/** A disk of an instance to add. */
export interface DiskSpec {
  id?: string;
  /** Default: cloud_essd. Any text is accepted. */
  category?: string;
  /** Default: system for the first disk, data for the others. */
  type?: 'system' | 'data';
  /** Default: In_use. */
  status?: DiskStatus;
  /** Default: 40. */
  sizeGib?: number;
  /** The duration of its snapshots. Default: the core's option. */
  snapshotMs?: number;
}

/** A disk, as an observer sees it. */
export interface DiskView {
  readonly id: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly zoneId: string;
  readonly category: string;
  readonly type: 'system' | 'data';
  readonly status: DiskStatus;
  readonly sizeGib: number;
}

/** A disk as the cloud keeps it. */
export interface Disk extends DiskView {
  readonly order: number;
  readonly creationTime: number;
  /** /dev/xvda, /dev/xvdb, … in the order in which the instance got its disks. */
  readonly device: string;
  readonly snapshotMs: number | undefined;
  /** The number of future snapshots that fail by themselves. */
  failures: number;
}
