// The table in README.md says what is documented, seen and guessed. It must be about each action of the
// code, about no other, and name tests that exist.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { actions } from './core/actions/index.ts';
import { ecs } from './wire/local-client.ts';

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

/** The names in backquotes at the beginning of each row, as in "`DescribeDisks`" or "`RebootInstance`: Starting, …". */
const subjects = rows.flatMap(({ what }) => /^`(\w+)`/.exec(what)?.[1] ?? []);

/** Real operations of ECS, by the official client: it has a method for each. */
const isOperation = (name: string): boolean =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)}WithOptions` in ecs.default.prototype;

it('the rows that begin with an operation of ECS name every action of the code, and no other operation', () => {
  const about = new Set(subjects.filter(isOperation));
  expect([...about].sort()).toEqual([...actions.keys()].sort());
});

it('the README names as not implemented only what the code does not have', () => {
  const [, missing = ''] = /## Not implemented\n(.*?)\n## /s.exec(readme) ?? [];
  const operations = [...missing.matchAll(/\b[A-Z]\w+/g)].map(([name]) => name).filter(isOperation);
  // Control: the section names operations.
  expect(operations).toContain('StopInstance');
  expect(operations.filter((name) => actions.has(name))).toEqual(['DescribeInstances']);
});

it.each(rows)('$what is documented, seen or a guess, and $file has its test', ({ source, file, title }) => {
  expect(['documented', 'seen', 'guess']).toContain(source);
  expect(tests.get(file)).toContain(`'${title}'`);
});
