// The options of `npm start`. The caller decides what happens if they are wrong.
import { Command, Option } from 'commander';
import { previewHelp } from '../../lib/cli/preview-help.ts';
import type { FleetOptions } from './play.ts';
import { wholeNumber } from '../whole-number.ts';

/** The options after parsing. */
export interface Options extends FleetOptions {
  json?: true;
  lang?: string;
  /** The file of settings. */
  from?: string;
  /** The file for the page. */
  html?: string;
}

/** Makes the command that parses the options. */
export function optionsCommand(): Command {
  return new Command('npm start --')
    .description(
      'Runs the functions on a local cloud: a fleet with scheduled reboot events, in accelerated time.',
    )
    .option('--from <file>', 'the settings to play; settings.yaml, or s.yaml if there is none')
    .option(
      '--html <file>',
      'write the page of the night into this file (default: dist/night.html, and none with --json)',
    )
    .option('--json', 'print one JSON object as the last line of stdout')
    .option(
      '--instances <n>',
      'the number of instances of another fleet, which has no special cases',
      wholeNumber(1),
    )
    .option('--events <n>', 'the number of scheduled reboot events of another fleet', wholeNumber(0))
    .addOption(
      new Option(
        '--full-night',
        'all events (130 unless given) in one region and due before the second night: one window has room for 110',
      ).conflicts('instances'),
    )
    .option('--seed <n>', 'selects the fleet; the same seed gives the same fleet', wholeNumber(0), 1)
    .option('--lang <language>', previewHelp.en.lang);
}
