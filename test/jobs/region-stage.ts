// One region whose ECS and whose rows are what a test says, without an adapter: for jobs looked at one branch at a time. It is
// 02:01 in Shanghai, a minute into the window, and the instances are Running for long.
import { Ledger } from '../../lib/jobs/ledger.ts';
import type { Execution, ExecutePorts } from '../../lib/jobs/execution.ts';
import type { PlanRun } from '../../lib/jobs/plan/plan-report.ts';
import { Problems } from '../../lib/jobs/report.ts';
import type { Instant } from '../../lib/plan/calendar/instant.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { OddEvent, SystemEvent } from '../../lib/plan/event.ts';
import type { Instance, InstanceReport } from '../../lib/plan/instance.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import type { PlanRead } from '../../lib/plan/plan-read.ts';
import type { PastPlan } from '../../lib/plan/planning/past.ts';
import type { RunRecord } from '../../lib/plan/runs.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Stop } from '../../lib/plan/stop.ts';
import type {
  Ecs,
  EcsWindows,
  Health,
  Log,
  PlanStore,
  PlanWrite,
  RebootOutcome,
  UnreadablePlan,
  WriteOutcome,
} from '../../lib/ports.ts';
import { at, event, instance, settings } from '../plan/samples.ts';
import { StepStage } from './steps/step-stage.ts';

/** A row as a read shows it. */
export function rowOf(plan: Plan, isDueAtRight = true): PlanRead {
  return { kind: 'plan', plan, isDueAtRight };
}

/** A row that cannot be read. */
export function unreadable(changes: Partial<UnreadablePlan> = {}): UnreadablePlan {
  return {
    kind: 'unreadable',
    regionId: 'cn-hangzhou',
    instanceId: 'i-odd',
    mayHaveSent: false,
    mayBeDrained: false,
    faults: [{ what: 'not_before', value: 'whenever', expected: 'a time' }],
    reason: { code: 'as-written', values: { text: '' } },
    seen: {},
    ...changes,
  };
}

export class RegionStage extends StepStage {
  /** The rows that are due, and those that are not: read by instance, too. */
  due: PlanRead[] = [];
  others: PlanRead[] = [];
  /** Rows under way, in the order of the reads; the last ones again and again. */
  underWay: PlanRead[][] = [[]];
  unproven: PlanRead[] = [];
  restarted: Plan[] = [];
  stops: Stop[] = [];
  regions: string[] = [];
  ended: string[] = [];
  past: Record<string, PastPlan[]> = {};
  runs: RunRecord[] = [];
  events: SystemEvent[] = [event()];
  odd: OddEvent[] = [];
  incomplete: string | undefined;
  instances: Instance[] = [instance({ startedAt: at('2026-11-20T00:00:00Z') })];
  oddInstances: InstanceReport['odd'] = [];
  down: InstanceReport = { instances: [], odd: [] };
  healths: Record<string, Health> = { 'i-web-1': { status: 'Ok', faults: [], openEventIds: [] } };
  windows: Partial<EcsWindows> = {};
  throttledUntil: Instant | undefined;
  reboots: RebootOutcome[] = [{ kind: 'accepted', requestId: 'r-9' }];
  /** Reads and calls that fail, by name. */
  fails: Partial<Record<keyof PlanStore | keyof Ecs, string>> = {};
  /** What comes of a write, where it is not written. */
  outcome: (plan: Plan) => WriteOutcome | undefined = () => undefined;
  archiveOutcome: (plan: Plan) => WriteOutcome = () => ({ kind: 'written' });
  /** Called at the beginning of each read and call. */
  onCall: (name: string) => void = () => undefined;
  /** Every read and call, with what was asked. */
  readonly asked: [name: string, ...asked: unknown[]][] = [];
  /** What each write is conditional on, whatever came of it. */
  readonly froms: (Plan | undefined)[] = [];
  readonly archived: Plan[] = [];
  readonly removed: Plan[] = [];
  readonly recorded: RunRecord[] = [];
  readonly escalated: [instanceId: string, code: string, by: string][] = [];
  readonly logged: [level: string, message: string, fields: Record<string, unknown> | undefined][] = [];

  constructor(now = '2026-12-01T18:01:00Z', its: PlannerSettings = settings()) {
    super(now, its);
  }

  /** What was asked with this name, or how often. */
  of(name: keyof PlanStore | keyof Ecs): unknown[][] {
    return this.asked.flatMap(([asked, ...what]) => (asked === name ? [what] : []));
  }

  #answer<T>(name: keyof PlanStore | keyof Ecs, value: T | (() => T), ...asked: unknown[]): Promise<T> {
    this.asked.push([name, ...asked]);
    this.onCall(name);
    const failure = this.fails[name];
    if (failure !== undefined) return Promise.reject(new Error(failure));
    return Promise.resolve(typeof value === 'function' ? (value as () => T)() : value);
  }

  get #rows(): PlanRead[] {
    return [...this.due, ...this.others];
  }

  #write({ plan, from }: PlanWrite): WriteOutcome {
    this.froms.push(from);
    if (this.written.length + 1 >= this.lostFrom) return { kind: 'lost' };
    const outcome = this.outcome(plan) ?? { kind: 'written' };
    if (outcome.kind === 'written') this.written.push(plan);
    return outcome;
  }

  store(): PlanStore {
    const idOf = (row: PlanRead): string => (row.kind === 'plan' ? row.plan.instanceId : row.instanceId);
    return {
      readDue: (region, now) => this.#answer('readDue', this.due, region, now),
      unfinishedInstances: (region) =>
        this.#answer('unfinishedInstances', () => this.#rows.map(idOf), region),
      rowsToSee: (region, before) =>
        this.#answer(
          'rowsToSee',
          () => ({ unfinished: this.#rows.map(idOf), ended: this.ended }),
          region,
          before,
        ),
      readUnderWay: (region) =>
        this.#answer(
          'readUnderWay',
          () => (this.underWay.length > 1 ? this.underWay.shift() : this.underWay[0]) ?? [],
          region,
        ),
      readUnproven: (region) => this.#answer('readUnproven', this.unproven, region),
      readRestartedSince: (region, since) =>
        this.#answer('readRestartedSince', this.restarted, region, since),
      readStops: () => this.#answer('readStops', this.stops),
      regionsWithRows: () => this.#answer('regionsWithRows', this.regions),
      readPast: (ids) => this.#answer('readPast', () => new Map(Object.entries(this.past)), ids),
      readByInstance: (region, ids) =>
        this.#answer(
          'readByInstance',
          () => this.#rows.filter((row) => ids.includes(idOf(row))),
          region,
          ids,
        ),
      write: (change) => this.#answer('write', () => this.#write(change)),
      writeAll: (writes) => this.#answer('writeAll', () => writes.map((change) => this.#write(change))),
      escalateUnreadable: ({ instanceId }, { code }, { by }) => {
        this.escalated.push([instanceId, code, by]);
        return this.#answer('escalateUnreadable', { kind: 'written' });
      },
      readRuns: () => this.#answer('readRuns', this.runs),
      recordRuns: (runs) => {
        this.recorded.push(...runs);
        return this.#answer('recordRuns', () => runs.map(() => ({ kind: 'written' }) as const));
      },
      archive: (plans) => {
        this.archived.push(...plans);
        return this.#answer('archive', () => plans.map((plan) => this.archiveOutcome(plan)));
      },
      remove: (plans) => {
        this.removed.push(...plans);
        return this.#answer('remove', () => plans.map(() => ({ kind: 'written' }) as const));
      },
    };
  }

  /** What ECS answers. */
  ecsPorts(): Ecs {
    const among = <T extends { instanceId?: string }>(all: readonly T[], ids: readonly string[]): T[] =>
      all.filter(({ instanceId }) => instanceId === undefined || ids.includes(instanceId));
    return {
      listEvents: (region, types, statuses) =>
        this.#answer(
          'listEvents',
          () => ({
            events: this.events,
            odd: this.odd,
            ...(this.incomplete === undefined ? {} : { incomplete: this.incomplete }),
          }),
          region,
          types,
          statuses,
        ),
      eventsById: (region, ids) =>
        this.#answer(
          'eventsById',
          () => ({
            events: this.events.filter(({ eventId }) => ids.includes(eventId)),
            odd: this.odd.filter(({ eventId }) => eventId === undefined || ids.includes(eventId)),
          }),
          region,
          ids,
        ),
      instancesById: (region, ids) =>
        this.#answer(
          'instancesById',
          () => ({ instances: among(this.instances, ids), odd: among(this.oddInstances, ids) }),
          region,
          ids,
        ),
      instancesDown: (region) => this.#answer('instancesDown', () => this.down, region),
      ecsWindows: (region, instances, giveUpAt) =>
        this.#answer(
          'ecsWindows',
          () => ({ windows: new Map(), unread: [], faults: [], failures: [], ...this.windows }),
          region,
          instances.map(({ instanceId }) => instanceId),
          giveUpAt,
        ),
      healthOf: (region, ids) =>
        this.#answer('healthOf', () => new Map(Object.entries(this.healths)), region, ids),
      turnToReboot: (region) => this.#answer('turnToReboot', () => this.throttledUntil, region),
      reboot: (region, id) =>
        this.#answer(
          'reboot',
          () => {
            const [first = { kind: 'unknown', message: 'the test says no answer' }] =
              this.reboots.length > 1 ? this.reboots.splice(0, 1) : this.reboots;
            return first;
          },
          region,
          id,
        ),
    };
  }

  #logAt(level: string): Log['info'] {
    return (message, fields) => void this.logged.push([level, message, fields]);
  }

  readonly log: Log = { info: this.#logAt('info'), warn: this.#logAt('warn'), error: this.#logAt('error') };

  /** The execution of this region. */
  override execution(): Execution {
    const store = this.store();
    const { problems, log } = this;
    return {
      ...super.execution(),
      ecs: this.ecsPorts(),
      store,
      log,
      ledger: new Ledger({ store, log, problems }),
    };
  }

  /** The ports of a whole run of the execute function. */
  executePorts(): ExecutePorts {
    const { ecs, backups, commands, store, clock, log, owner } = this.execution();
    return { ecs, backups, commands, store, clock, log, owner, deadline: plus(at(this.now), 120_000) };
  }

  /** The planning of this region. */
  planRun(): PlanRun {
    const { ecs, store, clock, log, regionId, problems } = this.execution();
    return { ecs, store, clock, log, regionId, problems };
  }

  override readonly problems = new Problems({
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  });

  /** The codes of the problems so far. */
  get codes(): string[] {
    return this.problems.all.map(({ code }) => code);
  }
}
