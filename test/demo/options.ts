// The options of `npm start`. What becomes of a call that is wrong is decided by whoever parses it.
import { Command } from 'commander';
import type { FleetOptions } from './play.ts';
import { wholeNumber } from '../whole-number.ts';

export interface Options extends FleetOptions {
  json?: true;
}

export function optionsCommand(): Command {
  return new Command('npm start --')
    .description('The main job on a local cloud: a fleet with scheduled reboot events, in accelerated time.')
    .option('--json', 'print one JSON object as the last line of stdout')
    .option('--instances <n>', 'another fleet, without the special cases', wholeNumber(1))
    .option('--events <n>', 'so many scheduled reboot events', wholeNumber(0))
    .option('--seed <n>', 'the fleet, repeatable', wholeNumber(0), 1);
}
