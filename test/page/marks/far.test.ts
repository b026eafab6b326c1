// Times of other years in a row, and charts of a year: they show the rest, and are drawn at once.
import { expect, it } from 'vitest';
import { chartOf } from '../../../lib/page/marks/chart.ts';
import { offsetsOf } from '../../../lib/page/marks/ticks.ts';
import { planPage } from '../../../lib/page/page.ts';
import { iso } from '../../../lib/plan/calendar/instant.ts';
import { instant, now, planOf } from '../fleet.ts';

const style = { language: 'en', timeZone: 'Asia/Shanghai', now } as const;

it.each([
  '9999-12-31T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2100-01-01T00:00:00Z',
])('a row with the year of %s changes the chart of no other row', (time) => {
  const far = planOf('far', {
    executeAt: instant(time),
    latestStart: instant(time),
    notBefore: instant(time),
  });
  const { range, rows, windows } = chartOf([far, planOf('2')], now);
  expect([range.start, range.end].map(iso)).toEqual(['2026-12-01T17:45:36Z', '2026-12-02T02:14:24Z']);
  expect(rows.map(({ interval, deadline }) => [interval !== undefined, deadline !== undefined])).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(windows).toHaveLength(1);
  // Alone in its chart, as each plan is in the JSON.
  expect(chartOf([far], now).windows.length).toBeLessThan(3);
  const page = planPage([far, planOf('2')], style);
  expect(page.match(/id="plan-i-(far|2)"/g)).toHaveLength(2);
});

it('an interval without an end in sight is drawn to the edge', () => {
  const { rows, range } = chartOf([planOf('1', { latestStart: instant('9999-12-31T00:00:00Z') })], now);
  expect(rows[0]?.interval).toEqual({ start: instant('2026-12-01T18:00:00Z'), end: range.end });
});

it('nights of a year are too thin to be drawn', () => {
  const year = planOf('1', { notBefore: instant('2027-11-30T00:00:00Z') });
  expect(chartOf([year], now).windows.length).toBeGreaterThan(300);
  const page = planPage([year], style);
  expect(page.match(/<rect /g)?.length).toBeLessThan(30);
});

it('a stretch over a summer names both offsets of its zone', () => {
  const winter = { start: instant('2026-01-10T00:00:00Z'), end: instant('2026-12-10T00:00:00Z') };
  expect(offsetsOf(winter, 'Europe/Berlin')).toEqual(['+01:00', '+02:00']);
  expect(offsetsOf(winter, 'Asia/Shanghai')).toEqual(['+08:00']);
});
