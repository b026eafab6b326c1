// Reads the parts of a page that tests compare: headings, blocks of code, tables and links.

/** One heading: its level and its text. */
export interface Heading {
  level: number;
  text: string;
}

/** A heading, and what stands below it until the next one. */
export interface Section extends Heading {
  body: string;
}

/** The lines of a block of code, without the indentation of the list that it stands in. */
export interface CodeBlock {
  language: string;
  lines: string[];
}

const fence = /^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;

/** The blocks of code. */
export function codeBlocksIn(page: string): CodeBlock[] {
  return [...page.matchAll(fence)].map(([, indent = '', language = '', body = '']) => ({
    language,
    lines: body
      .split('\n')
      .slice(0, -1)
      .map((line) => line.slice(indent.length)),
  }));
}

/** The page without its blocks of code: a `#` there is no heading. */
function proseOf(page: string): string {
  return page.replaceAll(fence, '');
}

/** Each heading with what stands below it. */
export function sectionsIn(page: string): Section[] {
  return proseOf(page)
    .split(/^(?=#{1,6} )/m)
    .flatMap((part) => {
      const [, marks = '', text = '', body = ''] = /^(#+) (.*)\n?([\s\S]*)$/.exec(part) ?? [];
      return marks === '' ? [] : [{ level: marks.length, text, body }];
    });
}

/** Rows of cells, without the row of dashes. The first row has the names of the columns. */
export function tablesIn(page: string): string[][][] {
  return [...proseOf(page).matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) =>
    table
      .trimEnd()
      .split('\n')
      .filter((_line, at) => at !== 1)
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      ),
  );
}

/** What stands in backticks, each once, sorted. */
export function codeSpansIn(text: string): string[] {
  return [...new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span))].sort();
}

/** The targets of links to files of the project, as in `lib/README.md#never-twice`. */
export function linksIn(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));
}

/** The anchor that GitHub gives a heading: small letters, no punctuation, dashes for spaces. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
