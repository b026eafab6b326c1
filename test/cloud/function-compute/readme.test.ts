// The README lists each behaviour with the test that states it. The table and the tests must fit together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = 'test/cloud/function-compute';
const rows = readFileSync(join(folder, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('.test.ts`: '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, behaviour = '', known = '', test = '']) => ({ behaviour, known, test }));

it.each(rows.map((row) => [row.behaviour, row] as const))(
  'names an existing test: %s',
  (_, { known, test }) => {
    expect(['documented', 'seen', 'guess']).toContain(known);
    const [, file = '', title = ''] = /^`([\w./-]+)`: (.+)$/.exec(test) ?? [];
    const tests = readFileSync(join(folder, file), 'utf8');
    const titles = [...tests.matchAll(/\b(?:it|describe)(?:\.each[^]*?)?\(\s*'([^']+)'/g)].map(
      ([, found]) => found ?? '',
    );
    expect(titles.filter((found) => found.includes(title))).toHaveLength(1);
  },
);

it('names every file of tests of this folder', () => {
  const named = new Set(rows.map(({ test }) => /^`([\w./-]+)`/.exec(test)?.[1]));
  for (const file of [
    'ticks',
    'function-compute',
    'sandbox',
    'dead-sockets',
    'control/server',
    'control/deployed',
  ])
    expect(named).toContain(`${file}.test.ts`);
});
