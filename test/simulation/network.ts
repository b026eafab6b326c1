// The network between the executions and the services. Every call takes time. It may get lost on either way, be refused, or
// arrive after its sender has given up. Restarts that are sent are recorded here, because a lost request never reaches the
// record of a service.
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
import type { Course, Moment } from './course.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The deadlines of the real adapters: how long a caller waits for an answer. */
const ecsDeadlineMs = 10_000;
const tablestoreDeadlineMs = 5_000;

export interface NetworkParts {
  scheduler: Scheduler;
  random: Random;
  course: Course;
  sequence: Sequence;
  ecs: EcsCore;
  /** The faults at this moment. */
  chaosNow: () => Chaos;
  isRegionDown: (regionId: string) => boolean;
  isActionDown: (regionId: string, action: string) => boolean;
  /** Called for each fault that takes effect. */
  note: (kind: FaultKind) => void;
  /** Called for each backup or command that ECS begins, and again when a caller repeats the request. */
  onBegun: (instanceId: string) => void;
  /** Called when Tablestore has done what a call asked for. */
  onWritten: () => void;
}

/** A RebootInstance as its sender knows it, and its result. */
export interface SentReboot extends Sending {
  /** ECS answered that it did nothing. */
  isRefused: boolean;
  /** The execution that sent it. */
  by: string;
}

/** Actions that begin something on an instance that a restart would spoil. */
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
      const { scheduler, course } = this.#parts;
      const sending = this.#recordSending(process, request);
      const moment = course.moment(this.#parts.random, `${process.origin}: ECS ${nameOf(request)}`);
      const { random } = moment;
      const way = this.#ecsWay(process, { regionId, action: request.action }, moment);
      if (way.kind !== 'through') process.disturbances.push(`ECS ${request.action}`);
      const [there, back] = [random.whole(5, 60), random.whole(5, 60)];
      return process.awaiting<Reply>(`ECS ${request.action}`, (resume) => {
        const answer = (reply: Reply): void => {
          const delayMs = reply.kind === 'stall' ? ecsDeadlineMs - there : back;
          scheduler.after(delayMs, () => resume((resolve) => resolve(reply)));
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

  /** Carries the calls of one execution to Tablestore. `chance` is that of all calls, unless these have a chance of their own. */
  toTablestore(process: Process, prefix = '', chance = this.#parts.random): TablestoreCarrier {
    return <T>(operation: string, ask: () => T) => {
      const { scheduler, course } = this.#parts;
      const what = `${prefix}Tablestore ${operation}`;
      const moment = course.moment(chance, `${process.origin}: ${what}`);
      const { random } = moment;
      const way = this.#tablestoreWay(process, moment);
      if (way.kind !== 'through') process.disturbances.push(what);
      const [there, back] = [random.whole(2, 25), random.whole(2, 25)];
      return process.awaiting<T>(what, (resume) => {
        const silence = (): void => {
          const fault = new TablestoreFault(
            `Tablestore ${operation} gave no answer within 5000 ms`,
            undefined,
          );
          scheduler.after(tablestoreDeadlineMs, () => resume((_, reject) => reject(fault)));
        };
        const work = (): T => {
          const done = ask();
          this.#parts.onWritten();
          return done;
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
    this.#reportBegun(request);
    if (sending === undefined) return reply;
    const call = this.#parts.ecs.record.calls('RebootInstance').at(-1);
    sending.isEffective = call?.reached === true && call.outcome === 'OK';
    if (call !== undefined) sending.requestId = call.requestId;
    if (reply.kind === 'answer' && 'error' in reply.outcome)
      sending.isRefused = reply.outcome.error.status < 500;
    return reply;
  }

  #reportBegun({ action, params }: EcsRequest): void {
    const { ecs, onBegun } = this.#parts;
    if (!begins.has(action)) return;
    const call = ecs.record.calls(action).at(-1);
    if (call?.reached !== true || call.outcome !== 'OK') return;
    const ofDisk = ecs.disks().find(({ id }) => id === params['DiskId'])?.instanceId;
    onBegun(params['InstanceId.1'] ?? params['InstanceId'] ?? ofDisk ?? '');
  }

  #ecsWay(process: Process, to: { regionId: string; action: string }, moment: Moment): Way {
    const { scheduler, isRegionDown, isActionDown } = this.#parts;
    const { regionId, action } = to;
    if (scheduler.now() >= process.credentialsUntil) {
      return this.#apply('expiry', { kind: 'error', status: 403, code: 'InvalidSecurityToken.Expired' });
    }
    if (isRegionDown(regionId)) {
      return this.#apply('regionDown', { kind: 'error', status: 503, code: 'ServiceUnavailable' });
    }
    if (isActionDown(regionId, action)) {
      return this.#apply('actionDown', { kind: 'error', status: 503, code: 'ServiceUnavailable' });
    }
    const { random } = moment;
    return this.#draw(moment, [
      ['lostRequest', { kind: 'stall', when: 'before' }],
      [
        'lostAnswer',
        random.chance(0.5) ? { kind: 'reset', when: 'after' } : { kind: 'stall', when: 'after' },
      ],
      ['throttled', { kind: 'error', status: 400, code: 'Throttling.User' }],
      ['serverError', { kind: 'error', status: 500, code: 'InternalError' }],
      ['gateway', random.chance(0.5) ? { kind: 'html', status: 502 } : { kind: 'empty' }],
    ]);
  }

  #tablestoreWay(process: Process, moment: Moment): Way {
    if (process.deadSockets > 0) {
      process.deadSockets -= 1;
      return { kind: 'freeze', reply: { kind: 'stall', when: 'before' } };
    }
    if (this.#parts.scheduler.now() >= process.credentialsUntil) {
      return this.#apply('expiry', { kind: 'error', status: 403, code: 'OTSAuthFailed' });
    }
    return this.#draw(moment, [
      ['lostRequest', { kind: 'stall', when: 'before' }],
      ['lostAnswer', { kind: 'stall', when: 'after' }],
      ['conflict', { kind: 'error', status: 409, code: 'OTSRowOperationConflict' }],
      ['busy', { kind: 'error', status: 503, code: 'OTSServerBusy' }],
    ]);
  }

  #draw({ random, has }: Moment, fates: readonly (readonly [FaultKind, Fault])[]): Way {
    const chaos = this.#parts.chaosNow();
    for (const [kind, reply] of fates) {
      if (random.chance(chaos[kind]) && has(kind)) return this.#apply(kind, reply);
    }
    if (!random.chance(chaos.lateArrival) || !has('lateArrival')) return { kind: 'through' };
    this.#parts.note('lateArrival');
    return { kind: 'lateArrival' };
  }

  #apply(kind: FaultKind, reply: Fault): Way {
    this.#parts.note(kind);
    return { kind, reply };
  }
}

/** The action and, where it is about one thing, the id of that thing. */
function nameOf({ action, params }: EcsRequest): string {
  const id = params['InstanceId'] ?? params['InstanceId.1'] ?? params['DiskId'];
  return id === undefined ? action : `${action} ${id}`;
}

/** Does the work. Returns a function that settles the caller's promise with the result. */
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
