// Creates missing tables, and compares existing ones with their design. Existing tables are never changed or removed.
import TableStore from 'tablestore';
import { TablestoreFault } from './api.ts';
import { sentenceOn } from './refusals.ts';
import { call } from './sdk-api.ts';
import type { TableDesign } from './tables.ts';

/** What was found or done for one table. */
export interface TableFinding {
  table: string;
  state: 'created' | 'exists' | 'differs' | 'missing';
  /** One sentence per difference: what the table has, and what was expected. */
  differences: readonly string[];
}

/**
 * Creates or compares one table.
 * @throws TablestoreFault if Tablestore refuses or fails. It says what to do, where we know it.
 */
export function setUpTable(client: TableStore.Client, design: TableDesign): Promise<TableFinding> {
  return said(design, async () => {
    const found = await compare(client, design);
    if (found.state !== 'missing') return found;
    await create(client, design);
    return { ...found, state: 'created' };
  });
}

/**
 * Compares one table, and writes nothing.
 * @throws TablestoreFault if Tablestore refuses or fails. It says what to do, where we know it.
 */
export function lookAtTable(client: TableStore.Client, design: TableDesign): Promise<TableFinding> {
  return said(design, () => compare(client, design));
}

async function said(design: TableDesign, work: () => Promise<TableFinding>): Promise<TableFinding> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof TablestoreFault)) throw thrown;
    throw new TablestoreFault(sentenceOn(thrown, design.name), thrown.code, thrown);
  }
}

async function compare(client: TableStore.Client, design: TableDesign): Promise<TableFinding> {
  const found = await describe(client, design.name);
  const differences = found === undefined ? [] : differencesOf(found, design);
  const state = found === undefined ? 'missing' : differences.length === 0 ? 'exists' : 'differs';
  return { table: design.name, state, differences };
}

async function describe(
  client: TableStore.Client,
  tableName: string,
): Promise<TableStore.TableInfo | undefined> {
  try {
    return await call('DescribeTable', () => client.describeTable({ tableName }));
  } catch (thrown) {
    if (thrown instanceof TablestoreFault && thrown.code === 'OTSObjectNotExist') return undefined;
    throw thrown;
  }
}

async function create(client: TableStore.Client, design: TableDesign): Promise<void> {
  const { DefinedColumnType, IndexType, IndexUpdateMode } = TableStore;
  const definedTypes = { STRING: DefinedColumnType.DCT_STRING, INTEGER: DefinedColumnType.DCT_INTEGER };
  const params = {
    tableMeta: {
      tableName: design.name,
      primaryKey: design.primaryKey,
      definedColumn: design.definedColumns.map(({ name, type }) => ({ name, type: definedTypes[type] })),
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: design.timeToLive, maxVersions: 1 },
    ...(design.localIndex === undefined
      ? {}
      : {
          // By default the client makes a global index, which lags behind its table.
          indexMetas: [
            {
              ...design.localIndex,
              definedColumn: [],
              indexType: IndexType.IT_LOCAL_INDEX,
              indexUpdateMode: IndexUpdateMode.IUM_SYNC_INDEX,
            },
          ],
        }),
  };
  try {
    await call('CreateTable', () => client.createTable(params));
  } catch (thrown) {
    // Another setup created it first.
    if (!(thrown instanceof TablestoreFault && thrown.code === 'OTSObjectAlreadyExist')) throw thrown;
  }
}

function differencesOf(found: TableStore.TableInfo, design: TableDesign): string[] {
  const { tableMeta, tableOptions, indexMetas = [] } = found;
  const index = indexMetas.find(({ name }) => name === design.localIndex?.name);
  return [
    ...differ('primary key', columns(tableMeta.primaryKey), columns(design.primaryKey)),
    ...(design.definedColumns.length === 0
      ? []
      : differ(
          'list of defined columns',
          columns(tableMeta.definedColumn ?? []),
          columns(design.definedColumns),
        )),
    ...differ('time to live', seconds(tableOptions.timeToLive), seconds(design.timeToLive)),
    ...differ('number of versions per cell', String(tableOptions.maxVersions), '1'),
    ...(design.localIndex === undefined
      ? []
      : differ(
          `index ${design.localIndex.name}`,
          index === undefined ? 'missing' : `${kind(index.indexType)} on ${index.primaryKey.join(', ')}`,
          `local on ${design.localIndex.primaryKey.join(', ')}`,
        )),
  ];
}

function differ(what: string, found: string, expected: string): string[] {
  return found === expected ? [] : [`The ${what} is ${found}, expected ${expected}.`];
}

function columns(list: readonly { name: string; type: string | number }[]): string {
  return list.map(({ name, type }) => `${name} ${typeName(type)}`).join(', ') || 'none';
}

/** The client gives the numbers of the wire: INTEGER is 1; STRING is 2 in keys and 4 elsewhere. */
function typeName(type: string | number): string {
  return typeof type === 'string'
    ? type
    : ({ 1: 'INTEGER', 2: 'STRING', 4: 'STRING' }[type] ?? `type ${type}`);
}

function kind(indexType: string | number): string {
  return indexType === TableStore.IndexType.IT_LOCAL_INDEX ? 'local' : 'global';
}

function seconds(value: number): string {
  return value === -1 ? 'for ever' : `${value} s`;
}
