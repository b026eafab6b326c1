// The server over HTTP: its address, its latency, its connections, and the indexes that the real client makes.
import { Agent } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send, signed } from './testing/raw.ts';
import { advance } from './testing/subject.ts';
import { TABLE, tableOnLoopback, until } from './testing/table-on-loopback.ts';
import { INSTANCE, openWireTablestore, type WireTablestore } from './testing/wire-tablestore.ts';

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await tableOnLoopback();
});

afterEach(() => tablestore.close());

describe('an index', () => {
  it('is created and dropped by the real client', async () => {
    tablestore.core.createTable({
      ...TABLE,
      tableName: 'indexed',
      definedColumns: [{ name: 'due', type: 'INTEGER' }],
    });
    await tablestore.client.createIndex({
      mainTableName: 'indexed',
      indexMeta: {
        name: 'by_due',
        primaryKey: ['due'],
        definedColumn: [],
        indexUpdateMode: 0,
        indexType: 0,
      },
      includeBaseData: true,
    });
    const { indexMetas } = await tablestore.client.describeTable({ tableName: 'indexed' });
    expect(indexMetas.map(({ name, primaryKey }) => [name, primaryKey])).toEqual([['by_due', ['due']]]);
    await tablestore.client.dropIndex({ mainTableName: 'indexed', indexName: 'by_due' });
    expect((await tablestore.client.describeTable({ tableName: 'indexed' })).indexMetas).toEqual([]);
  });
});

describe('the server', () => {
  it('listens only on loopback', () => {
    expect(tablestore.server.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(tablestore.server.instance).toBe(INSTANCE);
  });

  it('holds every answer for its latency on the clock', async () => {
    const slow = await openWireTablestore({}, { latencyMs: 20 });
    const calls = [slow.client.listTable({}), slow.client.listTable({})];
    await until(() => slow.server.parked() === 2);
    advance(slow.clock, 19);
    expect(slow.server.parked()).toBe(2);
    advance(slow.clock, 1);
    expect(slow.server.parked()).toBe(0);
    expect((await Promise.all(calls)).length).toBe(2);
    await slow.close();
  });

  it('keeps a connection for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await send(tablestore.server.endpoint, signed('ListTable'), agent);
    const second = await send(tablestore.server.endpoint, signed('ListTable'), agent);
    expect(second.localPort).toBe(first.localPort);
    agent.destroy();
  });

  it('ends held requests and idle connections at once on close', async () => {
    const agent = new Agent({ keepAlive: true });
    await send(tablestore.server.endpoint, signed('ListTable'), agent);
    tablestore.faults.add({ operation: 'ListTable', fault: { kind: 'stall', when: 'before' } });
    const held = tablestore.client.listTable({});
    await until(() => tablestore.server.parked() === 1);
    const gone = expect(held).rejects.toMatchObject({ code: 'NetworkingError' });
    await tablestore.close();
    await gone;
    expect(tablestore.server.parked()).toBe(0);
    agent.destroy();
    tablestore = await openWireTablestore();
  });
});
