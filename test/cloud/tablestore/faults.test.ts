// What a caller sees of each fault over HTTP, and whether the work was done.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../faults.ts';
import { send, signed } from './testing/raw.ts';
import { conditionOf } from './testing/sdk-requests.ts';
import { advance } from './testing/subject.ts';
import { tableOnLoopback, until } from './testing/table-on-loopback.ts';
import { clientOf, type WireTablestore } from './testing/wire-tablestore.ts';

let tablestore: WireTablestore;

beforeEach(async () => {
  tablestore = await tableOnLoopback();
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
