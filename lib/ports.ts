// What the jobs need of the world. lib/alibaba implements ECS and Tablestore with the real SDKs. Nothing here knows them.
import type { EcsWindow } from './plan/calendar/ecs-window.ts';
import type { Fault } from './plan/fault.ts';
import type { EventReport, EventStatus } from './plan/event.ts';
import type { Instance, InstanceReport } from './plan/instance.ts';
import type { Instant, Milliseconds } from './plan/calendar/instant.ts';
import type { Stamp } from './plan/change.ts';
import type { DeliveryOutcome, Notice } from './plan/notice.ts';
import type { Plan } from './plan/plan.ts';
import type { PlanRead, UnreadablePlan } from './plan/plan-read.ts';
import type { PastPlan } from './plan/planning/past.ts';
import type { Statement } from './plan/statement.ts';
import type { ChannelRecords, NoticeWishes, ToldChange, UntoldRow } from './plan/told.ts';
import type { NeededRight, RightShown } from './plan/right.ts';
import type { RunRecord } from './plan/runs.ts';
import type { Stop } from './plan/stop.ts';

export type { CommandResult } from './plan/command-result.ts';
export type { Backups, Commands, Disk, SnapshotStatus, StartOutcome } from './step-ports.ts';
export type { ChannelRecord, ChannelRecords, UntoldRow } from './plan/told.ts';
export type { NewerPlan, PlanRead, UnreadablePlan } from './plan/plan-read.ts';

/** The outcome of the one call that cannot be taken back. It never throws: every outcome is one of these. */
export type RebootOutcome =
  | { kind: 'accepted'; requestId?: string }
  /** The error code proves that nothing happened. `again` says when another attempt may help. */
  | {
      kind: 'refused';
      again: 'soon' | 'next-minute' | 'never';
      code: string;
      message: string;
      requestId?: string;
    }
  /** Everything else: the restart may have happened. */
  | { kind: 'unknown'; message: string; requestId?: string };

/** The health of an instance, as DescribeInstancesFullStatus reports it. */
export interface Health {
  /** HealthStatus, as in Ok, Warning or Impaired; absent where it cannot be read. */
  status?: string;
  /** Why the status cannot be read. */
  faults: readonly Fault[];
  /** The open events of the instance, of every type. */
  openEventIds: readonly string[];
}

/** The windows that owners set in ECS, as far as they could be read. */
export interface EcsWindows {
  /**
   * By instance. An instance's own window goes before the O&M windows that apply to it. An instance that is neither here nor in
   * `unread` has no window.
   */
  windows: ReadonlyMap<string, EcsWindow>;
  /** Instances whose windows are not known. */
  unread: readonly string[];
  /** Windows, or ids of instances, that cannot be read. */
  faults: readonly Fault[];
  /** Reads that failed: those of instances' own windows, or of O&M windows. */
  failures: readonly { which: 'own' | 'om'; message: string; cause: unknown }[];
}

/** ECS. Reads take any number of ids. They retry, and throw an EcsReadFailed when they give up. */
export interface Ecs {
  /** All events of these types in these statuses. `incomplete` says why a page after the first could not be read. */
  listEvents(
    regionId: string,
    types: readonly string[],
    statuses: readonly EventStatus[],
  ): Promise<EventReport & { incomplete?: string }>;
  /** These events, whatever their status. Events that ECS does not know are left out. */
  eventsById(regionId: string, eventIds: readonly string[]): Promise<EventReport>;
  /** These instances. Instances that ECS does not know are left out. */
  instancesById(regionId: string, instanceIds: readonly string[]): Promise<InstanceReport>;
  /**
   * The instances of the region that ECS does not show Running, whoever stopped them. None that is down from before the call
   * until after it is left out.
   */
  instancesDown(regionId: string): Promise<InstanceReport>;
  /**
   * The windows that owners set in ECS. It never throws: two reads answer, and where one of them fails, what the other one says
   * still counts. No attempt begins later than `giveUpAt`.
   */
  ecsWindows(regionId: string, instances: readonly Instance[], giveUpAt?: Instant): Promise<EcsWindows>;
  /** The health of each instance. Instances that ECS does not list are left out. */
  healthOf(regionId: string, instanceIds: readonly string[]): Promise<ReadonlyMap<string, Health>>;
  /**
   * Waits until one more RebootInstance may be sent in the region. Call it before each one. Where ECS throttles them, it
   * returns at once, with the time until which it does.
   */
  turnToReboot(regionId: string): Promise<Instant | undefined>;
  /** Sends RebootInstance once. No layer repeats it. */
  reboot(regionId: string, instanceId: string): Promise<RebootOutcome>;
}

/** The outcome of a conditional write. `lost`: somebody else wrote first, which is no error. */
export type WriteOutcome =
  | { kind: 'written' }
  | { kind: 'lost' }
  /** Not written, or nobody knows: `message` says why. Read again at the next run. Never repeat it blindly. */
  | { kind: 'failed'; message: string };

/** One plan to write, and the row that it follows; `undefined` where there must be no row. */
export interface PlanWrite {
  plan: Plan;
  from: Plan | undefined;
}

/** The plans in Tablestore. Reads throw a StoreReadFailed when they give up. Writes never throw. */
export interface PlanStore {
  /** The rows of the region whose due_at is `now` or earlier. One range read, and nothing else where there are none. */
  readDue(regionId: string, now: Instant): Promise<readonly PlanRead[]>;
  /**
   * The instances of the region whose rows are not final, or hold a wish of a person about a plan that ended. Found by status, so
   * that a missing due_at hides none.
   */
  unfinishedInstances(regionId: string): Promise<readonly string[]>;
  /** The same, and the instances whose plans ended before this time, in one range read. */
  rowsToSee(
    regionId: string,
    endedBefore: Instant,
  ): Promise<Record<'unfinished' | 'ended', readonly string[]>>;
  /**
   * The rows of the region that are under way, the active ones that record an intent or a step, and those whose pre-command is
   * still to be undone, whatever their status.
   */
  readUnderWay(regionId: string): Promise<readonly PlanRead[]>;
  /**
   * The rows of the region that ended without being Avoided although a restart may have been sent, and those that replaced
   * such a row.
   */
  readUnproven(regionId: string): Promise<readonly PlanRead[]>;
  /**
   * The rows of the region whose instances ended a restart of ours at this time or later. It may be that of an earlier plan,
   * whose row the plan replaced.
   */
  readRestartedSince(regionId: string, since: Instant): Promise<readonly Plan[]>;
  /** What is stopped, in every region. One range read. */
  readStops(): Promise<readonly Stop[]>;
  /** The regions that have rows, with one read for each. */
  regionsWithRows(): Promise<readonly string[]>;
  /** The plans of these instances in the history. Instances without one are left out. */
  readPast(instanceIds: readonly string[]): Promise<ReadonlyMap<string, readonly PastPlan[]>>;
  /** The rows of these instances, a hundred per call. Instances without a row are left out. */
  readByInstance(regionId: string, instanceIds: readonly string[]): Promise<readonly PlanRead[]>;
  /** Writes each plan on the condition that its row is still as `from` says. Outcomes in the order given. */
  writeAll(writes: readonly PlanWrite[]): Promise<readonly WriteOutcome[]>;
  /** The same for one plan, with one UpdateRow. */
  write(write: PlanWrite): Promise<WriteOutcome>;
  /** Sets an unreadable row to Escalated, with this reason, also in its timeline. Its other columns stay as they are. */
  escalateUnreadable(row: UnreadablePlan, reason: Statement, stamp: Stamp): Promise<WriteOutcome>;
  /** What the functions recorded of their runs. One range read. */
  readRuns(): Promise<readonly RunRecord[]>;
  /** Records runs, in one call that is tried once. What a record does not say stays as it was. A good end takes `failure` away. */
  recordRuns(runs: readonly RunRecord[]): Promise<readonly WriteOutcome[]>;
  /** Copies plans to the history, once a restart was sent and when they end. A later copy replaces an earlier one. */
  archive(plans: readonly Plan[]): Promise<readonly WriteOutcome[]>;
  /** Takes the rows of these plans away, where they are still as they were read. Outcomes in the order given. */
  remove(plans: readonly Plan[]): Promise<readonly WriteOutcome[]>;
}

/** A place that notices go to. */
export interface Channel {
  /** As in `dingtalk-3f2a91c0`, for rows and logs. It holds no secret, and stays the same as long as the URL does. */
  name: string;
  /** Sends the notice once, in at most five seconds. No layer repeats it. It never throws. */
  tell(notice: Notice): Promise<DeliveryOutcome>;
}

/** What came of a claim. `taken`: another run tells now. `failed`: nobody knows. */
export type NoticeClaim =
  { kind: 'claimed'; records: ChannelRecords } | { kind: 'taken' } | { kind: 'failed'; message: string };

/** Where runs keep what was told, and to whom. Reads throw a StoreReadFailed when they give up. Writes never throw. */
export interface NoticeBoard {
  /** The rows of all regions with news that somebody may not have been told. One range read. */
  readUntold(): Promise<readonly UntoldRow[]>;
  /** What is known of the channels. */
  readRecords(): Promise<ChannelRecords>;
  /** Makes this run the only one that tells, until this time, so that nobody is told twice. */
  claim(until: Instant): Promise<NoticeClaim>;
  /** Ends the claim, with what is known now. */
  release(records: ChannelRecords): Promise<WriteOutcome>;
  /**
   * Adds what was told to each row, and takes its mark away where nothing is left to tell: `isDone`. It touches no column of
   * the plan. Outcomes in the order given.
   */
  recordTold(changes: readonly ToldChange[]): Promise<readonly WriteOutcome[]>;
}

/** Who is told, and how. `deadline`: when the invocation ends. */
export interface Telling extends NoticeWishes {
  channels: readonly Channel[];
  board: NoticeBoard;
  deadline: Instant;
}

/** Asks once whether a role has a right. It changes nothing, and never throws. */
export interface Probe extends NeededRight {
  ask: () => Promise<RightShown>;
}

/** Time. */
export interface Clock {
  now(): Instant;
  sleep(ms: Milliseconds): Promise<void>;
}

/** Structured log lines, for people and for queries. A field `error` holds what was thrown: the line shows its stack. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}
