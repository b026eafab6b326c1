// The commands' own sentences: the same names in both languages, and each is used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpWords } from '../../../lib/cli/plans/words/help.ts';
import { catalogues } from '../../../lib/cli/plans/words/voice.ts';

/** The names in braces, each as often as it occurs. */
const namesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const hasChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

describe.each([
  ['sentences', catalogues, ['is-skipped', 'NotBefore']],
  ['help', helpWords, []],
] as const)('the %s', (_, catalogue, alike) => {
  const { en, zh }: Readonly<Record<'en' | 'zh', Readonly<Record<string, string>>>> = catalogue;

  it('have the same keys in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    expect(Object.keys(en).length).toBeGreaterThan(30);
  });

  it.each(Object.keys(en))('have the same names in braces: %s', (key) => {
    expect(namesIn(zh[key] ?? '')).toEqual(namesIn(en[key] ?? ''));
  });

  it('have no Chinese in English, and none stayed English in Chinese', () => {
    const spoken = Object.keys(en).filter((key) => /[a-z]{3}/.test((en[key] ?? '').replace(/\{\w+\}/g, '')));
    expect(Object.keys(en).filter((key) => hasChinese(en[key] ?? ''))).toEqual([]);
    expect(spoken.filter((key) => !hasChinese(zh[key] ?? ''))).toEqual(alike);
  });
});

it('each sentence is used', () => {
  const sources = readdirSync('lib/cli/plans', { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.startsWith(join('words', 'en')) &&
        !file.startsWith(join('words', 'zh')),
    )
    .map((file) => readFileSync(join('lib/cli/plans', file), 'utf8'))
    .join('\n');
  const isUsed = (key: string): boolean => sources.includes(`'${key}'`) || /-(one|many|done)$/.test(key);
  expect(Object.keys(catalogues.en).filter((key) => !isUsed(key))).toEqual([]);
});
