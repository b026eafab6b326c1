// One chart in a page: its two drawings, of which the style shows one.
import type { Instant } from '../plan/calendar/instant.ts';
import type { DomElement, Maker } from './dom.ts';
import { drawChart } from './draw-chart.ts';
import { layouts } from './layout.ts';
import { chartOf, type ChartRow } from './marks/chart.ts';
import type { Panel } from './marks/panels.ts';
import type { Speech } from './words/speech.ts';

/** What all charts of a page share. */
export interface Pen {
  maker: Maker;
  speech: Speech;
  /** The zone of the axis, and of every time that names no other one. */
  timeZone: string;
  now: Instant;
}

/** `cn-hangzhou, group web, part 1 of 2`. */
export function placeOf(panel: Panel, speech: Speech): string {
  return [panel.regionId, groupOf(panel, speech)].join(speech.say('between'));
}

/** The same below the name of the region. */
export function groupOf({ group, part }: Panel, { say }: Speech): string {
  return [
    group === undefined ? say('no-group') : say('group', { group }),
    ...(part === undefined ? [] : [say('part', { number: String(part.number), of: String(part.of) })]),
  ].join(say('between'));
}

/** The chart. `linkOf`: where each row leads; absent where rows lead nowhere. */
export function figureOf(panel: Panel, pen: Pen, linkOf?: (row: ChartRow) => string): DomElement {
  const { maker, speech, now } = pen;
  const chart = chartOf(panel.plans, now);
  const label = speech.say('chart-of', { place: placeOf(panel, speech) });
  const drawn = layouts.map((layout) =>
    drawChart(chart, { ...pen, layout, ...(linkOf === undefined ? {} : { linkOf }) }),
  );
  return maker.html('figure', { role: 'group', 'aria-label': label }, ...drawn);
}
