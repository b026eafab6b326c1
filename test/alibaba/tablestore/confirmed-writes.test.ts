// Writes to Tablestore that go wrong on the way. Each ends as written, lost or failed, decided by the row and never by a
// blind repetition. Also reads, which may be repeated.
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreReadFailed } from '../../../lib/failures.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Fault } from '../../cloud/faults.ts';
import { at, planned, storeOnLoopback, type StoreOnLoopback } from './tablestore-on-loopback.ts';

type AtEnd = (close: () => Promise<void>) => void;

const untilTestEnds: AtEnd = (close) => onTestFinished(close);

/** A Tablestore with one row that was read, and its next version. */
async function worldWithRow(atEnd = untilTestEnds): Promise<StoreOnLoopback & { plan: Plan; from: Plan }> {
  const here = await storeOnLoopback(atEnd);
  await here.store.write({ plan: planned(), from: undefined });
  const from = await here.readPlan('i-1');
  return {
    ...here,
    from,
    plan: { ...from, version: 2, reason: { code: 'as-written', values: { text: 'Read again.' } } },
  };
}

/** How often the row was written after it was created. */
const updates = ({ core }: StoreOnLoopback): number =>
  core.record.filter(({ operation }) => operation === 'UpdateRow').length;

const error = (status: number, code: string): Fault => ({ kind: 'error', status, code });

describe('a write without an answer', () => {
  it('was written if the row shows it', async () => {
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
  ])('failed after %s if the row does not show it, and is not repeated', async (_, fault) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault });
    expect(await here.store.write(here)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^Tablestore UpdateRow: .*; the row does not show the write$/) as string,
    });
    expect(here.requests('UpdateRow')).toHaveLength(1);
    expect(here.row('i-1')).toMatchObject({ version: 1n });
  });

  it('is confirmed even if the first reads of the row fail', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'after' } });
    here.faults.add({ operation: 'BatchGetRow', times: 2, fault: error(503, 'OTSServerBusy') });
    expect(await here.store.write(here)).toEqual({ kind: 'written' });
    expect(here.pauses).toEqual([50, 200]);
  });

  it('is reported as failed if the row cannot be read either', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'after' } });
    here.faults.add({ operation: 'BatchGetRow', times: 3, fault: error(503, 'OTSServerBusy') });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/nor could the row be read$/) as string,
    });
    expect(here.requests('UpdateRow')).toHaveLength(1);
  });

  it('of a new row is confirmed in the same way', async () => {
    const here = await storeOnLoopback(untilTestEnds);
    const write = { plan: planned(), from: undefined };
    here.faults.add({ operation: 'PutRow', fault: { kind: 'reset', when: 'before' } });
    expect(await here.store.write(write)).toMatchObject({ kind: 'failed' });
    here.faults.add({ operation: 'PutRow', fault: { kind: 'reset', when: 'after' } });
    expect(await here.store.write(write)).toEqual({ kind: 'written' });
  });

  it('is not confused with an equal write of somebody else', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: { kind: 'reset', when: 'before' } });
    here.edit('i-1', { version: 2n, reason: 'Read again.', write_token: 'somebody-1' });
    expect(await here.store.write(here)).toMatchObject({ kind: 'failed' });
  });
});

// Each takes five seconds, the deadline of a call. They run at the same time.
it.concurrent.for<[string, Fault, 'written' | 'failed', bigint]>([
  ['with half an answer was written', { kind: 'truncate' }, 'written', 2n],
  ['with silence after the work was written', { kind: 'stall', when: 'after' }, 'written', 2n],
  ['with silence before the work failed', { kind: 'stall', when: 'before' }, 'failed', 1n],
])(
  'a write %s',
  { timeout: 30_000 },
  async ([, fault, kind, version], { expect: expectHere, onTestFinished: atEnd }) => {
    const here = await worldWithRow((close) => atEnd(close));
    here.faults.add({ operation: 'UpdateRow', fault });
    expectHere(await here.store.write(here)).toMatchObject({ kind });
    expectHere(here.requests('UpdateRow')).toHaveLength(1);
    expectHere(here.row('i-1')).toMatchObject({ version });
  },
);

describe('a write that was certainly not applied', () => {
  // One code: write-faults.test.ts has the table.
  const conflict = error(409, 'OTSRowOperationConflict');

  it('is tried again, with growing pauses', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', times: 3, fault: conflict });
    expect(await here.store.write(here)).toEqual({ kind: 'written' });
    expect(here.pauses).toEqual([50, 200, 800]);
    expect(updates(here)).toBe(1);
  });

  it('fails after the fourth attempt, and says why', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', times: 4, fault: conflict });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('OTSRowOperationConflict') as string,
    });
    expect(here.row('i-1')).toMatchObject({ version: 1n });
  });

  it('is lost if somebody wrote between two attempts', async () => {
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

  it('is not tried again if Tablestore refuses it', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'UpdateRow', fault: error(403, 'OTSAuthFailed') });
    expect(await here.store.write(here)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('OTSAuthFailed') as string,
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

  it('without an answer is confirmed row by row', async () => {
    const here = await storeOnLoopback(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: { kind: 'reset', when: 'after' } });
    expect(await here.store.writeAll(three)).toEqual([written, written, written]);
    expect(here.core.record).toHaveLength(3);
    expect(here.requests('PutRow')).toEqual([]);
  });

  it('that never arrived has failed for every row', async () => {
    const here = await storeOnLoopback(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: { kind: 'reset', when: 'before' } });
    const outcomes = await here.store.writeAll(three);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect(here.core.record).toEqual([]);
  });

  it('that was refused for now continues row by row', async () => {
    const here = await storeOnLoopback(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: error(503, 'OTSServerBusy') });
    expect(await here.store.writeAll(three)).toEqual([written, written, written]);
    expect(here.requests('PutRow')).toHaveLength(3);
  });

  it('continues after a row that fails', async () => {
    const here = await storeOnLoopback(untilTestEnds);
    here.faults.add({ operation: 'BatchWriteRow', fault: error(503, 'OTSServerBusy') });
    here.faults.add({ operation: 'PutRow', after: 1, fault: error(403, 'OTSAuthFailed') });
    const outcomes = await here.store.writeAll(three);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'failed', 'written']);
  });
});

describe('a read', () => {
  const now = at('2026-12-01T18:00:00Z');
  it.each<[string, Fault]>([
    ['a busy server', error(503, 'OTSServerBusy')],
    ['a reset', { kind: 'reset', when: 'before' }],
    ['a gateway’s HTML page', { kind: 'html', status: 502 }],
  ])('is repeated after %s, and gives up after the fourth attempt', async (_, fault) => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'GetRange', times: 3, fault });
    expect(await here.store.readDue('cn-hangzhou', now)).toHaveLength(1);
    expect(here.pauses).toEqual([100, 400, 1_600]);
    here.faults.add({ operation: 'GetRange', times: 4, fault });
    await expect(here.store.readDue('cn-hangzhou', now)).rejects.toThrow(StoreReadFailed);
    expect(here.requests('GetRange')).toHaveLength(8);
  });

  it('is not repeated after a code that will not pass', async () => {
    const here = await worldWithRow();
    here.faults.add({ operation: 'BatchGetRow', fault: error(403, 'OTSAuthFailed') });
    await expect(here.store.readByInstance('cn-hangzhou', ['i-1'])).rejects.toThrow(
      /Tablestore BatchGetRow: .*OTSAuthFailed/,
    );
    expect(here.pauses).toEqual([]);
  });
});
