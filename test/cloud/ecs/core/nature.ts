// How an instance differs from a plain one: the inconveniences of real fleets. All are off by default, and a script can
// switch them per instance. All durations are in milliseconds.
import type { RebootRefusal } from './reboot-refusals.ts';

/** Why a command cannot be delivered to an instance, although its agent should run. */
export type Undeliverable =
  'ClientNotRunning' | 'ClientNotResponse' | 'DeliveryTimeout' | 'ClientIsUpgrading' | 'ClientNeedUpgrade';

/** The nature of an instance. `{}` is a plain one. */
export interface Nature {
  /** HealthStatus is Impaired for good while the instance is Running. */
  impairedForGood?: boolean;
  /** After Running: for this long DescribeInstancesFullStatus shows `HealthStatus: null`. */
  healthAbsentForMs?: number;
  /** The time of Starting in a restart or start, instead of the core's options. */
  startsForMs?: number;
  /** After Running: for this long HealthStatus is Initializing, and another RebootInstance is refused. */
  bootsForMs?: number;
  /** The status in which a restart leaves it. `never`: it stays Starting for ever. Default: Running. */
  comesBack?: 'Running' | 'Stopped' | 'never';
  /** The time from Running to a ready Cloud Assistant agent. Default: the core's option. */
  agentReadyAfterMs?: number;
  /** Commands to it end as Aborted after a minute, with this error. Nothing runs. */
  undeliverable?: Undeliverable;
  /** This long after a restart made an event Avoided, ECS publishes it again, under a new id, a day later. Once. */
  publishesAgainAfterMs?: number;
  /** ECS publishes an event of this type together with each SystemMaintenance.Reboot event. */
  publishesBeside?: string;
  /** Reads show the statuses of its events this late. */
  statusesLagMs?: number;
  /** ECS refuses every RebootInstance in this way. */
  refusesReboot?: RebootRefusal;
  /** Auto Scaling releases it if it was not Running for this long. */
  releasedWhenDownForMs?: number;
}
