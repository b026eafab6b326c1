// The plans in Tablestore: what is read with which call, and on which conditions a row is written.
import pMap from 'p-map';
import { StoreReadFailed } from '../../failures.ts';
import { iso, type Instant } from '../../plan/calendar/instant.ts';
import { finalStatuses, waitingStatuses, type Plan } from '../../plan/plan.ts';
import type { Clock, PlanRead, PlanStore, PlanWrite, UnreadablePlan } from '../../ports.ts';
import {
  infMax,
  infMin,
  type Cells,
  type Key,
  type KeyBound,
  type Row,
  type RowFilter,
  type RowWrite,
  type Tablestore,
} from './api.ts';
import { retryingReads } from './read-retry.ts';
import { encodePlan, decodePlan } from './plan-row.ts';
import { ConfirmedWrites } from './confirmed-writes.ts';
import { dueIndexOf, type TableNames } from './tables.ts';

/** BatchGetRow takes no more, by its documentation. */
const rowsAGet = 100;

/** Batches that are read at the same time: enough for speed, and few enough to hold in memory. */
const batchesAtOnce = 8;

export interface PlanStoreParts {
  tablestore: Tablestore;
  tables: TableNames;
  clock: Clock;
  /** A name that no other store object has: a write that carries it is ours. */
  writer: string;
}

export function openPlanStore({ tablestore, tables, clock, writer }: PlanStoreParts): PlanStore {
  const reads = retryingReads(tablestore, clock);
  const writes = new ConfirmedWrites(tablestore, tables.plans, clock);
  // Rows as they were read, so that conditions compare with what really stood there, however a person wrote it.
  const seen = new WeakMap<Plan, Cells>();
  let writeCount = 0;

  const decode = (row: Row): PlanRead => {
    const read = decodePlan(row);
    if (read.kind === 'plan') seen.set(read.plan, row.cells);
    return read;
  };

  const rowWriteOf = ({ plan, from }: PlanWrite): RowWrite & { token: string } => {
    const token = `${writer}-${(writeCount += 1)}`;
    const next = encodePlan(plan, token);
    const before = from === undefined ? undefined : (seen.get(from) ?? encodePlan(from, ''));
    seen.set(plan, next);
    return { ...(before === undefined ? creation(next) : succession(before, next)), key: keyOf(plan), token };
  };

  const readByInstance = async (regionId: string, instanceIds: readonly string[]): Promise<PlanRead[]> => {
    const readBatch = async (ids: readonly string[]): Promise<PlanRead[]> => {
      const keys = ids.map((instanceId) => keyOf({ regionId, instanceId }));
      return (await reads.batchGet(tables.plans, keys)).map(decode);
    };
    return (await pMap(chunked(instanceIds, rowsAGet), readBatch, { concurrency: batchesAtOnce })).flat();
  };

  /** Looks through all rows of the region, but reads only what the filter needs: most rows are finished ones. */
  const instancesWhere = async (regionId: string, where: RowFilter): Promise<string[]> => {
    const rows = await readRange(reads, {
      table: tables.plans,
      from: { region_id: regionId, instance_id: infMin },
      to: { region_id: regionId, instance_id: infMax },
      columns: ['instance_id', 'status', 'intent_at'],
      where,
    });
    return rows.map((row) => String(row.key['instance_id']));
  };

  return {
    async readDue(regionId, now) {
      const due = await readRange(reads, {
        table: dueIndexOf(tables.plans),
        from: { region_id: regionId, due_at: infMin, instance_id: infMin },
        to: { region_id: regionId, due_at: BigInt(now.epochMilliseconds) + 1n, instance_id: infMin },
      });
      return readByInstance(
        regionId,
        due.map((row) => String(row.key['instance_id'])),
      );
    },

    unfinishedInstances: (regionId) => instancesWhere(regionId, isUnfinished),

    readUnderWay: async (regionId) => readByInstance(regionId, await instancesWhere(regionId, mayBeUnderWay)),

    readByInstance,

    write: async (write) => writes.one(rowWriteOf(write)),

    writeAll: async (all) => writes.all(each(all, rowWriteOf)),

    escalateUnreadable: async (row, reason, at) => {
      const token = `${writer}-${(writeCount += 1)}`;
      return writes.one({ ...escalation(row, reason, at, token), key: keyOf(row), token });
    },

    async archive(plans) {
      const history = new ConfirmedWrites(tablestore, tables.history, clock);
      return history.all(each(plans, (plan) => archival(plan, `${writer}-${(writeCount += 1)}`)));
    },
  };
}

const isUnfinished: RowFilter = { column: 'status', notIn: finalStatuses };

/** A status that says that the plan waits is not believed beside an intent. */
const mayBeUnderWay: RowFilter = {
  allOf: [isUnfinished, { anyOf: [{ column: 'status', notIn: waitingStatuses }, { has: 'intent_at' }] }],
};

/** Makes each item when it is asked for. */
function* each<T, R>(items: readonly T[], make: (item: T) => R): Generator<R> {
  for (const item of items) yield make(item);
}

function keyOf({ regionId, instanceId }: { regionId: string; instanceId: string }): Key {
  return { region_id: regionId, instance_id: instanceId };
}

/** The first row of an instance: only where there is none. */
function creation(cells: Cells): Omit<RowWrite, 'key'> {
  return { kind: 'put', put: cells, condition: { row: 'must-not-exist' } };
}

/** Columns that the decision to write rests on; a person may change one without touching `version`. */
const fencedColumns = [
  'version', // nobody wrote since we read
  'status', // nor changed the status by hand
  'owner', // the lease is still ours, where we hold one
  'plan_id', // the row is still about the same plan
  'event_ids', // and the same events
  'execute_at', // the interval is the one that was judged
  'latest_start',
  'not_before',
  'pinned',
] as const;

/** The next version of a row: only the columns that change, only if nothing that matters changed meanwhile. */
function succession(before: Cells, next: Cells): Omit<RowWrite, 'key'> {
  const own = new Set([...Object.keys(next), ...optionalColumns]);
  return {
    kind: 'update',
    // due_at is written each time: a person may have removed it meanwhile, and the row must not be forgotten.
    put: Object.fromEntries(
      Object.entries(next).filter(([name, cell]) => before[name] !== cell || name === 'due_at'),
    ),
    remove: Object.keys(before).filter((name) => own.has(name) && next[name] === undefined),
    condition: {
      row: 'must-exist',
      equals: Object.fromEntries(
        fencedColumns.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])),
      ),
    },
  };
}

/** Columns that a plan may lose on the way; everything else in a row is a person's and stays. */
const optionalColumns = [
  'instance_name',
  'not_before',
  'execute_at',
  'latest_start',
  'due_at',
  'due_at_utc',
  'decision',
  'group',
  'ecs_window',
  'runbook',
  'steps',
  'cause',
  'wait_until',
  'owner',
  'lease_until',
  'intent_at',
  'intent_outcome',
  'next_look',
  'verify_until',
  'former_event_ids',
  'later_event_ids',
] as const;

function escalation(row: UnreadablePlan, reason: string, at: Instant, token: string): Omit<RowWrite, 'key'> {
  const { version, status } = row.seen;
  return {
    kind: 'update',
    put: {
      status: 'Escalated',
      reason,
      version: BigInt((version ?? 0) + 1),
      escalated_at: iso(at),
      write_token: token,
    },
    remove: ['due_at', 'due_at_utc'],
    condition: {
      row: 'must-exist',
      equals: {
        ...(version === undefined ? {} : { version: BigInt(version) }),
        ...(status === undefined ? {} : { status }),
      },
    },
  };
}

/** A finished plan under the history's key. Whole rows, so that doing it twice changes nothing. */
function archival(plan: Plan, token: string): RowWrite & { token: string } {
  return {
    kind: 'put',
    key: { instance_id: plan.instanceId, plan_id: plan.planId },
    put: Object.fromEntries(
      Object.entries({ ...encodePlan(plan, token), region_id: plan.regionId }).filter(
        ([name]) => name !== 'plan_id',
      ),
    ),
    condition: { row: 'any' },
    token,
  };
}

async function readRange(
  tablestore: Pick<Tablestore, 'getRange'>,
  request: Parameters<Tablestore['getRange']>[0],
): Promise<Row[]> {
  const rows: Row[] = [];
  let from: KeyBound | undefined = request.from;
  while (from !== undefined) {
    const page: { rows: Row[]; next?: KeyBound } = await tablestore.getRange({ ...request, from });
    if (page.next !== undefined && sameKey(page.next, from)) {
      throw new StoreReadFailed(
        `Tablestore GetRange on ${request.table} does not move on from its start key.`,
      );
    }
    rows.push(...page.rows);
    from = page.next;
  }
  return rows;
}

function sameKey(a: KeyBound, b: KeyBound): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === value);
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
