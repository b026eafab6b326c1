// What is written twice, in English and Chinese, says the same: the same headings in the same order, the same commands, the
// same rows of tables with the same codes, and under each heading the same names in backticks.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeBlocksIn, codeSpansIn, sectionsIn, tablesIn } from './markdown.ts';

/** Without comments: those are in the language of the page. */
function commandsIn(page: string): string[][] {
  return codeBlocksIn(page).map(({ lines }) => lines.map((line) => line.replace(/(^|\s+)# .*$/, '')));
}

/** Of each row of each table, the codes of its cells. Where the first cell has none, its text stands for it. */
function rowsIn(page: string): string[][][] {
  return tablesIn(page).map(([, ...rows]) =>
    rows.map(([first = '', ...cells]) => {
      const codes = codeSpansIn(first);
      return [...(codes.length === 0 ? [first] : codes), ...codeSpansIn(cells.join(' '))];
    }),
  );
}

function namesUnderEachHeading(page: string): [place: number, ...names: string[]][] {
  return sectionsIn(page).map(({ body }, place) => [place, ...codeSpansIn(body)]);
}

describe.each([
  ['README.md', 'README.zh-CN.md', { headings: 15, blocks: 10, rows: 60 }],
  ['lib/wording/RUNBOOK.md', 'lib/wording/RUNBOOK.zh-CN.md', { headings: 100, blocks: 1, rows: 0 }],
])('%s and %s', (english, chinese, fewest) => {
  const en = readFileSync(english, 'utf8');
  const zh = readFileSync(chinese, 'utf8');

  it('have the same headings: as many, of the same levels', () => {
    const levels = (page: string): number[] => sectionsIn(page).map(({ level }) => level);
    expect(levels(en).length).toBeGreaterThanOrEqual(fewest.headings);
    expect(levels(zh)).toEqual(levels(en));
  });

  it('have the same commands, in the same order', () => {
    expect(commandsIn(en).length).toBeGreaterThanOrEqual(fewest.blocks);
    expect(commandsIn(zh)).toEqual(commandsIn(en));
  });

  it('have the same rows in each table, with the same codes', () => {
    expect(rowsIn(en).flat().length).toBeGreaterThanOrEqual(fewest.rows);
    expect(rowsIn(zh)).toEqual(rowsIn(en));
  });

  it('have the same names in backticks under each heading', () => {
    expect(namesUnderEachHeading(zh)).toEqual(namesUnderEachHeading(en));
  });

  it('name each other above everything else', () => {
    const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
    expect(en.split('\n')[2]).toBe(`English | [简体中文](${nameOf(chinese)})`);
    expect(zh.split('\n')[2]).toBe(`[English](${nameOf(english)}) | 简体中文`);
  });
});

describe('the comparison', () => {
  it('sees another command, another row, another name and another heading', () => {
    const page =
      '# A\n\n`x`\n\n| a | b |\n| --- | --- |\n| `c` | 1 |\n\n```sh\nnpm test # one\n```\n\n## B\n';
    expect(commandsIn(page)).toEqual([['npm test']]);
    expect(rowsIn(page)).toEqual([[['c']]]);
    expect(namesUnderEachHeading(page)).toEqual([[0, 'c', 'x'], [1]]);
    expect(sectionsIn(page).map(({ level }) => level)).toEqual([1, 2]);
    expect(sectionsIn('```sh\n# a comment\n```\n')).toEqual([]);
  });
});
