// What is drawn of a chart: its range, the windows and blackouts behind its rows, and what each row has.
import { describe, expect, it } from 'vitest';
import { chartOf, type Band, type Chart } from '../../../lib/page/marks/chart.ts';
import type { PagePlan } from '../../../lib/page/marks/page-plan.ts';
import { calendarOf as calendarOfRow } from '../../../lib/page/marks/plan-calendar.ts';
import { calendarText } from '../../../lib/plan/calendar/calendar.ts';
import { iso } from '../../../lib/plan/calendar/instant.ts';
import { calendarOf, instant, now, planOf } from '../fleet.ts';

const bandText = ({ start, end, top, bottom }: Band): string => `${iso(start)} ${iso(end)} ${top}-${bottom}`;
const rangeText = ({ range: { start, end } }: Chart): string => `${iso(start)} ${iso(end)}`;

describe('a chart', () => {
  it('has the window that the rows share, cut off at its range', () => {
    const chart = chartOf([planOf('1'), planOf('2')], now);
    // From 02:00 to 10:00, and 3 % of it on both sides.
    expect(rangeText(chart)).toBe('2026-12-01T17:45:36Z 2026-12-02T02:14:24Z');
    expect(chart.windows.map(bandText)).toEqual(['2026-12-01T18:00:00Z 2026-12-01T21:00:00Z 0-2']);
    expect(chart.blackouts).toEqual([]);
  });

  it('has the windows and blackouts of each row where they differ', () => {
    const own = calendarOf('daily 04:00-06:00', 'Asia/Shanghai', '2026-12-02 05:30/2026-12-02 08:00');
    const chart = chartOf([planOf('1'), planOf('2', { calendar: own }), planOf('3')], now);
    expect(chart.windows.map(bandText)).toEqual([
      '2026-12-01T18:00:00Z 2026-12-01T21:00:00Z 0-1',
      '2026-12-01T20:00:00Z 2026-12-01T21:30:00Z 1-2',
      '2026-12-01T18:00:00Z 2026-12-01T21:00:00Z 2-3',
    ]);
    expect(chart.blackouts.map(bandText)).toEqual(['2026-12-01T21:30:00Z 2026-12-02T00:00:00Z 1-2']);
  });

  it('has the interval, the deadline and the end of a plan, and the restart of one that goes on', () => {
    const sentAt = instant('2026-12-01T18:00:05Z');
    const finishedAt = instant('2026-12-01T18:02:00Z');
    const { rows } = chartOf(
      [planOf('1'), planOf('2', { sentAt }), planOf('3', { sentAt, finishedAt })],
      now,
    );
    expect(rows.map(({ moment }) => moment && iso(moment))).toEqual([
      undefined,
      '2026-12-01T18:00:05Z',
      '2026-12-01T18:02:00Z',
    ]);
    expect(rows.map(({ interval }) => interval && iso(interval.end))).toEqual(
      Array(3).fill('2026-12-01T20:45:00Z'),
    );
    expect(rows.map(({ deadline }) => deadline && iso(deadline))).toEqual(
      Array(3).fill('2026-12-02T02:00:00Z'),
    );
  });

  it('does not grow by an end without a restart, which may be days before, and leaves that out', () => {
    const skipped = planOf('2', { status: 'Skipped', finishedAt: instant('2026-11-28T00:00:00Z') });
    const chart = chartOf([planOf('1'), skipped], now);
    expect(rangeText(chart)).toBe('2026-12-01T17:45:36Z 2026-12-02T02:14:24Z');
    expect(chart.rows[1]?.moment).toBeUndefined();
  });

  it('is six hours long at least, and says on which side of it the present is', () => {
    const bare: Partial<PagePlan> = {};
    const only = { ...planOf('1'), ...bare };
    delete only.executeAt;
    delete only.latestStart;
    const at = (text: string): string | undefined => chartOf([only], instant(text)).now?.place;
    expect(rangeText(chartOf([only], now))).toBe('2026-12-01T23:00:00Z 2026-12-02T05:00:00Z');
    expect([at('2026-12-01T22:59:59Z'), at('2026-12-02T00:00:00Z'), at('2026-12-02T05:00:01Z')]).toEqual([
      'before',
      'inside',
      'after',
    ]);
  });

  it('of rows without any time is around the present', () => {
    const empty = planOf('1');
    delete empty.executeAt;
    delete empty.latestStart;
    delete empty.notBefore;
    expect(rangeText(chartOf([empty], now))).toBe('2026-12-01T16:00:00Z 2026-12-01T22:00:00Z');
  });
});

describe('the calendar of a row', () => {
  const settings = calendarOf('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31');
  const record = {
    ...{ windows: 'Sat 01:00-03:00', timeZone: 'UTC', blackouts: ['2026-12-24'], blackoutZone: 'Asia/Tokyo' },
    ...{ slot: '15m', safetyMargin: '30m', noWindow: 'leave' as const },
  };

  it('is that of its rules', () => {
    expect(calendarText(calendarOfRow(record, settings))).toBe(
      'Sat 01:00-03:00 UTC except 2026-12-24 (Asia/Tokyo)',
    );
  });

  it('is that of the settings where the row says none, or none that can be read', () => {
    expect(calendarOfRow(undefined, settings)).toBe(settings);
    expect(calendarOfRow({ ...record, windows: 'at night' }, settings)).toBe(settings);
    expect(calendarOfRow({ ...record, blackouts: ['soon'] }, settings)).toBe(settings);
  });
});
