// Requests that the server refuses over HTTP, each with its status, its code and its words.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send, signed, type RawRequest } from './testing/raw.ts';
import { tableOnLoopback } from './testing/table-on-loopback.ts';
import type { WireTablestore } from './testing/wire-tablestore.ts';
import { main } from './wire/messages.ts';
import { writeRow } from './wire/plain-buffer-writer.ts';

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await tableOnLoopback();
});

afterEach(() => tablestore.close());

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
});
