// The runbook has a section for each code that needs a person, in both languages, and for no other code. Which codes these are,
// and where each can stand, the catalogue in lib/wording/README.md says; the simulation compares that with what happens.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeSpansIn, sectionsIn, tablesIn } from './markdown.ts';

/** Each code of the catalogue with the places where it can stand, in the order of the italics in the runbook. */
const places = new Map(
  tablesIn(readFileSync('lib/wording/README.md', 'utf8')).flatMap(([, ...rows]) =>
    rows.map(([code = '', where = '']) => {
      const words = where.split(', ');
      return [code, ['Escalated', 'Missed', 'problem'].filter((word) => words.includes(word))] as const;
    }),
  ),
);
const needed = [...places].filter(([, words]) => words.length > 0).map(([code]) => code);

it('the catalogue names the ends that a person has to know', () => {
  const endsWith = (status: string): string[] =>
    needed.filter((code) => places.get(code)?.includes(status) === true);
  expect(endsWith('Missed').sort()).toEqual([
    '`as-written`',
    '`ecs-executing`',
    '`ended-by-hand`',
    '`executed-before-us`',
    '`executed-by-ecs`',
    '`too-late`',
  ]);
  expect(endsWith('Escalated')).toHaveLength(19);
  expect(endsWith('Escalated')).toEqual(expect.arrayContaining(['`not-proven`', '`refused-for-good`']));
});

describe.each([
  ['lib/wording/RUNBOOK.md', ', ', '.', { Escalated: 'Escalated', Missed: 'Missed', problem: 'problem' }],
  ['lib/wording/RUNBOOK.zh-CN.md', '、', '。', { Escalated: 'Escalated', Missed: 'Missed', problem: '问题' }],
])('%s', (file, comma, stop, words: Readonly<Record<string, string>>) => {
  const sections = sectionsIn(readFileSync(file, 'utf8')).filter(({ level }) => level === 3);

  it('has each code once, and no code that needs nobody or does not exist', () => {
    expect(sections.map(({ text }) => text).sort()).toEqual([...needed].sort());
  });

  it('says in each section where the code can stand', () => {
    for (const { text, body } of sections) {
      const where = (places.get(text) ?? []).map((place) => words[place]).join(comma);
      expect(body.trimStart(), text).toMatch(new RegExp(`^\\*${where}${stop.replace('.', '\\.')}\\*`));
    }
  });

  it('has a command in each section', () => {
    const without = sections.filter(
      ({ body }) => !codeSpansIn(body.replaceAll('\n', ' ')).some((span) => /^(npx|npm run) /.test(span)),
    );
    expect(without.map(({ text }) => text)).toEqual([]);
  });
});
