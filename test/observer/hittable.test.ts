// Promised intervals, in records that the tests write by hand.
import { beforeEach, expect, it } from 'vitest';
import { HandMade } from './hand-made.ts';
import { house } from './house.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
  record.more = { house };
});

/** A plan that waits from 20:00 until a time, in a window. */
function promise(latestStart: string, columns: Record<string, string> = {}): void {
  record.row({
    status: 'Planned',
    reason: 'In the window.',
    plan_id: 'e-1',
    event_ids: '["e-1"]',
    decision: 'window',
    execute_at: '2026-12-01T20:00:00Z',
    latest_start: latestStart,
    ...columns,
  });
}

it('an interval that is shorter than START_ROOM breaks promise 3, once', () => {
  promise('2026-12-01T20:02:59Z');
  promise('2026-12-01T20:02:59Z', { reason: 'It waits for something.' });
  expect(record.broken(false)).toEqual([
    '3 i-1 its row promised 2026-12-01T20:00:00Z to 2026-12-01T20:02:59Z at 2026-12-01T18:00:00.000Z: a tick that is late has 179 s to hit it, and START_ROOM is 180 s',
  ]);
});

it('one that is as long as START_ROOM is right', () => {
  promise('2026-12-01T20:03:00Z');
  expect(record.broken(false)).toEqual([]);
});

it('a last resort promises no window, and a person may pin any time', () => {
  promise('2026-12-01T20:01:00Z', { decision: 'last-resort' });
  promise('2026-12-01T20:02:00Z', { pinned: 'true' });
  record.edit({ latest_start: '2026-12-01T20:00:30Z' });
  expect(record.broken(false)).toEqual([]);
});
