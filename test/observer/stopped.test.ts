// Restarts while everything is stopped, in records that the tests write by hand.
import { beforeEach, expect, it } from 'vitest';
import { HandMade } from './hand-made.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

/** Passes this many seconds, and restarts i-1. Returns what was broken. */
function restartedAfter(seconds: number): string[] {
  record.pass(seconds * 1_000);
  record.intend();
  record.send();
  return record.broken(false);
}

const broken = [
  '5 i-1 restarted at 2026-12-01T18:00:26.000Z although everything was stopped since 2026-12-01T18:00:00.000Z',
];

it('a restart 26 s after everything was stopped breaks promise 5', () => {
  record.stop({ hold: 'incident' });
  expect(restartedAfter(26)).toEqual(broken);
});

it('so does one after its region was stopped', () => {
  record.stop({ hold: 'incident' }, 'cn-hangzhou');
  expect(restartedAfter(26)).toEqual(broken);
});

it.each([
  ['a number', { hold: 0n }],
  ['false', { hold: false }],
  ['no word at all', { stop: 'yes' }],
])('a stop that was written as %s counts', (_, columns) => {
  record.stop(columns);
  expect(restartedAfter(26)).toEqual(broken);
});

it('a word that was added later does not begin the stop anew', () => {
  record.stop({ hold: 'incident' });
  record.pass(20_000);
  record.stop({ hold: 'incident 12' });
  expect(restartedAfter(6)).toEqual(broken);
});

it('a run may have read the table up to 25 s before', () => {
  record.stop({ hold: 'incident' });
  expect(restartedAfter(25)).toEqual([]);
});

it('a stop that was taken away stops nothing, nor does one of another region', () => {
  record.stop({ hold: 'incident' });
  record.stop({ hold: 'incident' }, 'cn-shanghai');
  record.pass(60_000);
  record.stop({ hold: ' ' });
  expect(restartedAfter(60)).toEqual([]);
});

it('nor does one whose row was deleted', () => {
  record.stop({ hold: 'incident' });
  record.pass(60_000);
  record.stop(undefined);
  expect(restartedAfter(60)).toEqual([]);
});
