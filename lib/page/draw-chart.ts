// Draws one chart as SVG, with Observable Plot. Rows are counted from the top, and each has the height 1 on the vertical scale.
// Colours are CSS variables of style.ts.
import * as Plot from '@observablehq/plot';
import type { Instant } from '../plan/calendar/instant.ts';
import type { Stretch } from '../plan/calendar/stretch.ts';
import type { DomElement, Maker } from './dom.ts';
import { heightOf, shortened, statusLength, type Layout } from './layout.ts';
import type { Band, Chart, ChartRow, Present } from './marks/chart.ts';
import { nameOf } from './marks/page-plan.ts';
import { offsetsOf, ticksOf, type Tick } from './marks/ticks.ts';
import { labelOf } from './row-label.ts';
import { colourOf, lookOf } from './states.ts';
import type { Speech } from './words/speech.ts';

/** How a chart is drawn. */
export interface Drawing {
  maker: Maker;
  layout: Layout;
  speech: Speech;
  timeZone: string;
  /** Where a row leads; absent where it leads nowhere. */
  linkOf?: (row: ChartRow) => string;
}

/** Draws it. */
export function drawChart(chart: Chart, drawing: Drawing): DomElement {
  const { maker, layout, linkOf } = drawing;
  const { width, left, right, top, bottom, rowHeight } = layout;
  const { range, rows } = chart;
  const drawn = Plot.plot({
    document: maker.document as never,
    className: 'drawing',
    ...{ width, height: heightOf(layout, rows.length) },
    ...{ marginLeft: left, marginRight: right, marginTop: top, marginBottom: bottom },
    x: { type: 'utc', domain: [dateOf(range.start), dateOf(range.end)], round: true, axis: null },
    y: {
      ...{ type: 'linear', domain: [0, rows.length], range: [top, top + rows.length * rowHeight] },
      ...{ round: true, axis: null },
    },
    marks: [
      ...bandMarks(chart, layout),
      ...axisMarks(chart, drawing),
      ...rowMarks(rows),
      ...nameMarks(chart, layout),
      ...(chart.now === undefined ? [] : nowMarks(chart, chart.now, drawing)),
      ...(linkOf === undefined ? [] : [linkMark(chart, drawing, linkOf)]),
    ],
  }) as unknown as DomElement;
  return tidied(drawn, drawing);
}

type Marks = Plot.Markish[];

const dateOf = (at: Instant): Date => new Date(at.epochMilliseconds);

function bandMarks({ windows, blackouts, range, rows }: Chart, layout: Layout): Marks {
  const band = { x1: startOf, x2: endOf, y1: topOf, y2: bottomOf };
  // Nights of a year are thinner than anybody sees, and hundreds of them per row.
  const pixel = spanOf(range) / (layout.width - layout.left - layout.right);
  const isSeen = (one: Band): boolean => spanOf(one) >= pixel / 2;
  return [
    Plot.rect(windows.filter(isSeen), { ...band, fill: 'var(--window)' }),
    Plot.rect(blackouts.filter(isSeen), { ...band, fill: 'url(#blackout)' }),
    Plot.ruleY(
      Array.from({ length: rows.length + 1 }, (_, index) => index),
      { x1: dateOf(range.start), x2: dateOf(range.end), stroke: 'var(--line)' },
    ),
  ];
}

const startOf = ({ start }: Band): Date => dateOf(start);
const endOf = ({ end }: Band): Date => dateOf(end);
const topOf = ({ top }: Band): number => top;
const bottomOf = ({ bottom }: Band): number => bottom;

/** The hours, the days above them, and the name of the zone. */
function axisMarks({ range, rows }: Chart, { layout, speech, timeZone }: Drawing): Marks {
  const most = Math.floor((layout.width - layout.left - layout.right) / layout.tickWidth);
  const { ticks, areDays } = ticksOf(range, timeZone, most);
  const zone = speech.say('times-in', { zone: timeZone, offsets: offsetsOf(range, timeZone).join(', ') });
  const at = { x: (tick: Tick) => dateOf(tick.at), y: 0, textAnchor: 'middle' as const };
  const hours = areDays ? [] : ticks;
  const days = areDays ? ticks : dayLabels(ticks);
  return [
    Plot.ruleX(ticks, {
      ...{ x: (tick: Tick) => dateOf(tick.at), y1: 0, y2: rows.length },
      stroke: (tick: Tick) => (tick.beginsDay ? 'var(--day)' : 'var(--line)'),
    }),
    Plot.text(hours, {
      ...at,
      dy: -9,
      fill: 'var(--quiet)',
      text: ({ at: time }: Tick) => speech.clock(time, timeZone),
    }),
    Plot.text(days, {
      ...{ ...at, dy: areDays ? -9 : -24, fill: 'var(--text)', fontWeight: 600 },
      text: ({ at: time }: Tick) => speech.day(time, timeZone),
    }),
    Plot.text([zone], {
      ...{ frameAnchor: 'top-left', textAnchor: 'start', fill: 'var(--quiet)' },
      ...{ dx: 4 - layout.left, dy: 10 - layout.top, text: (text: string) => text },
    }),
  ];
}

/** The first day has a name where the next one does not begin right after it. */
function dayLabels(ticks: readonly Tick[]): Tick[] {
  return ticks.filter(
    (tick, index) => tick.beginsDay && !(index === 0 && ticks.slice(1, 3).some(({ beginsDay }) => beginsDay)),
  );
}

type Moment = ChartRow & { at: Instant };

function rowMarks(rows: readonly ChartRow[]): Marks {
  const colour = ({ plan }: ChartRow): string => colourOf(lookOf(plan.status));
  const intervals = rows.flatMap((row) => (row.interval === undefined ? [] : [{ ...row, ...row.interval }]));
  const deadlines = rows.flatMap((row) => (row.deadline === undefined ? [] : [{ ...row, at: row.deadline }]));
  const moments = rows.flatMap((row) => (row.moment === undefined ? [] : [{ ...row, at: row.moment }]));
  return [
    Plot.rect(intervals, {
      ...{ x1: ({ start }: Stretch) => dateOf(start), x2: ({ end }: Stretch) => dateOf(end) },
      ...{ y1: ({ row }: ChartRow) => row + 0.25, y2: ({ row }: ChartRow) => row + 0.75 },
      ...{ fill: colour, fillOpacity: 0.35, stroke: colour, strokeWidth: 1.5, rx: 2 },
    }),
    Plot.ruleX(deadlines, {
      ...{
        x: ({ at }: Moment) => dateOf(at),
        y1: ({ row }: ChartRow) => row + 0.1,
        y2: ({ row }: ChartRow) => row + 0.9,
      },
      ...{ stroke: 'var(--deadline)', strokeWidth: 3 },
    }),
    ...stateMarks(moments, { x: ({ at }) => dateOf(at) }),
  ];
}

/** The symbol of the status of each row, with an edge around it, so that it is seen on a bar. */
function stateMarks<T extends ChartRow>(
  rows: readonly T[],
  place: { x: ((row: T) => Date) | Date; dx?: number },
): Marks {
  const symbol = (row: T): string => lookOf(row.plan.status).shape;
  const colour = (row: T): string => colourOf(lookOf(row.plan.status));
  const fill = (row: T): string => (lookOf(row.plan.status).isFilled ? colour(row) : 'var(--paper)');
  const at = { ...place, y: ({ row }: T) => row + 0.5, symbol, r: 5 };
  return [
    Plot.dot(rows, { ...at, stroke: 'var(--paper)', strokeWidth: 4 }),
    Plot.dot(rows, { ...at, stroke: colour, fill, strokeWidth: 2 }),
  ];
}

/** The names on the left, and what became of each on the right. */
function nameMarks({ rows, range }: Chart, layout: Layout): Marks {
  const y = ({ row }: ChartRow): number => row + 0.5;
  const [left, right] = [dateOf(range.start), dateOf(range.end)];
  return [
    Plot.text(rows, {
      ...{ x: left, y, dx: 4 - layout.left, textAnchor: 'start', fill: 'var(--text)' },
      text: ({ plan }: ChartRow) => shortened(nameOf(plan), layout.nameLength),
    }),
    ...stateMarks(rows, { x: right, dx: 13 }),
    ...(layout.hasStatus
      ? [
          Plot.text(rows, {
            ...{ x: right, y, dx: 27, textAnchor: 'start', fontWeight: 600 },
            ...{
              fill: ({ plan }: ChartRow) => colourOf(lookOf(plan.status)),
              text: ({ plan }: ChartRow) => shortened(plan.status, statusLength),
            },
          }),
        ]
      : []),
  ];
}

/** The present: a line with its time below, or at the edge a word on which side of the chart it is. */
function nowMarks({ range, rows }: Chart, { at, place }: Present, { speech, timeZone }: Drawing): Marks {
  const word = { before: 'now-before', inside: 'now', after: 'now-after' } as const;
  const x = { before: range.start, inside: at, after: range.end }[place];
  const share = (x.epochMilliseconds - range.start.epochMilliseconds) / spanOf(range);
  const textAnchor = share < 0.15 ? 'start' : share > 0.85 ? 'end' : 'middle';
  const text = speech.say(word[place], { time: speech.short(at, timeZone) });
  const style = { x: dateOf(x), fill: 'var(--now)', fontWeight: 600, textAnchor } as const;
  return [
    Plot.text([text], { ...style, y: rows.length, dy: 13, text: (one: string) => one }),
    ...(place === 'inside'
      ? [
          Plot.ruleX([at], {
            ...{ x: dateOf(at), y1: 0, y2: rows.length, insetBottom: -4 },
            ...{ stroke: 'var(--now)', strokeWidth: 1.5, strokeDasharray: '5 3' },
          }),
        ]
      : []),
  ];
}

function spanOf({ start, end }: Stretch): number {
  return end.epochMilliseconds - start.epochMilliseconds;
}

/** Over everything: the whole row is one link. */
function linkMark(
  { rows, range }: Chart,
  { layout, speech, timeZone }: Drawing,
  linkOf: (row: ChartRow) => string,
): Plot.Markish {
  return Plot.rect(rows, {
    ...{ className: 'links', x1: dateOf(range.start), x2: dateOf(range.end) },
    ...{ y1: ({ row }: ChartRow) => row, y2: ({ row }: ChartRow) => row + 1, rx: 3 },
    ...{ insetLeft: 2 - layout.left, insetRight: 2 - layout.right, fill: 'transparent' },
    ...{ href: linkOf, title: ({ plan }: ChartRow) => labelOf(plan, speech, timeZone) },
  });
}

/** Without the style that Plot brings for pages of its own. Only the links are read aloud: they say what the marks show. */
function tidied(drawn: DomElement, { layout, linkOf }: Drawing): DomElement {
  drawn.setAttribute('class', `drawing ${layout.name}`);
  drawn.setAttribute('font-size', String(layout.fontSize));
  for (const style of [...drawn.querySelectorAll('style')]) style.remove();
  for (const group of [...drawn.querySelectorAll('g[aria-label]')]) {
    group.removeAttribute('aria-label');
    if (linkOf === undefined || group.getAttribute('class') !== 'links')
      group.setAttribute('aria-hidden', 'true');
  }
  return drawn;
}
