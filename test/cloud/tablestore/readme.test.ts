// The table in README.md and the code belong together: every operation, limit and error code has a row, and every row names
// a test that exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownCodes } from './core/ots-errors.ts';
import * as limits from './core/limits.ts';
import { operationNames } from './wire/operations.ts';

const folder = import.meta.dirname;
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const table = /\n\| operation, parameter[^\n]*\n\| -[^\n]*\n((?:\|[^\n]*\n)+)/.exec(readme)?.[1] ?? '';
const rows = table
  .trim()
  .split('\n')
  .map((line) => line.slice(2, -2).split(' | '));

/** What the first column names in backquotes. */
const named = new Set(
  rows.flatMap(([what = '']) => [...what.matchAll(/`([A-Za-z_0-9]+)`/g)].map(([, name = '']) => name)),
);

describe('the table of the README', () => {
  it.each(rows)('says of "%s" that it is documented, seen or a guess: %s, %s', (_what, source, test) => {
    expect(source).toMatch(/^(documented|seen: [A-Z.]+(, [A-Z.]+)*|guess)$/);
    const [, file = '', words = ''] = /^`([^`]+)`: "([^"]+)"$/.exec(test) ?? [];
    const path = join(folder, file);
    expect(existsSync(path) && readFileSync(path, 'utf8').includes(words)).toBe(true);
  });

  it('names every operation of the server, and no other', () => {
    const operations = [...named].filter((name) =>
      /^(Create|Update|Describe|List|Delete|Drop|Get|Put|Batch)/.test(name),
    );
    expect(operations.sort()).toEqual([...operationNames].sort());
  });

  it('names every limit', () => {
    expect(Object.keys(limits).filter((name) => !named.has(name))).toEqual([]);
  });

  it('names every error code', () => {
    expect(knownCodes().filter((code) => !named.has(code))).toEqual([]);
  });
});
