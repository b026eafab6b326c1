// The options that several of the operator's commands share, and how their texts are read.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDuration } from '../../plan/calendar/duration.ts';
import { misreadingsOf, type Parsed } from '../../plan/calendar/parsed.ts';
import { parseStatuses } from './filters.ts';
import { outputs } from './shown/plan-json.ts';
import { longestName } from './who.ts';
import type { HelpWords } from './words/help.ts';

/** Options that say which account, and how to print. */
export function withCommonOptions(
  command: Command,
  help: HelpWords,
  forms: readonly string[] = outputs,
): Command {
  return command
    .helpOption('-h, --help', help.help)
    .addOption(new Option('-o, --output <form>', help['--output']).choices(forms))
    .addOption(new Option('--json', help['--json']).implies({ output: 'json' }))
    .option('--lang <language>', help['--lang'])
    .option('--region <id>', help['--region'])
    .option('--from <file>', help['--from'])
    .option('--profile <name>', help['--profile']);
}

/** Options of commands that write. */
export function withDecidingOptions(command: Command, help: HelpWords): Command {
  return withCommonOptions(command, help)
    .option('--as <name>', help['--as'], readName)
    .option('-y, --yes', help['--yes'])
    .option('--dry-run', help['--dry-run']);
}

/** Options of commands that look again and again. */
export function withWatchOptions(command: Command, help: HelpWords): Command {
  return command
    .option('-w, --watch', help['--watch'])
    .addOption(lengthOption('--interval <duration>', help['--interval'], '10s'));
}

/** A length of time. The help shows its default as people write it. */
export function lengthOption(flags: string, description: string, usual?: string): Option {
  const option = new Option(flags, description).argParser(readLength);
  return usual === undefined ? option : option.default(readLength(usual), usual);
}

function readName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > longestName || /[\p{Cc}]/u.test(name)) {
    throw new InvalidArgumentError(`Expected a name of 1 to ${longestName} characters.`);
  }
  return name;
}

/** For commander: the value, or its error with what was expected. */
export function reading<T>(parse: (text: string) => Parsed<T>): (text: string) => T {
  return (text) => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    throw new InvalidArgumentError(misreadingsOf(parsed).map(expectedText).join(' '));
  };
}

function expectedText({ expected, at }: { expected: string; at?: string }): string {
  return `Expected ${expected}${at === undefined ? '' : ` (at ${JSON.stringify(at)})`}.`;
}

/** Reads a length of time. */
const readLength = reading(parseDuration);

/** Reads statuses. */
export const readStatuses = reading(parseStatuses);
