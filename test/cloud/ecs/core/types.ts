// The words of the local ECS: instances, system events, and what a script may let happen to them.
// All times are epoch milliseconds; the API's text forms are made in answers.ts.
import type { DiskSpec } from './disks.ts';

/** An instance's life cycle; `Released` is never answered, it stands in the record only. */
export type InstanceStatus = 'Pending' | 'Running' | 'Starting' | 'Stopping' | 'Stopped' | 'Released';

/** EventCycleStatus.Name. */
export type CycleStatus =
  'Inquiring' | 'Scheduled' | 'Executing' | 'Executed' | 'Avoided' | 'Canceled' | 'Failed';

/** Who changed an instance: a RebootInstance call, its owner by other means of the API, its guest system, or ECS. */
export type Cause = 'api' | 'owner' | 'guest' | 'ecs';

/** What happened to an instance and put an early end to a snapshot or a command. */
export type Interruption = `${'restart' | 'stop' | 'start' | 'release'} by ${Cause}`;

/** Fields that replace those of an answer's JSON; a field set to undefined is left out of the answer. */
export type Override = Readonly<Record<string, unknown>>;

/** An instance to be added; what is left out gets a plain value. */
export interface InstanceSpec {
  id?: string;
  regionId: string;
  zoneId?: string;
  name?: string;
  tags?: Readonly<Record<string, string>>;
  /** Running unless said otherwise. */
  status?: Exclude<InstanceStatus, 'Released'>;
  /** OK unless said otherwise. */
  healthStatus?: string;
  /** Lock reasons: `financial`, `security`, `recycling`, … */
  operationLocks?: readonly string[];
  startTime?: number;
  creationTime?: number;
  privateIpAddress?: string;
  publicIpAddress?: string;
  deploymentSetId?: string;
  resourceGroupId?: string;
  instanceType?: string;
  /** Its own window, as ModifyInstanceMaintenanceAttributes sets it; none unless given. */
  maintenanceWindow?: TimeRange;
  /** One system disk unless said otherwise. */
  disks?: readonly DiskSpec[];
  /** Whether the Cloud Assistant agent runs on it; it does unless said otherwise. */
  cloudAssistant?: boolean;
  override?: Override;
  /** The same for its item of DescribeInstanceMaintenanceAttributes. */
  maintenanceOverride?: Override;
}

/** A range of wall time in the API's words: `02:00:00`, `22:00`, or `Monday,22:00`. */
export interface TimeRange {
  start: string;
  end: string;
}

/** An O&M window to be added; what is left out gets a plain value. */
export interface PlanMaintenanceWindowSpec {
  id?: string;
  name?: string;
  /** True unless said otherwise. */
  enable?: boolean;
  /** `Reboot` unless said otherwise. */
  supportMaintenanceAction?: string;
  target: { tags: Readonly<Record<string, string>> } | { resourceGroupId: string };
  /** In UTC. */
  period: { unit: 'Daily' | 'Weekly'; ranges: readonly TimeRange[] };
  createTime?: number;
  override?: Override;
}

/** A system event to be added; what is left out gets a plain value. */
export interface EventSpec {
  id?: string;
  instanceId: string;
  /** SystemMaintenance.Reboot unless said otherwise; any text is taken. */
  type?: string;
  /** When ECS carries it out by itself; whole seconds, the rest is cut off. */
  notBefore: number;
  /** When it shows up; at once unless said otherwise. A moment that has passed dates the event back. */
  publishAt?: number;
  /** Scheduled unless said otherwise (Executing for a failure that has struck). */
  status?: CycleStatus;
  /** For an event that is added in a final status. */
  finishTime?: number;
  /** A restart does not answer this event: it stays Scheduled, and is carried out at NotBefore. */
  neverAvoided?: boolean;
  /** From Running again to Avoided; the core's option unless said otherwise. */
  avoidedAfterMs?: number;
  /** Made by CreateSimulatedSystemEvents: nothing is done at NotBefore. */
  simulated?: boolean;
  /** TriggerRealOps: a simulated event that is carried out all the same. */
  realOps?: boolean;
  reason?: string;
  reasonCode?: string;
  /** The API has both forms: a number and a text. */
  impactLevel?: number | string;
  extendedAttribute?: Readonly<Record<string, unknown>>;
  override?: Override;
}

/** What a script may let happen at a moment. What no longer applies by then (an ended event, a gone instance) is passed over. */
export type Happening =
  | { kind: 'event-ended'; eventId: string; status: 'Canceled' | 'Failed' | 'Avoided' | 'Executed' }
  | { kind: 'event-moved'; eventId: string; notBefore: number }
  | { kind: 'event-accepted'; eventId: string }
  | { kind: 'event-overridden'; eventId: string; override: Override }
  /** Through the API the events are answered, in the guest they are not. */
  | { kind: 'instance-restarted'; instanceId: string; through: 'api' | 'guest' }
  | { kind: 'instance-stopped'; instanceId: string }
  | { kind: 'instance-started'; instanceId: string }
  | { kind: 'instance-released'; instanceId: string }
  | { kind: 'instance-locked'; instanceId: string; reasons: readonly string[] }
  | { kind: 'instance-health'; instanceId: string; healthStatus: string }
  | { kind: 'instance-overridden'; instanceId: string; override: Override }
  /** Its own maintenance window is set, or taken away. */
  | { kind: 'instance-window-set'; instanceId: string; window: TimeRange | undefined }
  | { kind: 'plan-window-switched'; planWindowId: string; enable: boolean }
  | { kind: 'instance-assistant'; instanceId: string; running: boolean }
  /** The next snapshot of the disk will fail when it should be accomplished. */
  | { kind: 'snapshot-fails'; diskId: string };

/** How the cloud behaves; durations in milliseconds. */
export interface EcsOptions {
  /** Stopping, and Starting, of a restart. Not published; typical for a Linux instance. */
  stopMs: number;
  startMs: number;
  /** Stopping with ForceStop. */
  forceStopMs: number;
  /** From Running again to Avoided: "a few seconds", nothing more exact is published. */
  avoidedAfterMs: number;
  /** How long an event is Executing whose effect is no restart. */
  executionMs: number;
  /** Each duration differs by up to this share of itself, by instance and seed; 0 for none. */
  jitter: number;
  /** The regions that exist. */
  regions: readonly string[];
  /** Real-like throttling: so many calls a minute for each region and action; none unless given. */
  callsPerMinute?: number | Readonly<Record<string, number>>;
  /** How many open simulated events an account may have. The real limit is not published. */
  simulatedEventLimit: number;
  /** How long a snapshot takes. Not published: minutes, by how much there is to copy. */
  snapshotMs: number;
  /** How many manual snapshots a disk may have that have not failed: 256, by CreateSnapshot's description. */
  snapshotsPerDisk: number;
  /** From InvokeCommand to Running on the instance, and from there to the end. */
  sendCommandMs: number;
  commandMs: number;
  /** From Running to the start of the Cloud Assistant agent; what is sent before waits for it. */
  assistantAfterMs: number;
  /** What InvokeCommand does about an instance that is not Running: both are documented, so both must be borne. */
  commandToStopped: 'refused' | 'aborted';
}

/** What an observer sees of an instance. */
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
  /** Restarts begun so far, by who caused them. */
  readonly restarts: Readonly<Record<Cause, number>>;
}

/** What an observer sees of a published event. */
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
