// The options that several of the operator's commands share, and how their texts are read.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDuration } from '../../plan/calendar/duration.ts';
import { misreadingsOf, type Parsed } from '../../plan/calendar/parsed.ts';
import { langHelp } from '../language.ts';
import { parseStatuses } from './filters.ts';
import { outputs } from './shown/plan-json.ts';

/** Options that say which account, and how to print. */
export function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('-o, --output <form>', 'how rows are printed').choices(outputs))
    .addOption(new Option('--json', 'the same as -o json').implies({ output: 'json' }))
    .option('--lang <language>', langHelp)
    .option('--region <id>', 'only rows of this region')
    .option(
      '--from <file>',
      'read the settings from this file (settings.yaml, s.yaml), not from the environment',
    )
    .option('--profile <name>', 'the profile of the aliyun command whose key is used');
}

/** Options of commands that write. */
export function withDecidingOptions(command: Command): Command {
  return withCommonOptions(command)
    .option('--as <name>', 'who decides; it stands in the timeline (default: you)', readName)
    .option('-y, --yes', 'do not ask')
    .option('--dry-run', 'show what would be written, and write nothing');
}

/** Rows keep the first 60 characters of a name. */
const longestName = 60;

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
export const readLength = reading(parseDuration);

/** Reads statuses. */
export const readStatuses = reading(parseStatuses);
