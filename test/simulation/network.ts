// Between the executions and the services: every call takes time, may be lost on either way, be refused, or arrive when
// its sender has given up already. What was sent is recorded here, since a lost request never reaches a service's record.
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import { attempt, type EcsRequest, type Reply } from '../cloud/ecs/core/attempt.ts';
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { Faults, type Fault } from '../cloud/faults.ts';
import type { Sequence } from '../cloud/sequence.ts';
import { documentedMessage } from '../cloud/tablestore/core/ots-errors.ts';
import type { EcsCarrier } from '../in-process/ecs-api.ts';
import type { TablestoreCarrier } from '../in-process/tablestore.ts';
import type { Sending } from '../observer/evidence.ts';
import type { Chaos, FaultKind } from './chaos.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The deadlines of the real adapters: what a caller waits for a call that is not answered. */
const ecsDeadlineMs = 10_000;
const tablestoreDeadlineMs = 5_000;

export interface NetworkParts {
  scheduler: Scheduler;
  random: Random;
  sequence: Sequence;
  ecs: EcsCore;
  /** The faults of this moment. */
  chaosNow: () => Chaos;
  isRegionDown: (regionId: string) => boolean;
  /** Told of every fault that really befell something. */
  note: (kind: FaultKind) => void;
  /** Told of every backup or command that ECS begins, and of every one that it is asked for again. */
  onBegun: (instanceId: string) => void;
}

/** A RebootInstance as its sender knows it, and what came of it. */
export interface SentReboot extends Sending {
  /** ECS said that it did nothing. */
  isRefused: boolean;
  /** The execution that sent it. */
  by: string;
}

/** Actions that begin something on an instance, and that a restart would spoil. */
const begins: ReadonlySet<string> = new Set(['CreateSnapshot', 'CreateSnapshotGroup', 'InvokeCommand']);

type Way = { kind: 'through' } | { kind: FaultKind; reply: Fault } | { kind: 'lateArrival' };

export class Network {
  readonly #parts: NetworkParts;
  /** Every RebootInstance that left an execution, in order. */
  readonly sendings: SentReboot[] = [];

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  /** Carries the calls of one execution to ECS. */
  toEcs(process: Process): EcsCarrier {
    return (request, regionId) => {
      const { scheduler, random } = this.#parts;
      const sending = this.#recordSending(process, request);
      const way = this.#ecsWay(process, regionId);
      const [there, back] = [random.whole(5, 60), random.whole(5, 60)];
      return process.awaiting<Reply>(`ECS ${request.action}`, (resume) => {
        const answer = (reply: Reply): void => {
          const waits = reply.kind === 'stall' ? ecsDeadlineMs - there : back;
          scheduler.after(waits, () => resume((resolve) => resolve(reply)));
        };
        if (way.kind === 'lateArrival') {
          scheduler.after(ecsDeadlineMs + random.whole(0, 5_000), () =>
            this.#arrive(request, undefined, sending),
          );
          answer({ kind: 'stall' });
          return;
        }
        scheduler.after(there, () => {
          answer(this.#arrive(request, 'reply' in way ? way.reply : undefined, sending));
        });
      });
    };
  }

  /** Carries the calls of one execution to Tablestore. */
  toTablestore(process: Process): TablestoreCarrier {
    return <T>(operation: string, work: () => T) => {
      const { scheduler, random } = this.#parts;
      const way = this.#tablestoreWay(process);
      const [there, back] = [random.whole(2, 25), random.whole(2, 25)];
      return process.awaiting<T>(`Tablestore ${operation}`, (resume) => {
        const silence = (): void => {
          const fault = new TablestoreFault(
            `Tablestore ${operation} gave no answer within 5000 ms`,
            undefined,
          );
          scheduler.after(tablestoreDeadlineMs, () => resume((_, reject) => reject(fault)));
        };
        if (way.kind === 'lateArrival') {
          scheduler.after(tablestoreDeadlineMs + random.whole(0, 20_000), () => void outcomeOf(work));
          silence();
        } else if (way.kind === 'through') {
          scheduler.after(there, () => {
            const settle = outcomeOf(work);
            scheduler.after(back, () => resume(settle));
          });
        } else if (way.reply.kind === 'error') {
          const { code } = way.reply;
          const fault = new TablestoreFault(
            `Tablestore ${operation}: ${code} ${documentedMessage(code)}`,
            code,
          );
          scheduler.after(there + back, () => resume((_, reject) => reject(fault)));
        } else {
          if (way.kind === 'lostAnswer') scheduler.after(there, () => void outcomeOf(work));
          silence();
        }
      });
    };
  }

  #recordSending(process: Process, { action, params }: EcsRequest): SentReboot | undefined {
    if (action !== 'RebootInstance' || params['DryRun'] === 'true') return undefined;
    const { scheduler, sequence } = this.#parts;
    const sending: SentReboot = {
      at: scheduler.now(),
      order: sequence(),
      instanceId: params['InstanceId'] ?? '',
      isEffective: false,
      isRefused: false,
      by: process.name,
    };
    this.sendings.push(sending);
    return sending;
  }

  #arrive(request: EcsRequest, fault: Fault | undefined, sending: SentReboot | undefined): Reply {
    const faults = new Faults();
    if (fault !== undefined) faults.add({ operation: '*', fault });
    const reply = attempt(this.#parts.ecs, faults, request);
    this.#tellBegun(request);
    if (sending === undefined) return reply;
    const call = this.#parts.ecs.record.calls('RebootInstance').at(-1);
    sending.isEffective = call?.reached === true && call.outcome === 'OK';
    if (call !== undefined) sending.requestId = call.requestId;
    if (reply.kind === 'answer' && 'error' in reply.outcome)
      sending.isRefused = reply.outcome.error.status < 500;
    return reply;
  }

  #tellBegun({ action, params }: EcsRequest): void {
    const { ecs, onBegun } = this.#parts;
    if (!begins.has(action)) return;
    const call = ecs.record.calls(action).at(-1);
    if (call?.reached !== true || call.outcome !== 'OK') return;
    const ofDisk = ecs.disks().find(({ id }) => id === params['DiskId'])?.instanceId;
    onBegun(params['InstanceId.1'] ?? params['InstanceId'] ?? ofDisk ?? '');
  }

  #ecsWay(process: Process, regionId: string): Way {
    const { scheduler, isRegionDown } = this.#parts;
    if (scheduler.now() >= process.credentialsUntil) {
      return this.#befall('expiry', { kind: 'error', status: 403, code: 'InvalidSecurityToken.Expired' });
    }
    if (isRegionDown(regionId)) {
      return this.#befall('regionDown', { kind: 'error', status: 503, code: 'ServiceUnavailable' });
    }
    return this.#draw([
      ['lostRequest', { kind: 'stall', when: 'before' }],
      [
        'lostAnswer',
        this.#parts.random.chance(0.5) ? { kind: 'reset', when: 'after' } : { kind: 'stall', when: 'after' },
      ],
      ['throttled', { kind: 'error', status: 400, code: 'Throttling.User' }],
      ['serverError', { kind: 'error', status: 500, code: 'InternalError' }],
      ['gateway', this.#parts.random.chance(0.5) ? { kind: 'html', status: 502 } : { kind: 'empty' }],
    ]);
  }

  #tablestoreWay(process: Process): Way {
    if (this.#parts.scheduler.now() >= process.credentialsUntil) {
      return this.#befall('expiry', { kind: 'error', status: 403, code: 'OTSAuthFailed' });
    }
    return this.#draw([
      ['lostRequest', { kind: 'stall', when: 'before' }],
      ['lostAnswer', { kind: 'stall', when: 'after' }],
      ['conflict', { kind: 'error', status: 409, code: 'OTSRowOperationConflict' }],
      ['busy', { kind: 'error', status: 503, code: 'OTSServerBusy' }],
    ]);
  }

  #draw(fates: readonly (readonly [FaultKind, Fault])[]): Way {
    const { random, chaosNow } = this.#parts;
    const chaos = chaosNow();
    for (const [kind, reply] of fates) if (random.chance(chaos[kind])) return this.#befall(kind, reply);
    if (!random.chance(chaos.lateArrival)) return { kind: 'through' };
    this.#parts.note('lateArrival');
    return { kind: 'lateArrival' };
  }

  #befall(kind: FaultKind, reply: Fault): Way {
    this.#parts.note(kind);
    return { kind, reply };
  }
}

/** Does the work, and gives back how the caller's promise is to be settled with what came of it. */
function outcomeOf<T>(
  work: () => T,
): (resolve: (value: T) => void, reject: (reason: unknown) => void) => void {
  try {
    const value = work();
    return (resolve) => resolve(value);
  } catch (thrown) {
    return (_, reject) => reject(thrown);
  }
}
