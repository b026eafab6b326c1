// What each operation of Tablestore needs of RAM, through the official client. The resources are literals from Tablestore's
// documentation (help.aliyun.com/zh/tablestore/developer-reference/configure-user-permissions).
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../clock.ts';
import { startLocalCloud, type LocalCloud } from '../local-cloud.ts';
import { sessionOfRole, type StatementJson } from '../ram/testing/roles.ts';
import { sdk, type SdkClient } from './testing/sdk.ts';
import { operationNames } from './wire/operations.ts';

const instance = 'acs:ots:cn-hangzhou:1000000000000001:instance/local';
const onTable = (name: string): string => `${instance}/table/${name}`;

/** A cloud with the tables t, which has the index t_due, and other. */
async function cloudWithTables(): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  for (const tableName of ['t', 'other']) {
    cloud.tablestore.core.createTable({
      tableName,
      primaryKey: [
        { name: 'a', type: 'STRING' },
        { name: 'b', type: 'STRING' },
      ],
      definedColumns: [{ name: 'due', type: 'INTEGER' }],
      options: { timeToLive: -1, maxVersions: 1 },
      ...(tableName === 't' ? { indexes: [dueIndex] } : {}),
    });
  }
  return cloud;
}

const dueIndex = {
  name: 't_due',
  primaryKey: ['a', 'due', 'b'],
  definedColumns: [],
  type: 'LOCAL',
  updateMode: 'SYNC',
} as const;

/** A client with a session of a new role. */
function clientWith(cloud: LocalCloud, role: string, ...statements: StatementJson[]): SdkClient {
  const { accessKeyId, accessKeySecret, securityToken } = sessionOfRole(cloud.ram.core, role, ...statements);
  return new sdk.Client({
    accessKeyId,
    secretAccessKey: accessKeySecret,
    stsToken: securityToken,
    endpoint: cloud.tablestore.endpoint,
    instancename: cloud.tablestore.instance,
    maxRetries: 0,
  });
}

/** `OK`, or the code and message of the error. The client writes both into one message. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'OK';
  } catch (error) {
    return /OTS\w+|LocalCloud\.\w+/.exec(String(error))?.[0] ?? String(error);
  }
}

const key = [{ a: '1' }, { b: '2' }];
const condition = new sdk.Condition(sdk.RowExistenceExpectation.IGNORE, null);
const row = { tableName: 't', primaryKey: key, condition };
const range = {
  direction: 'FORWARD',
  inclusiveStartPrimaryKey: [{ a: sdk.INF_MIN }, { b: sdk.INF_MIN }],
  exclusiveEndPrimaryKey: [{ a: sdk.INF_MAX }, { b: sdk.INF_MAX }],
  maxVersions: 1,
};
const schema = {
  tableMeta: {
    tableName: 'new',
    primaryKey: [{ name: 'a', type: 'STRING' }],
    definedColumn: [],
  },
  reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
  tableOptions: { timeToLive: -1, maxVersions: 1 },
};
const indexMeta = {
  name: 'o_due',
  primaryKey: ['a', 'due', 'b'],
  definedColumn: [],
  includeBaseData: true,
  indexUpdateMode: 1,
  indexType: 1,
};

/** A call of each operation, and the resources that it needs. */
const calls: readonly [
  operation: string,
  call: (client: SdkClient) => Promise<unknown>,
  resources: string[],
][] = [
  ['CreateTable', (client) => client.createTable(schema), [onTable('new')]],
  ['ListTable', (client) => client.listTable({}), [onTable('*')]],
  ['DescribeTable', (client) => client.describeTable({ tableName: 't' }), [onTable('t')]],
  [
    'UpdateTable',
    (client) => client.updateTable({ tableName: 'other', tableOptions: { timeToLive: 90_000 } }),
    [onTable('other')],
  ],
  ['DeleteTable', (client) => client.deleteTable({ tableName: 'other' }), [onTable('other')]],
  ['CreateIndex', (client) => client.createIndex({ mainTableName: 'other', indexMeta }), [onTable('other')]],
  ['DropIndex', (client) => client.dropIndex({ mainTableName: 't', indexName: 't_due' }), [onTable('t')]],
  ['ListSearchIndex', (client) => client.listSearchIndex({ tableName: 't' }), [onTable('t')]],
  ['GetRow', (client) => client.getRow({ tableName: 't', primaryKey: key, maxVersions: 1 }), [onTable('t')]],
  ['PutRow', (client) => client.putRow({ ...row, attributeColumns: [{ c: 'x' }] }), [onTable('t')]],
  [
    'UpdateRow',
    (client) => client.updateRow({ ...row, updateOfAttributeColumns: [{ PUT: [{ c: 'x' }] }] }),
    [onTable('t')],
  ],
  ['DeleteRow', (client) => client.deleteRow(row), [onTable('t')]],
  ['GetRange', (client) => client.getRange({ tableName: 't', ...range }), [onTable('t')]],
  [
    'GetRange',
    (client) =>
      client.getRange({
        tableName: 't_due',
        ...range,
        inclusiveStartPrimaryKey: [{ a: sdk.INF_MIN }, { due: sdk.INF_MIN }, { b: sdk.INF_MIN }],
        exclusiveEndPrimaryKey: [{ a: sdk.INF_MAX }, { due: sdk.INF_MAX }, { b: sdk.INF_MAX }],
      }),
    [onTable('t_due')],
  ],
  [
    'BatchGetRow',
    (client) =>
      client.batchGetRow({
        tables: ['t', 'other'].map((tableName) => ({ tableName, primaryKey: [key], maxVersions: 1 })),
      }),
    [onTable('t'), onTable('other')],
  ],
  [
    'BatchWriteRow',
    (client) =>
      client.batchWriteRow({
        tables: ['t', 'other'].map((tableName) => ({
          tableName,
          rows: [{ type: 'PUT', condition, primaryKey: key, attributeColumns: [{ c: 'x' }] }],
        })),
      }),
    [onTable('t'), onTable('other')],
  ],
];

describe('The rights of Tablestore', () => {
  it('have a call of each operation below', () => {
    expect([...new Set(calls.map(([operation]) => operation))].sort()).toEqual([...operationNames].sort());
  });

  it.each(calls)('let %s through with a right on each of its tables', async (operation, call, resources) => {
    const cloud = await cloudWithTables();
    const Action = `ots:${operation}`;
    for (const [n, missing] of resources.entries()) {
      const others = [...resources.filter((resource) => resource !== missing), onTable('none')];
      const client = clientWith(cloud, `one-${n}`, { Effect: 'Allow', Action: '*', Resource: others });
      expect(await outcome(call(client))).toBe('OTSNoPermissionAccess');
    }
    const denied = clientWith(
      cloud,
      'denied',
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action, Resource: '*' },
    );
    expect(await outcome(call(denied))).toBe('OTSNoPermissionAccess');
    const enough = clientWith(cloud, 'enough', { Effect: 'Allow', Action, Resource: resources });
    expect(await outcome(call(enough))).toBe('OK');
  });

  it.each([
    ['the instance alone', 'OTSNoPermissionAccess', instance],
    ['the instance and all that begins so', 'OK', `${instance}*`],
    ['all of its tables', 'OK', `${instance}/table/*`],
    ['every instance', 'OK', 'acs:ots:*:*:instance/*'],
    ['another region', 'OTSNoPermissionAccess', 'acs:ots:cn-beijing:*:instance/*'],
  ])('on %s: reading a row is answered with %s', async (_, expected, resource) => {
    const cloud = await cloudWithTables();
    const client = clientWith(cloud, 'r', { Effect: 'Allow', Action: 'ots:Get*', Resource: resource });
    const read = client.getRow({ tableName: 't', primaryKey: key, maxVersions: 1 });
    expect(await outcome(read)).toBe(expected);
  });
});

describe('A caller of Tablestore', () => {
  it('without a right is told so, and nothing is written', async () => {
    const cloud = await cloudWithTables();
    const client = clientWith(cloud, 'r', { Effect: 'Allow', Action: 'ots:Get*', Resource: '*' });
    await expect(client.putRow({ ...row, attributeColumns: [{ c: 'x' }] })).rejects.toThrow(
      'You have no permission to access the requested resource, please contact the resource owner',
    );
    expect([...cloud.tablestore.core.record.entries()]).toEqual([]);
  });

  it('with a condition that the local cloud does not know gets an error that says so', async () => {
    const cloud = await cloudWithTables();
    const client = clientWith(cloud, 'r', {
      Effect: 'Allow',
      Action: 'ots:*',
      Resource: '*',
      Condition: { Bool: { 'acs:SecureTransport': 'true' } },
    });
    await expect(client.listTable({})).rejects.toThrow('acs:SecureTransport');
  });
});
