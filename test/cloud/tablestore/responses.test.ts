// The answers of the server over HTTP: their headers and their signature, also those of errors.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hmac, md5, send, signed } from './testing/raw.ts';
import { tableOnLoopback } from './testing/table-on-loopback.ts';
import { ACCESS_KEY, type WireTablestore } from './testing/wire-tablestore.ts';
import { main } from './wire/messages.ts';

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await tableOnLoopback();
});

afterEach(() => tablestore.close());

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
