// The local ECS without a network: synchronous, without timers, and repeatable by its seed. Before each call and each
// read it applies everything that is due.
import { actions } from './actions/index.ts';
import { addCommand } from './add-command.ts';
import { EcsError } from './ecs-errors.ts';
import { happen } from './happenings.ts';
import { refuseElsewhere } from './endpoint-region.ts';
import { Limiter } from './limiter.ts';
import { optional } from './params.ts';
import { healthOf } from './health.ts';
import { eventId, addPlanWindow, publish, publishAgain, addInstance } from './publish.ts';
import { diskViews, invocationViews, planWindowViews, snapshotGroupViews, snapshotViews } from './views.ts';
import { Account } from './account.ts';
import { accessesOf, type Owner } from './rights.ts';
import { newSequence, type Sequence } from '../../sequence.ts';
import type { Access } from '../../authority.ts';
import type { CommandSpec, InvocationView } from './commands.ts';
import type { DiskView } from './disks.ts';
import type { CallEntry, Journal } from './journal.ts';
import type { Params } from './params.ts';
import type { SnapshotGroupView, SnapshotView } from './snapshots.ts';
import type {
  EcsOptions,
  EventSpec,
  EventView,
  Happening,
  InstanceSpec,
  InstanceView,
  PlanMaintenanceWindowSpec,
  PlanMaintenanceWindowView,
} from './types.ts';

const defaults: EcsOptions = {
  stopMs: 10_000,
  startMs: 20_000,
  forceStopMs: 2_000,
  avoidedAfterMs: 5_000,
  executionMs: 60_000,
  jitter: 0.2,
  regions: [
    'cn-hangzhou',
    'cn-shanghai',
    'cn-beijing',
    'cn-shenzhen',
    'cn-hongkong',
    'ap-southeast-1',
    'us-west-1',
    'eu-central-1',
  ],
  simulatedEventLimit: 1_000,
  snapshotMs: 120_000,
  snapshotsPerDisk: 256,
  sendCommandMs: 1_000,
  commandMs: 2_000,
  assistantAfterMs: 0,
  commandToStopped: 'refused',
};

/** What an EcsCore needs, and how it behaves. */
export interface EcsCoreSettings {
  /** Epoch milliseconds. Never goes back. */
  now: () => number;
  /** The same seed and the same calls give the same answers. */
  seed?: string | number;
  options?: Partial<EcsOptions>;
  /** The counter that orders the record. Default: a new one. */
  sequence?: Sequence;
}

/** The ECS of one account, in all regions. */
export class EcsCore {
  readonly #now: () => number;
  readonly #account: Account;
  readonly #limiter: Limiter;

  constructor({ now, seed = 1, options, sequence = newSequence() }: EcsCoreSettings) {
    this.#now = now;
    this.#account = new Account({ ...defaults, ...options }, String(seed), sequence);
    this.#account.onAvoided = (event, at) => publishAgain(this.#account, event, at);
    this.#limiter = new Limiter(options?.callsPerMinute);
  }

  /** Every call and every change so far. Call `settle` first to include what is due. */
  get record(): Pick<Journal, 'entries' | 'calls' | 'statusesOf' | 'cycleOf'> {
    return this.#account.journal;
  }

  /** Adds an instance and returns its id. Throws an Error for an unknown region or a known id. */
  addInstance(spec: InstanceSpec): string {
    return addInstance(this.#account, spec, this.settle());
  }

  /** Adds an event, now or at its `publishAt`, and returns its id. Throws an Error for an unknown instance. */
  addEvent(spec: EventSpec): string {
    const at = this.settle();
    const id = eventId(this.#account, spec);
    if (this.#account.instance(spec.instanceId) === undefined) {
      throw new Error(`event ${id}: no instance ${spec.instanceId}`);
    }
    if (this.#account.events.has(id)) throw new Error(`event ${id} already exists`);
    if (spec.publishAt === undefined || spec.publishAt <= at) publish(this.#account, spec, at, id);
    else this.#account.agenda.add(spec.publishAt, (then) => void publish(this.#account, spec, then, id));
    return id;
  }

  /** Adds an O&M window to the account and returns its id. Throws an Error for a known id. */
  addPlanMaintenanceWindow(spec: PlanMaintenanceWindowSpec): string {
    return addPlanWindow(this.#account, spec, this.settle());
  }

  /** Adds a Cloud Assistant command and returns its id. Throws an Error for an unknown region or a known id. */
  addCommand(spec: CommandSpec = {}): string {
    return addCommand(this.#account, spec);
  }

  /** Scripts a happening at `at` (epoch milliseconds), or at once if that time has passed. */
  schedule(at: number, happening: Happening): void {
    const now = this.settle();
    this.#account.agenda.add(Math.max(at, now), (then) => happen(this.#account, happening, then));
  }

  /** Applies everything that is due, in time order, and returns the current time. */
  settle(): number {
    const now = this.#now();
    this.#account.agenda.runDue(now);
    return now;
  }

  /** The time of the next known change, or undefined. A clock that moves by itself can stop there. */
  nextChange(): number | undefined {
    return this.#account.agenda.next();
  }

  /**
   * Runs an action with flat parameters (`EventId.1`). Returns its answer or throws an EcsError. Records the call in
   * both cases, with the name of the fault that hits its answer, if any. `endpoint`: the only region that the endpoint of
   * the call serves. Default: every region.
   */
  call(action: string, params: Params, fault?: string, endpoint?: string): object {
    const at = this.settle();
    const entry = this.#note(action, params, { at, outcome: 'OK', reached: true, fault });
    try {
      const run = actions.get(action);
      if (run === undefined) throw actionNotFound();
      if (endpoint !== undefined) refuseElsewhere(params, { endpoint, named: entry.region });
      this.#limiter.admit(entry.region ?? '', action, at);
      return {
        ...run(this.#account, { params, at, requestId: entry.requestId }),
        RequestId: entry.requestId,
      };
    } catch (error) {
      if (error instanceof EcsError) {
        entry.outcome = error.code;
        error.requestId = entry.requestId;
      }
      throw error;
    }
  }

  /** Records a call that does not reach the core. Returns its error with a request id. */
  refuse(action: string, params: Params, error: EcsError, fault?: string): EcsError {
    const at = this.settle();
    const entry = this.#note(action, params, { at, outcome: error.code, reached: false, fault });
    error.requestId = entry.requestId;
    return error;
  }

  /** What a call needs of RAM. */
  accesses(action: string, params: Params, owner: Owner): readonly Access[] {
    return accessesOf(this.#account, action, params, owner);
  }

  /** Every instance that was ever added, in its current state. Released ones have the status Released. */
  instances(): InstanceView[] {
    const at = this.settle();
    return [...this.#account.instances.values()].map((instance) => ({
      ...instance,
      healthStatus: healthOf(this.#account, instance, at),
      restarts: { ...instance.restarts },
    }));
  }

  /** Every published event in its current state, in the order published. */
  events(): EventView[] {
    this.settle();
    return [...this.#account.events.values()].map((event) => ({ ...event }));
  }

  /** Every O&M window of the account, in its current state. */
  planMaintenanceWindows(): PlanMaintenanceWindowView[] {
    this.settle();
    return planWindowViews(this.#account);
  }

  /** Every disk that was ever added. */
  disks(): DiskView[] {
    return diskViews(this.#account);
  }

  /** Every snapshot that was ever started, in its current state, in the order started. */
  snapshots(): SnapshotView[] {
    this.settle();
    return snapshotViews(this.#account);
  }

  /** Every snapshot-consistent group in its current state, in the order started. */
  snapshotGroups(): SnapshotGroupView[] {
    this.settle();
    return snapshotGroupViews(this.#account);
  }

  /** Every run of a command on an instance, in its current state, in the order of the calls. */
  invocations(): InvocationView[] {
    this.settle();
    return invocationViews(this.#account);
  }

  #note(
    action: string,
    params: Params,
    how: Pick<CallEntry, 'at' | 'outcome' | 'reached' | 'fault'>,
  ): CallEntry {
    const named =
      this.#account.instances.get(optional(params, 'InstanceId') ?? '') ??
      this.#account.disks.get(optional(params, 'DiskId') ?? '') ??
      this.#account.snapshots.get(optional(params, 'SnapshotId') ?? '');
    return this.#account.journal.add<CallEntry>({
      kind: 'call',
      action,
      params,
      region: optional(params, 'RegionId') ?? named?.regionId,
      requestId: requestId(this.#account.count('request')),
      ...how,
    });
  }
}

function actionNotFound(): EcsError {
  return new EcsError(
    404,
    'InvalidAction.NotFound',
    'Specified api is not found, please check your url and method.',
  );
}

function requestId(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).toUpperCase().padStart(12, '0')}`;
}
