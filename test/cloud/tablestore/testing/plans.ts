// The table of the conformance suite, short forms for its requests, and the ways in which it reaches Tablestore: in process
// and through the real Node client over a socket, or at the endpoint that the environment names.
import { afterEach, beforeEach, describe } from 'vitest';
import type { ColumnCondition, Condition, CreateTableRequest, GetRangeRequest } from '../core/requests.ts';
import type { ColumnChange, ColumnInput, PrimaryKey, Row } from '../core/schema.ts';
import { INF_MAX, INF_MIN, type ColumnValue } from '../core/values.ts';
import { targets } from '../../../conformance-targets.ts';
import { openEndpointTablestore } from './endpoint-tablestore.ts';
import { openCoreTablestore, type Subject, type TestTablestore } from './subject.ts';
import { openWireTablestore } from './wire-tablestore.ts';

/** The condition that is always met. */
export const IGNORE: Condition = { rowExistence: 'IGNORE' };

/** The table of the suite, with a local and a global index. */
export const PLANS: CreateTableRequest = {
  tableName: 'plans',
  primaryKey: [
    { name: 'region', type: 'STRING' },
    { name: 'instance', type: 'STRING' },
  ],
  definedColumns: [
    { name: 'due', type: 'INTEGER' },
    { name: 'status', type: 'STRING' },
  ],
  options: { timeToLive: -1, maxVersions: 1 },
  indexes: [
    {
      name: 'plans_due',
      primaryKey: ['region', 'due', 'instance'],
      definedColumns: ['status'],
      type: 'LOCAL',
      updateMode: 'SYNC',
    },
    {
      name: 'plans_status',
      primaryKey: ['status'],
      definedColumns: [],
      type: 'GLOBAL',
      updateMode: 'ASYNC',
    },
  ],
};

/** The primary key of a row. */
export const key = (instance: string, region = 'hz'): PrimaryKey => [
  { name: 'region', value: region },
  { name: 'instance', value: instance },
];

/** A condition on one column. */
export const single = (
  column: string,
  comparator: Extract<ColumnCondition, { type: 'SINGLE' }>['comparator'],
  value: ColumnValue,
  passIfMissing = false,
): ColumnCondition => ({ type: 'SINGLE', column, comparator, value, passIfMissing });

/** Columns for a write. */
export const columns = (given: Record<string, ColumnValue>): ColumnInput[] =>
  Object.entries(given).map(([name, value]) => ({ name, value }));

/** The attributes of a row as a plain object. */
export function attributes(row: Row | undefined): Record<string, ColumnValue> | undefined {
  return row && Object.fromEntries(row.columns.map(({ name, value }) => [name, value]));
}

/** The key column `instance` of each row. */
export function instances(rows: readonly Row[]): unknown[] {
  return rows.map(({ primaryKey }) => primaryKey.find(({ name }) => name === 'instance')?.value);
}

/** The table of the suite, reached through a subject. */
class Plans {
  readonly subject: Subject;

  constructor(subject: Subject) {
    this.subject = subject;
  }

  async put(instance: string, given: Record<string, ColumnValue>, condition = IGNORE): Promise<void> {
    await this.subject.putRow({
      tableName: 'plans',
      primaryKey: key(instance),
      condition,
      columns: columns(given),
    });
  }

  async update(instance: string, changes: readonly ColumnChange[], condition = IGNORE): Promise<void> {
    await this.subject.updateRow({ tableName: 'plans', primaryKey: key(instance), condition, changes });
  }

  async get(instance: string, columnsToGet?: string[]): Promise<Record<string, ColumnValue> | undefined> {
    const { row } = await this.subject.getRow({
      tableName: 'plans',
      primaryKey: key(instance),
      maxVersions: 1,
      ...(columnsToGet && { columnsToGet }),
    });
    return attributes(row);
  }

  range(more: Partial<GetRangeRequest> = {}): Promise<{ rows: readonly Row[]; next?: PrimaryKey }> {
    return this.subject.getRange({
      tableName: 'plans',
      direction: 'FORWARD',
      start: [
        { name: 'region', value: INF_MIN },
        { name: 'instance', value: INF_MIN },
      ],
      end: [
        { name: 'region', value: INF_MAX },
        { name: 'instance', value: INF_MAX },
      ],
      maxVersions: 1,
      ...more,
    });
  }

  async due(): Promise<unknown[]> {
    const bound = (value: typeof INF_MIN | typeof INF_MAX): GetRangeRequest['start'] => [
      { name: 'region', value: 'hz' },
      { name: 'due', value },
      { name: 'instance', value },
    ];
    const request = { tableName: 'plans_due', start: bound(INF_MIN), end: bound(INF_MAX) };
    return instances((await this.range(request)).rows);
  }

  async byStatus(): Promise<unknown[]> {
    const bound = (value: typeof INF_MIN | typeof INF_MAX): GetRangeRequest['start'] => [
      { name: 'status', value },
      { name: 'region', value },
      { name: 'instance', value },
    ];
    const request = { tableName: 'plans_status', start: bound(INF_MIN), end: bound(INF_MAX) };
    return instances((await this.range(request)).rows);
  }
}

/** The error of a write whose condition is not met. */
export const refused = { status: 403, code: 'OTSConditionCheckFail', message: 'Condition check failed.' };

type Skip = (note: string) => never;

const localWays: [string, () => Promise<TestTablestore>][] = [
  ['in process', () => openCoreTablestore({ globalIndexDelayMs: 1000 })],
  ['through the real client', () => openWireTablestore({ globalIndexDelayMs: 1000 })],
];

function ways(): [string, (skip: Skip) => Promise<TestTablestore>][] {
  const target = targets.tablestore;
  if (target === undefined) return localWays;
  return [[`at ${target.endpoint}`, (skip) => Promise.resolve(openEndpointTablestore(target, skip))]];
}

/** In the real service a new table is ready after a minute or more. */
const timeout = targets.tablestore === undefined ? 60_000 : 300_000;

/** What a test of the suite uses. It is new for every test. */
export interface Here {
  tablestore: TestTablestore;
  plans: Plans;
}

/** Declares the same tests for both local ways, or for the endpoint. Locally, global indexes lag by a second. */
export function inProcessAndOverWire(title: string, declare: (here: Here) => void): void {
  describe.each(ways())(`${title}, %s`, { timeout }, (_name, start) => {
    const here = {} as Here;
    beforeEach(async ({ skip }) => {
      here.tablestore = await start((note) => skip(note));
      here.plans = new Plans(here.tablestore.subject);
      await here.tablestore.subject.createTable(PLANS);
    }, timeout);
    afterEach(() => here.tablestore.close(), timeout);
    declare(here);
  });
}
