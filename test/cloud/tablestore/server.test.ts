// The server over HTTP: which requests it accepts, how it signs answers, and what a caller sees of each fault.
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../faults.ts';
import { conditionOf } from './testing/sdk-requests.ts';
import { parseSdkError } from './testing/sdk-error.ts';
import {
  ACCESS_KEY,
  clientOf,
  INSTANCE,
  openWireTablestore,
  type WireTablestore,
} from './testing/wire-tablestore.ts';
import { advance } from './testing/subject.ts';
import { hmac, md5, send, signed, type RawRequest } from './testing/raw.ts';
import { main } from './wire/messages.ts';
import { writeRow } from './wire/plain-buffer-writer.ts';

const TABLE = {
  tableName: 't',
  primaryKey: [{ name: 'id', type: 'STRING' }],
  options: { timeToLive: -1, maxVersions: 1 },
} as const;

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await openWireTablestore();
  tablestore.core.createTable(TABLE);
});

afterEach(() => tablestore.close());

const put = (): Promise<unknown> =>
  tablestore.client.putRow({
    tableName: 't',
    primaryKey: [{ id: 'a' }],
    condition: conditionOf({ rowExistence: 'IGNORE' }),
    attributeColumns: [{ c: 'x' }],
  });

/** Milliseconds of real time to wait for an answer that must not come. An answer over loopback is much faster. */
const A_WHILE = 100;

async function outcome(call: Promise<unknown>): Promise<string> {
  const settled = call.then(
    () => 'answered',
    (error: unknown) => `failed: ${String((error as { code?: unknown }).code)}`,
  );
  return Promise.race([settled, sleep(A_WHILE, 'pending')]);
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(1);
}

describe('a response', () => {
  it('has the headers that the SDKs check, and a signature over the documented text', async () => {
    const { status, headers, body } = await send(tablestore.server.endpoint, signed('ListTable'));
    expect(status).toBe(200);
    expect(main.ListTableResponse.decode(body).tableNames).toEqual(['t']);
    expect(headers).toMatchObject({
      'x-ots-contentmd5': md5(body),
      'x-ots-contenttype': 'protocol buffer',
      'x-ots-date': '2026-03-01T00:00:00.000Z',
      'x-ots-requestid': '00050000-0000-0000-0001-0a0b0c0d0e0f',
    });
    const text =
      `x-ots-contentmd5:${md5(body)}\nx-ots-contenttype:protocol buffer\n` +
      'x-ots-date:2026-03-01T00:00:00.000Z\nx-ots-requestid:00050000-0000-0000-0001-0a0b0c0d0e0f\n/ListTable';
    expect(headers.authorization).toBe(`OTS ${ACCESS_KEY.id}:${hmac(ACCESS_KEY.secret, text)}`);
  });

  it('is signed, even if it is an error', async () => {
    const request = signed(
      'DescribeTable',
      Buffer.from(main.DescribeTableRequest.encode({ tableName: 'no' }).finish()),
    );
    const { status, headers, body } = await send(tablestore.server.endpoint, request);
    expect(status).toBe(404);
    expect(main.Error.decode(body)).toMatchObject({ code: 'OTSObjectNotExist' });
    const names = ['x-ots-contentmd5', 'x-ots-contenttype', 'x-ots-date', 'x-ots-requestid'];
    const text = [...names.map((name) => `${name}:${String(headers[name])}`), '/DescribeTable'].join('\n');
    expect(headers.authorization).toBe(`OTS ${ACCESS_KEY.id}:${hmac(ACCESS_KEY.secret, text)}`);
  });

  it('gives the real client a new request id each time', async () => {
    const first = await tablestore.client.listTable({});
    const second = await tablestore.client.listTable({});
    expect(first.RequestId).toBe('00050000-0000-0000-0001-0a0b0c0d0e0f');
    expect(second.RequestId).toBe('00050000-0000-0000-0002-0a0b0c0d0e0f');
  });
});

describe('a request', () => {
  const without = (name: string): RawRequest => {
    const raw = signed('ListTable');
    const headers = Object.fromEntries(Object.entries(raw.headers).filter(([key]) => key !== name));
    return { ...raw, headers };
  };

  const wrongs: [string, () => RawRequest, number, string, string][] = [
    ...[
      'x-ots-accesskeyid',
      'x-ots-apiversion',
      'x-ots-contentmd5',
      'x-ots-date',
      'x-ots-instancename',
      'x-ots-signature',
    ].map((name): [string, () => RawRequest, number, string, string] => [
      `lacks ${name}`,
      () => without(name),
      400,
      'OTSParameterInvalid',
      `Missing header: '${name}'.`,
    ]),
    [
      'is signed with another secret',
      () => signed('ListTable', Buffer.alloc(0), {}, 'another secret'),
      403,
      'OTSAuthFailed',
      'Signature mismatch.',
    ],
    [
      'was signed for another operation',
      () => ({ ...signed('ListTable'), operation: 'DeleteTable' }),
      403,
      'OTSAuthFailed',
      'Signature mismatch.',
    ],
    [
      'has an unknown access key id',
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-accesskeyid': 'LTAI5tNobody' }),
      403,
      'OTSAuthFailed',
      'The AccessKeyID does not exist.',
    ],
    [
      'names another instance',
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-instancename': 'another' }),
      403,
      'OTSAuthFailed',
      'The instance is not found.',
    ],
    [
      'has a body that does not match its digest',
      () => ({ ...signed('ListTable'), body: Buffer.from([8, 1]) }),
      403,
      'OTSAuthFailed',
      'Mismatch between MD5 value of request body and x-ots-contentmd5 in header.',
    ],
    [
      'has a token that does not belong to its key',
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-ststoken': 'stolen' }),
      403,
      'OTSAuthFailed',
      'The STS token is invalid.',
    ],
    [
      'has an invalid date',
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-date': 'yesterday' }),
      400,
      'OTSParameterInvalid',
      'Invalid date format: yesterday.',
    ],
    [
      'has another version of the API',
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-apiversion': '2014-08-08' }),
      400,
      'OTSParameterInvalid',
      'Invalid API version: 2014-08-08.',
    ],
    [
      'names an unknown operation',
      () => signed('HelloWorld'),
      400,
      'OTSUnsupportOperation',
      "Unsupported operation: 'HelloWorld'.",
    ],
    [
      'names a property of every object',
      () => signed('constructor'),
      400,
      'OTSUnsupportOperation',
      "Unsupported operation: 'constructor'.",
    ],
    [
      'has a body that is not a message',
      () => signed('GetRow', Buffer.from('not protobuf')),
      400,
      'OTSParameterInvalid',
      'Parse PBMessage from RawString failed.',
    ],
    [
      'has a row that is not PlainBuffer',
      () =>
        signed(
          'GetRow',
          Buffer.from(
            main.GetRowRequest.encode({
              tableName: 't',
              primaryKey: Buffer.from([1, 2, 3, 4]),
              columnsToGet: [],
            }).finish(),
          ),
        ),
      400,
      'OTSParameterInvalid',
      'Cell data broken, mismatch header, actual: 67305985 , expect: 117.',
    ],
    [
      'deletes a row without the delete marker',
      () =>
        signed(
          'DeleteRow',
          Buffer.from(
            main.DeleteRowRequest.encode({
              tableName: 't',
              primaryKey: writeRow({
                primaryKey: [{ name: 'id', value: 'a' }],
                cells: [],
                isDeleted: false,
              }),
              condition: { rowExistence: 0 },
            }).finish(),
          ),
        ),
      400,
      'OTSParameterInvalid',
      'Invalid request of delete row: missing RowDeleteMarker in request.',
    ],
    [
      'has a transaction id',
      () =>
        signed(
          'GetRow',
          Buffer.from(
            main.GetRowRequest.encode({
              tableName: 't',
              primaryKey: Buffer.alloc(0),
              columnsToGet: [],
              transactionId: 'one',
            }).finish(),
          ),
        ),
      400,
      'OTSParameterInvalid',
      'Try to call method using explicit transaction on explicit-transaction-disabled table.',
    ],
    [
      'reads without a choice of versions',
      () =>
        signed(
          'GetRow',
          Buffer.from(
            main.GetRowRequest.encode({
              tableName: 't',
              primaryKey: writeRow({
                primaryKey: [{ name: 'id', value: 'a' }],
                cells: [],
                isDeleted: false,
              }),
              columnsToGet: [],
            }).finish(),
          ),
        ),
      400,
      'OTSParameterInvalid',
      'No version condition is specified while querying row.',
    ],
    [
      'writes a batch without any table',
      () => signed('BatchWriteRow', Buffer.from(main.BatchWriteRowRequest.encode({ tables: [] }).finish())),
      400,
      'OTSParameterInvalid',
      'No row is specified in BatchWriteRow.',
    ],
    ...['ab', 'a'.repeat(17)].map((name): [string, () => RawRequest, number, string, string] => [
      `names an instance of ${name.length} characters`,
      () => signed('ListTable', Buffer.alloc(0), { 'x-ots-instancename': name }),
      400,
      'OTSParameterInvalid',
      `Invalid instance name: '${name}'.`,
    ]),
    [
      'is not a POST',
      () => ({ ...signed('ListTable'), method: 'PUT' }),
      405,
      'OTSMethodNotAllowed',
      'Only POST method for requests is supported.',
    ],
  ];

  it.each(wrongs)('that %s is refused', async (_name, raw, status, code, message) => {
    const answer = await send(tablestore.server.endpoint, raw());
    expect(answer.status).toBe(status);
    expect({ ...main.Error.decode(answer.body) }).toEqual({ code, message });
  });

  it('of the real client with a wrong secret is refused before any work', async () => {
    const client = clientOf(tablestore.server.endpoint, { secretAccessKey: 'wrong' });
    const error = await client.deleteTable({ tableName: 't' }).catch(parseSdkError);
    expect(error).toMatchObject({ status: 403, code: 'OTSAuthFailed', message: 'Signature mismatch.' });
    expect(tablestore.core.listTable()).toEqual(['t']);
  });

  it('from a network that the instance does not let in is refused, until its owner lets it in', async () => {
    let isNetworkOpen = false;
    const closed = await openWireTablestore({}, { isNetworkOpen: () => isNetworkOpen });
    expect(await closed.client.listTable({}).catch(parseSdkError)).toMatchObject({
      status: 403,
      code: 'OTSAuthFailed',
      message: 'Request denied by instance ACL policies.',
    });
    isNetworkOpen = true;
    expect((await closed.client.listTable({})).tableNames).toEqual([]);
    await closed.close();
  });

  it('with a column name in Chinese is served, if the client encodes it correctly', async () => {
    const cells = [{ name: '公司', value: 'x' }];
    const row = writeRow({ primaryKey: [{ name: 'id', value: 'a' }], cells, isDeleted: false });
    const body = main.PutRowRequest.encode({ tableName: 't', row, condition: { rowExistence: 0 } }).finish();
    const { status } = await send(tablestore.server.endpoint, signed('PutRow', Buffer.from(body)));
    expect(status).toBe(200);
    expect(tablestore.core.record[0]?.after).toEqual({ 公司: 'x' });
  });

  it('with an STS token is accepted while the token is valid', async () => {
    let token = 'first';
    const guarded = await openWireTablestore(
      {},
      { credentials: () => ({ secret: ACCESS_KEY.secret, token }) },
    );
    const client = clientOf(guarded.server.endpoint, { stsToken: 'first' });
    expect((await client.listTable({})).tableNames).toEqual([]);
    token = 'second';
    expect(await client.listTable({}).catch(parseSdkError)).toMatchObject({ code: 'OTSAuthFailed' });
    expect(await guarded.client.listTable({}).catch(parseSdkError)).toMatchObject({ code: 'OTSAuthFailed' });
    await guarded.close();
  });

  it('is accepted with any credential that is valid at the moment', async () => {
    const expiring = await openWireTablestore(
      {},
      {
        credentials: (id) => {
          if (id === 'STS.old') return expired ? undefined : { secret: 'old secret' };
          return id === 'STS.new' ? { secret: 'new secret' } : undefined;
        },
      },
    );
    let expired = false;
    const { endpoint } = expiring.server;
    const before = clientOf(endpoint, { accessKeyId: 'STS.old', secretAccessKey: 'old secret' });
    const after = clientOf(endpoint, { accessKeyId: 'STS.new', secretAccessKey: 'new secret' });
    await before.listTable({});
    await after.listTable({});
    expired = true;
    expect(await before.listTable({}).catch(parseSdkError)).toMatchObject({
      message: 'The AccessKeyID does not exist.',
    });
    await after.listTable({});
    await expiring.close();
  });

  it('may have any age if no clock skew is set', async () => {
    const old = signed('ListTable', Buffer.alloc(0), { 'x-ots-date': '2020-01-01T00:00:00.000Z' });
    expect((await send(tablestore.server.endpoint, old)).status).toBe(200);
    const strict = await openWireTablestore({}, { maxClockSkewMs: 900_000 });
    const refused = await send(strict.server.endpoint, old);
    expect(main.Error.decode(refused.body).message).toBe(
      'Mismatch between system time and x-ots-date: 2020-01-01T00:00:00.000Z.',
    );
    expect((await send(strict.server.endpoint, signed('ListTable'))).status).toBe(200);
    await strict.close();
  });
});

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

describe('a fault', () => {
  const writes = (): number => tablestore.core.record.length;
  const inject = (fault: Fault): void => tablestore.faults.add({ operation: 'PutRow', fault });

  it('that is absent changes nothing: the call is answered, and no request is held (control)', async () => {
    expect(await outcome(put())).toBe('answered');
    expect([writes(), tablestore.server.parked()]).toEqual([1, 0]);
  });

  it('html answers a page of a gateway and does no work', async () => {
    inject({ kind: 'html', status: 502 });
    await expect(put()).rejects.toMatchObject({
      code: 502,
      message: expect.stringContaining('<html>') as string,
    });
    expect(writes()).toBe(0);
    tablestore.faults.add({ operation: 'ListTable', fault: { kind: 'html', status: 503 } });
    const { status, headers } = await send(tablestore.server.endpoint, signed('ListTable'));
    expect([status, headers['content-type'], headers['x-ots-requestid']]).toEqual([
      503,
      'text/html',
      undefined,
    ]);
  });

  it('empty does the work and answers 200 with an empty body', async () => {
    inject({ kind: 'empty' });
    await expect(put()).rejects.toThrow("missing required 'consumed'");
    expect(writes()).toBe(1);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('reset resets the connection %s the work', async (when, expected) => {
    inject({ kind: 'reset', when });
    await expect(put()).rejects.toMatchObject({ code: 'NetworkingError' });
    expect([writes(), tablestore.server.parked()]).toEqual([expected, 0]);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('stall stops %s the work and never answers', async (when, expected) => {
    inject({ kind: 'stall', when });
    expect(await outcome(put())).toBe('pending');
    expect([writes(), tablestore.server.parked()]).toEqual([expected, 1]);
  });

  it('truncate does the work, sends half of the answer, and then nothing more', async () => {
    inject({ kind: 'truncate' });
    expect(await outcome(put())).toBe('pending');
    expect([writes(), tablestore.server.parked()]).toEqual([1, 1]);
  });

  it('truncate leaves even an answer without a body incomplete', async () => {
    tablestore.faults.add({ operation: 'DeleteTable', fault: { kind: 'truncate' } });
    expect(await outcome(tablestore.client.deleteTable({ tableName: 't' }))).toBe('pending');
    expect(tablestore.core.listTable()).toEqual([]);
  });

  it('delay does the work at once and answers when the clock has moved', async () => {
    inject({ kind: 'delay', ms: 90_000 });
    const call = put();
    expect(await outcome(call)).toBe('pending');
    expect([writes(), tablestore.server.parked()]).toEqual([1, 1]);
    advance(tablestore.clock, 90_000);
    expect(await outcome(call)).toBe('answered');
    expect(tablestore.server.parked()).toBe(0);
  });

  it('can match the request in the form that the core gets', async () => {
    const matching = (request: unknown): boolean =>
      (request as { primaryKey: { value: unknown }[] }).primaryKey[0]?.value === 'b';
    tablestore.faults.add({ operation: 'PutRow', matching, fault: { kind: 'html', status: 500 } });
    await put();
    await expect(
      tablestore.client.putRow({
        tableName: 't',
        primaryKey: [{ id: 'b' }],
        condition: conditionOf({ rowExistence: 'IGNORE' }),
        attributeColumns: [],
      }),
    ).rejects.toMatchObject({ code: 500 });
  });

  it('no longer holds a request whose caller has hung up', async () => {
    inject({ kind: 'stall', when: 'before' });
    const hasty = clientOf(tablestore.server.endpoint, { httpOptions: { timeout: 50 } });
    const call = hasty.putRow({
      tableName: 't',
      primaryKey: [{ id: 'a' }],
      condition: conditionOf({ rowExistence: 'IGNORE' }),
      attributeColumns: [],
    });
    await expect(call).rejects.toMatchObject({ message: 'Connection timed out after 50ms' });
    await until(() => tablestore.server.parked() === 0);
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
