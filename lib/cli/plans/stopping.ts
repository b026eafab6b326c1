// hold --all and resume --all: the emergency stop. It is written first, and the plans are looked at after it: when everything
// must stand still, nothing else comes before that.
import type { HandStop } from '../../alibaba/tablestore/hand-stops.ts';
import type { StopColumn } from '../../alibaba/tablestore/stop-rows.ts';
import { messageOf } from '../../failures.ts';
import { iso } from '../../plan/calendar/instant.ts';
import { saysStopped, type Stop } from '../../plan/stop.ts';
import { inLanguage } from '../../wording/languages.ts';
import { nameOf, noTerminal, type DecidingOptions } from './deciding.ts';
import type { Account, OperatorPorts } from './ports.ts';
import { languageFor } from './spoken.ts';
import { stopsJson, stopsYaml } from './shown/plan-json.ts';
import { titleOf, viewOf } from './shown/view.ts';

/** Options of both commands. */
export interface StoppingOptions extends DecidingOptions {
  reason?: string;
}

type Columns = Readonly<Partial<Record<StopColumn, string>>>;

/** What a command would do. */
type Intended =
  | { kind: 'already'; what: string }
  | { kind: 'edit'; put: Columns; will: string; notes: readonly string[]; done: string };

/** What was found before: the row of the command, the other stops, and how a stop is told. */
interface Found {
  seen: HandStop;
  others: readonly Stop[];
  say: (stop: Stop) => string;
}

/** Stops everything, or the region of the options. Returns the exit code. */
export function holdAll(ports: OperatorPorts, options: StoppingOptions): Promise<number> {
  return decide(ports, options, ({ seen, say }) => {
    const where = placeOf(options);
    if (seen.stop?.faults.length === 0) {
      return { kind: 'already', what: say(seen.stop) };
    }
    const by = nameOf(options, ports);
    const words = options.reason?.trim() ?? '';
    return {
      kind: 'edit',
      put: { hold: words === '' ? `held by ${by}` : words, held_by: by, held_at: iso(ports.now()) },
      will: `stop every restart that was not sent yet, ${where.scope}`,
      notes: [
        'A run that is under way may still send a restart for 25 seconds. What was sent is still proven.',
        'Backups and commands do not begin. A pre-command that has run is undone by its undo-command.',
        'If the stop stays, ECS restarts the instances at their NotBefore.',
      ],
      done: `${where.name}: stopped. To go on: resume --all${where.option}`,
    };
  });
}

/** Takes the stop away. Returns the exit code. */
export function resumeAll(ports: OperatorPorts, options: StoppingOptions): Promise<number> {
  return decide(ports, options, ({ seen, others, say }) => {
    const where = placeOf(options);
    const left = others.map(say);
    if (seen.stop === undefined) {
      return { kind: 'already', what: [`${where.name} is not stopped.`, ...left].join('\n') };
    }
    return {
      kind: 'edit',
      put: { hold: '', resumed_by: nameOf(options, ports), resumed_at: iso(ports.now()) },
      will: `take away this stop: ${say(seen.stop)}`,
      notes: [...left, 'What is due may be restarted at the next minute.'],
      done: left.length === 0 ? `${where.name}: resumed` : `${where.name}: resumed. Another stop is left`,
    };
  });
}

function placeOf({ region }: StoppingOptions): { name: string; scope: string; option: string } {
  return region === undefined
    ? { name: 'everything', scope: 'in all regions', option: '' }
    : { name: region, scope: `in ${region}`, option: ` --region ${region}` };
}

async function decide(
  ports: OperatorPorts,
  options: StoppingOptions,
  intend: (found: Found) => Intended,
): Promise<number> {
  const { yes = false, dryRun = false, region, output } = options;
  if (!yes && !dryRun && ports.ask === undefined) {
    ports.err(noTerminal);
    return 2;
  }
  const account = await ports.open(options);
  try {
    const seen = await account.stops.of(region);
    const others = (await account.stops.all()).filter((stop) => stop.regionId !== region);
    const { timeZone } = account.rules.calendar;
    const language = languageFor(ports, options);
    const say = (stop: Stop): string => {
      const what = saysStopped({ kind: 'set', stop }, timeZone);
      return what === undefined ? '' : inLanguage(language, what);
    };
    const intended = intend({ seen, others, say });
    if (intended.kind === 'already') {
      ports.err(intended.what);
      await printStops(ports, account, options);
      return 0;
    }
    ports.err(`Will ${intended.will}.`);
    for (const note of intended.notes) ports.err(`  ${note}`);
    if (dryRun) {
      ports.out(`would write ${columnsText(intended.put)}`);
      return 0;
    }
    if (!yes && (await ports.ask?.('Go on?')) !== true) {
      ports.err('Nothing was written.');
      return 1;
    }
    const outcome = await account.stops.edit(seen, intended.put);
    if (outcome.kind === 'failed') {
      ports.err(`Not written. ${outcome.message}`);
      return 1;
    }
    if (outcome.kind === 'changed') {
      const now = outcome.now?.stop;
      const state = now === undefined ? 'It is not stopped now.' : say(now);
      ports.err(`Somebody changed the stop since you looked. Nothing was written. ${state}`);
      return 1;
    }
    if (output === undefined) ports.out(intended.done);
    await printStops(ports, account, options);
    return intended.put.hold === '' ? 0 : await tellSent(ports, account, options);
  } finally {
    account.close();
  }
}

function columnsText(put: Columns): string {
  return Object.entries(put)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');
}

/** With -o: what is stopped now. */
async function printStops(
  ports: OperatorPorts,
  { stops }: Account,
  { output }: StoppingOptions,
): Promise<void> {
  if (output === 'json') ports.out(stopsJson(await stops.all()));
  if (output === 'yaml') ports.out(stopsYaml(await stops.all()));
}

/** A stop takes nothing back. Where the rows cannot be read, the stop is written all the same. */
async function tellSent(
  ports: OperatorPorts,
  { rows, rules }: Account,
  options: StoppingOptions,
): Promise<number> {
  const language = languageFor(ports, options);
  try {
    const views = (await rows.all(options.region)).map((row) =>
      viewOf(row, rules.calendar.timeZone, language),
    );
    if (options.region !== undefined && views.length === 0) {
      ports.err(`No plan is of region ${options.region}. Check its name.`);
    }
    const sent = views.filter(({ status }) => status === 'Rebooting' || status === 'Verifying');
    if (sent.length > 0) ports.err(`Sent before the stop: ${sent.map(titleOf).join(', ')}.`);
    return 0;
  } catch (thrown) {
    ports.err(`The stop is written. What was sent before could not be read: ${messageOf(thrown)}`);
    return 1;
  }
}
