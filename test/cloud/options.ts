// The options of `npm run cloud`. The caller that parses them decides what happens when they are wrong.
import { Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../whole-number.ts';

export interface Options {
  json?: true;
  instances?: number;
  events: number;
  seed: number;
  notBeforeIn: number;
  ecsPort: number;
  tablestorePort: number;
  stsPort: number;
  ramPort: number;
  fcPort: number;
  pagePort: number;
  regionEndpoints?: true;
}

export function optionsCommand(): Command {
  return new Command('npm run cloud --')
    .description(
      'A local ECS, Tablestore, RAM, STS and Function Compute on loopback, in real time, with a fleet that has scheduled reboot events.',
    )
    .option('--json', 'print one JSON line with the endpoints and nothing else')
    .option(
      '--instances <n>',
      'instances in the fleet (default: as many as events, at least 10)',
      wholeNumber(1),
    )
    .option('--events <n>', 'scheduled reboot events', wholeNumber(0), 10)
    .option('--seed <n>', 'the same seed gives the same fleet', wholeNumber(0), 1)
    .addOption(
      new Option('--not-before-in <duration>', 'time from now to NotBefore, as in 90s, 30m, 2h or 1d')
        .argParser(durationMs)
        .default(30 * 60_000, '30m'),
    )
    .addOption(portOption('--ecs-port <port>', 'port of ECS'))
    .addOption(portOption('--tablestore-port <port>', 'port of Tablestore'))
    .addOption(portOption('--sts-port <port>', 'port of STS'))
    .addOption(portOption('--ram-port <port>', 'port of RAM'))
    .addOption(portOption('--fc-port <port>', 'port of Function Compute'))
    .addOption(portOption('--page-port <port>', 'port of the page'))
    .option(
      '--region-endpoints',
      'one more ECS endpoint per region, which refuses the other regions as the real ones do',
    );
}

/** The system chooses a free port for port 0. */
function portOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(wholeNumber(0)).default(0, 'any free port');
}

function durationMs(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) {
    throw new InvalidArgumentError('expected a whole number and a unit, as in 90s, 30m, 2h or 1d');
  }
  return Number(digits) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd'];
}
