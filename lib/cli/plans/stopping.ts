// hold --all and resume --all: the emergency stop. It is written first, and the plans are looked at after it: when everything
// must stand still, nothing else comes before that.
import type { EditOutcome } from '../../alibaba/tablestore/conditional-edit.ts';
import type { HandStop } from '../../alibaba/tablestore/hand-stops.ts';
import type { StopColumn } from '../../alibaba/tablestore/stop-rows.ts';
import { messageOf } from '../../failures.ts';
import { iso } from '../../plan/calendar/instant.ts';
import { saysStopped, type Stop } from '../../plan/stop.ts';
import { isNobodyThere, type DecidingOptions } from './deciding.ts';
import type { Account, OperatorPorts } from './ports.ts';
import { voiceFor } from './spoken.ts';
import { stopsJson, stopsYaml } from './shown/plan-json.ts';
import { titleOf, viewOf } from './shown/view.ts';
import type { Voice } from './words/voice.ts';

/** Options of both commands. */
export interface StoppingOptions extends DecidingOptions {
  reason?: string;
}

type Columns = Readonly<Partial<Record<StopColumn, string>>>;

/** What a command would do. */
type Intended =
  | { kind: 'already'; what: string }
  | { kind: 'edit'; put: Columns; will: string; notes: readonly string[]; done: string };

/** What was found before: the row of the command, and how a stop is told. */
interface Found {
  seen: HandStop;
  say: (stop: Stop) => string;
  voice: Voice;
}

/** Stops everything, or the region of the options. Returns the exit code. */
export function holdAll(ports: OperatorPorts, options: StoppingOptions): Promise<number> {
  return decide(ports, options, ({ seen, say, voice }) => {
    const where = placeOf(options, voice);
    if (seen.stop?.faults.length === 0) {
      return { kind: 'already', what: say(seen.stop) };
    }
    const by = nameOf(options, ports);
    const words = options.reason?.trim() ?? '';
    return {
      kind: 'edit',
      put: {
        hold: words === '' ? voice.say('held-by', { by }) : words,
        held_by: by,
        held_at: iso(ports.now()),
      },
      will: voice.say('stop-will', { scope: where.scope }),
      notes: [voice.say('stop-under-way'), voice.say('stop-commands'), voice.say('stop-stays')],
      done: voice.say('stop-done-to-go-on', { name: where.name, option: where.option }),
    };
  });
}

/** Takes the stop away. Returns the exit code. */
export function resumeAll(ports: OperatorPorts, options: StoppingOptions): Promise<number> {
  return decide(ports, options, ({ seen, say, voice }) => {
    const where = placeOf(options, voice);
    const left = seen.others.map(say);
    if (seen.stop === undefined) {
      return {
        kind: 'already',
        what: [voice.say('is-not-stopped', { name: where.name }), ...left].join('\n'),
      };
    }
    return {
      kind: 'edit',
      put: { hold: '', resumed_by: nameOf(options, ports), resumed_at: iso(ports.now()) },
      will: voice.say('unstop-will', { stop: say(seen.stop) }),
      notes: [...left, voice.say('due-may-restart')],
      done: voice.say(left.length === 0 ? 'unstopped' : 'unstopped-in-part', { name: where.name }),
    };
  });
}

/** Nothing is asked before an emergency stop, not even STS: who it was is the local name, or what --as says. */
function nameOf({ as }: StoppingOptions, { userName }: OperatorPorts): string {
  return (as ?? userName ?? 'unknown').trim();
}

function placeOf({ region }: StoppingOptions, voice: Voice): { name: string; scope: string; option: string } {
  return region === undefined
    ? { name: voice.say('everything'), scope: voice.say('in-all-regions'), option: '' }
    : { name: region, scope: voice.say('in-region', { region }), option: ` --region ${region}` };
}

async function decide(
  ports: OperatorPorts,
  options: StoppingOptions,
  intend: (found: Found) => Intended,
): Promise<number> {
  const { yes = false, dryRun = false, region, output } = options;
  const voice = voiceFor(ports, options);
  if (isNobodyThere(ports, options, voice)) return 2;
  const account = await ports.open(options);
  try {
    const seen = await account.stops.of(region);
    const { timeZone } = account.rules.calendar;
    const say = (stop: Stop): string => {
      const what = saysStopped({ kind: 'set', stop }, timeZone);
      return what === undefined ? '' : voice.statement(what);
    };
    const intended = intend({ seen, say, voice });
    if (intended.kind === 'already') {
      ports.err(intended.what);
      await printStops(ports, account, options);
      return 0;
    }
    ports.err(intended.will);
    for (const note of intended.notes) ports.err(`  ${note}`);
    if (dryRun) {
      ports.out(voice.say('would-write-all', { columns: columnsText(intended.put) }));
      return 0;
    }
    if (!yes && (await ports.ask?.(voice.say('go-on'))) !== true) {
      ports.err(voice.say('nothing-written'));
      return 1;
    }
    const outcome = await account.stops.edit(seen, intended.put);
    if (outcome.kind !== 'written') {
      ports.err(failureText(outcome, say, voice));
      return 1;
    }
    if (output === undefined) ports.out(intended.done);
    const sent = intended.put.hold === '' ? 0 : await tellSent(ports, account, options, voice);
    return Math.max(sent, await printWritten(ports, account, options, voice));
  } finally {
    account.close();
  }
}

function failureText(
  outcome: Exclude<EditOutcome<HandStop>, { kind: 'written' }>,
  say: (stop: Stop) => string,
  voice: Voice,
): string {
  const stateOf = (now: HandStop | undefined): string =>
    now?.stop === undefined ? voice.say('not-stopped-now') : say(now.stop);
  switch (outcome.kind) {
    case 'failed':
      return voice.say('stop-not-written', { message: outcome.message });
    case 'unanswered':
      return voice.say('stop-not-seen', { state: stateOf(outcome.now), message: outcome.message });
    case 'unanswered-unread':
      return voice.say('stop-unread', { message: outcome.message });
    case 'changed-unread':
      return voice.say('stop-changed-unread', { message: outcome.message });
    case 'changed':
      return voice.say('stop-changed', { state: stateOf(outcome.now) });
  }
}

/** The same after the write, which stands whatever can be read then. Returns the exit code. */
async function printWritten(
  ports: OperatorPorts,
  account: Account,
  options: StoppingOptions,
  voice: Voice,
): Promise<number> {
  try {
    await printStops(ports, account, options);
    return 0;
  } catch (thrown) {
    ports.err(voice.say('stop-unprinted', { message: messageOf(thrown) }));
    return 1;
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
  voice: Voice,
): Promise<number> {
  try {
    const views = (await rows.all(options.region)).map((row) => viewOf(row, rules.calendar.timeZone, voice));
    if (options.region !== undefined && views.length === 0) {
      ports.err(voice.say('no-plan-of-region', { region: options.region }));
    }
    const sent = views.filter(({ status }) => status === 'Rebooting' || status === 'Verifying');
    if (sent.length > 0) ports.err(voice.say('sent-before', { names: sent.map(titleOf).join(', ') }));
    return 0;
  } catch (thrown) {
    ports.err(voice.say('stop-written', { message: messageOf(thrown) }));
    return 1;
  }
}
