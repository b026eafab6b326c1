// One language of the pages: their sentences, and times in them.
import { elapsed, type Instant } from '../../plan/calendar/instant.ts';
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
  /** The same, with the year where it is not the one that everybody thinks of: half a year from now and more. */
  dated: (at: Instant, timeZone: string, now: Instant) => string;
  /** `Wed 12-02`. */
  day: (at: Instant, timeZone: string) => string;
  /** `03:00`, without an offset: the axis says the offsets. */
  clock: (at: Instant, timeZone: string) => string;
  /** With the year and the zone. */
  full: (at: Instant, timeZone: string) => string;
}

const halfYearMs = 183 * 86_400_000;

/** The speech of a language. */
export function speechOf(language: Language): Speech {
  const withYear = (at: Instant, timeZone: string): string =>
    timeIn(language, at, timeZone).replace(` ${timeZone}`, '');
  const short = (at: Instant, timeZone: string): string => withYear(at, timeZone).replace(/\d{4}-/, '');
  return {
    language,
    code: language === 'zh' ? 'zh-CN' : 'en',
    say: (word, values = {}) =>
      pageWords[language][word].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    short,
    dated: (at, timeZone, now) =>
      Math.abs(elapsed(at, now)) < halfYearMs ? short(at, timeZone) : withYear(at, timeZone),
    day: (at, timeZone) => short(at, timeZone).replace(/ \d\d:\d\d\S*$/, ''),
    clock: (at, timeZone) => /\d\d:\d\d/.exec(short(at, timeZone))?.[0] ?? '',
    full: (at, timeZone) => timeIn(language, at, timeZone),
  };
}
