// The state of an account, shared by the actions and by the life cycles of instances, events, snapshots and commands.
// It makes no decisions: it holds the state and records every change.
import { Agenda } from './agenda.ts';
import { jittered } from './chance.ts';
import {
  Journal,
  type EventEntry,
  type InstanceEntry,
  type RunEntry,
  type SnapshotEntry,
} from './journal.ts';
import type { Sequence } from '../../sequence.ts';
import type { Command, CommandRun } from './commands.ts';
import type { Disk } from './disks.ts';
import type { Snapshot, SnapshotGroup } from './snapshots.ts';
import type {
  Cause,
  CycleStatus,
  EcsOptions,
  EventView,
  InstanceStatus,
  InstanceView,
  Override,
  PlanMaintenanceWindowSpec,
} from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An instance as the cloud keeps it. */
export interface Instance extends Mutable<Omit<InstanceView, 'restarts' | 'healthStatus'>> {
  restarts: Record<Cause, number>;
  /** The order in which it was added. Pages follow it. */
  order: number;
  /** Grows with each restart, stop, start and release. It voids what an earlier one left in the agenda. */
  life: number;
  /** A script fixed its HealthStatus. Undefined: health.ts derives it. */
  fixedHealth: string | undefined;
  /** Until then a Running instance is still booting. */
  bootedAt: number;
  override: Override;
  maintenanceOverride: Override;
  fullStatusOverride: Override;
}

/** An O&M window as the cloud keeps it. It applies to all regions. */
export interface PlanMaintenanceWindow extends Mutable<Required<PlanMaintenanceWindowSpec>> {
  /** The order in which it was added. Pages follow it. */
  order: number;
  modifiedTime: number;
}

/** An event as the cloud keeps it. */
export interface SystemEvent extends Mutable<EventView> {
  /** The order of publication. Pages follow it. */
  order: number;
  neverAvoided: boolean;
  /** An accepted restart answers it: it will become Avoided, and is not carried out. */
  answered: boolean;
  avoidedAfterMs: number;
  /** Whether ECS really does something at NotBefore. */
  real: boolean;
  reason: string | undefined;
  reasonCode: string | undefined;
  impactLevel: number | string | undefined;
  extendedAttribute: Readonly<Record<string, unknown>>;
  override: Override;
}

/** Everything that an ECS account has in all its regions. */
export class Account {
  readonly agenda = new Agenda();
  readonly journal: Journal;
  readonly instances = new Map<string, Instance>();
  readonly events = new Map<string, SystemEvent>();
  readonly planWindows = new Map<string, PlanMaintenanceWindow>();
  /** Ids of events whose instance was released before their publication. */
  readonly neverPublished = new Set<string>();
  readonly disks = new Map<string, Disk>();
  readonly snapshots = new Map<string, Snapshot>();
  readonly snapshotGroups = new Map<string, SnapshotGroup>();
  readonly commands = new Map<string, Command>();
  /** One run per invocation and instance, in the order of the calls. */
  readonly runs: CommandRun[] = [];
  /** The parameters and the answer of a call, by action and ClientToken. */
  readonly answered = new Map<string, { params: string; answer: object }>();
  readonly options: EcsOptions;
  /** Called when a restart has made an event Avoided. */
  onAvoided: (event: SystemEvent, at: number) => void = () => undefined;
  readonly #eventsByInstance = new Map<string, SystemEvent[]>();
  readonly #seed: string;
  readonly #counters = new Map<string, number>();

  constructor(options: EcsOptions, seed: string, sequence: Sequence) {
    this.journal = new Journal(sequence);
    this.options = options;
    this.#seed = seed;
  }

  /** The duration for this instance or event, with its own jitter. */
  duration(ms: number, id: string): number {
    return jittered(ms, this.options.jitter, `${this.#seed}/${id}`);
  }

  /** Counts 1, 2, 3, … per name. */
  count(name: string): number {
    const next = (this.#counters.get(name) ?? 0) + 1;
    this.#counters.set(name, next);
    return next;
  }

  /** The instance, or undefined if it is unknown or released. */
  instance(id: string): Instance | undefined {
    const instance = this.instances.get(id);
    return instance?.status === 'Released' ? undefined : instance;
  }

  /** The instances of a region, in the order added, without released ones. */
  instancesIn(regionId: string): Instance[] {
    return [...this.instances.values()].filter((i) => i.regionId === regionId && i.status !== 'Released');
  }

  /** The published events of an instance. */
  eventsOf(instanceId: string): readonly SystemEvent[] {
    return this.#eventsByInstance.get(instanceId) ?? [];
  }

  /** The disk, or undefined if it is unknown or its instance is released. */
  disk(id: string): Disk | undefined {
    const disk = this.disks.get(id);
    return disk === undefined || this.instance(disk.instanceId) === undefined ? undefined : disk;
  }

  /** The disks of a region, in the order added, without those of released instances. */
  disksIn(regionId: string): Disk[] {
    return [...this.disks.values()].filter(
      (disk) => disk.regionId === regionId && this.instance(disk.instanceId) !== undefined,
    );
  }

  /** Adds a new event and records its publication. */
  addEvent(event: SystemEvent, at: number): void {
    const { id: eventId, instanceId, status: to } = event;
    this.events.set(eventId, event);
    this.#eventsByInstance.set(instanceId, [...this.eventsOf(instanceId), event]);
    this.journal.add<EventEntry>({ kind: 'event', at, eventId, instanceId, from: undefined, to });
  }

  /** Changes the status of an instance and records the change. */
  setInstance(
    instance: Instance,
    to: InstanceStatus,
    at: number,
    by: { cause: Cause; requestId?: string | undefined },
  ): void {
    const { id: instanceId, status: from } = instance;
    instance.status = to;
    this.journal.add<InstanceEntry>({
      kind: 'instance',
      at,
      instanceId,
      from,
      to,
      cause: by.cause,
      requestId: by.requestId,
    });
  }

  /** Changes the status of an event and records the change. A final status sets the event's finish time. */
  setEvent(event: SystemEvent, to: CycleStatus, at: number): void {
    const { id: eventId, instanceId, status: from } = event;
    event.status = to;
    if (!isOpen(event)) event.finishTime = at;
    this.journal.add<EventEntry>({ kind: 'event', at, eventId, instanceId, from, to });
  }

  /** Adds a new snapshot and records its start. */
  addSnapshot(snapshot: Snapshot, at: number): void {
    const { id: snapshotId, instanceId, status: to } = snapshot;
    this.snapshots.set(snapshotId, snapshot);
    this.journal.add<SnapshotEntry>({ kind: 'snapshot', at, snapshotId, instanceId, from: undefined, to });
  }

  /** Changes the status of a snapshot and records the change. */
  setSnapshot(snapshot: Snapshot, to: Snapshot['status'], at: number): void {
    const { id: snapshotId, instanceId, status: from } = snapshot;
    snapshot.status = to;
    this.journal.add<SnapshotEntry>({ kind: 'snapshot', at, snapshotId, instanceId, from, to });
  }

  /** Adds a new run of a command and records it. */
  addRun(run: CommandRun, at: number): void {
    const { invokeId, instanceId, status: to } = run;
    this.runs.push(run);
    this.journal.add<RunEntry>({ kind: 'run', at, invokeId, instanceId, from: undefined, to });
  }

  /** Changes the status of a run and records the change. */
  setRun(run: CommandRun, to: CommandRun['status'], at: number): void {
    const { invokeId, instanceId, status: from } = run;
    run.status = to;
    this.journal.add<RunEntry>({ kind: 'run', at, invokeId, instanceId, from, to });
  }
}

/** Whether the event is in a status that is not final. */
export function isOpen(event: Pick<EventView, 'status'>): boolean {
  return event.status === 'Inquiring' || event.status === 'Scheduled' || event.status === 'Executing';
}
