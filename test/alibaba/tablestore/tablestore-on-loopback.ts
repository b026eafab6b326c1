// What the tests of the Tablestore adapter start from: the local Tablestore with the tables of setup, the plan store on
// Alibaba's client, pointed at it over a socket, and one row in each stage of its life.
import { Temporal } from 'temporal-polyfill';
import { openPlanStore } from '../../../lib/alibaba/tablestore/plan-store.ts';
import { openClient, tablestoreOf } from '../../../lib/alibaba/tablestore/sdk-api.ts';
import { setUpTable } from '../../../lib/alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../../../lib/alibaba/tablestore/tables.ts';
import type { Instant } from '../../../lib/plan/calendar/instant.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { PlanRead, PlanStore } from '../../../lib/ports.ts';
import { VirtualClock } from '../../cloud/clock.ts';
import { Faults } from '../../cloud/faults.ts';
import { TablestoreCore } from '../../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import { startTablestore } from '../../cloud/tablestore/server.ts';
import { instantClock } from '../instant-clock.ts';

export const at = (text: string): Instant => Temporal.Instant.from(text);

/** Plain data with instants as texts: instants are opaque to deep comparison. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A plan that waits for its window. */
export function planned(changes: Partial<Plan> = {}): Plan {
  return {
    regionId: 'cn-hangzhou',
    instanceId: 'i-1',
    instanceName: 'web-1',
    planId: 'e-1',
    status: 'Planned',
    reason: state('in-window', {
      window: 'daily 02:00-05:00 Asia/Shanghai',
      at: '2026-12-01T18:00:00Z',
      timeZone: 'Asia/Shanghai',
    }),
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
      noWindow: 'last-resort',
      lastResortLead: '2h',
    },
    pinned: false,
    approval: 'not-required',
    version: 1,
    timeline: [{ at: at('2026-12-01T10:00:00Z'), by: 'plan', what: state('judged-again', {}) }],
    ...changes,
  };
}

/** The same plan in the hands of an execution. */
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
    reason: state('avoided', { eventIds: ['e-1'] }),
    intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' },
    version: 5,
    ...changes,
  });
}

export type RowCells = Record<string, ColumnValue>;

export interface StoreWorld {
  core: TablestoreCore;
  faults: Faults;
  store: PlanStore;
  pauses: number[];
  /** The requests of an operation so far, as the service parsed them. */
  requests: (operation: string) => unknown[];
  /** The columns of a row as they stand; undefined where there is no row. */
  row: (instanceId: string, table?: string) => RowCells | undefined;
  /** Changes columns as a person does in the console, unconditionally; undefined removes one. */
  edit: (instanceId: string, columns: Record<string, ColumnValue | undefined>) => void;
  /** The one row of an instance, through the store. */
  read: (instanceId: string) => Promise<PlanRead>;
  /** The plan of an instance, through the store; fails where the row cannot be read. */
  readPlan: (instanceId: string) => Promise<Plan>;
}

const operations = ['GetRow', 'GetRange', 'BatchGetRow', 'BatchWriteRow', 'PutRow', 'UpdateRow'] as const;

/** A local Tablestore with both tables; `atEnd` is told how to close it. */
export async function storeWorld(atEnd: (close: () => Promise<void>) => void): Promise<StoreWorld> {
  const cloudClock = new VirtualClock(Date.UTC(2026, 11, 1));
  const core = new TablestoreCore({ now: () => cloudClock.now() });
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
    if (found === undefined) throw new Error(`there is no row of ${instanceId}`);
    return found;
  };
  return {
    core,
    faults,
    store,
    pauses: clock.pauses,
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
      if (found.kind !== 'plan') throw new Error(`the row is not a plan: ${JSON.stringify(found)}`);
      return found.plan;
    },
  };
}

/** Notes every request, and lets it pass. */
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
