// The language of what a command prints for people: `--lang`, then PLANS_LANG, then the locale of the terminal, then English.
import type { Environment } from '../settings/environment-schema.ts';
import { languageOfLocale, parseLanguage, type Language } from '../settings/language.ts';
import { TextReader, type Reading } from './text-reader.ts';

/** Where the language may be named. */
export interface LanguageSources {
  /** As typed after `--lang`. */
  lang?: string | undefined;
  environment: Environment;
  /** Scripts read the output: the locale of the terminal does not count. */
  isForScripts?: boolean;
}

/** The language of the sentences, or what is wrong with the place that names it. */
export function chosenLanguage({ lang, environment, isForScripts }: LanguageSources): Reading<Language> {
  const texts = new TextReader();
  const wished =
    texts.optional('--lang', lang, parseLanguage) ??
    texts.optional('PLANS_LANG', present(environment['PLANS_LANG']), parseLanguage);
  if (texts.faults.length > 0) return { ok: false, faults: texts.faults };
  const ofTerminal = isForScripts === true ? undefined : languageOfLocale(localeOf(environment));
  return { ok: true, value: wished ?? ofTerminal ?? 'en' };
}

/** The first that is set counts, as POSIX has it, even where its language is none of ours. */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): string {
  return present(LC_ALL) ?? present(LC_MESSAGES) ?? LANG ?? '';
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
