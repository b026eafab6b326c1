// The local ECS without its wire: synchronous, without timers, repeatable by its seed. Everything that is due is
// applied lazily, before each call and each look.
import { actions } from './actions/index.ts';
import { addCommand } from './add-command.ts';
import { EcsError } from './ecs-errors.ts';
import { happen } from './happenings.ts';
import { Limiter } from './limiter.ts';
import { optional } from './params.ts';
import { eventId, addPlanWindow, publish, addInstance } from './publish.ts';
import { diskViews, invocationViews, snapshotGroupViews, snapshotViews } from './views.ts';
import { Account } from './account.ts';
import { newSequence, type Sequence } from '../../sequence.ts';
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

/** What an EcsCore needs of the account, and how it is to behave. */
export interface EcsCoreSettings {
  /** Epoch milliseconds; never goes back. */
  now: () => number;
  /** Names the chance; the same seed and calls give the same answers. */
  seed?: string | number;
  options?: Partial<EcsOptions>;
  /** The count that orders the record; its own unless given. */
  sequence?: Sequence;
}

/** An account's ECS in all its regions. */
export class EcsCore {
  readonly #now: () => number;
  readonly #account: Account;
  readonly #limiter: Limiter;

  constructor({ now, seed = 1, options, sequence = newSequence() }: EcsCoreSettings) {
    this.#now = now;
    this.#account = new Account({ ...defaults, ...options }, String(seed), sequence);
    this.#limiter = new Limiter(options?.callsPerMinute);
  }

  /** Every call and change so far; append-only. Settle first where what is due by now is to be in it. */
  get record(): Pick<Journal, 'entries' | 'calls' | 'statusesOf' | 'cycleOf'> {
    return this.#account.journal;
  }

  /** Adds an instance and returns its id; throws an Error for an unknown region or an id that exists. */
  addInstance(spec: InstanceSpec): string {
    return addInstance(this.#account, spec, this.settle());
  }

  /** Adds an event, now or at its `publishAt`, and returns its id; throws an Error for an unknown instance. */
  addEvent(spec: EventSpec): string {
    const at = this.settle();
    const id = eventId(this.#account, spec);
    if (this.#account.instance(spec.instanceId) === undefined) {
      throw new Error(`event ${id}: no instance ${spec.instanceId}`);
    }
    if (this.#account.events.has(id)) throw new Error(`event ${id} exists already`);
    if (spec.publishAt === undefined || spec.publishAt <= at) publish(this.#account, spec, at, id);
    else this.#account.agenda.add(spec.publishAt, (then) => void publish(this.#account, spec, then, id));
    return id;
  }

  /** Adds an O&M window of the account and returns its id; throws an Error for an id that exists. */
  addPlanMaintenanceWindow(spec: PlanMaintenanceWindowSpec): string {
    return addPlanWindow(this.#account, spec, this.settle());
  }

  /** Adds a Cloud Assistant command and returns its id; throws an Error for an unknown region or an id that exists. */
  addCommand(spec: CommandSpec = {}): string {
    return addCommand(this.#account, spec);
  }

  /** Lets something happen at `at` (epoch milliseconds), or at once where that has passed. */
  schedule(at: number, happening: Happening): void {
    const now = this.settle();
    this.#account.agenda.add(Math.max(at, now), (then) => happen(this.#account, happening, then));
  }

  /** Applies everything due by now, in time order, and returns the moment. */
  settle(): number {
    const now = this.#now();
    this.#account.agenda.runDue(now);
    return now;
  }

  /** The moment of the next change that is known already, or undefined. A clock that moves by itself may stop there. */
  nextChange(): number | undefined {
    return this.#account.agenda.next();
  }

  /**
   * Runs an action with flat parameters (`EventId.1`) and returns its answer, or throws an EcsError. Either way it is
   * in the record, with the fault that befell its answer, if one is named.
   */
  call(action: string, params: Params, fault?: string): object {
    const at = this.settle();
    const entry = this.#note(action, params, { at, outcome: 'OK', reached: true, fault });
    try {
      const run = actions.get(action);
      if (run === undefined) throw actionNotFound();
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

  /** Records a call that the core does not get to see, and hands its error back with a request id. */
  refuse(action: string, params: Params, error: EcsError, fault?: string): EcsError {
    const at = this.settle();
    const entry = this.#note(action, params, { at, outcome: error.code, reached: false, fault });
    error.requestId = entry.requestId;
    return error;
  }

  /** Every instance that was ever added, as of now; released ones with the status Released. */
  instances(): InstanceView[] {
    this.settle();
    return [...this.#account.instances.values()].map((instance) => ({
      ...instance,
      restarts: { ...instance.restarts },
    }));
  }

  /** Every published event, as of now, in the order published. */
  events(): EventView[] {
    this.settle();
    return [...this.#account.events.values()].map((event) => ({ ...event }));
  }

  /** Every disk that was ever added. */
  disks(): DiskView[] {
    return diskViews(this.#account);
  }

  /** Every snapshot that was ever begun, as of now, in the order begun. */
  snapshots(): SnapshotView[] {
    this.settle();
    return snapshotViews(this.#account);
  }

  /** Every snapshot-consistent group, as of now, in the order begun. */
  snapshotGroups(): SnapshotGroupView[] {
    this.settle();
    return snapshotGroupViews(this.#account);
  }

  /** Every run of a command on an instance, as of now, in the order asked for. */
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
