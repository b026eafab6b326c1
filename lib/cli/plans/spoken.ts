// The language in which a command says what the rows say. Statuses, columns and JSON are in no language.
import { ConfigurationError } from '../../failures.ts';
import type { Language } from '../../settings/language.ts';
import { chosenLanguage } from '../language.ts';
import type { OperatorPorts } from './ports.ts';

/** Where the person names it. */
export interface LanguageOptions {
  lang?: string;
}

/**
 * The language of `--lang`, of PLANS_LANG, or of the terminal.
 * @throws ConfigurationError where one of the first two names none of ours
 */
export function languageFor({ environment }: OperatorPorts, { lang }: LanguageOptions): Language {
  const chosen = chosenLanguage({ lang, environment });
  if (chosen.ok) return chosen.value;
  throw new ConfigurationError(chosen.faults);
}
