// When timers fire: six fields in UTC or in a named zone, or a fixed period. The instants are literals.
import { describe, expect, it } from 'vitest';
import { nextFiring } from './timer.ts';

function firings(expression: string, after: string, count: number, since = after): string[] {
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count;) {
    at = nextFiring(expression, at, Date.parse(since));
    found.push(new Date(at).toISOString().replace('.000Z', 'Z'));
  }
  return found;
}

describe('a timer', () => {
  it('fires in UTC', () => {
    expect(firings('0 0 2 * * *', '2026-12-01T01:59:59Z', 2)).toEqual([
      '2026-12-01T02:00:00Z',
      '2026-12-02T02:00:00Z',
    ]);
  });

  it('has seconds in its first field', () => {
    expect(firings('*/20 * * * * *', '2026-12-01T00:00:00Z', 3)).toEqual([
      '2026-12-01T00:00:20Z',
      '2026-12-01T00:00:40Z',
      '2026-12-01T00:01:00Z',
    ]);
  });

  it('fires every second of the minutes that it names where its first field is a star', () => {
    expect(firings('* */15 * * * *', '2026-12-01T00:15:00Z', 2)).toEqual([
      '2026-12-01T00:15:01Z',
      '2026-12-01T00:15:02Z',
    ]);
  });

  it('fires strictly after the moment that is asked for', () => {
    expect(firings('0 */15 * * * *', '2026-12-01T00:15:00Z', 1)).toEqual(['2026-12-01T00:30:00Z']);
  });

  it('fires on some days of the week only', () => {
    // 5 December 2026 is a Saturday.
    expect(firings('0 0 8 * * MON-FRI', '2026-12-04T08:00:00Z', 1)).toEqual(['2026-12-07T08:00:00Z']);
  });

  it('fires by the wall clock of the zone that is named before it', () => {
    expect(firings('CRON_TZ=Asia/Shanghai 0 0 2 * * *', '2026-12-01T10:00:00Z', 2)).toEqual([
      '2026-12-01T18:00:00Z',
      '2026-12-02T18:00:00Z',
    ]);
  });

  it('follows that zone’s daylight-saving changes', () => {
    // Berlin leaves summer time on 25 October 2026.
    expect(firings('CRON_TZ=Europe/Berlin 0 0 8 * * *', '2026-10-24T00:00:00Z', 2)).toEqual([
      '2026-10-24T06:00:00Z',
      '2026-10-25T07:00:00Z',
    ]);
  });

  it.each([
    ['@every 4m', ['2026-12-01T00:04:07Z', '2026-12-01T00:08:07Z']],
    ['@every 90s', ['2026-12-01T00:01:37Z', '2026-12-01T00:03:07Z']],
    ['@every 1h', ['2026-12-01T01:00:07Z', '2026-12-01T02:00:07Z']],
  ])('counts %s from when it was made', (expression, expected) => {
    expect(firings(expression, '2026-12-01T00:00:07Z', 2)).toEqual(expected);
  });

  it.each([
    ['*/5 * * * *', 'cronExpression "*/5 * * * *" has 5 fields, expected six'],
    ['CRON_TZ=Asia/Shanghai 0 2 * * *', 'has 5 fields, expected six'],
    ['0 0 0 0 * * *', 'has 7 fields, expected six'],
    ['', 'expected six: second minute hour day month weekday'],
  ])('is refused where it has not six fields: %j', (expression, message) => {
    expect(() => nextFiring(expression, 0, 0)).toThrow(message);
  });

  it('is refused where a field makes no sense', () => {
    expect(() => nextFiring('0 61 * * * *', 0, 0)).toThrow();
  });

  it('is refused where it never fires', () => {
    expect(() => nextFiring('0 0 0 30 2 *', 0, 0)).toThrow('never fires');
  });
});
