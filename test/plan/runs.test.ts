// Whether a function still runs, from what is recorded: three ticks missed, or failed in, and no fewer. A review may miss none.
import { describe, expect, it } from 'vitest';
import { silenceOf, watchedBy, type RunRecord, type SilenceQuestion } from '../../lib/plan/runs.ts';
import type { Instant } from '../../lib/plan/calendar/instant.ts';
import { at, minute } from './samples.ts';

/** A timer that fires at every full quarter of an hour of that evening. */
const quarterly = {
  text: '0 */15 * * * *',
  lastTicks: (before: Instant, count: number): Instant[] =>
    ['11:00', '10:45', '10:30', '10:15', '10:00', '09:45', '09:30']
      .map((time) => at(`2026-12-01T${time}:00Z`))
      .filter((tick) => tick.epochMilliseconds <= before.epochMilliseconds)
      .slice(0, count),
};

const never = { text: 'never', lastTicks: () => [] };

/** It is 10:52. The last three ticks are those of 10:45, 10:30 and 10:15. */
function asked(
  records: readonly Partial<RunRecord>[],
  changes: Partial<SilenceQuestion> = {},
): SilenceQuestion {
  return {
    functionName: 'plan',
    regionId: 'cn-hangzhou',
    records: records.map((record) => ({ functionName: 'plan', regionId: 'cn-hangzhou', ...record })),
    timers: { plan: quarterly, execute: never },
    now: at('2026-12-01T10:52:00Z'),
    longestRunMs: 2 * minute,
    timeZone: 'Asia/Shanghai',
    ...changes,
  };
}

const ended = (time: string): Partial<RunRecord> => ({ endedAt: at(`2026-12-01T${time}:00Z`) });
const first = (time: string): Partial<RunRecord> => ({ firstAt: at(`2026-12-01T${time}:00Z`) });
const silent = (values: object): object => ({
  code: 'function-silent',
  values: { functionName: 'plan', timeZone: 'Asia/Shanghai', ...values },
});

describe('a function', () => {
  it.each<[string, SilenceQuestion, object | undefined]>([
    [
      'is silent after three ticks without a good end',
      asked([ended('10:14')]),
      { endedAt: '2026-12-01T10:14:00Z' },
    ],
    ['is not after two: its run may have begun at the third', asked([ended('10:15')]), undefined],
    [
      'is not while a run of the last tick may go on',
      asked([ended('10:01')], { now: at('2026-12-01T10:46:59Z'), longestRunMs: 17 * minute }),
      undefined,
    ],
    ['is silent since its first run, where none went well', asked([first('10:14')]), {}],
    ['is not where its first run is not long ago', asked([first('10:15')]), undefined],
    [
      'is silent since the first run of the other one, where it never ran',
      asked([{ functionName: 'execute', ...first('10:00') }]),
      {},
    ],
    [
      'is silent since the earlier of both first runs',
      asked([first('10:40'), { functionName: 'execute', ...first('10:00') }]),
      {},
    ],
    [
      'is not by what the other one ended well',
      asked([{ functionName: 'execute', ...ended('10:00') }]),
      undefined,
    ],
    [
      'is not by records of another region',
      asked([{ regionId: 'cn-shanghai', ...ended('10:00') }]),
      undefined,
    ],
    ['is not before anything ran', asked([]), undefined],
    [
      'is not where its timer fired less than three times',
      asked([ended('10:14')], { timers: { plan: never, execute: never } }),
      undefined,
    ],
    [
      'is judged by its first run where its last end lies ahead: somebody edited it',
      asked([{ ...ended('11:30'), ...first('09:00') }]),
      {},
    ],
    [
      'may have ended in the minute that its clock is ahead',
      asked([{ ...ended('10:54'), ...first('09:00') }]),
      undefined,
    ],
    [
      'says why its last run failed, and when that began',
      asked([{ ...ended('10:00'), failure: 'no table', beganAt: at('2026-12-01T10:45:03Z') }]),
      { endedAt: '2026-12-01T10:00:00Z', beganAt: '2026-12-01T10:45:03Z', failure: 'no table' },
    ],
    [
      'says why, although it is not known when that began',
      asked([{ ...ended('10:00'), failure: 'no table' }]),
      { endedAt: '2026-12-01T10:00:00Z', failure: 'no table' },
    ],
    [
      'does not say when a run began that did not fail',
      asked([{ ...ended('10:00'), beganAt: at('2026-12-01T10:00:03Z') }]),
      { endedAt: '2026-12-01T10:00:00Z' },
    ],
  ])('%s', (_, question, values) => {
    expect(silenceOf(question)).toEqual(values && silent(values));
  });
});

/** It is Monday, 30 November, and its timer fires each Monday at 01:00 in UTC. */
function askedReview(time: string, records: readonly Partial<RunRecord>[]): SilenceQuestion {
  const weekly = {
    text: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1',
    lastTicks: (before: Instant, count: number): Instant[] =>
      ['2026-11-30T01:00:00Z', '2026-11-23T01:00:00Z', '2026-11-16T01:00:00Z']
        .map((tick) => at(tick))
        .filter((tick) => tick.epochMilliseconds <= before.epochMilliseconds)
        .slice(0, count),
  };
  return asked(
    records.map((record) => ({ functionName: 'review', ...record })),
    {
      functionName: 'review',
      timers: { plan: quarterly, execute: never, review: weekly },
      now: at(`2026-11-30T${time}:00Z`),
    },
  );
}

describe('a review', () => {
  const lastWeek = { endedAt: at('2026-11-23T01:01:00Z') };

  it.each<[string, SilenceQuestion, object | undefined]>([
    [
      'is not silent within two hours of its tick: it may be repeated',
      askedReview('02:59', [lastWeek]),
      undefined,
    ],
    [
      'is silent after one tick and two hours',
      askedReview('03:00', [lastWeek]),
      { endedAt: '2026-11-23T01:01:00Z' },
    ],
    [
      'is not after a run of that tick',
      askedReview('03:00', [{ endedAt: at('2026-11-30T01:00:40Z') }]),
      undefined,
    ],
    [
      'is not after a run by hand',
      askedReview('03:00', [{ endedAt: at('2026-11-30T02:30:00Z') }]),
      undefined,
    ],
    [
      'says why it failed',
      askedReview('03:00', [{ ...lastWeek, beganAt: at('2026-11-30T01:00:03Z'), failure: 'no right' }]),
      { endedAt: '2026-11-23T01:01:00Z', beganAt: '2026-11-30T01:00:03Z', failure: 'no right' },
    ],
    [
      'that never ran is silent where it is awaited since before its tick',
      askedReview('03:00', [{ awaitedSince: at('2026-11-30T00:59:00Z') }]),
      {},
    ],
    [
      'that never ran is not where it is awaited since later, however long plan runs',
      askedReview('03:00', [
        { awaitedSince: at('2026-11-30T01:01:00Z') },
        { functionName: 'plan', firstAt: at('2026-01-01T00:00:00Z') },
      ]),
      undefined,
    ],
    [
      'of which nothing is known is not',
      askedReview('03:00', [{ functionName: 'plan', firstAt: at('2026-01-01T00:00:00Z') }]),
      undefined,
    ],
    [
      'is not where nobody names its timer',
      { ...askedReview('03:00', [lastWeek]), timers: { plan: quarterly, execute: never } },
      undefined,
    ],
  ])('%s', (_, question, values) => {
    expect(silenceOf(question)).toEqual(
      values && {
        code: 'function-silent',
        values: { functionName: 'review', timeZone: 'Asia/Shanghai', ...values },
      },
    );
  });
});

describe('who watches', () => {
  const timers = { plan: quarterly, execute: quarterly };

  it('is plan for execute and review, execute for plan, and nobody by a review', () => {
    const all = { ...timers, review: quarterly };
    expect((['plan', 'execute', 'review'] as const).map((name) => watchedBy(name, all))).toEqual([
      ['execute', 'review'],
      ['plan'],
      [],
    ]);
  });

  it('watches no review whose timer is not known', () => {
    expect(watchedBy('plan', timers)).toEqual(['execute']);
  });
});
