// What the jobs need of the world. lib/alibaba implements the first two with the real SDKs; nothing here knows them.
import type { EcsWindow } from './plan/calendar/ecs-window.ts';
import type { EventReport, EventStatus } from './plan/event.ts';
import type { Fault } from './plan/fault.ts';
import type { Instance } from './plan/instance.ts';
import type { Instant, Milliseconds } from './plan/calendar/instant.ts';
import type { Plan } from './plan/plan.ts';

/** What came of the one call that cannot be taken back. Never thrown: every outcome is one of these. */
export type RebootOutcome =
  | { kind: 'accepted'; requestId?: string }
  /** ECS's error code proves that nothing happened. `again` says whether another attempt may help. */
  | {
      kind: 'refused';
      again: 'soon' | 'next-minute' | 'never';
      code: string;
      message: string;
      requestId?: string;
    }
  /** Everything else: it may have happened. */
  | { kind: 'unknown'; message: string; requestId?: string };

/**
 * ECS. Reads retry by themselves and throw an EcsReadFailed when they give up; they take any number of ids and batch
 * them.
 */
export interface Ecs {
  /** All events of these types in these statuses. A page that fails part of the way leaves `incomplete`. */
  listEvents(
    regionId: string,
    types: readonly string[],
    statuses: readonly EventStatus[],
  ): Promise<EventReport & { incomplete?: string }>;
  /** These events, whatever their status. ECS leaves out the ones that it does not know. */
  eventsById(regionId: string, eventIds: readonly string[]): Promise<EventReport>;
  /** These instances. ECS leaves out the ones that it does not know. */
  instancesById(regionId: string, instanceIds: readonly string[]): Promise<readonly Instance[]>;
  /**
   * The windows that owners set in ECS for these instances. Instances without one are left out. An instance's own window
   * goes before the O&M windows that apply to it. A window that cannot be read counts as none and is in `faults`.
   */
  ecsWindows(
    regionId: string,
    instances: readonly Instance[],
  ): Promise<{ windows: ReadonlyMap<string, EcsWindow>; faults: readonly Fault[] }>;
  /** ECS's word on the health of each of these instances, as in OK or Impaired; those without one are left out. */
  healthOf(regionId: string, instanceIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * To be asked before each RebootInstance: waits until one more may be sent in the region. Where ECS throttles them it
   * waits for nothing, and tells until when.
   */
  turnToReboot(regionId: string): Promise<Instant | undefined>;
  /** Sends RebootInstance once, without any repetition at any layer. */
  reboot(regionId: string, instanceId: string): Promise<RebootOutcome>;
}

/**
 * What came of a call that starts something. Never thrown. Repeating it with the same `clientToken`, any text, has no second
 * effect.
 */
export type StartOutcome =
  | { kind: 'started'; id: string; requestId?: string }
  /** ECS's error code proves that nothing was started. `soon`: another attempt may help. */
  | { kind: 'refused'; again: 'soon' | 'never'; code: string; message: string; requestId?: string }
  /** Everything else: it may have been. Ask again with the same token. */
  | { kind: 'unknown'; message: string };

/** A disk of an instance. */
export interface Disk {
  diskId: string;
  /** True where ECS can take it into a consistent group of snapshots: the ESSD series. */
  isEssd: boolean;
}

export type SnapshotStatus = 'progressing' | 'accomplished' | 'failed';

/** ECS's snapshots. Reads retry by themselves and throw an EcsReadFailed when they give up. */
export interface Backups {
  /** The disks of an instance, by id. */
  disksOf(regionId: string, instanceId: string): Promise<readonly Disk[]>;
  /** Starts a snapshot of one disk; the id is the snapshot's. */
  createSnapshot(
    regionId: string,
    request: { diskId: string; name: string; retentionDays: number; clientToken: string },
  ): Promise<StartOutcome>;
  /** Starts one consistent snapshot of several disks; the id is the group's. ECS knows no retention days here. */
  createSnapshotGroup(
    regionId: string,
    request: { instanceId: string; diskIds: readonly string[]; name: string; clientToken: string },
  ): Promise<StartOutcome>;
  /** The status of each snapshot that ECS knows of these. */
  snapshots(regionId: string, snapshotIds: readonly string[]): Promise<ReadonlyMap<string, SnapshotStatus>>;
  /** The group's status and its members; undefined where ECS knows of none. */
  snapshotGroup(
    regionId: string,
    groupId: string,
  ): Promise<{ status: SnapshotStatus; snapshotIds: readonly string[] } | undefined>;
  /** Says for how many days these snapshots are kept; to repeat it changes nothing. Throws an EcsReadFailed. */
  keepFor(regionId: string, snapshotIds: readonly string[], retentionDays: number): Promise<void>;
}

/** What became of a command. */
export type CommandResult =
  | { kind: 'running' }
  /** Over. `isSuccess` only for exit code 0. */
  | {
      kind: 'over';
      isSuccess: boolean;
      /** ECS's word: Success, Failed, Timeout, Error, Aborted … */
      status: string;
      /** Absent where the command did not end by itself. */
      exitCode?: number;
      /** The end of what it printed, decoded. */
      output: string;
      /** ECS's own words, where it has any. */
      error?: string;
    };

/** Cloud Assistant. */
export interface Commands {
  /** Runs a command, by its id, on one instance; the id is the invocation's. */
  invoke(
    regionId: string,
    request: { instanceId: string; commandId: string; timeoutMs: Milliseconds; clientToken: string },
  ): Promise<StartOutcome>;
  /** How it went; `running` also where ECS does not know yet. Throws an EcsReadFailed. */
  resultOf(regionId: string, request: { invokeId: string; instanceId: string }): Promise<CommandResult>;
}

/** A row as read. Rows that people edited into nonsense are data too. */
export type PlanRead =
  | {
      kind: 'plan';
      plan: Plan;
      /** False where the row's due_at is not the one that the plan implies: somebody edited the row. */
      isDueAtRight: boolean;
    }
  | UnreadablePlan;

/** A row that cannot be read as a plan. */
export interface UnreadablePlan {
  kind: 'unreadable';
  regionId: string;
  instanceId: string;
  /** One sentence a column: its name, its value and what was expected. */
  faults: readonly string[];
  /** True where the row records an intent: RebootInstance may have been sent. */
  mayHaveSent: boolean;
  /** The columns as they stand, where they have text. */
  status?: string;
  group?: string;
  /** The columns that a write is made conditional on. */
  seen: { version?: number; status?: string };
}

/** The result of a conditional write. `lost`: somebody else wrote first, which is no error. */
export type WriteOutcome =
  | { kind: 'written' }
  | { kind: 'lost' }
  /** Not applied, or not known to be: `message` says why. Look again at the next tick; never repeat it blindly. */
  | { kind: 'failed'; message: string };

/** One plan to write, and the row that it follows from; `undefined` where there must be none yet. */
export interface PlanWrite {
  plan: Plan;
  from: Plan | undefined;
}

/** The plans in Tablestore. Reads throw a StoreReadFailed when they give up; writes never throw. */
export interface PlanStore {
  /** Rows of the region whose due_at is `now` or earlier: one range read, and nothing else where there are none. */
  readDue(regionId: string, now: Instant): Promise<readonly PlanRead[]>;
  /** The instances of the region whose rows are not finished, found by status, so that a lost due_at hides none. */
  unfinishedInstances(regionId: string): Promise<readonly string[]>;
  /** The rows of the region that are under way, or that record an intent and may be. */
  readUnderWay(regionId: string): Promise<readonly PlanRead[]>;
  /** The rows of these instances, a hundred a call; those without a row are left out. */
  readByInstance(regionId: string, instanceIds: readonly string[]): Promise<readonly PlanRead[]>;
  /** Writes each plan on the condition that its row still is as `from` says. Outcomes in the order given. */
  writeAll(writes: readonly PlanWrite[]): Promise<readonly WriteOutcome[]>;
  /** The same for one plan, as one UpdateRow. */
  write(write: PlanWrite): Promise<WriteOutcome>;
  /** Sets an unreadable row to Escalated with the reason, and leaves its other columns as they are. */
  escalateUnreadable(row: UnreadablePlan, reason: string, at: Instant): Promise<WriteOutcome>;
  /** Copies finished plans to the history. Repeating it changes nothing. */
  archive(plans: readonly Plan[]): Promise<readonly WriteOutcome[]>;
}

/** Time. */
export interface Clock {
  now(): Instant;
  sleep(ms: Milliseconds): Promise<void>;
}

/** Structured log lines, for people and for queries. A field `error` holds what was thrown, to be told with its stack. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}
