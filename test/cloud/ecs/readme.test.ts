// The table in README.md says what is documented, seen and guessed. It must name every action, and tests that exist.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { actions } from './core/actions/index.ts';

const folder = import.meta.dirname;
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const [, section = ''] = /## What is documented, seen and guessed\n(.*?)\n## /s.exec(readme) ?? [];
const rows = [...section.matchAll(/^\| (.+) \| (.+) \| `([\w-]+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, what = '', source = '', file = '', title = '']) => ({ what, source, file, title }),
);
const tests = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => [basename(path), readFileSync(join(folder, path), 'utf8')]),
);

it('every line of the table is a row', () => {
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  // Two of them are the heading.
  expect(rows).toHaveLength(lines.length - 2);
});

it('every action has a row', () => {
  const named = rows.flatMap(({ what }) => [...what.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect([...actions.keys()].filter((action) => !named.includes(action))).toEqual([]);
});

it.each(rows)('$what is documented, seen or a guess, and $file has its test', ({ source, file, title }) => {
  expect(['documented', 'seen', 'guess']).toContain(source);
  expect(tests.get(file)).toContain(`'${title}'`);
});
