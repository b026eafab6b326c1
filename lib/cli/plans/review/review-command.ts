// `review`: what happened to events and plans, as Markdown, HTML or JSON. It reads the tables, and ECS where the key may read it,
// and writes nothing: only the function keeps events.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDuration } from '../../../plan/calendar/duration.ts';
import type { Milliseconds } from '../../../plan/calendar/instant.ts';
import type { Language } from '../../../settings/language.ts';
import { reportOf } from '../../../wording/review/report.ts';
import { unreadIn } from '../../../jobs/review/unread.ts';
import type { Reviewed } from '../../../jobs/review/review-ports.ts';
import type { Environment } from '../../../settings/environment-schema.ts';
import type { CommandOutput } from '../../run-command.ts';
import { voiceFor } from '../spoken.ts';
import type { HelpWords } from '../words/help.ts';
import { reviewHtml } from './html.ts';
import { reviewJson } from './json.ts';
import { reviewMarkdown } from './markdown.ts';

/** What a person asks. */
export interface ReviewAsked {
  periodMs: Milliseconds;
  language: Language;
  region?: string;
  from?: string;
  profile?: string;
}

/** A look back, and the zone of its times. */
export type LookedBack = Reviewed & { timeZone: string };

/** What the command needs of the world. */
export interface ReviewCommandPorts extends CommandOutput {
  /** Where a language may be named. */
  environment: Environment;
  /** Looks back. Throws a ConfigurationError with every fault, and an AggregateError where nothing could be read. */
  lookBack: (asked: ReviewAsked) => Promise<LookedBack>;
}

interface Typed {
  since: Milliseconds;
  output: 'md' | 'html' | 'json';
  lang?: string;
  region?: string;
  from?: string;
  profile?: string;
}

/** Adds the command. `end` gets its exit code: 1 where something could not be read, or plans and ECS disagree. */
export function addReview(
  program: Command,
  ports: ReviewCommandPorts,
  { end, help }: { end: (exitCode: number) => void; help: HelpWords },
): void {
  program
    .command('review')
    .helpOption('-h, --help', help.help)
    .description(help.review)
    .addOption(
      new Option('--since <duration>', help['--since'])
        .argParser(readPeriod)
        .default(readPeriod('30d'), '30d'),
    )
    .addOption(
      new Option('-o, --output <form>', help['--output of review'])
        .choices(['md', 'html', 'json'])
        .default('md'),
    )
    .addOption(new Option('--json', help['--json']).implies({ output: 'json' }))
    .option('--lang <language>', help['--lang'])
    .option('--region <id>', help['--region'])
    .option('--from <file>', help['--from'])
    .option('--profile <name>', help['--profile'])
    .action(async ({ since: periodMs, output, lang, ...account }: Typed) => {
      const { language } = voiceFor(ports, lang === undefined ? {} : { lang });
      const { timeZone, ...reviewed } = await ports.lookBack({ periodMs, language, ...account });
      ports.out(written(reviewed, output, { language, timeZone }));
      end(reviewed.problems.length > 0 ? 1 : 0);
    });
}

function written(
  { review, problems }: Reviewed,
  output: Typed['output'],
  { language, timeZone }: { language: Language; timeZone: string },
): string {
  if (output === 'json') return reviewJson(review, problems, language);
  const blocks = reportOf(review, { language, timeZone, unread: unreadIn(problems) });
  return output === 'html' ? reviewHtml(blocks, language) : reviewMarkdown(blocks);
}

function readPeriod(text: string): Milliseconds {
  const parsed = parseDuration(text);
  if (parsed.ok && parsed.value > 0) return parsed.value;
  throw new InvalidArgumentError(`Expected ${parsed.ok ? 'a length above 0' : parsed.expected}.`);
}
