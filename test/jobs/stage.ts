// A small account for the jobs: the real adapters on the local cloud's cores, without sockets, and a clock that moves only
// when somebody sleeps or lets time pass. Windows are daily 02:00-05:00 in Shanghai, and it is 02:30 there.
import { Temporal } from 'temporal-polyfill';
import type { Tablestore } from '../../lib/alibaba/tablestore/api.ts';
import { openBackups } from '../../lib/alibaba/ecs/backups.ts';
import { openCommands } from '../../lib/alibaba/ecs/commands.ts';
import { openEcs } from '../../lib/alibaba/ecs/ecs.ts';
import { openPlanStore } from '../../lib/alibaba/tablestore/plan-store.ts';
import { openNoticeBoard } from '../../lib/alibaba/tablestore/notice-board.ts';
import { tellsOf, wishesOf } from '../../lib/runtime/notice-wishes.ts';
import { remembered } from '../../lib/plan/calendar/remembered.ts';
import { readConfiguration, type Configuration } from '../../lib/settings/configuration.ts';
import { readBudgetMs } from '../../lib/constants.ts';
import { executePlans, type ExecuteReport } from '../../lib/jobs/execute/execute-plans.ts';
import { planReboots } from '../../lib/jobs/plan/plan-reboots.ts';
import type { PlanReport } from '../../lib/jobs/plan/plan-report.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Backups, Channel, Clock, Commands, Ecs, Log, PlanStore, Telling } from '../../lib/ports.ts';
import type { Language } from '../../lib/wording/languages.ts';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import type { EventSpec, InstanceSpec } from '../cloud/ecs/core/types.ts';
import { Faults } from '../cloud/faults.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { inProcessEcs, straightToEcs } from '../in-process/ecs-api.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { inProcessTablestore, type TablestoreCarrier } from '../in-process/tablestore.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** Wednesday 2 December 2026, 02:30 in Shanghai. */
export const start = Date.UTC(2026, 11, 1, 18, 30);

export const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

/** The settings of an environment, beside what every function needs. */
export function settingsOf(environment: Record<string, string> = {}): PlannerSettings {
  return configurationOf(environment).settings;
}

/** Nights ask for the same settings thousands of times. */
const configurationIn = remembered((environment) => newConfiguration(JSON.parse(environment) as Environment));

function configurationOf(environment: Environment): Configuration {
  return configurationIn(JSON.stringify(environment));
}

type Environment = Readonly<Record<string, string>>;

function newConfiguration(environment: Environment): Configuration {
  const needed = {
    TABLESTORE_ENDPOINT: 'http://127.0.0.1',
    TABLESTORE_INSTANCE: 'local',
    REGIONS: 'cn-hangzhou',
  };
  return readConfiguration({ ...needed, ...environment }, undefined);
}

/** As in s.yaml. */
const timeoutMs = 120 * second;

export interface Invocation {
  settings?: PlannerSettings;
  language?: Language;
  owner?: string;
  /** How long the invocation may last, in milliseconds; as in s.yaml unless said otherwise. */
  timeoutMs?: number;
  /** Wraps what the execution gets. */
  store?: (real: PlanStore) => PlanStore;
  ecs?: (real: Ecs) => Ecs;
  backups?: (real: Backups) => Backups;
  commands?: (real: Commands) => Commands;
  /** Who is told: nobody, unless it is given. The environment chooses what and when. */
  channels?: readonly Channel[];
  notify?: Record<string, string>;
  /** The clock of the function's own machine; the cloud keeps its time. */
  clock?: (real: Clock) => Clock;
}

/** One entry of a timeline, as JSON. */
export interface TimelineCell {
  at: string;
  by: string;
  what: string;
  requestId?: string;
  code?: string;
  values?: Record<string, unknown>;
}

export class Account {
  #now = start;
  readonly faults = new Faults();
  readonly ecs = new EcsCore({ now: () => this.#now, options: { jitter: 0 } });
  readonly tablestore = new TablestoreCore({ now: () => this.#now });
  /** PLANS_TABLE and HISTORY_TABLE. */
  tables = { plans: 'plans', history: 'history' };
  /** Operations of Tablestore, in the order sent. */
  readonly operations: string[] = [];
  /** Pauses that somebody slept, in milliseconds. */
  readonly pauses: number[] = [];
  /** What the jobs logged: level, message, fields. */
  readonly logged: [level: string, message: string, fields: Record<string, unknown> | undefined][] = [];
  /** Carries calls to Tablestore; to be replaced by one that fails. */
  carry: TablestoreCarrier = (_operation, work) => new Promise((resolve) => resolve(work()));
  #writers = 0;
  readonly #slips: TypeError[] = [];

  readonly clock: Clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(this.#now),
    sleep: (ms) => {
      this.pauses.push(ms);
      this.pass(ms);
      return Promise.resolve();
    },
  };

  constructor() {
    createTablesIn(this.tablestore, this.tables);
  }

  /** Lets time pass; what ECS has to do in it, it does. */
  pass(ms: number): void {
    this.#now += ms;
    this.ecs.settle();
  }

  /** An instance that has run for long, and its event, due in a day: `i-1` and `e-1`. */
  affected(id: string, event: Partial<EventSpec> = {}, instance: Partial<InstanceSpec> = {}): void {
    const startTime = start - 240 * hour;
    this.ecs.addInstance({
      id: `i-${id}`,
      regionId: 'cn-hangzhou',
      name: `web-${id}`,
      startTime,
      ...instance,
    });
    this.ecs.addEvent({ id: `e-${id}`, instanceId: `i-${id}`, notBefore: start + 24 * hour, ...event });
  }

  tablestoreFor(): Tablestore {
    return inProcessTablestore(this.tablestore, (operation, work) => {
      this.operations.push(operation);
      return this.carry(operation, work);
    });
  }

  /** The ports of one invocation, on the real adapters. */
  ports(invocation: Invocation = {}): {
    ecs: Ecs;
    backups: Backups;
    commands: Commands;
    store: PlanStore;
    clock: Clock;
    log: Log;
    language?: Language;
    telling?: Telling;
  } {
    const clock = invocation.clock?.(this.clock) ?? this.clock;
    const writer = invocation.owner ?? `invocation-${(this.#writers += 1)}`;
    const language = invocation.language === undefined ? {} : { language: invocation.language };
    const parts = { tablestore: this.tablestoreFor(), tables: this.tables, clock, writer, ...language };
    const { channels = [], notify = {} } = invocation;
    const { notices } = configurationOf(notify);
    const tells = channels.length === 0 ? [] : tellsOf(notices);
    const store = openPlanStore({ ...parts, tells });
    const deadline = plus(clock.now(), invocation.timeoutMs ?? timeoutMs);
    const telling = { channels, board: openNoticeBoard({ ...parts, tells }), ...wishesOf(notices), deadline };
    const api = inProcessEcs(straightToEcs(this.ecs, this.faults));
    const timing = { clock, giveUpAt: plus(clock.now(), (invocation.timeoutMs ?? timeoutMs) - readBudgetMs) };
    const [ecs, backups, commands] = [
      openEcs(api, timing),
      openBackups(api, timing),
      openCommands(api, timing),
    ];
    return {
      clock,
      ...language,
      ...(channels.length === 0 ? {} : { telling }),
      log: { info: this.#logAt('info'), warn: this.#logAt('warn'), error: this.#logAt('error') },
      store: invocation.store?.(store) ?? store,
      ecs: invocation.ecs?.(ecs) ?? ecs,
      backups: invocation.backups?.(backups) ?? backups,
      commands: invocation.commands?.(commands) ?? commands,
    };
  }

  #logAt(level: string): Log['info'] {
    return (message, fields) => {
      this.logged.push([level, message, fields]);
      if (fields?.['error'] instanceof TypeError) this.#slips.push(fields['error']);
    };
  }

  /** A job reports a slip of its code like a failed call, and goes on. No test may pass over one. */
  async #withoutSlips<T>(run: Promise<T>): Promise<T> {
    const report = await run;
    for (const slip of this.#slips) throw slip;
    return report;
  }

  plan(invocation: Invocation & { regions?: readonly string[] } = {}): Promise<PlanReport> {
    const { settings = settingsOf(), regions: own = regions } = invocation;
    return this.#withoutSlips(planReboots(this.ports(invocation), settings, own));
  }

  execute(invocation: Invocation = {}): Promise<ExecuteReport> {
    const ports = this.ports(invocation);
    const owner = invocation.owner ?? `invocation-${this.#writers}`;
    const deadline = plus(this.clock.now(), invocation.timeoutMs ?? timeoutMs);
    const settings = invocation.settings ?? settingsOf();
    return this.#withoutSlips(executePlans({ ...ports, owner, deadline }, settings, regions));
  }

  /** A row's columns, empty where there is none. */
  row(instanceId: string, regionId = 'cn-hangzhou'): Record<string, ColumnValue> {
    const { row } = this.tablestore.getRow({
      tableName: this.tables.plans,
      primaryKey: keyOf(regionId, instanceId),
      maxVersions: 1,
    });
    return Object.fromEntries((row?.columns ?? []).map(({ name, value }) => [name, value]));
  }

  /** The reason of a row: its code and its values, without the columns and commands that go on: next-steps.test.ts is about these. */
  reason(instanceId: string): { code: string; values: Record<string, unknown> } {
    const { reason_code: code, reason_values: values } = this.row(instanceId);
    const { also = [], ...own } = JSON.parse(String(values)) as { also?: { code: string }[] };
    const others = also.filter((one) => one.code !== 'next-steps');
    return { code: String(code), values: { ...own, ...(others.length === 0 ? {} : { also: others }) } };
  }

  /** The timeline of a row. An `ended` or `planned` entry is followed by the code of its cause, as in `ended/avoided`. */
  story(instanceId: string): string[] {
    return this.timeline(instanceId).map(({ code = 'as-written', values }) => {
      const why = (values?.['why'] as { code: string } | undefined)?.code;
      return why === undefined ? code : `${code}/${why}`;
    });
  }

  /** The entries of the timeline, as they stand in the row. */
  timeline(instanceId: string): TimelineCell[] {
    return JSON.parse(String(this.row(instanceId)['timeline'])) as TimelineCell[];
  }

  /** Sets columns as a person does in the console; undefined removes one. */
  edit(instanceId: string, columns: Record<string, ColumnValue | undefined>, regionId = 'cn-hangzhou'): void {
    this.tablestore.updateRow({
      tableName: this.tables.plans,
      primaryKey: keyOf(regionId, instanceId),
      condition: { rowExistence: 'IGNORE' },
      changes: Object.entries(columns).map(([name, value]) =>
        value === undefined ? { type: 'DELETE_ALL', name } : { type: 'PUT', name, value },
      ),
    });
  }

  /** Deletes a row as a person does in the console. */
  deleteRow(instanceId: string): void {
    this.tablestore.deleteRow({
      tableName: this.tables.plans,
      primaryKey: keyOf('cn-hangzhou', instanceId),
      condition: { rowExistence: 'IGNORE' },
    });
  }

  /** The history's rows of an instance, by plan_id. */
  history(instanceId: string): string[] {
    const { rows } = this.tablestore.getRange({
      tableName: this.tables.history,
      direction: 'FORWARD',
      start: [
        { name: 'instance_id', value: instanceId },
        { name: 'plan_id', value: '' },
      ],
      end: [
        { name: 'instance_id', value: instanceId },
        { name: 'plan_id', value: '~' },
      ],
      maxVersions: 1,
    });
    return rows.map((row) => String(row.primaryKey[1]?.value));
  }

  /** The columns of a plan in the history. */
  past(instanceId: string, planId: string): Record<string, ColumnValue> {
    const { row } = this.tablestore.getRow({
      tableName: this.tables.history,
      primaryKey: [
        { name: 'instance_id', value: instanceId },
        { name: 'plan_id', value: planId },
      ],
      maxVersions: 1,
    });
    return Object.fromEntries((row?.columns ?? []).map(({ name, value }) => [name, value]));
  }

  /** How many RebootInstance calls arrived, refused or not. */
  get sent(): number {
    return this.ecs.record.calls('RebootInstance').length;
  }

  /** How many times ECS restarted the instance for us. */
  restarts(instanceId: string): number {
    return this.ecs.instances().find(({ id }) => id === instanceId)?.restarts.api ?? 0;
  }

  /** The calls to ECS since the last asking, by action. */
  callsOf(action: string): number {
    return this.ecs.record.calls(action).length;
  }
}

function keyOf(regionId: string, instanceId: string): { name: string; value: string }[] {
  return [
    { name: 'region_id', value: regionId },
    { name: 'instance_id', value: instanceId },
  ];
}
