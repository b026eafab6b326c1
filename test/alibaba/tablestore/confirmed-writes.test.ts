// Writes to Tablestore that go wrong on the way: each is told as written, lost or failed, by what the row shows and never
// by a blind repetition. And reads, which may be repeated.
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreReadFailed } from '../../../lib/failures.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Fault } from '../../cloud/faults.ts';
import { at, planned, storeWorld, type StoreWorld } from './tablestore-on-loopback.ts';

type AtEnd = (close: () => Promise<void>) => void;

const untilTestEnds: AtEnd = (close) => onTestFinished(close);

/** A world with one row, which was read, and its next version. */
async function worldWithRow(atEnd = untilTestEnds): Promise<StoreWorld & { plan: Plan; from: Plan }> {
  const here = await storeWorld(atEnd);
  await here.store.write({ plan: planned(), from: undefined });
  const from = await here.readPlan('i-1');
  return { ...here, from, plan: { ...from, version: 2, reason: state('prepared', { isTime: true }) } };
}

/** How often the row was really written since it was made. */
const updates = ({ core }: StoreWorld): number =>
  core.record.filter(({ operation }) => operation === 'UpdateRow').length;

const error = (status: number, code: string): Fault => ({ kind: 'error', status, code });

describe('a write without an answer', () => {
  it('was written where the row shows it', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'after' } });
    expect(await here.store.write(here)).toEqual({ kind: 'written' });
    expect(here.requests('UpdateRow')).toHaveLength(1);
    expect(updates(here)).toBe(1);
  });

  it.each<[string, Fault]>([
    ['a reset before the work', { kind: 'reset', when: 'before' }],
    ['a gateway’s HTML page', { kind: 'html', status: 502 }],
    ['OTSTimeout', error(503, 'OTSTimeout')],
    ['OTSServerUnavailable', error(503, 'OTSServerUnavailable')],
    ['OTSInternalServerError', error(500, 'OTSInternalServerError')],
  ])('failed where the row does not show it, after %s, and is not repeated', async (_, fault) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault });
    expect(await here.store.write(here)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^Tablestore UpdateRow: .*; the row does not show the write$/) as string,
    });
    expect(here.requests('UpdateRow')).toHaveLength(1);
    expect(here.row('i-1')).toMatchObject({ version: 1n });
  });

  it('is settled although the first looks at the row fail', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'after' } });
    here.faults.add({ operation: 'BatchGetRow', times: 2, fault: error(503, 'OTSServerBusy') });
    expect(await here.store.write(here)).toEqual({ kind: 'written' });
    expect(here.pauses).toEqual([50, 200]);
  });

  it('failed, by all that is known, where the row cannot be read either', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'after' } });
    here.faults.add({ operation: 'BatchGetRow', times: 3, fault: error(503, 'OTSServerBusy') });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/nor could the row be read$/) as string,
    });
    expect(here.requests('UpdateRow')).toHaveLength(1);
  });

  it('of a first row is settled in the same way', async () => {
    const here = await storeWorld(untilTestEnds);
    const write = { plan: planned(), from: undefined };
    here.faults.add({ operation: 'PutRow', fault: { kind: 'reset', when: 'before' } });
    expect(await here.store.write(write)).toMatchObject({ kind: 'failed' });
    here.faults.add({ operation: 'PutRow', fault: { kind: 'reset', when: 'after' } });
    expect(await here.store.write(write)).toEqual({ kind: 'written' });
  });

  it('is not taken for somebody else’s that looks the same', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'before' } });
    here.edit('i-1', {
      version: 2n,
      reason_code: 'prepared',
      reason_values: '{"isTime":true}',
      write_token: 'somebody-1',
    });
    expect(await here.store.write(here)).toMatchObject({ kind: 'failed' });
  });
});

// Each takes the five seconds after which a call is given up, at the same time.
it.concurrent.for<[string, Fault, 'written' | 'failed', bigint]>([
  ['half an answer was written', { kind: 'truncate' }, 'written', 2n],
  ['silence after the work was written', { kind: 'stall', when: 'after' }, 'written', 2n],
  ['silence before the work failed', { kind: 'stall', when: 'before' }, 'failed', 1n],
])(
  'a write with %s',
  { timeout: 30_000 },
  async ([, fault, kind, version], { expect: expectHere, onTestFinished: atEnd }) => {
    const here = await worldWithRow((close) => atEnd(close));
    here.faults.add({ operation: 'UpdateRow', fault });
    expectHere(await here.store.write(here)).toMatchObject({ kind });
    expectHere(here.requests('UpdateRow')).toHaveLength(1);
    expectHere(here.row('i-1')).toMatchObject({ version });
  },
);

describe('a write that is known not to have been applied', () => {
  const codes: [number, string][] = [
    [409, 'OTSRowOperationConflict'],
    [403, 'OTSNotEnoughCapacityUnit'],
    [404, 'OTSTableNotReady'],
    [503, 'OTSServerBusy'],
    [503, 'OTSPartitionUnavailable'],
  ];

  it.each(codes)('%i %s is tried again, with growing pauses', async (status, code) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', times: 3, fault: error(status, code) });
    expect(await here.store.write(here)).toEqual({ kind: 'written' });
    expect(here.pauses).toEqual([50, 200, 800]);
    expect(updates(here)).toBe(1);
  });

  it.each(codes)('%i %s fails after the fourth attempt, and says why', async (status, code) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', times: 4, fault: error(status, code) });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(code) as string,
    });
    expect(here.row('i-1')).toMatchObject({ version: 1n });
  });

  it('is lost where somebody wrote between two attempts', async () => {
    const here = await worldWithRow();
    let attempts = 0;
    here.faults.add({
      operation: 'UpdateRow',
      times: 2,
      matching: () => {
        attempts += 1;
        if (attempts === 2) here.edit('i-1', { status: 'Skipped' });
        return attempts === 1;
      },
      fault: error(409, 'OTSRowOperationConflict'),
    });
    expect(await here.store.write(here)).toEqual({ kind: 'lost' });
    expect(here.row('i-1')).toMatchObject({ status: 'Skipped', version: 1n });
  });

  it.each([
    [403, 'OTSAuthFailed'],
    [403, 'OTSNoPermissionAccess'],
    [400, 'OTSParameterInvalid'],
  ])('%i %s is not tried again', async (status, code) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: error(status, code) });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(code) as string,
    });
    expect(here.requests('UpdateRow')).toHaveLength(1);
    expect(here.pauses).toEqual([]);
  });
});

describe('a batch of writes', () => {
  const three = ['i-1', 'i-2', 'i-3'].map((instanceId) => ({
    plan: planned({ instanceId }),
    from: undefined,
  }));
  const written = { kind: 'written' };

  it('without an answer is settled row by row', async () => {
    const here = await storeWorld(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: { kind: 'reset', when: 'after' } });
    expect(await here.store.writeAll(three)).toEqual([written, written, written]);
    expect(here.core.record).toHaveLength(3);
    expect(here.requests('PutRow')).toEqual([]);
  });

  it('that never arrived has failed, every row of it', async () => {
    const here = await storeWorld(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: { kind: 'reset', when: 'before' } });
    const outcomes = await here.store.writeAll(three);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect(here.core.record).toEqual([]);
  });

  it('that was refused for now goes on row by row', async () => {
    const here = await storeWorld(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: error(503, 'OTSServerBusy') });
    expect(await here.store.writeAll(three)).toEqual([written, written, written]);
    expect(here.requests('PutRow')).toHaveLength(3);
  });

  it('stops at no row that fails', async () => {
    const here = await storeWorld(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: error(503, 'OTSServerBusy') });
    here.faults.add({ operation: 'PutRow', after: 1, fault: error(403, 'OTSAuthFailed') });
    const outcomes = await here.store.writeAll(three);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'failed', 'written']);
  });
});

describe('a read', () => {
  const now = at('2026-12-01T18:00:00Z');
  it.each<[string, Fault]>([
    ['a conflict', error(409, 'OTSRowOperationConflict')],
    ['a table that is not ready', error(404, 'OTSTableNotReady')],
    ['too little capacity', error(403, 'OTSNotEnoughCapacityUnit')],
    ['a busy server', error(503, 'OTSServerBusy')],
    ['a server’s timeout', error(503, 'OTSTimeout')],
    ['a reset', { kind: 'reset', when: 'before' }],
    ['a gateway’s HTML page', { kind: 'html', status: 502 }],
  ])('is repeated after %s, and gives up after the fourth', async (_, fault) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'GetRange', times: 3, fault });
    expect(await here.store.readDue('cn-hangzhou', now)).toHaveLength(1);
    expect(here.pauses).toEqual([100, 400, 1_600]);
    here.faults.add({ operation: 'GetRange', times: 4, fault });
    await expect(here.store.readDue('cn-hangzhou', now)).rejects.toThrow(StoreReadFailed);
    expect(here.requests('GetRange')).toHaveLength(8);
  });

  it.each([
    [404, 'OTSObjectNotExist'],
    [403, 'OTSAuthFailed'],
  ])('is not repeated after %i %s', async (status, code) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'BatchGetRow', fault: error(status, code) });
    await expect(here.store.readByInstance('cn-hangzhou', ['i-1'])).rejects.toThrow(
      new RegExp(`Tablestore BatchGetRow: .*${code}`),
    );
    expect(here.pauses).toEqual([]);
  });
});
