// The types of the local ECS: instances, system events, and what a script can make happen to them. All times are epoch
// milliseconds. answers.ts converts them to the API's text.
import type { DiskSpec } from './disks.ts';
import type { Nature } from './nature.ts';

/** The status of an instance. `Released` is only in the record, never in an answer. */
export type InstanceStatus = 'Pending' | 'Running' | 'Starting' | 'Stopping' | 'Stopped' | 'Released';

/** EventCycleStatus.Name. */
export type CycleStatus =
  'Inquiring' | 'Scheduled' | 'Executing' | 'Executed' | 'Avoided' | 'Canceled' | 'Failed';

/** Who changed an instance: a RebootInstance call, its owner through another API call, its guest system, or ECS. */
export type Cause = 'api' | 'owner' | 'guest' | 'ecs';

/** What happened to an instance and ended a snapshot or a run of a command early. */
export type Interruption = `${'restart' | 'stop' | 'start' | 'release'} by ${Cause}`;

/** Fields that replace the same fields in the JSON of an answer. Undefined removes the field. */
export type Override = Readonly<Record<string, unknown>>;

/** An instance to add. */
export interface InstanceSpec {
  id?: string;
  regionId: string;
  zoneId?: string;
  name?: string;
  tags?: Readonly<Record<string, string>>;
  /** Default: Running. */
  status?: Exclude<InstanceStatus, 'Released'>;
  /** A fixed HealthStatus. Default: derived from the boot and the events of the instance. */
  healthStatus?: string;
  /** Default: a plain instance. */
  nature?: Nature;
  /** The id of its Auto Scaling group. Becomes the tag acs:autoscaling:scalingGroupId. */
  scalingGroupId?: string;
  /** Lock reasons: `financial`, `security`, `recycling`, … */
  operationLocks?: readonly string[];
  startTime?: number;
  creationTime?: number;
  privateIpAddress?: string;
  publicIpAddress?: string;
  deploymentSetId?: string;
  resourceGroupId?: string;
  instanceType?: string;
  /** The window that ModifyInstanceMaintenanceAttributes sets. Default: none. */
  maintenanceWindow?: TimeRange;
  /** Default: one system disk. */
  disks?: readonly DiskSpec[];
  /** Whether the Cloud Assistant agent runs on it. Default: true. */
  cloudAssistant?: boolean;
  override?: Override;
  /** The override of its item in DescribeInstanceMaintenanceAttributes. */
  maintenanceOverride?: Override;
  /** The override of its item in DescribeInstancesFullStatus. */
  fullStatusOverride?: Override;
}

/** A range of wall time in the format of the API: `02:00:00`, `22:00`, or `Monday,22:00`. */
export interface TimeRange {
  start: string;
  end: string;
}

/** An O&M window to add. */
export interface PlanMaintenanceWindowSpec {
  id?: string;
  name?: string;
  /** Default: true. */
  enable?: boolean;
  /** Default: `Reboot`. */
  supportMaintenanceAction?: string;
  target: { tags: Readonly<Record<string, string>> } | { resourceGroupId: string };
  /** In UTC. */
  period: { unit: 'Daily' | 'Weekly'; ranges: readonly TimeRange[] };
  createTime?: number;
  override?: Override;
}

/** An O&M window, as an observer sees it. */
export type PlanMaintenanceWindowView = Readonly<
  Required<Pick<PlanMaintenanceWindowSpec, 'id' | 'enable' | 'target' | 'period'>>
> & {
  /** When it was last switched on or off. */
  readonly modifiedTime: number;
};

/** A system event to add. */
export interface EventSpec {
  id?: string;
  instanceId: string;
  /** Default: SystemMaintenance.Reboot. Any text is accepted. */
  type?: string;
  /** When ECS carries it out. Cut to whole seconds. No answer shows it while the event is Inquiring. */
  notBefore: number;
  /** When the event is published. Default: at once. A past time backdates the event. */
  publishAt?: number;
  /** Default: Scheduled, or Executing for a failure that has already happened. */
  status?: CycleStatus;
  /** For an event that is added in a final status. */
  finishTime?: number;
  /** True: a restart does not answer this event. It stays Scheduled, and ECS carries it out at NotBefore. */
  neverAvoided?: boolean;
  /** Time from Running again to Avoided. Default: the core's option. */
  avoidedAfterMs?: number;
  /** Created by CreateSimulatedSystemEvents: ECS does nothing at NotBefore. */
  simulated?: boolean;
  /** TriggerRealOps: ECS carries out this simulated event. */
  realOps?: boolean;
  /** Like ReasonCode and ImpactLevel: by default absent from about half of the events. */
  reason?: string;
  reasonCode?: string;
  /** The API uses both forms: a number and a string. */
  impactLevel?: number | string;
  extendedAttribute?: Readonly<Record<string, unknown>>;
  override?: Override;
}

/** What a script can make happen. Nothing happens if the event has ended or the instance is released by then. */
export type Happening =
  | { kind: 'event-ended'; eventId: string; status: 'Canceled' | 'Failed' | 'Avoided' | 'Executed' }
  | { kind: 'event-moved'; eventId: string; notBefore: number }
  | { kind: 'event-accepted'; eventId: string }
  | { kind: 'event-overridden'; eventId: string; override: Override }
  /** A restart through the API answers the events. A restart in the guest does not. */
  | { kind: 'instance-restarted'; instanceId: string; through: 'api' | 'guest' }
  | { kind: 'instance-stopped'; instanceId: string }
  | { kind: 'instance-started'; instanceId: string }
  | { kind: 'instance-released'; instanceId: string }
  | { kind: 'instance-locked'; instanceId: string; reasons: readonly string[] }
  /** Undefined: derived again from the boot and the events. */
  | { kind: 'instance-health'; instanceId: string; healthStatus: string | undefined }
  /** Switches its inconveniences. The new nature replaces the old one. */
  | { kind: 'instance-nature'; instanceId: string; nature: Nature }
  | { kind: 'instance-overridden'; instanceId: string; override: Override }
  | { kind: 'full-status-overridden'; instanceId: string; override: Override }
  /** Sets or removes the instance's own maintenance window. */
  | { kind: 'instance-window-set'; instanceId: string; window: TimeRange | undefined }
  | { kind: 'plan-window-switched'; planWindowId: string; enable: boolean }
  | { kind: 'instance-assistant'; instanceId: string; running: boolean }
  /** The next snapshot of the disk fails at the time when it should be accomplished. */
  | { kind: 'snapshot-fails'; diskId: string };

/** How the cloud behaves. All durations are in milliseconds. */
export interface EcsOptions {
  /** The time of Stopping and of Starting in a restart. Not published. Typical values for a Linux instance. */
  stopMs: number;
  startMs: number;
  /** The time of Stopping with ForceStop. */
  forceStopMs: number;
  /** Time from Running again to Avoided. Published only as "a few seconds". */
  avoidedAfterMs: number;
  /** How long an event is Executing if it does nothing to the instance. */
  executionMs: number;
  /** Each duration changes by up to this share of itself, depending on instance and seed. 0 for none. */
  jitter: number;
  /** The regions that exist. */
  regions: readonly string[];
  /** Throttling: the number of calls per minute, region and action. Default: no limit. */
  callsPerMinute?: number | Readonly<Record<string, number>>;
  /** The number of open simulated events that an account may have. The real limit is not published. */
  simulatedEventLimit: number;
  /** How long a snapshot takes. Not published. In reality minutes, depending on the amount of data. */
  snapshotMs: number;
  /** The number of manual snapshots per disk, without failed ones. CreateSnapshot documents 256. */
  snapshotsPerDisk: number;
  /** The time from InvokeCommand to Running on the instance, and from Running to the end. */
  sendCommandMs: number;
  commandMs: number;
  /** The time from Running to the start of the Cloud Assistant agent. Earlier commands wait for the agent. */
  assistantAfterMs: number;
  /** What InvokeCommand does if an instance is not Running. Both are documented, so callers must handle both. */
  commandToStopped: 'refused' | 'aborted';
}

/** An instance, as an observer sees it. */
export interface InstanceView {
  readonly id: string;
  readonly regionId: string;
  readonly zoneId: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly status: InstanceStatus;
  readonly healthStatus: string;
  readonly operationLocks: readonly string[];
  readonly startTime: number;
  readonly creationTime: number;
  readonly privateIpAddress: string;
  readonly publicIpAddress: string | undefined;
  readonly deploymentSetId: string | undefined;
  readonly resourceGroupId: string | undefined;
  readonly maintenanceWindow: TimeRange | undefined;
  readonly instanceType: string;
  readonly cloudAssistant: boolean;
  readonly nature: Readonly<Nature>;
  /** The number of restarts that started so far, per cause. */
  readonly restarts: Readonly<Record<Cause, number>>;
}

/** A published event, as an observer sees it. */
export interface EventView {
  readonly id: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly type: string;
  readonly status: CycleStatus;
  readonly notBefore: number;
  readonly initialNotBefore: number;
  readonly publishTime: number;
  readonly finishTime: number | undefined;
  readonly simulated: boolean;
}
