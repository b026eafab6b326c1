// The start of each test of the Tablestore adapter: the local Tablestore with the tables of setup, and the plan store, which
// reaches it through Alibaba's client over a socket. Also a plan in each stage of its life.
import { Temporal } from 'temporal-polyfill';
import { openPlanStore } from '../../../lib/alibaba/tablestore/plan-store.ts';
import { openClient, tablestoreOf } from '../../../lib/alibaba/tablestore/sdk-api.ts';
import { setUpTable } from '../../../lib/alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../../../lib/alibaba/tablestore/tables.ts';
import type { Instant } from '../../../lib/plan/calendar/instant.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Statement } from '../../../lib/plan/statement.ts';
import type { PlanRead, PlanStore } from '../../../lib/ports.ts';
import { VirtualClock } from '../../cloud/clock.ts';
import { Faults } from '../../cloud/faults.ts';
import { TablestoreCore, type CoreOptions } from '../../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import { startTablestore } from '../../cloud/tablestore/server.ts';
import { advance } from '../../cloud/tablestore/testing/subject.ts';
import { instantClock } from '../instant-clock.ts';

export const at = (text: string): Instant => Temporal.Instant.from(text);

/** Plain data with instants as texts, because deep comparison cannot look into instants. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const inWindow: Statement<'in-window'> = {
  code: 'in-window',
  values: { at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai', window: 'daily 02:00-05:00' },
};

/** A plan that waits for its window. */
export function planned(changes: Partial<Plan> = {}): Plan {
  return {
    regionId: 'cn-hangzhou',
    instanceId: 'i-1',
    instanceName: 'web-1',
    planId: 'e-1',
    status: 'Planned',
    reason: inWindow,
    eventIds: ['e-1'],
    formerEventIds: [],
    laterEventIds: [],
    notBefore: at('2026-12-03T02:00:00Z'),
    executeAt: at('2026-12-01T18:00:00Z'),
    latestStart: at('2026-12-01T20:45:00Z'),
    decision: 'window',
    rules: {
      windows: 'daily 02:00-05:00',
      timeZone: 'Asia/Shanghai',
      blackouts: [],
      slot: '15m',
      safetyMargin: '30m',
      noWindow: 'leave',
    },
    pinned: false,
    approval: 'not-required',
    version: 1,
    timeline: [{ at: at('2026-12-01T10:00:00Z'), by: 'plan', what: inWindow }],
    ...changes,
  };
}

/** The same plan while an execution works on it. */
export function preparing(changes: Partial<Plan> = {}): Plan {
  return planned({
    status: 'Preparing',
    lease: { owner: 'execution-1', until: at('2026-12-01T18:03:30Z') },
    version: 2,
    ...changes,
  });
}

/** The same plan at its end. */
export function avoided(changes: Partial<Plan> = {}): Plan {
  return planned({
    status: 'Avoided',
    reason: { code: 'avoided', values: { eventIds: ['e-1'] } },
    intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' },
    version: 5,
    ...changes,
  });
}

export type RowCells = Record<string, ColumnValue>;

export interface StoreOnLoopback {
  core: TablestoreCore;
  faults: Faults;
  store: PlanStore;
  pauses: number[];
  /** Lets time pass for the service. */
  pass: (ms: number) => void;
  /** The requests of an operation so far, as the service parsed them. */
  requests: (operation: string) => unknown[];
  /** The current columns of a row; undefined if there is no row. */
  row: (instanceId: string, table?: string) => RowCells | undefined;
  /** Changes columns like a person in the console, without a condition. Undefined removes a column. */
  edit: (instanceId: string, columns: Record<string, ColumnValue | undefined>) => void;
  /** The row of an instance, through the store. */
  read: (instanceId: string) => Promise<PlanRead>;
  /** The plan of an instance, through the store. Fails if the row cannot be read. */
  readPlan: (instanceId: string) => Promise<Plan>;
}

const operations = ['GetRow', 'GetRange', 'BatchGetRow', 'BatchWriteRow', 'PutRow', 'UpdateRow'] as const;

/** A local Tablestore with both tables. `atEnd` gets the function that closes it. */
export async function storeOnLoopback(
  atEnd: (close: () => Promise<void>) => void,
  options: Partial<CoreOptions> = {},
): Promise<StoreOnLoopback> {
  const cloudClock = new VirtualClock(Date.UTC(2026, 11, 1));
  const core = new TablestoreCore({ now: () => cloudClock.now(), ...options });
  const faults = new Faults();
  const server = await startTablestore({
    core,
    clock: cloudClock,
    faults,
    instance: 'planner',
    credentials: (id) => (id === 'key' ? { secret: 'secret' } : undefined),
  });
  atEnd(() => server.close());
  const client = openClient(server, { accessKeyId: 'key', accessKeySecret: 'secret' });
  const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' };
  for (const design of tableDesigns(tables)) await setUpTable(client, design);
  const clock = instantClock('2026-12-01T00:00:00Z');
  const store = openPlanStore({ tablestore: tablestoreOf(client), tables, clock, writer: 'test' });
  const seen = watch(faults);
  const key = (instanceId: string) => [
    { name: 'region_id', value: 'cn-hangzhou' },
    { name: 'instance_id', value: instanceId },
  ];
  const read = async (instanceId: string): Promise<PlanRead> => {
    const [found] = await store.readByInstance('cn-hangzhou', [instanceId]);
    if (found === undefined) throw new Error(`there is no row for ${instanceId}`);
    return found;
  };
  return {
    core,
    faults,
    store,
    pauses: clock.pauses,
    pass: (ms) => advance(cloudClock, ms),
    requests: (operation) => seen.get(operation) ?? [],
    row: (instanceId, table = 'reboot_plans') =>
      core.record.findLast((write) => write.table === table && write.primaryKey['instance_id'] === instanceId)
        ?.after,
    edit: (instanceId, columns) => {
      core.updateRow({
        tableName: 'reboot_plans',
        primaryKey: key(instanceId),
        condition: { rowExistence: 'IGNORE' },
        changes: Object.entries(columns).map(([name, value]) =>
          value === undefined ? { type: 'DELETE_ALL', name } : { type: 'PUT', name, value },
        ),
      });
    },
    read,
    readPlan: async (instanceId) => {
      const found = await read(instanceId);
      if (found.kind !== 'plan') throw new Error(`the row of ${instanceId} is ${found.kind}`);
      return found.plan;
    },
  };
}

/** Records every request and lets it pass. */
function watch(faults: Faults): Map<string, unknown[]> {
  const seen = new Map<string, unknown[]>();
  for (const operation of operations) {
    const requests: unknown[] = [];
    seen.set(operation, requests);
    faults.add({
      operation,
      matching: (request) => {
        requests.push(request);
        return false;
      },
      fault: { kind: 'empty' },
    });
  }
  return seen;
}
