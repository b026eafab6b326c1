// A chart as a picture: one file of SVG, with its style and a legend, for a README. It leads nowhere, and shows a night that is
// over.
import { newMaker, type DomElement, type Maker } from './dom.ts';
import { drawChart } from './draw-chart.ts';
import { heightOf, pictureLayout } from './layout.ts';
import { chartOf } from './marks/chart.ts';
import type { PagePlan } from './marks/page-plan.ts';
import type { PageStyle } from './page.ts';
import { drawingStyle } from './style.ts';
import { hatching } from './symbols.ts';
import { speechOf, type PageWord, type Speech } from './words/speech.ts';

/** The whole file. The rows are in the order given. */
export function planPicture(
  plans: readonly PagePlan[],
  { language, timeZone }: Omit<PageStyle, 'now'>,
): string {
  const maker = newMaker();
  const speech = speechOf(language);
  const drawn = drawChart(chartOf(plans), { maker, layout: pictureLayout, speech, timeZone });
  const { width } = pictureLayout;
  const height = heightOf(pictureLayout, plans.length);
  const style = maker.svg('style', {}, drawingStyle);
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawn.setAttribute('role', 'img');
  drawn.prepend(
    maker.svg('title', {}, speech.say('title')),
    style,
    maker.svg('defs', {}, hatching(maker)),
    maker.svg('rect', { width: String(width), height: String(height), rx: '8', fill: 'var(--paper)' }),
  );
  drawn.append(...legendOf(maker, speech, height - 16));
  return `${drawn.outerHTML}\n`;
}

/** Where each mark of the legend begins. */
const legend: readonly (readonly [word: PageWord, x: number])[] = [
  ['window', 16],
  ['interval', 296],
  ['deadline', 526],
];

function legendOf({ svg }: Maker, { say }: Speech, y: number): DomElement[] {
  const bar = { y: String(y - 11), height: '14' };
  const marks: Readonly<Record<string, (x: number) => DomElement>> = {
    window: (x) => svg('rect', { ...bar, x: String(x), width: '22', fill: 'var(--window)' }),
    interval: (x) =>
      svg('rect', {
        ...{ x: String(x), y: String(y - 9), width: '22', height: '10', rx: '2', fill: 'var(--text)' },
        ...{ 'fill-opacity': '0.25', stroke: 'var(--text)', 'stroke-width': '1.5' },
      }),
    deadline: (x) => svg('rect', { ...bar, x: String(x + 9), width: '4', fill: 'var(--deadline)' }),
  };
  return legend.flatMap(([word, x]) => [
    ...[marks[word]?.(x)].flatMap((mark) => mark ?? []),
    svg('text', { x: String(x + 30), y: String(y), fill: 'var(--quiet)', 'text-anchor': 'start' }, say(word)),
  ]);
}
