// The operator's commands: what each is called, its options, and what it does.
import type { Command } from 'commander';
import type { Resumed } from '../../alibaba/tablestore/resumed-channels.ts';
import { messageOf } from '../../failures.ts';
import { parseTimeZone } from '../../plan/calendar/time-zone.ts';
import { plus, type Instant } from '../../plan/calendar/instant.ts';
import { isRegionForm } from '../../plan/stop.ts';
import { settingsFrom } from '../deployment/sources.ts';
import { decideOn } from './deciding.ts';
import { acknowledging } from './edits/acknowledge.ts';
import { approving } from './edits/approve.ts';
import type { Decide } from './edits/decision.ts';
import { holding, resuming } from './edits/hold.ts';
import { rescheduling } from './edits/reschedule.ts';
import { retrying } from './edits/retry.ts';
import { skipping } from './edits/skip.ts';
import { parsePast, parseTyped, type Filters } from './filters.ts';
import { listPlans, showPlans, type LookOptions } from './look.ts';
import { notifyTest } from './notify-test.ts';
import {
  lengthOption,
  readStatuses,
  reading,
  withCommonOptions,
  withDecidingOptions,
  withWatchOptions,
} from './options.ts';
import type { OperatorPorts } from './ports.ts';
import { voiceFor } from './spoken.ts';
import { holdAll, resumeAll, type StoppingOptions } from './stopping.ts';
import { showTimeline, timelineForms, type TimelineOptions } from './timeline.ts';
import { waitFor } from './wait.ts';
import type { HelpWords } from './words/help.ts';
import type { WordKey } from './words/voice.ts';

/** Adds notify-test. `end` gets its exit code. */
export function addNotifyTest(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  program
    .command('notify-test')
    .helpOption('-h, --help', help.help)
    .description(help['notify-test'])
    .option('--json', help['--json of notify-test'])
    .option('--lang <language>', help['--lang'])
    .option('--from <file>', help['--from'])
    .action(async ({ json, from, ...spoken }: { json?: true; from?: string; lang?: string }) => {
      const { environment } = settingsFrom(from, ports.environment);
      const { language } = voiceFor(ports, spoken);
      // Without tables there is nothing to resume: the sample needs no account.
      const hasTables = (environment['TABLESTORE_ENDPOINT'] ?? '') !== '';
      const resume = (names: readonly string[]): Promise<Resumed> => resumeIn(ports, from, names);
      const world = { ...ports, ...(hasTables ? { resume } : {}) };
      end(await notifyTest(world, { environment, language, isJson: json === true }));
    });
}

/** The account may be closed to the person who tests the channels: that is said, and the answers count. */
async function resumeIn(
  ports: OperatorPorts,
  from: string | undefined,
  names: readonly string[],
): Promise<Resumed> {
  try {
    const account = await ports.open(from === undefined ? {} : { from });
    try {
      return await account.resumeChannels(names);
    } finally {
      account.close();
    }
  } catch (thrown) {
    return { kind: 'failed', message: messageOf(thrown) };
  }
}

/** Adds the commands, with their help. `end` gets the exit code of the one that ran. */
export function addOperatorCommands(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  addLooks(program, ports, { end, help });
  addDecisions(program, ports, { end, help });
}

/** What making the commands needs. */
export interface Making {
  end: (exitCode: number) => void;
  help: HelpWords;
}

type ListOptions = LookOptions & {
  status?: readonly string[];
  group?: string;
  dueBefore?: string;
  needsPerson?: true;
};

function addLooks(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  program.commandsGroup(help.see);
  const list = withWatchOptions(withCommonOptions(program.command('list'), help), help)
    .description(help.list)
    .option('--status <statuses>', help['--status'], readStatuses)
    .option('--group <name>', help['--group'])
    .option('--due-before <time>', `${help['--due-before']}${help.typed}`)
    .option('--needs-person', help['--needs-person'])
    .option('--all', help['--all'])
    .action(async (options: ListOptions) => {
      end(
        await listPlans(ports, {
          options,
          filtersFor: (timeZone) => filtersOf(list, ports, options, timeZone),
        }),
      );
    });
  withWatchOptions(withCommonOptions(program.command('show'), help), help)
    .argument('<id...>', help.ids)
    .description(help.show)
    .action(async (ids: readonly string[], options: LookOptions) =>
      end(await showPlans(ports, { ids: await idsOf(ids, ports), options })),
    );
  addTimeline(program, ports, { end, help });
  addWait(program, ports, { end, help });
}

function addTimeline(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  const timeline = withCommonOptions(program.command('timeline'), help, timelineForms)
    .description(help.timeline)
    .option('--group <name>', help['--group'])
    .option('--since <time>', `${help['--since of timeline']}${help['typed or ago']}`)
    .option('--to <file>', help['--to'])
    .action(async ({ since, ...options }: TimelineOptions & { since?: string }) => {
      const sinceFor = (timeZone: string): Instant | undefined => {
        const parsed = since === undefined ? undefined : parsePast(since, timeZone, ports.now());
        if (parsed?.ok !== false) return parsed?.value;
        return timeline.error(wrongOption('--since', since, parsed.expected));
      };
      end(await showTimeline(ports, options, sinceFor));
    });
}

function wrongOption(flag: string, text: string | undefined, expected: string): string {
  return `error: option '${flag}' is ${JSON.stringify(text)}. Expected ${expected}.`;
}

function addWait(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  withCommonOptions(program.command('wait'), help)
    .argument('<id...>', help.ids)
    .description(help.wait)
    .requiredOption('--for <statuses>', help['--for'], readStatuses)
    .addOption(lengthOption('--timeout <duration>', help['--timeout'], '1h'))
    .addOption(lengthOption('--interval <duration>', help['--interval'], '15s'))
    .action(async (ids: readonly string[], options: LookOptions & WaitTyped) => {
      const { for: statuses, timeout: timeoutMs, interval: intervalMs } = options;
      const asked = { ...options, statuses, timeoutMs, intervalMs: Math.max(intervalMs, 1_000) };
      end(await waitFor(ports, { ids: await idsOf(ids, ports), options: asked }));
    });
}

interface WaitTyped {
  for: readonly string[];
  timeout: number;
  interval: number;
}

function filtersOf(
  command: Command,
  ports: OperatorPorts,
  { status, region, group, dueBefore, needsPerson }: ListOptions,
  timeZone: string,
): Filters {
  const due = dueBefore === undefined ? undefined : parseTyped(dueBefore, timeZone, ports.now());
  if (due?.ok === false) {
    command.error(wrongOption('--due-before', dueBefore, due.expected));
  }
  return {
    ...(status === undefined ? {} : { statuses: status }),
    ...(region === undefined ? {} : { region }),
    ...(group === undefined ? {} : { group }),
    ...(due === undefined ? {} : { dueBefore: due.value }),
    ...(needsPerson === true ? { needsPerson } : {}),
  };
}

async function idsOf(typed: readonly string[], { readIds }: OperatorPorts): Promise<readonly string[]> {
  return typed.includes('-') ? [...typed.filter((id) => id !== '-'), ...(await readIds())] : typed;
}

type Typed = StoppingOptions & { at?: string; until?: string; timeZone?: string; all?: true };

type Deciding = Extract<WordKey, `${string}-done`> extends `${infer Name}-done` ? Name : never;

function addDecisions(program: Command, ports: OperatorPorts, { end, help }: Making): void {
  program.commandsGroup(help.decide);
  const add = (name: Deciding, decideBy: (options: Typed) => Decide, all?: typeof holdAll): Command => {
    const command: Command = withDecidingOptions(program.command(name), help)
      .argument(all === undefined ? '<id...>' : '[id...]', help.ids)
      .description(help[name])
      .action(async (typed: readonly string[], options: Typed) => {
        if (all !== undefined && isAll(command, typed, options)) return end(await all(ports, options));
        if (options.at !== undefined) assertTimes(command, ports, options, options.at);
        const ids = await idsOf(typed, ports);
        end(await decideOn(ports, { ids, options, decide: decideBy(options), done: `${name}-done` }));
      });
    return command;
  };
  add('approve', () => approving);
  add('hold', ({ reason }) => holding(reason), holdAll)
    .option('--reason <text>', help['--reason'])
    .option('--all', help['hold --all']);
  add('resume', () => resuming, resumeAll).option('--all', help['resume --all']);
  add('skip', () => skipping);
  add('reschedule', ({ at = '', until, timeZone }) =>
    rescheduling({
      at,
      ...(until === undefined ? {} : { until }),
      ...(timeZone === undefined ? {} : { timeZone }),
    }),
  )
    .requiredOption('--at <time>', help.typed)
    .option('--until <time>', help['--until'])
    .option('--time-zone <zone>', help['--time-zone'], reading(parseTimeZone));
  add('retry', () => retrying);
  add('acknowledge', ({ reason }) => acknowledging(reason)).option('--reason <text>', help['--reason']);
}

/** True for a stop of everything. It has no ids, and its region must have the form of one: a slip would stop nothing. */
function isAll(command: Command, ids: readonly string[], { all, region }: Typed): boolean {
  if (all === undefined) {
    if (ids.length === 0) command.error("error: missing required argument 'id', or --all for everything");
    return false;
  }
  if (ids.length > 0) command.error('error: --all is for everything: give no ids beside it');
  if (region !== undefined && !isRegionForm(region)) {
    command.error(wrongOption('--region', region, 'a region as in cn-hangzhou'));
  }
  return true;
}

/** A text that is no time in any zone is a wrong call, whatever the rows are. */
function assertTimes(command: Command, { now }: OperatorPorts, { until }: Typed, at: string): void {
  const start = plus(now(), 0);
  for (const [flag, text] of [
    ['--at', at],
    ['--until', until],
  ] as const) {
    const parsed = text === undefined ? undefined : parseTyped(text, 'UTC', start);
    if (parsed?.ok === false) {
      command.error(wrongOption(flag, text, parsed.expected));
    }
  }
}
