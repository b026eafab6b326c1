// A report as one HTML file: no script, no request, a strict policy. It prints, and reads well on a phone and in the dark. The
// document of linkedom escapes every text: names of groups and instances are of other people.
import { parseHTML } from 'linkedom';
import type { Block, Table } from '../../../wording/review/blocks.ts';
import type { Language } from '../../../wording/languages.ts';

/** The part of an element that is used. linkedom's own types need those of a browser. */
interface PageElement {
  textContent: string | null;
  setAttribute: (name: string, value: string) => void;
  appendChild: (child: PageElement) => unknown;
}

/** The same of a document. */
export interface Page {
  createElement: (name: string) => PageElement;
  documentElement: PageElement;
  head: PageElement;
  body: PageElement;
  toString: () => string;
}

/** Draws the chart in this document; undefined where there is nothing to draw. */
export type DrawChart = (document: Page) => PageElement | undefined;

/** The report. `draw` draws the chart of the plans, where there is one. */
export function reviewHtml(blocks: readonly Block[], language: Language, draw?: DrawChart): string {
  const { document } = parseHTML(empty) as unknown as { document: Page };
  document.documentElement.setAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
  const add = (parent: PageElement, name: string, text?: string): PageElement => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  };
  const meta = (attributes: Readonly<Record<string, string>>): void => {
    const element = add(document.head, 'meta');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  meta({ charset: 'utf-8' });
  meta({ 'http-equiv': 'Content-Security-Policy', content: policy });
  meta({ name: 'viewport', content: 'width=device-width, initial-scale=1' });
  add(document.head, 'title', titleOf(blocks));
  add(document.head, 'style', style);
  const main = add(document.body, 'main');
  for (const block of blocks) addBlock(block, main, add, draw?.(document));
  return document.toString();
}

type Add = (parent: PageElement, name: string, text?: string) => PageElement;

function addBlock(block: Block, main: PageElement, add: Add, chart: PageElement | undefined): void {
  switch (block.kind) {
    case 'heading':
      add(main, `h${block.level}`, block.text);
      return;
    case 'paragraph':
      add(main, 'p', block.text);
      return;
    case 'list': {
      const list = add(main, 'ul');
      for (const item of block.items) add(list, 'li', item);
      return;
    }
    case 'table':
      addTable(block, main, add);
      return;
    case 'chart':
      if (chart !== undefined) add(main, 'figure').appendChild(chart);
  }
}

/** A wide table scrolls by itself, also by the keyboard. */
function addTable({ caption, head, rows }: Table, main: PageElement, add: Add): void {
  const frame = add(main, 'div');
  for (const [name, value] of Object.entries({
    class: 'table',
    role: 'region',
    tabindex: '0',
    'aria-label': caption,
  })) {
    frame.setAttribute(name, value);
  }
  const table = add(frame, 'table');
  add(table, 'caption', caption);
  const heads = add(add(table, 'thead'), 'tr');
  for (const text of head) add(heads, 'th', text).setAttribute('scope', 'col');
  const body = add(table, 'tbody');
  for (const [first = '', ...cells] of rows) {
    const row = add(body, 'tr');
    add(row, 'th', first).setAttribute('scope', 'row');
    for (const cell of cells) add(row, 'td', cell);
  }
}

function titleOf(blocks: readonly Block[]): string {
  const heading = blocks.find((block) => block.kind === 'heading');
  return heading?.kind === 'heading' ? heading.text : '';
}

const empty = '<!doctype html><html><head></head><body></body></html>';

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
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
`;
