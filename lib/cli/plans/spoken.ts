// The language in which a command speaks. Statuses, columns and JSON are in no language.
import { ConfigurationError } from '../../failures.ts';
import { chosenLanguage } from '../language.ts';
import type { OperatorPorts } from './ports.ts';
import { voiceOf, type Voice } from './words/voice.ts';

/** Where the person names it. */
export interface LanguageOptions {
  lang?: string;
}

/**
 * The voice in the language of `--lang`, of PLANS_LANG, or of the terminal.
 * @throws ConfigurationError where one of the first two names none of ours
 */
export function voiceFor(
  { environment }: Pick<OperatorPorts, 'environment'>,
  { lang }: LanguageOptions,
): Voice {
  const chosen = chosenLanguage({ lang, environment });
  if (chosen.ok) return voiceOf(chosen.value);
  throw new ConfigurationError(chosen.faults);
}
