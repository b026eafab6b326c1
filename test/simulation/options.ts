// The command line of `npm run simulate`.
import { Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../whole-number.ts';
import { sabotages } from './sabotage.ts';
import type { Ingredients, Reduction } from './shrink.ts';

export interface Options {
  worlds: number;
  seed: number;
  trace?: true;
  onlyInstances?: string[];
  onlyEvents?: string[];
  onlyIncidents?: number[];
  sabotage?: string;
  exhaustive?: true;
  listSabotages?: true;
  json?: true;
}

/** Reads the command line; on a bad one it prints why and ends the process with 2. */
export function readOptions(): Options {
  const command = new Command('npm run simulate --')
    .description(
      'Plays the real jobs in worlds in which everything goes wrong. An observer judges each world.',
    )
    .option('--worlds <n>', 'how many random worlds to play', wholeNumber(1), 1_000)
    .option(
      '--seed <n>',
      'the seed of the first world; the others have the seeds after it',
      wholeNumber(0),
      1,
    )
    .option('--trace', 'with --worlds 1: print what happened, also when every promise held')
    .option('--only-instances <ids>', 'with --worlds 1: play these instances only, as in i-1,i-2', list)
    .option('--only-events <ids>', 'with --worlds 1: play these events only, as in e-1-1, or none', list)
    .option(
      '--only-incidents <numbers>',
      'with --worlds 1: play these incidents only, by the numbers of a shrunk world, or none',
      numbers,
    )
    .option('--sabotage <name>', 'break the code under test from outside', sabotageName)
    .option('--list-sabotages', 'list the sabotages and what each does')
    .option(
      '--exhaustive',
      'play two small worlds with a kill at each await, and at each pair of awaits that may matter',
    )
    .option('--json', 'print one JSON object as the last line of stdout')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse();
  const options = command.opts<Options>();
  const single = singleWorldOptions(options);
  if (single.length > 0 && options.exhaustive) {
    command.error(`error: ${single.join(', ')} cannot be combined with --exhaustive`);
  }
  if (single.length > 0 && options.worlds !== 1) {
    command.error(`error: ${single.join(', ')}: expected --worlds 1, got ${options.worlds} worlds`);
  }
  return options;
}

/** The given options that are about one world. */
function singleWorldOptions({ trace, onlyInstances, onlyEvents, onlyIncidents }: Options): string[] {
  return [
    ...(trace ? ['--trace'] : []),
    ...(onlyInstances ? ['--only-instances'] : []),
    ...(onlyEvents ? ['--only-events'] : []),
    ...(onlyIncidents ? ['--only-incidents'] : []),
  ];
}

/** The parts of the world to play; undefined for the whole world. */
export function reductionOf({ onlyInstances, onlyEvents, onlyIncidents }: Options): Reduction | undefined {
  if (!onlyInstances && !onlyEvents && !onlyIncidents) return undefined;
  return { instances: onlyInstances, events: onlyEvents, incidents: onlyIncidents };
}

/** The command that plays a world again, with these parts only when they are given. */
export function commandFor(seed: number, sabotage: string | undefined, left?: Ingredients): string {
  const listed = (items: readonly (string | number)[]): string => items.join(',') || 'none';
  return [
    `npm run simulate -- --seed ${seed} --worlds 1 --trace`,
    ...(sabotage === undefined ? [] : [`--sabotage ${sabotage}`]),
    ...(left === undefined
      ? []
      : [
          `--only-instances ${listed(left.instances)}`,
          `--only-events ${listed(left.events)}`,
          `--only-incidents ${listed(left.incidents.map(({ number }) => number))}`,
        ]),
  ].join(' ');
}

function list(text: string): string[] {
  return text === 'none' ? [] : text.split(',').map((item) => item.trim());
}

function numbers(text: string): number[] {
  return list(text).map(wholeNumber(1));
}

function sabotageName(name: string): string {
  if (sabotages[name] === undefined) {
    throw new InvalidArgumentError(`expected one of ${Object.keys(sabotages).join(', ')}`);
  }
  return name;
}
