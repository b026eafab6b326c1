// The table in README.md and the code belong together: each action has a row, and each row names a test that exists.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actions } from './core/actions/index.ts';

const folder = import.meta.dirname;
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const rows = [...readme.matchAll(/^\| (.+) \| (\w+) \| `([\w./-]+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, what = '', source = '', file = '', title = '']) => ({ what, source, file, title }),
);

it('the rows that begin with an action name every action of the code, and no other', () => {
  const named = rows.flatMap(({ what }) => [...what.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name));
  const about = named.filter((name) => /^(Create|Get|List|Update|Delete|Set|Attach|Detach)/.test(name));
  expect([...new Set(about)].sort()).toEqual([...actions.keys()].sort());
});

it.each(rows)('$what is documented, seen or a guess, and $file has its test', ({ source, file, title }) => {
  expect(['documented', 'seen', 'guess']).toContain(source);
  expect(readFileSync(join(folder, file), 'utf8')).toContain(`'${title}'`);
});
