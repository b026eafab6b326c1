// The language that a setting or a locale names.
import { describe, expect, it } from 'vitest';
import { languageOfLocale, parseLanguage } from '../../lib/settings/language.ts';

describe('LANGUAGE', () => {
  it.each([
    ['en', 'en'],
    ['zh', 'zh'],
    ['', 'en'],
    ['ZH', 'zh'],
    ['zh_CN', 'zh'],
    ['zh_CN:zh:en_US:en', 'zh'],
    ['de_DE:en_GB:zh', 'en'],
  ] as const)('%j is %s', (text, language) => {
    expect(parseLanguage(text)).toEqual({ ok: true, value: language });
  });

  it.each(['english', 'de_DE:fr', 'C', '中文', 'en us', ':'])('%j is no language that we have', (text) => {
    expect(parseLanguage(text)).toEqual({ ok: false, expected: 'en or zh' });
  });
});

describe('a locale', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh'],
    ['zh_Hans_CN.GB18030', 'zh'],
    ['en_US.UTF-8', 'en'],
    ['en_GB.ISO-8859-15@euro', 'en'],
    ['de_DE.UTF-8', undefined],
    ['C.UTF-8', undefined],
    ['POSIX', undefined],
    ['', undefined],
    ['???', undefined],
  ] as const)('%j has the language %s', (locale, language) => {
    expect(languageOfLocale(locale)).toBe(language);
  });
});
