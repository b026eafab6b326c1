// One language of the pages: their sentences, and times in them.
import type { Instant } from '../../plan/calendar/instant.ts';
import { timeIn, type Language } from '../../wording/languages.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** Names a sentence. */
export type PageWord = keyof typeof en;

/** The sentences of each language. */
export const pageWords: Readonly<Record<Language, Readonly<Record<PageWord, string>>>> = { en, zh };

/** A language, as a page speaks it. */
export interface Speech {
  language: Language;
  /** For the attribute `lang`. */
  code: string;
  say: (word: PageWord, values?: Readonly<Record<string, string>>) => string;
  /** `Wed 12-02 03:00`, without the year and the zone. */
  short: (at: Instant, timeZone: string) => string;
  /** `Wed 12-02`. */
  day: (at: Instant, timeZone: string) => string;
  /** `03:00`. */
  clock: (at: Instant, timeZone: string) => string;
  /** With the year and the zone. */
  full: (at: Instant, timeZone: string) => string;
}

/** The speech of a language. */
export function speechOf(language: Language): Speech {
  const short = (at: Instant, timeZone: string): string =>
    timeIn(language, at, timeZone)
      .replace(` ${timeZone}`, '')
      .replace(/\d{4}-/, '');
  return {
    language,
    code: language === 'zh' ? 'zh-CN' : 'en',
    say: (word, values = {}) =>
      pageWords[language][word].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    short,
    day: (at, timeZone) => short(at, timeZone).replace(/ \d\d:\d\d$/, ''),
    clock: (at, timeZone) => short(at, timeZone).slice(-5),
    full: (at, timeZone) => timeIn(language, at, timeZone),
  };
}
