// The timers of both functions, as s.yaml writes them: the last times at which each of them fired. The times were worked out by
// hand.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readConfiguration, readWatch } from '../../lib/settings/configuration.ts';
import { timer } from '../../lib/settings/timer.ts';

/** The last three times, at this time or before it. */
function last(text: string, before: string): string[] {
  const read = timer(text);
  if (!read.ok) throw new Error('expected a timer');
  return read.value.lastTicks(Temporal.Instant.from(before), 3).map(String);
}

describe('the last ticks of a timer', () => {
  it.each([
    // 2026-12-01 is a Tuesday.
    [
      '0 */15 * * * *',
      '2026-12-01T00:16:00Z',
      ['2026-12-01T00:15:00Z', '2026-12-01T00:00:00Z', '2026-11-30T23:45:00Z'],
    ],
    [
      '0 * * * * *',
      '2026-12-01T00:00:00Z',
      ['2026-12-01T00:00:00Z', '2026-11-30T23:59:00Z', '2026-11-30T23:58:00Z'],
    ],
    [
      '0 0 2 * * MON',
      '2026-12-01T00:00:00Z',
      ['2026-11-30T02:00:00Z', '2026-11-23T02:00:00Z', '2026-11-16T02:00:00Z'],
    ],
    // 03:00 in Shanghai is 19:00 of the day before in UTC.
    [
      'CRON_TZ=Asia/Shanghai 0 0 3 * * *',
      '2026-12-01T18:59:00Z',
      ['2026-11-30T19:00:00Z', '2026-11-29T19:00:00Z', '2026-11-28T19:00:00Z'],
    ],
    // Only at night: the third last is hours ago.
    [
      '0 0,30 22 * * *',
      '2026-12-01T12:00:00Z',
      ['2026-11-30T22:30:00Z', '2026-11-30T22:00:00Z', '2026-11-29T22:30:00Z'],
    ],
    // 2027-03-28 has no 02:30 in Berlin, and 2026-09-06 no 00:00 in Santiago. Function Compute may leave such a tick out.
    [
      'CRON_TZ=Europe/Berlin 0 30 2 * * 0',
      '2027-03-29T00:00:00Z',
      ['2027-03-21T01:30:00Z', '2027-03-14T01:30:00Z', '2027-03-07T01:30:00Z'],
    ],
    [
      'CRON_TZ=America/Santiago 0 0 0 * * *',
      '2026-09-07T12:00:00Z',
      ['2026-09-07T03:00:00Z', '2026-09-05T04:00:00Z', '2026-09-04T04:00:00Z'],
    ],
    [
      'CRON_TZ=Europe/Berlin 0 */30 * * * *',
      '2027-03-28T01:10:00Z',
      ['2027-03-28T01:00:00Z', '2027-03-28T00:30:00Z', '2027-03-28T00:00:00Z'],
    ],
    // When such a trigger was created is not known, so that each tick may be as long ago as it can be.
    [
      '@every 4m',
      '2026-12-01T00:12:00Z',
      ['2026-12-01T00:08:00Z', '2026-12-01T00:04:00Z', '2026-12-01T00:00:00Z'],
    ],
  ])('%s at %s', (text, before, ticks) => {
    expect(last(text, before)).toEqual(ticks);
  });
});

describe('a timer that Function Compute does not know', () => {
  it.each([
    '*/15 * * * *',
    '0 0 25 * * *',
    '0 0 3 31 2 *',
    'CRON_TZ=Mars/Olympus 0 0 3 * * *',
    '@every',
    '@every 0s',
    // As far as is known, it takes hours, minutes and seconds.
    '@every 1d',
    '@every 15min',
    '@hourly',
    'every minute',
  ])('%j is refused', (text) => {
    expect(timer(text)).toEqual({
      ok: false,
      expected:
        'a timer of Function Compute: second minute hour day month weekday, as in 0 */15 * * * *, CRON_TZ=Asia/Shanghai 0 0 3 * * *, or @every 15m',
    });
  });
});

describe('PLAN_TIMER and EXECUTE_TIMER', () => {
  const needed = {
    TABLESTORE_ENDPOINT: 'http://127.0.0.1',
    TABLESTORE_INSTANCE: 'local',
    REGIONS: 'cn-hangzhou',
  };
  const plan = '0 */15 * * * *';
  const execute = '0 * * * * *';

  it('are absent where neither is set: nobody guesses them', () => {
    expect(readConfiguration(needed, undefined).settings).not.toHaveProperty('timers');
    const empty = { ...needed, PLAN_TIMER: '', EXECUTE_TIMER: ' ' };
    expect(readConfiguration(empty, undefined).settings).not.toHaveProperty('timers');
  });

  it('are both read', () => {
    const { timers } = readConfiguration(
      { ...needed, PLAN_TIMER: plan, EXECUTE_TIMER: execute },
      undefined,
    ).settings;
    expect([timers?.plan.text, timers?.execute.text]).toEqual([plan, execute]);
  });

  it.each([
    [
      { PLAN_TIMER: plan },
      'EXECUTE_TIMER is "", expected the timer of the execute function, beside that of PLAN_TIMER, or neither.',
    ],
    [
      { EXECUTE_TIMER: execute },
      'PLAN_TIMER is "", expected the timer of the plan function, beside that of EXECUTE_TIMER, or neither.',
    ],
    [
      { PLAN_TIMER: 'often', EXECUTE_TIMER: execute },
      'PLAN_TIMER is "often", expected a timer of Function Compute: second',
    ],
  ])('%j is refused', (timers, message) => {
    expect(() => readConfiguration({ ...needed, ...timers }, undefined)).toThrow(message);
  });

  it('stand beside REVIEW_TIMER, which nobody needs to set', () => {
    const all = { ...needed, PLAN_TIMER: plan, EXECUTE_TIMER: execute, REVIEW_TIMER: '@every 168h' };
    expect(readConfiguration(all, undefined).settings.timers?.review?.text).toBe('@every 168h');
    expect(() => readConfiguration({ ...needed, REVIEW_TIMER: '@every 168h' }, undefined)).toThrow(
      'REVIEW_TIMER is "@every 168h", expected nothing, or a timer beside PLAN_TIMER and EXECUTE_TIMER: the plan function watches the review.',
    );
    expect(() => readConfiguration({ ...all, REVIEW_TIMER: 'weekly' }, undefined)).toThrow(
      'REVIEW_TIMER is "weekly", expected a timer of Function Compute: second',
    );
  });

  it('are read for the commands with their regions', () => {
    const both = { PLAN_TIMER: plan, EXECUTE_TIMER: execute };
    expect(readWatch({}, undefined)).toEqual({ regions: [] });
    expect(readWatch(both, 'cn-beijing')).toMatchObject({
      timers: { plan: { text: plan } },
      regions: ['cn-beijing'],
    });
    expect(readWatch({ ...both, REGIONS: 'cn-hangzhou, cn-shanghai' }, 'cn-beijing').regions).toEqual([
      'cn-hangzhou',
      'cn-shanghai',
    ]);
    expect(() => readWatch({ PLAN_TIMER: 'often' }, undefined)).toThrow('PLAN_TIMER is "often"');
  });
});
