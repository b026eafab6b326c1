// How to read the charts: how many plans have each status, with its shape and its colour, and what the other marks mean.
import type { DomElement, Maker } from './dom.ts';
import type { PagePlan } from './marks/page-plan.ts';
import { lookOf, statusOrder } from './states.ts';
import { symbol } from './symbols.ts';
import type { PageWord, Speech } from './words/speech.ts';

/** How many plans have each status, in the order of the legend. Rows with any other text are counted together, as `?`. */
export function countsOf(plans: readonly PagePlan[]): (readonly [status: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { status } of plans) {
    const known = statusOrder.includes(status) ? status : '?';
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...statusOrder, '?'].flatMap((status) => {
    const count = counts.get(status);
    return count === undefined ? [] : [[status, count] as const];
  });
}

/** The statuses that occur. */
export function statusLegend(plans: readonly PagePlan[], maker: Maker, speech: Speech): DomElement {
  const { html } = maker;
  const items = countsOf(plans).map(([status, count]) =>
    html(
      'li',
      { class: `state-${lookOf(status).name}` },
      symbol(status, maker),
      html('strong', { class: 'count' }, String(count)),
      html('strong', { class: 'state' }, status),
      html('span', { class: 'quiet' }, speech.say(status === '?' ? 'unreadable' : (status as PageWord))),
    ),
  );
  return html('ul', { class: 'states', 'aria-label': speech.say('by-status') }, ...items);
}

/** The marks of the charts. */
export function markLegend(maker: Maker, speech: Speech): DomElement {
  const { html } = maker;
  const marks: readonly (readonly [PageWord, DomElement])[] = [
    ['window', swatch(maker, [['rect', { width: '22', height: '14', y: '1', fill: 'var(--window)' }]])],
    ['blackout', swatch(maker, [['rect', { width: '22', height: '14', y: '1', fill: 'url(#blackout)' }]])],
    ['interval', swatch(maker, [['rect', intervalShape]])],
    ['moment', symbol('Avoided', maker)],
    ['deadline', swatch(maker, [['rect', { x: '9', width: '4', height: '16', fill: 'var(--deadline)' }]])],
    ['now-line', swatch(maker, [['line', nowShape]])],
  ];
  const items = marks.map(([word, mark]) => html('li', {}, mark, speech.say(word)));
  return html('ul', { class: 'marks', 'aria-label': speech.say('how-to-read') }, ...items);
}

const intervalShape = {
  ...{ x: '1', y: '3', width: '20', height: '10', rx: '2' },
  ...{ fill: 'var(--text)', 'fill-opacity': '0.25', stroke: 'var(--text)', 'stroke-width': '1.5' },
};
const nowShape = {
  ...{ x1: '11', x2: '11', y1: '0', y2: '16' },
  ...{ stroke: 'var(--now)', 'stroke-width': '2', 'stroke-dasharray': '5 3' },
};

type Shape = readonly [name: string, attributes: Readonly<Record<string, string>>];

function swatch({ svg }: Maker, shapes: readonly Shape[]): DomElement {
  return svg(
    'svg',
    { class: 'swatch', width: '22', height: '16', 'aria-hidden': 'true', focusable: 'false' },
    ...shapes.map(([name, attributes]) => svg(name, attributes)),
  );
}
