// Which promises of a window came due, and which were kept. The tests write the records by hand.
import { beforeEach, expect, it } from 'vitest';
import { rowHistories } from './evidence.ts';
import { HandMade, minute } from './hand-made.ts';
import { windowPromises } from './windows.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

// The interval is from 18:00 to 20:45, and it is 18:00.
const planned = { status: 'Planned', decision: 'window' };

function promises(): [from: string, isKept: boolean][] {
  const evidence = record.evidence();
  return windowPromises(evidence, rowHistories(evidence)).map(({ from, isKept }) => [
    new Date(from).toISOString().slice(11, 16),
    isKept,
  ]);
}

it('a restart in the interval keeps the promise', () => {
  record.intend(planned);
  record.pass(minute);
  record.intend();
  record.send();
  expect(promises()).toEqual([['18:00', true]]);
});

it('a plan that waits counts once, however often its row is written', () => {
  record.intend(planned);
  record.pass(minute);
  record.intend({ ...planned, reason: 'Waits for the region.' });
  expect(promises()).toEqual([['18:00', false]]);
});

it('a restart outside of the interval does not keep it', () => {
  record.intend({ ...planned, latest_start: '2026-12-01T18:05:00Z' });
  record.pass(6 * minute);
  record.send();
  expect(promises()).toEqual([['18:00', false]]);
});

it('a plan that moves after its time has come still has its first promise', () => {
  record.intend({ ...planned, latest_start: '2026-12-01T18:05:00Z' });
  record.pass(6 * minute);
  record.intend({ ...planned, execute_at: '2026-12-01T18:06:00Z' });
  record.send();
  expect(promises()).toEqual([['18:00', false]]);
});

it('a promise that moved before its time had come does not count', () => {
  record.intend({ ...planned, execute_at: '2026-12-01T19:00:00Z' });
  record.pass(minute);
  record.intend({ ...planned, execute_at: '2026-12-01T19:30:00Z' });
  record.pass(minute);
  record.end('Skipped');
  expect(promises()).toEqual([]);
});

it.each([{ decision: 'last-resort' }, { status: 'AwaitingApproval' }])('%j promises no window', (columns) => {
  record.intend({ ...planned, ...columns });
  expect(promises()).toEqual([]);
});
