// One language of the commands: their own sentences, and the times, statements and faults in them.
import { formatDuration } from '../../../plan/calendar/duration.ts';
import type { Instant, Milliseconds } from '../../../plan/calendar/instant.ts';
import type { Fault } from '../../../plan/fault.ts';
import type { Statement } from '../../../plan/statement.ts';
import { inLanguage, timeIn, type Language } from '../../../wording/languages.ts';
import * as english from '../../../wording/words.ts';
import * as chinese from '../../../wording/zh/words.ts';
import { en } from './en.ts';
import { visible } from './visible.ts';
import { zh } from './zh.ts';

/** The sentences of each language. */
export const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, zh };

/** Names a sentence. */
export type WordKey = keyof typeof en;

type NamesIn<T extends string> = T extends `${string}{${infer N}}${infer R}` ? N | NamesIn<R> : never;

/** What a sentence needs: a text for each of its names. */
type Filling<K extends WordKey> = [NamesIn<(typeof en)[K]>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<(typeof en)[K]>, string>>];

/** A language, as the commands speak it. */
export interface Voice {
  language: Language;
  /** The sentence, with its names filled in. What is filled in is of others, and shown as `visible` says. */
  say: <K extends WordKey>(key: K, ...values: Filling<K>) => string;
  /** `one` where the count is one, else `many`. */
  count: (key: 'plans' | 'needs', count: number) => string;
  statement: (statement: Statement) => string;
  faults: (faults: readonly Fault[]) => string;
  /** Sentences, one after the other. */
  join: (...sentences: readonly string[]) => string;
  time: (at: Instant, timeZone: string) => string;
  length: (ms: Milliseconds) => string;
  events: (ids: readonly string[]) => string;
  /** The kind of an interval, as in `in a window`. */
  kind: (kind: string) => string;
}

/** The voice of a language. */
export function voiceOf(language: Language): Voice {
  const isEnglish = language === 'en';
  const words = isEnglish ? english : chinese;
  const say: Voice['say'] = (key, ...[values = {}]) => filled(catalogues[language][key], values);
  return {
    language,
    say,
    count: (key, count) => {
      const form: WordKey = count === 1 ? `${key}-one` : `${key}-many`;
      return filled(catalogues[language][form], { count: String(count) });
    },
    statement: (statement) => visible(inLanguage(language, statement)),
    faults: (faults) => visible(words.faultTexts(faults)),
    join: (...sentences) => (isEnglish ? sentences.join(' ') : chinese.said(...sentences)),
    time: (at, timeZone) => timeIn(language, at, timeZone),
    length: (ms) => (isEnglish ? formatDuration(ms) : chinese.durationText(ms)),
    events: words.eventNames,
    kind: words.kindText,
  };
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => visible(values[name] ?? ''));
}
