// The language of sentences, as the setting LANGUAGE or a locale names it.
import type { Parsed } from '../plan/calendar/parsed.ts';

const languages = ['en', 'zh'] as const;

/** English, or simplified Chinese. */
export type Language = (typeof languages)[number];

/**
 * Reads `en` or `zh`; empty is `en`. Desktops set LANGUAGE, too, to a list of locales for other programs, as in `zh_CN:en_US`:
 * of those the first that is known counts.
 */
export function parseLanguage(text: string): Parsed<Language> {
  if (text === '') return { ok: true, value: 'en' };
  const known = text.split(':').flatMap((locale) => languageOfLocale(locale) ?? []);
  return known[0] === undefined ? { ok: false, expected: 'en or zh' } : { ok: true, value: known[0] };
}

/** The language of a locale as systems name it, as in `zh_CN.UTF-8`. Undefined for any other language, and for `C`. */
export function languageOfLocale(locale: string): Language | undefined {
  const [tag = ''] = locale.trim().split(/[.@]/);
  const name = tag.replaceAll('_', '-');
  try {
    const { language } = new Intl.Locale(name);
    return languages.find((one) => one === language);
  } catch {
    // It is no locale. Who asks says so, or takes the default.
    return undefined;
  }
}
