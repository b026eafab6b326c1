// The words of disks. Every disk is attached to the instance that it was added with, and released with it.

/** A disk's Status; those that are attached to no instance are not built, so Available is none of them. */
export type DiskStatus = 'In_use' | 'Attaching' | 'Detaching' | 'Creating' | 'ReIniting';

/** A disk of an instance to be added; what is left out gets a plain value. */
export interface DiskSpec {
  id?: string;
  /** cloud_essd unless said otherwise; any text is taken. */
  category?: string;
  /** system for the first one, data for the others, unless said otherwise. */
  type?: 'system' | 'data';
  /** In_use unless said otherwise. */
  status?: DiskStatus;
  /** 40 unless said otherwise. */
  sizeGib?: number;
  /** How long a snapshot of it takes; the core's option unless said otherwise. */
  snapshotMs?: number;
}

/** What an observer sees of a disk. */
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
  /** /dev/xvda, /dev/xvdb, … in the order in which they were added to the instance. */
  readonly device: string;
  readonly snapshotMs: number | undefined;
  /** How many snapshots to come are to fail by themselves. */
  failures: number;
}
