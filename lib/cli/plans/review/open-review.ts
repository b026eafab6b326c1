// Opens what the command `review` reads: the settings of the environment or of a file, and the key of the default chain or of a
// profile.
import { randomUUID } from 'node:crypto';
import { credentialsFor } from '../../../alibaba/credentials.ts';
import { lookBack } from '../../../jobs/review/look-back.ts';
import { plus, type Milliseconds } from '../../../plan/calendar/instant.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { reviewQuestionOf, withReviewPorts } from '../../../runtime/open-review-ports.ts';
import { readConfiguration } from '../../../settings/configuration.ts';
import type { Environment } from '../../../settings/environment-schema.ts';
import { settingsFrom } from '../../deployment/sources.ts';
import type { LookedBack, ReviewAsked } from './review-command.ts';

/** A person may stop the command. A function of Function Compute has a timeout instead. */
const longestMs: Milliseconds = 3_600_000;

/**
 * Looks back.
 * @throws ConfigurationError with every fault of the settings
 */
export async function lookBackFrom(asked: ReviewAsked, environment: Environment): Promise<LookedBack> {
  const { from, profile, region, periodMs, language } = asked;
  const { environment: settings, region: own } = settingsFrom(from, environment);
  const configuration = readConfiguration(settings, own ?? region);
  const credentials = await credentialsFor(profile);
  const clock = systemClock;
  const caller = { credentials, clock, name: randomUUID(), deadline: plus(clock.now(), longestMs) };
  const question = reviewQuestionOf(configuration);
  const regions = region === undefined ? question.regions : [region];
  const reviewed = await withReviewPorts(configuration, caller, (opened) =>
    lookBack(
      { ...opened, clock, log: silent, language },
      { ...question, regions, periodMs, isKeeping: false },
    ),
  );
  return { ...reviewed, timeZone: question.settings.timeZone };
}

/** The problems stand in the report. */
const silent = { info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Nothing is logged beside the report.
}
