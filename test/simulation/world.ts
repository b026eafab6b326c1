// One world: the services, the functions that timers start, and everything that goes wrong, on virtual time and from one
// seed.
import { openBackups } from '../../lib/alibaba/ecs/backups.ts';
import { openCommands } from '../../lib/alibaba/ecs/commands.ts';
import { openEcs } from '../../lib/alibaba/ecs/ecs.ts';
import { openNoticeBoard } from '../../lib/alibaba/tablestore/notice-board.ts';
import { openPlanStore } from '../../lib/alibaba/tablestore/plan-store.ts';
import type { Tablestore } from '../../lib/alibaba/tablestore/api.ts';
import { readBudgetMs } from '../../lib/constants.ts';
import { executePlans } from '../../lib/jobs/execute/execute-plans.ts';
import { planReboots } from '../../lib/jobs/plan/plan-reboots.ts';
import type { Problem } from '../../lib/jobs/report.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { NewsKind } from '../../lib/plan/news-item.ts';
import type { StandingKind } from '../../lib/plan/standing.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Backups, Channel, Clock, Commands, Ecs, Log, PlanStore, Telling } from '../../lib/ports.ts';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import { newSequence } from '../cloud/sequence.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { inProcessEcs } from '../in-process/ecs-api.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { inProcessTablestore } from '../in-process/tablestore.ts';
import type { Audience, HouseRules, OperatorEdit } from '../observer/evidence.ts';
import type { Chaos, FaultKind } from './chaos.ts';
import { freeCourse, type Course } from './course.ts';
import { Network } from './network.ts';
import type { DoneEdit } from './operator.ts';
import { regions } from './population.ts';
import { Process, type Blow } from './process.ts';
import type { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { functionTimeout } from './settings.ts';

/** The parts of the code under test, for a sabotage to replace. */
export interface Parts {
  tablestore: Tablestore;
  store: PlanStore;
  ecs: Ecs;
  backups: Backups;
  commands: Commands;
  clock: Clock;
  telling?: Telling;
}

/** Replaces some of the parts. Each execution gets a sabotage of its own. */
export interface Sabotage {
  tablestore?: (real: Tablestore) => Tablestore;
  store?: (real: PlanStore, clock: Clock) => PlanStore;
  ecs?: (real: Ecs) => Ecs;
  backups?: (real: Backups) => Backups;
  commands?: (real: Commands) => Commands;
  clock?: (real: Clock) => Clock;
  telling?: (real: Telling) => Telling;
  problems?: (real: Problem[]) => Problem[];
  settings?: (real: PlannerSettings) => PlannerSettings;
}

export type FunctionName = 'plan' | 'execute';

/** One execution that was started, and its result. */
export interface Run {
  name: string;
  functionName: FunctionName;
  begin: number;
  /** Absent when it was killed or never ended. */
  end?: number;
  problems: readonly Problem[];
  /** The message of what it threw. */
  failure?: string;
  /** The awaits at which something went wrong. */
  disturbances: readonly string[];
}

/** How a timer starts an execution. */
export interface Invocation {
  /** The tick of the timer; the same in every reduction of the world. */
  origin: string;
  /** Milliseconds by which its clock is ahead. */
  skewMs: number;
  /** When the services begin to refuse its credentials. */
  credentialsUntil: number;
  /** Whether it may resume after the timeout of the function, as a frozen sandbox may. */
  mayOutliveTimeout: boolean;
  /** After this time a stray rejection answers it as failed, while its code runs on. */
  strayAfterMs?: number;
}

/** Makes the sabotage for one execution of the function. */
export type NewSabotage = (functionName: FunctionName) => Sabotage;

/** What a sabotage does, and how to make it for one execution. */
export interface SabotageKind {
  what: string;
  make: NewSabotage;
}

/** Begins the name of every await of an execution that tells. */
export const notices = 'notices';

/** Who is told in a world. */
export interface Receivers {
  /** The chance of all that happens while people are told. */
  readonly random: Random;
  readonly tells: readonly NewsKind[];
  readonly standing: readonly StandingKind[];
  readonly audience: Audience;
  /** The channels of one execution. */
  channelsFor(world: World, process: Process): Channel[];
}

export interface WorldParts {
  start: number;
  seed: number;
  random: Random;
  /** The original world unless given. */
  course?: Course;
  settings: PlannerSettings;
  callsPerMinute: number;
  /** BLACKOUT_DATES of the settings, as epoch milliseconds; none unless given. */
  blackouts?: HouseRules['blackouts'];
  chaosNow: () => Chaos;
  isRegionDown: (regionId: string) => boolean;
  /** Whether ECS fails every call of an action in a region at this time; never unless given. */
  isActionDown?: (regionId: string, action: string) => boolean;
  blowAt: (process: Process, awaitNumber: number, what: string) => Blow;
  /** Who is told; nobody unless given. */
  receivers?: Receivers | undefined;
  /** Called for each backup or command that ECS begins. */
  onBegun?: (instanceId: string) => void;
  /** Called for each claim of an execution that arrives in the row. */
  onClaimed?: (instanceId: string) => void;
  newSabotage?: NewSabotage;
}

const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' };

export class World {
  readonly scheduler: Scheduler;
  readonly ecs: EcsCore;
  readonly tablestore: TablestoreCore;
  readonly network: Network;
  readonly tables = tables;
  readonly settings: PlannerSettings;
  readonly blackouts: HouseRules['blackouts'];
  readonly receivers: Receivers | undefined;
  /** What people wrote into rows. */
  readonly edits: OperatorEdit[] = [];
  readonly runs: Run[] = [];
  /** How often each kind of fault took effect. */
  readonly faults = new Map<FaultKind, number>();
  /** Events that ECS lists without their own id or without the id of their instance. */
  readonly unnamed = new Set<string>();
  /** Lines for a trace that the record of no service holds. */
  readonly remarks: { order: number; at: number; text: string }[] = [];
  readonly sequence = newSequence();
  readonly #parts: WorldParts;
  #processes = 0;
  #seenWrites = 0;
  /** The executions that Function Compute waits for, and their functions. */
  readonly #awaited = new Map<Run, Process>();

  constructor(parts: WorldParts) {
    const { start, random, seed, callsPerMinute } = parts;
    this.#parts = parts;
    this.settings = parts.settings;
    this.blackouts = parts.blackouts ?? [];
    this.receivers = parts.receivers;
    this.scheduler = new Scheduler(start);
    const now = (): number => this.scheduler.now();
    const options = { stopMs: 8_000, startMs: 20_000, ...(callsPerMinute > 0 ? { callsPerMinute } : {}) };
    this.ecs = new EcsCore({ now, seed, sequence: this.sequence, options });
    this.tablestore = new TablestoreCore({ now, sequence: this.sequence });
    this.network = new Network({
      scheduler: this.scheduler,
      random,
      course: parts.course ?? freeCourse,
      sequence: this.sequence,
      ecs: this.ecs,
      chaosNow: parts.chaosNow,
      isRegionDown: parts.isRegionDown,
      isActionDown: parts.isActionDown ?? (() => false),
      note: (kind) => this.note(kind),
      onBegun: (instanceId) => parts.onBegun?.(instanceId),
      onWritten: () => this.#reportClaims(),
    });
    createTablesIn(this.tablestore, tables);
  }

  note(kind: FaultKind): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  remark(text: string): void {
    this.remarks.push({ order: this.sequence(), at: this.scheduler.now(), text });
  }

  /** Keeps what a person did. */
  edited({ name, ...edit }: DoneEdit): void {
    this.edits.push(edit);
    this.remark(`a person ${name} in the row of ${edit.instanceId}`);
  }

  #reportClaims(): void {
    const { record } = this.tablestore;
    for (const { table, primaryKey, after } of record.slice(this.#seenWrites)) {
      const isClaim = table === tables.plans && after?.['status'] === 'Preparing' && 'owner' in after;
      if (isClaim) this.#parts.onClaimed?.(String(primaryKey['instance_id']));
    }
    this.#seenWrites = record.length;
  }

  /** Starts an execution, as a timer does. */
  invoke(functionName: FunctionName, how: Invocation): void {
    const { scheduler } = this;
    const name = `${functionName}-${(this.#processes += 1)}`;
    const process = new Process({ name, functionName, scheduler, blowAt: this.#parts.blowAt, ...how });
    const run: Run = {
      name,
      functionName,
      begin: scheduler.now(),
      problems: [],
      disturbances: process.disturbances,
    };
    this.runs.push(run);
    this.remark(`${name} begins`);
    this.#awaited.set(run, process);
    scheduler.after(functionTimeout * 1000, () => {
      this.#awaited.delete(run);
      if (!how.mayOutliveTimeout && run.end === undefined && run.failure === undefined) process.kill();
    });
    if (how.strayAfterMs !== undefined) {
      scheduler.after(how.strayAfterMs, () => {
        if (!this.#awaited.delete(run)) return;
        this.remark(`${name} is answered as failed, and its code runs on`);
      });
    }
    void this.#execute(process, run);
  }

  /** Whether Function Compute waits for the answer of an execution of this function. */
  isRunning(functionName: FunctionName): boolean {
    return [...this.#awaited].some(([run, process]) => run.functionName === functionName && !process.isDead);
  }

  async #execute(process: Process, run: Run): Promise<void> {
    const sabotage = this.#parts.newSabotage?.(run.functionName) ?? {};
    const { backups, commands, ...parts } = this.#partsFor(process, sabotage);
    const settings = sabotage.settings?.(this.settings) ?? this.settings;
    try {
      const report =
        run.functionName === 'plan'
          ? await planReboots({ ...parts, log: silent }, settings, regions)
          : await executePlans(
              {
                ...parts,
                backups,
                commands,
                log: silent,
                owner: run.name,
                deadline: plus(parts.clock.now(), functionTimeout * 1000),
              },
              settings,
              regions,
            );
      run.problems = sabotage.problems?.(report.problems) ?? report.problems;
    } catch (thrown) {
      run.failure = thrown instanceof Error ? thrown.message : String(thrown);
    }
    run.end = this.scheduler.now();
    this.#awaited.delete(run);
    this.remark(`${run.name} ends${run.failure === undefined ? '' : `: ${run.failure}`}`);
  }

  #partsFor(process: Process, sabotage: Sabotage): Parts {
    const clock = sabotage.clock?.(process.clock) ?? process.clock;
    const carried = inProcessTablestore(this.tablestore, this.network.toTablestore(process));
    const tablestore = sabotage.tablestore?.(carried) ?? carried;
    const tells = this.receivers?.tells ?? [];
    const store = openPlanStore({ tablestore, tables, clock, writer: process.name, tells });
    const telling = this.#tellingOf(process, clock);
    const api = inProcessEcs(this.network.toEcs(process));
    const timing = { clock, giveUpAt: plus(clock.now(), functionTimeout * 1000 - readBudgetMs) };
    const [ecs, backups, commands] = [
      openEcs(api, timing),
      openBackups(api, timing),
      openCommands(api, timing),
    ];
    return {
      clock,
      tablestore,
      store: sabotage.store?.(store, clock) ?? store,
      ecs: sabotage.ecs?.(ecs) ?? ecs,
      backups: sabotage.backups?.(backups) ?? backups,
      commands: sabotage.commands?.(commands) ?? commands,
      ...(telling === undefined ? {} : { telling: sabotage.telling?.(telling) ?? telling }),
    };
  }

  #tellingOf(process: Process, clock: Clock): Telling | undefined {
    const { receivers, network } = this;
    if (receivers === undefined) return undefined;
    const carrier = network.toTablestore(process, `${notices} `, receivers.random);
    const tablestore = inProcessTablestore(this.tablestore, carrier);
    return {
      channels: receivers.channelsFor(this, process),
      board: openNoticeBoard({
        tablestore,
        tables,
        clock,
        writer: process.name,
        tells: receivers.tells,
      }),
      language: 'en',
      timeZone: 'UTC',
      standing: receivers.standing,
      deadline: plus(clock.now(), functionTimeout * 1000),
    };
  }
}

const silent: Log = { info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // The report of a function says what its log says.
}
