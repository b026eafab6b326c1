// The operator's commands: what each is called, its options, and what it does.
import type { Command } from 'commander';
import { parseTimeZone } from '../../plan/calendar/time-zone.ts';
import { plus } from '../../plan/calendar/instant.ts';
import { isRegionForm } from '../../plan/stop.ts';
import { decideOn } from './deciding.ts';
import { acknowledging } from './edits/acknowledge.ts';
import { approving } from './edits/approve.ts';
import type { Decide } from './edits/decision.ts';
import { holding, resuming } from './edits/hold.ts';
import { rescheduling } from './edits/reschedule.ts';
import { retrying } from './edits/retry.ts';
import { skipping } from './edits/skip.ts';
import { parseTyped, timeExpected, type Filters } from './filters.ts';
import { listPlans, showPlans } from './look.ts';
import { readLength, readStatuses, reading, withCommonOptions, withDecidingOptions } from './options.ts';
import type { OperatorPorts } from './ports.ts';
import type { OutputOptions } from './print-plans.ts';
import { holdAll, resumeAll, type StoppingOptions } from './stopping.ts';
import { waitFor } from './wait.ts';

/** Adds the commands. `end` gets the exit code of the one that ran. */
export function addOperatorCommands(
  program: Command,
  ports: OperatorPorts,
  end: (exitCode: number) => void,
): void {
  addLooks(program, ports, end);
  addDecisions(program, ports, end);
}

type End = (exitCode: number) => void;
type LookOptions = { from?: string; profile?: string; region?: string } & OutputOptions;
type ListOptions = LookOptions & {
  status?: readonly string[];
  group?: string;
  dueBefore?: string;
  needsPerson?: true;
};

function addLooks(program: Command, ports: OperatorPorts, end: End): void {
  program.commandsGroup('See what is planned:');
  const list = withCommonOptions(program.command('list'))
    .description('the plans: those that need a person first, Avoided ones only counted')
    .option('--status <statuses>', 'only these, as in Planned,AwaitingApproval', readStatuses)
    .option('--group <name>', 'only this group')
    .option('--due-before <time>', `only what is restarted before this: ${timeExpected}`)
    .option('--needs-person', 'only what needs a person')
    .action(async (options: ListOptions) => {
      end(
        await listPlans(ports, {
          options,
          filtersFor: (timeZone) => filtersOf(list, ports, options, timeZone),
        }),
      );
    });
  withCommonOptions(program.command('show'))
    .argument('<id...>', idHelp)
    .description('one plan or several, with what happened to them')
    .action(async (ids: readonly string[], options: LookOptions) =>
      end(await showPlans(ports, { ids: await idsOf(ids, ports), options })),
    );
  withCommonOptions(program.command('wait'))
    .argument('<id...>', idHelp)
    .description('returns when each plan has the status; 1 if one ended otherwise')
    .requiredOption('--for <statuses>', 'as in Avoided, or Avoided,Cleared', readStatuses)
    .option('--timeout <duration>', 'how long at most', readLength, readLength('1h'))
    .option('--interval <duration>', 'from one look to the next', readLength, readLength('15s'))
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

const idHelp = 'the id of an instance, its name, or the beginning of one; - reads them from stdin';

function filtersOf(
  command: Command,
  ports: OperatorPorts,
  { status, region, group, dueBefore, needsPerson }: ListOptions,
  timeZone: string,
): Filters {
  const due = dueBefore === undefined ? undefined : parseTyped(dueBefore, timeZone, ports.now());
  if (due?.ok === false) {
    command.error(`error: option '--due-before' is ${JSON.stringify(dueBefore)}. Expected ${due.expected}.`);
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

function addDecisions(program: Command, ports: OperatorPorts, end: End): void {
  program.commandsGroup('Decide:');
  const add = (
    name: string,
    description: string,
    { done, all }: { done: string; all?: typeof holdAll },
    decideBy: (options: Typed) => Decide,
  ): Command => {
    const command: Command = withDecidingOptions(program.command(name))
      .argument(all === undefined ? '<id...>' : '[id...]', idHelp)
      .description(description)
      .action(async (typed: readonly string[], options: Typed) => {
        if (all !== undefined && isAll(command, typed, options)) return end(await all(ports, options));
        if (options.at !== undefined) assertTimes(command, ports, options, options.at);
        const ids = await idsOf(typed, ports);
        end(await decideOn(ports, { ids, options, decide: decideBy(options), done }));
      });
    return command;
  };
  add('approve', 'approve the restart that the row shows', { done: 'approved' }, () => approving);
  const hold = 'nothing is restarted until you resume it; --all stops everything at once';
  add('hold', hold, { done: 'held', all: holdAll }, ({ reason }) => holding(reason))
    .option('--reason <text>', 'why, for everybody who reads the row')
    .option('--all', 'every restart in all regions, or in that of --region, also of later plans');
  const resume = 'take a hold away, or with --all the stop of everything';
  add('resume', resume, { done: 'resumed', all: resumeAll }, () => resuming).option(
    '--all',
    'the stop of hold --all',
  );
  add('skip', 'end the plan without a restart', { done: 'skipped' }, () => skipping);
  add('reschedule', 'restart it at your own time', { done: 'rescheduled' }, ({ at = '', until, timeZone }) =>
    rescheduling({
      at,
      ...(until === undefined ? {} : { until }),
      ...(timeZone === undefined ? {} : { timeZone }),
    }),
  )
    .requiredOption('--at <time>', timeExpected)
    .option('--until <time>', 'the latest start (default: as long after it as before)')
    .option(
      '--time-zone <zone>',
      'the zone of these times (default: that of the plan)',
      reading(parseTimeZone),
    );
  add('retry', 'a new plan in place of one that is Escalated', { done: 'to be tried again' }, () => retrying);
  add(
    'acknowledge',
    'others may go on although this restart is not proven',
    { done: 'acknowledged' },
    ({ reason }) => acknowledging(reason),
  ).option('--reason <text>', 'why');
}

/** True for a stop of everything. It has no ids, and its region must have the form of one: a slip would stop nothing. */
function isAll(command: Command, ids: readonly string[], { all, region }: Typed): boolean {
  if (all === undefined) {
    if (ids.length === 0) command.error("error: missing required argument 'id', or --all for everything");
    return false;
  }
  if (ids.length > 0) command.error('error: --all is for everything: give no ids beside it');
  if (region !== undefined && !isRegionForm(region)) {
    command.error(
      `error: option '--region' is ${JSON.stringify(region)}. Expected a region as in cn-hangzhou.`,
    );
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
      command.error(`error: option '${flag}' is ${JSON.stringify(text)}. Expected ${parsed.expected}.`);
    }
  }
}
