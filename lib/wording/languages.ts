// The languages in which statements can be said.
import { inZone, iso, type Instant } from '../plan/calendar/instant.ts';
import type { Statement } from '../plan/statement.ts';
import { english } from './english.ts';
import { sentenceOf, type Wording } from './sentence.ts';
import { zh } from './zh.ts';
import { said, wallTime } from './zh/words.ts';

const wordings = { en: english, zh: { catalogue: zh, join: said } } satisfies Record<string, Wording>;

/** A language, by its code: English, or simplified Chinese. */
export type Language = keyof typeof wordings;

/** All languages. */
const languages = Object.keys(wordings) as readonly Language[];

/** The statement in the language. */
export function inLanguage(language: Language, statement: Statement): string {
  return sentenceOf(wordings[language], statement);
}

/** The wall time in a zone, in the form of the language. */
export function timeIn(language: Language, at: Instant, timeZone: string): string {
  return language === 'zh' ? wallTime(iso(at), timeZone) : inZone(at, timeZone);
}

/** True where the text says the statement, in whatever language. */
export function says(text: string, statement: Statement): boolean {
  return languages.some((language) => inLanguage(language, statement) === text);
}
