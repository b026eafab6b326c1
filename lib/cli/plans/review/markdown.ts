// A report as Markdown with tables (GitHub Flavored). The library escapes what could be a format: names of groups and instances are
// of other people.
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Block, Table } from '../../../wording/review/blocks.ts';

type Root = Extract<Parameters<typeof toMarkdown>[0], { type: 'root' }>;
type Content = Root['children'][number];

/** The report. Its last line has no line break. */
export function reviewMarkdown(blocks: readonly Block[]): string {
  const root: Root = { type: 'root', children: blocks.flatMap(nodesOf) };
  return toMarkdown(root, { extensions: [gfmTableToMarkdown()], bullet: '-' }).trimEnd();
}

function nodesOf(block: Block): Content[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'heading', depth: block.level, children: [textOf(block.text)] }];
    case 'paragraph':
      return [paragraphOf(block.text)];
    case 'list':
      return [
        {
          type: 'list',
          spread: false,
          children: block.items.map((item) => ({
            type: 'listItem',
            spread: false,
            children: [paragraphOf(item)],
          })),
        },
      ];
    case 'table':
      return [tableOf(block)];
  }
}

function tableOf({ head, rows }: Table): Extract<Content, { type: 'table' }> {
  return {
    type: 'table',
    children: [head, ...rows].map((cells) => ({
      type: 'tableRow',
      children: cells.map((cell) => ({ type: 'tableCell', children: [textOf(cell)] })),
    })),
  };
}

function paragraphOf(text: string): { type: 'paragraph'; children: [{ type: 'text'; value: string }] } {
  return { type: 'paragraph', children: [textOf(text)] };
}

/** In one line, without what a terminal obeys, and without what turns the rest of the line round. */
function textOf(text: string): { type: 'text'; value: string } {
  const value = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
  return { type: 'text', value };
}
