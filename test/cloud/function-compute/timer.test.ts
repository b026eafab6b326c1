// When timers fire: by six fields in UTC or in a named zone, or by a fixed period. The expected times are literals.
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

  it('reads its first field as seconds', () => {
    expect(firings('*/20 * * * * *', '2026-12-01T00:00:00Z', 3)).toEqual([
      '2026-12-01T00:00:20Z',
      '2026-12-01T00:00:40Z',
      '2026-12-01T00:01:00Z',
    ]);
  });

  it('fires every second of a matching minute if its first field is a star', () => {
    expect(firings('* */15 * * * *', '2026-12-01T00:15:00Z', 2)).toEqual([
      '2026-12-01T00:15:01Z',
      '2026-12-01T00:15:02Z',
    ]);
  });

  it('fires strictly after the given time', () => {
    expect(firings('0 */15 * * * *', '2026-12-01T00:15:00Z', 1)).toEqual(['2026-12-01T00:30:00Z']);
  });

  it('fires only on the given days of the week', () => {
    // 5 December 2026 is a Saturday.
    expect(firings('0 0 8 * * MON-FRI', '2026-12-04T08:00:00Z', 1)).toEqual(['2026-12-07T08:00:00Z']);
  });

  it('fires by the wall clock of the zone in CRON_TZ', () => {
    expect(firings('CRON_TZ=Asia/Shanghai 0 0 2 * * *', '2026-12-01T10:00:00Z', 2)).toEqual([
      '2026-12-01T18:00:00Z',
      '2026-12-02T18:00:00Z',
    ]);
  });

  it('follows the daylight-saving changes of that zone', () => {
    // Summer time in Berlin ends on 25 October 2026.
    expect(firings('CRON_TZ=Europe/Berlin 0 0 8 * * *', '2026-10-24T00:00:00Z', 2)).toEqual([
      '2026-10-24T06:00:00Z',
      '2026-10-25T07:00:00Z',
    ]);
  });

  it.each([
    ['@every 4m', ['2026-12-01T00:04:07Z', '2026-12-01T00:08:07Z']],
    ['@every 90s', ['2026-12-01T00:01:37Z', '2026-12-01T00:03:07Z']],
    ['@every 1h', ['2026-12-01T01:00:07Z', '2026-12-01T02:00:07Z']],
  ])('counts the period of %s from the creation of the trigger', (expression, expected) => {
    expect(firings(expression, '2026-12-01T00:00:07Z', 2)).toEqual(expected);
  });

  it.each([
    ['five fields', '*/5 * * * *', 'cronExpression "*/5 * * * *" has 5 fields, expected six'],
    ['five fields and a zone', 'CRON_TZ=Asia/Shanghai 0 2 * * *', 'has 5 fields, expected six'],
    ['seven fields', '0 0 0 0 * * *', 'has 7 fields, expected six'],
    ['no fields', '', 'expected six: second minute hour day month weekday'],
  ])('is refused if it has %s', (_name, expression, message) => {
    expect(() => nextFiring(expression, 0, 0)).toThrow(message);
  });

  it('is refused if a field is out of range', () => {
    expect(() => nextFiring('0 61 * * * *', 0, 0)).toThrow();
  });

  it('is refused if it never fires', () => {
    expect(() => nextFiring('0 0 0 30 2 *', 0, 0)).toThrow('never fires');
  });
});
