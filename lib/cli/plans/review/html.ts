// A report as one HTML file: no script, no request, a strict policy. It prints, and reads well on a phone and in the dark. Every
// text is escaped: names of groups and instances are of other people.
import { newMaker, ours, type DomElement, type Maker, type RawText } from '../../../page/dom.ts';
import { headOf } from '../../../page/head.ts';
import type { Block, Table } from '../../../wording/review/blocks.ts';
import type { Language } from '../../../wording/languages.ts';

/** The report. */
export function reviewHtml(blocks: readonly Block[], language: Language): string {
  const maker = newMaker();
  const { document, html } = maker;
  document.documentElement.setAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
  document.head.append(...headOf(maker, { title: titleOf(blocks), style }));
  document.body.append(html('main', {}, ...blocks.map((block) => elementOf(block, maker))));
  return document.toString();
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

const style = ours(`
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8886; }
thead th { border-bottom-width: 2px; white-space: nowrap; }
tbody th { font-weight: 600; }
td { overflow-wrap: anywhere; min-width: 4rem; }
@media print { main { max-width: none; padding: 0; } .table { overflow: visible; } }
`);
