// lib/wording/README.md explains every code. It must list exactly the codes of the catalogue.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statementCodes } from '../../lib/wording/english.ts';

const text = readFileSync('lib/wording/README.md', 'utf8');

/** The rows of its tables: code, where, meaning. */
const rows = text
  .split('\n')
  .map((line) => /^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/.exec(line))
  .flatMap((match) => (match === null ? [] : [match]))
  .map(([, code = '', where = '', meaning = '']) => ({ code, where, meaning }));

describe('the tables of lib/wording/README.md', () => {
  it('list every code of the catalogue once, and no other', () => {
    expect(rows.map(({ code }) => code).sort()).toEqual([...statementCodes].sort());
  });

  it('say where each code stands, in the reason, the timeline or a problem, and which end of a plan it explains', () => {
    const places = ['reason', 'timeline', 'problem', 'Escalated', 'Missed'];
    const odd = rows.filter(({ where }) => {
      const words = where.split(', ');
      return words.join() !== places.filter((place) => words.includes(place)).join();
    });
    expect(odd).toEqual([]);
  });

  it('explain each code in at least one sentence', () => {
    expect(rows.filter(({ meaning }) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
  });
});
