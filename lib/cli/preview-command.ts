// `npm run plans -- preview`: what the planner would choose for one instance, or with `--events` for those of a whole region.
// It needs no environment and no account.
import { Option, type Command } from 'commander';
import { faultList } from '../failures.ts';
import { iso, type Instant } from '../plan/calendar/instant.ts';
import { shown } from '../plan/fault.ts';
import type { Environment } from '../settings/environment-schema.ts';
import type { Language } from '../settings/language.ts';
import { chosenLanguage } from './language.ts';
import { previewHelp } from './preview-help.ts';
import type { InstanceOptions } from './preview-instance.ts';
import { flagOf, settingBehind } from './preview-options.ts';
import { previewRegion, type EventSource, type RegionResult } from './preview-region.ts';
import { preview } from './preview.ts';
import type { CommandOutput } from './run-command.ts';

/** What the command needs of the world. */
export interface PreviewPorts extends CommandOutput {
  now: () => Instant;
  /** Reads the file that `--events` names. */
  readEvents: (path: string) => Promise<EventSource>;
  /** Where a language may be named. */
  environment: Environment;
}

/** Adds `preview` to the commands of `npm run plans`, with its help in this language. */
export function addPreview(program: Command, ports: PreviewPorts, language: Language = 'en'): void {
  const help = previewHelp[language];
  const command = program
    .command('preview')
    .description(help.description)
    .option('--now <time>', help.now)
    .option('--not-before <time>', help.notBefore);
  addSettings(command, help.standsFor)
    .option('--tag <name=value>', help.tag, collect)
    .option('--ecs-window <window>', help.ecsWindow)
    .option('--group-taken <times>', help.groupTaken, collect)
    .option('--events <file>', help.events)
    .option('--lang <language>', help.lang)
    .option('--json', help.json)
    .addHelpText('after', `\n${help.eventsBefore}${eventsLine}\n${help.eventsAfter}`)
    .action((options: CommandOptions) => act(options, command, ports));
}

interface CommandOptions extends InstanceOptions {
  events?: string;
  lang?: string;
  json?: true;
}

const eventsLine = `
  {"instance": "i-1", "notBefore": "2026-12-03T02:00:00Z", "group": "web",
   "tags": {"window": "Sun 02:00-05:00"}, "ecsWindow": "daily 02:00-06:00 Asia/Shanghai"}`;

type Said = (setting: string, byDefault: string) => string;

function addSettings(command: Command, say: Said): Command {
  const standsFor = (option: Parameters<typeof settingBehind>[0]): string => {
    const { setting, byDefault } = settingBehind(option);
    return say(setting, byDefault);
  };
  return command
    .option('--windows <windows>', standsFor('windows'))
    .option('--time-zone <zone>', standsFor('timeZone'))
    .option('--blackout <dates>', standsFor('blackout'))
    .addOption(noWindowOption(standsFor('noWindow')))
    .option('--slot <duration>', standsFor('slot'))
    .option('--start-room <duration>', standsFor('startRoom'))
    .option('--safety-margin <duration>', standsFor('safetyMargin'))
    .option('--last-resort-lead <duration>', standsFor('lastResortLead'))
    .option('--group-limit <number>', standsFor('groupLimit'))
    .option('--group-pause <duration>', standsFor('groupPause'))
    .option('--max-concurrent-reboots <number>', standsFor('maxConcurrentReboots'));
}

/** Commander reads `--no-…` as the negation of another option. This option only happens to begin with it. */
function noWindowOption(description: string): Option {
  const option = new Option('--no-window <policy>', description);
  option.negate = false;
  return option;
}

function collect(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value];
}

async function act(
  { json, events, lang, ...typed }: CommandOptions,
  command: Command,
  { out, now, readEvents, environment }: PreviewPorts,
): Promise<void> {
  const options = { ...typed, now: typed.now ?? iso(now()) };
  const chosen = chosenLanguage({ lang, environment, isForScripts: json === true });
  const language = chosen.ok ? chosen.value : 'en';
  const result =
    events === undefined ? preview(options, language) : regionOf(options, await readEvents(events), language);
  const faults = [...(result.ok ? [] : result.faults), ...(chosen.ok ? [] : chosen.faults)];
  if (!result.ok || faults.length > 0) command.error(faultList('The call is wrong:', faults));
  if (json) out(JSON.stringify(result.preview));
  else result.lines.forEach(out);
}

/** The options of a single instance would be ignored: they are faults. */
function regionOf(options: InstanceOptions, source: EventSource, language: Language): RegionResult {
  const { notBefore, tag, ecsWindow, groupTaken, ...common } = options;
  const surplus = Object.entries({ notBefore, tag, ecsWindow, groupTaken }).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [{ what: flagOf(name), value: shown(value), expected: 'no such option with --events' }],
  );
  const result = previewRegion(common, source, language);
  if (surplus.length === 0) return result;
  return { ok: false, faults: [...surplus, ...(result.ok ? [] : result.faults)] };
}
