// `review`: what happened to events and plans, as Markdown, HTML or JSON. It reads the tables, and ECS where the key may read it,
// and writes nothing: only the function keeps events.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { isExpected, messageOf } from '../../../failures.ts';
import { parseDuration } from '../../../plan/calendar/duration.ts';
import type { Milliseconds } from '../../../plan/calendar/instant.ts';
import { instantOf } from '../../../plan/review/records.ts';
import { state } from '../../../plan/statement.ts';
import type { Language } from '../../../settings/language.ts';
import { reportOf } from '../../../wording/review/report.ts';
import { unreadIn } from '../../../jobs/review/unread.ts';
import type { Reviewed } from '../../../jobs/review/review-ports.ts';
import type { Environment } from '../../../settings/environment-schema.ts';
import type { CommandOutput } from '../../run-command.ts';
import type { AccountOptions, OperatorPorts } from '../ports.ts';
import { voiceFor } from '../spoken.ts';
import type { HelpWords } from '../words/help.ts';
import type { Voice } from '../words/voice.ts';
import { drawnPlans, type DrawnPlans } from './drawn.ts';
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
export interface ReviewCommandPorts extends CommandOutput, Pick<OperatorPorts, 'open'> {
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
      const voice = voiceFor(ports, lang === undefined ? {} : { lang });
      const { language } = voice;
      const { timeZone, ...reviewed } = await ports.lookBack({ periodMs, language, ...account });
      const { review, problems } = reviewed;
      if (output === 'html') {
        const drawing = { ports, account, voice };
        const { text, isWhole } = await pageOf(reviewed, { language, timeZone }, drawing);
        ports.out(text);
        end(problems.length > 0 || !isWhole ? 1 : 0);
        return;
      }
      ports.out(
        output === 'json'
          ? reviewJson(review, problems, language)
          : reviewMarkdown(reportOf(review, { language, timeZone, unread: unreadIn(problems) })),
      );
      end(problems.length > 0 ? 1 : 0);
    });
}

/** The page, with the plans of the period. The other forms need no library of charts, and begin sooner without it. */
async function pageOf(
  { review, problems }: Reviewed,
  style: { language: Language; timeZone: string },
  drawing: { ports: ReviewCommandPorts; account: AccountOptions & { region?: string }; voice: Voice },
): Promise<{ text: string; isWhole: boolean }> {
  const { ports, account, voice } = drawing;
  const unread = unreadIn(problems);
  let drawn: DrawnPlans | undefined;
  try {
    // Where the review could not read the plans, it says so.
    if (review.all.joined !== undefined) drawn = await drawnPlans(ports, account, { review, voice });
  } catch (thrown) {
    if (!isExpected(thrown)) throw thrown;
    unread.push(voice.statement(state('plans-unreadable', { message: messageOf(thrown) })));
  }
  const { reviewHtml } = await import('./html.ts');
  const blocks = reportOf(review, { ...style, unread });
  const text = reviewHtml(blocks, { ...style, now: instantOf(review.until) }, drawn);
  return { text, isWhole: drawn !== undefined };
}

function readPeriod(text: string): Milliseconds {
  const parsed = parseDuration(text);
  if (parsed.ok && parsed.value > 0) return parsed.value;
  throw new InvalidArgumentError(`Expected ${parsed.ok ? 'a length above 0' : parsed.expected}.`);
}
