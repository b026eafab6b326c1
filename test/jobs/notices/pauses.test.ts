// What is kept of a channel after each answer of its receiver, and when it is tried again. A try is at 02:01 in Shanghai.
import { describe, expect, it } from 'vitest';
import { pausedAfter, recordAfter, unknownChannel } from '../../../lib/jobs/notices/pauses.ts';
import { isPaused, isQuiet, recordOf } from '../../../lib/jobs/notices/pending.ts';
import type { ChannelRecord, Telling } from '../../../lib/ports.ts';
import { at, calendar } from '../../plan/samples.ts';

const now = at('2026-12-01T18:01:00Z');
const problem = { code: 'busy', answer: 'HTTP 503' } as const;
const standing = ['region-unread cn-hangzhou'];
const fourth: ChannelRecord = { failures: 3, since: at('2026-12-01T17:00:00Z'), isGone: false, standing };

it('of a channel of which nothing is known, nothing is known', () => {
  expect(recordOf({}, 'slack-1')).toEqual({ failures: 0, isGone: false, standing: [] });
  expect(recordOf({ 'slack-1': fourth }, 'slack-1')).toBe(fourth);
});

it('a yes ends what went wrong, and what was told stays told', () => {
  expect(recordAfter(fourth, { kind: 'told' }, now)).toEqual({ failures: 0, isGone: false, standing });
});

it('a message that is wrong is no fault of the receiver, and is remembered', () => {
  expect(recordAfter(fourth, { kind: 'our-fault', problem }, now)).toEqual({
    failures: 0,
    isGone: false,
    standing,
    problem,
  });
});

it('a receiver that is gone is tried no more', () => {
  const after = recordAfter(fourth, { kind: 'gone', problem }, now);
  expect(after).toEqual({ failures: 4, since: at('2026-12-01T17:00:00Z'), problem, isGone: true, standing });
  expect(isPaused(after, now)).toBe(true);
  expect(isPaused(after, at('2027-12-01T18:01:00Z'))).toBe(true);
});

describe('a receiver that is busy is tried again', () => {
  it.each([
    [0, '2026-12-01T18:02:00Z'],
    [1, '2026-12-01T18:06:00Z'],
    [2, '2026-12-01T18:16:00Z'],
    [3, '2026-12-01T18:31:00Z'],
    [4, '2026-12-01T19:01:00Z'],
    [40, '2026-12-01T19:01:00Z'],
  ])('after a pause that grows: %i tries before', (failures, notBefore) => {
    const before = { ...unknownChannel, failures, standing };
    const outcome = { kind: 'later', until: now, problem } as const;
    expect(recordAfter(before, outcome, now)).toEqual({
      failures: failures + 1,
      since: now,
      notBefore: at(notBefore),
      problem,
      isGone: false,
      standing,
    });
  });

  it('no earlier than it says, and since the first time', () => {
    const until = at('2026-12-02T18:01:00Z');
    expect(recordAfter(fourth, { kind: 'later', until, problem }, now)).toMatchObject({
      since: at('2026-12-01T17:00:00Z'),
      notBefore: until,
    });
  });
});

it.each([
  [0, '2026-12-01T18:16:00Z'],
  [1, '2026-12-01T19:01:00Z'],
  [2, '2026-12-01T21:01:00Z'],
  [3, '2026-12-02T00:01:00Z'],
  [40, '2026-12-02T00:01:00Z'],
])('a setting that a person must change is waited for longer: %i tries before', (failures, notBefore) => {
  const before = { ...unknownChannel, failures, standing };
  expect(recordAfter(before, { kind: 'needs-person', problem }, now)).toEqual({
    failures: failures + 1,
    since: now,
    notBefore: at(notBefore),
    problem,
    isGone: false,
    standing,
  });
});

it('a channel that took what no row remembers pauses, too: it will hear the same again', () => {
  const told = { ...unknownChannel, standing };
  expect(pausedAfter(unknownChannel, told, now)).toEqual({
    failures: 1,
    since: now,
    notBefore: at('2026-12-01T18:02:00Z'),
    isGone: false,
    standing,
  });
  expect(pausedAfter(fourth, told, now)).toMatchObject({
    failures: 4,
    since: at('2026-12-01T17:00:00Z'),
    notBefore: at('2026-12-01T18:31:00Z'),
  });
});

it.each([
  [undefined, false],
  ['2026-12-01T18:01:00Z', false],
  ['2026-12-01T18:01:00.001Z', true],
  ['2026-12-03T18:01:00Z', true],
  // More than two days ahead: that was edited, and is not believed.
  ['2026-12-03T18:01:00.001Z', false],
])('a channel that takes nothing before %s is paused: %s', (notBefore, isPausedNow) => {
  const record = { ...unknownChannel, ...(notBefore === undefined ? {} : { notBefore: at(notBefore) }) };
  expect(isPaused(record, now)).toBe(isPausedNow);
});

it('in quiet hours only what needs a person is told', () => {
  const of = (quietHours?: string): Telling =>
    (quietHours === undefined ? {} : { quietHours: calendar(quietHours) }) as Telling;
  expect(isQuiet(of('daily 02:00-05:00'), now)).toBe(true);
  expect(isQuiet(of('daily 03:00-05:00'), now)).toBe(false);
  expect(isQuiet(of(), now)).toBe(false);
});
