// Which callers the server lets in over HTTP: their keys, tokens, networks and dates.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send, signed } from './testing/raw.ts';
import { parseSdkError } from './testing/sdk-error.ts';
import { tableOnLoopback } from './testing/table-on-loopback.ts';
import { ACCESS_KEY, clientOf, openWireTablestore, type WireTablestore } from './testing/wire-tablestore.ts';
import { main } from './wire/messages.ts';
import { writeRow } from './wire/plain-buffer-writer.ts';

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await tableOnLoopback();
});

afterEach(() => tablestore.close());

describe('a request', () => {
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
