// A report as one HTML file: no script, no request, a strict policy. It prints, and reads well on a phone and in the dark. Below its
// tables are the plans, as on the page of the timeline. Every text is escaped: names of groups and instances are of other people.
import { newMaker, ours, type DomElement, type Maker, type RawText } from '../../../page/dom.ts';
import { chartsOf } from '../../../page/charts.ts';
import { headOf } from '../../../page/head.ts';
import type { PageStyle } from '../../../page/page.ts';
import { pageStyle } from '../../../page/style.ts';
import type { Block, Table } from '../../../wording/review/blocks.ts';
import { reviewWords } from '../../../wording/review/words.ts';
import type { DrawnPlans } from './drawn.ts';

/** The report. `drawn`: absent where the plans could not be read. */
export function reviewHtml(blocks: readonly Block[], page: PageStyle, drawn: DrawnPlans | undefined): string {
  const maker = newMaker();
  const { document, html } = maker;
  const { language } = page;
  document.documentElement.setAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
  document.head.append(...headOf(maker, { title: titleOf(blocks), style: ours(`${pageStyle}${style}`) }));
  document.body.append(
    html('main', {}, ...blocks.map((block) => elementOf(block, maker)), ...plansOf(drawn, page, maker)),
  );
  return document.toString();
}

function plansOf(drawn: DrawnPlans | undefined, page: PageStyle, maker: Maker): DomElement[] {
  if (drawn === undefined) return [];
  const { plans, leftOut } = drawn;
  const { html } = maker;
  const words = reviewWords[page.language];
  return [
    html('h2', {}, words.plans),
    ...(leftOut > 0 ? [html('p', {}, words.leftOut(leftOut))] : []),
    ...chartsOf(plans, maker, page),
  ];
}

function elementOf(block: Block, maker: Maker): DomElement {
  const { html } = maker;
  switch (block.kind) {
    case 'heading':
      return html(`h${block.level}`, {}, block.text);
    case 'paragraph':
      return html('p', {}, block.text);
    case 'list':
      return html('ul', {}, ...block.items.map((item) => html('li', {}, item)));
    case 'table':
      return tableOf(block, maker);
  }
}

/** A wide table scrolls by itself, also by the keyboard. */
function tableOf({ caption, head, rows }: Table, { html }: Maker): DomElement {
  const heads = head.map((text) => html('th', { scope: 'col' }, text));
  const body = rows.map(([first = '', ...cells]) =>
    html('tr', {}, html('th', { scope: 'row' }, first), ...cells.map((cell) => html('td', {}, cell))),
  );
  return html(
    'div',
    { class: 'table', role: 'region', tabindex: '0', 'aria-label': caption },
    html(
      'table',
      {},
      html('caption', {}, caption),
      html('thead', {}, html('tr', {}, ...heads)),
      html('tbody', {}, ...body),
    ),
  );
}

/** The first heading of a report is ours: it says what the report is. */
function titleOf(blocks: readonly Block[]): RawText {
  const heading = blocks.find((block) => block.kind === 'heading');
  return ours(heading?.kind === 'heading' ? heading.text : '');
}

/** Beside the style of pages: tables as wide as they are. A caption stands in the heading above. */
const style = `
main > p, main > ul { max-width: 70rem; }
.table { overflow-x: auto; }
.table table { width: auto; }
.table caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.table td { overflow-wrap: anywhere; min-width: 4rem; }
@media print { .table { overflow: visible; } }
`;
