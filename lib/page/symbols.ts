// The symbols of the statuses and the hatching of blackouts, once per document. Others refer to them by name.
import * as Plot from '@observablehq/plot';
import type { DomElement, Maker } from './dom.ts';
import { colourOf, lookOf, statusOrder } from './states.ts';

/** The edge of a symbol, in pixels. */
const symbolSize = 16;

/** What charts and symbols refer to. It is drawn nowhere itself. */
export function definitions(maker: Maker): DomElement {
  const { svg } = maker;
  return svg(
    'svg',
    { class: 'definitions', width: '0', height: '0', 'aria-hidden': 'true', focusable: 'false' },
    svg('defs', {}, hatching(maker), ...[...statusOrder, '?'].map((status) => symbolOf(status, maker))),
  );
}

/** Stripes for blackouts. */
export function hatching({ svg }: Maker): DomElement {
  return svg(
    'pattern',
    {
      ...{ id: 'blackout', width: '7', height: '7' },
      ...{ patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    },
    svg('rect', { width: '7', height: '7', fill: 'var(--closed)' }),
    svg('line', { x1: '0', x2: '0', y1: '0', y2: '7', stroke: 'var(--stripe)', 'stroke-width': '5' }),
  );
}

function symbolOf(status: string, maker: Maker): DomElement {
  const box = `0 0 ${symbolSize} ${symbolSize}`;
  return maker.svg('symbol', { id: symbolName(status), viewBox: box }, shapeOf(status, maker));
}

/** The symbol itself, in the middle of its box. */
function shapeOf(status: string, { document }: Maker): DomElement {
  const look = lookOf(status);
  const drawn = Plot.plot({
    document: document as never,
    ...{ width: symbolSize, height: symbolSize, margin: 0, axis: null },
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    marks: [
      Plot.dot([status], {
        ...{ x: 0.5, y: 0.5, r: 5, symbol: look.shape, stroke: colourOf(look), strokeWidth: 2 },
        fill: look.isFilled ? colourOf(look) : 'var(--paper)',
      }),
    ],
  }) as unknown as DomElement;
  const [shape] = drawn.querySelectorAll('g[aria-label=dot]');
  if (shape === undefined) throw new Error('the chart library drew no symbol');
  shape.removeAttribute('aria-label');
  return shape;
}

/** The symbol of a status, beside its word. */
export function symbol(status: string, { svg }: Maker): DomElement {
  const size = String(symbolSize);
  return svg(
    'svg',
    { class: 'symbol', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    svg('use', { href: `#${symbolName(status)}` }),
  );
}

function symbolName(status: string): string {
  return `symbol-${lookOf(status).name}`;
}
