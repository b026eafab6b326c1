// list and show: what is planned, and the story of one plan. They write nothing. With --watch they look again and again.
import type { HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import { passes, type Filters } from './filters.ts';
import type { Account, AccountOptions, OperatorPorts } from './ports.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { voiceFor } from './spoken.ts';
import { select } from './selection.ts';
import { readBeside, standing, type BesidePlans } from './standing.ts';
import { painter } from './shown/colours.ts';
import { inOrder } from './shown/plan-table.ts';
import { storyOf } from './shown/story.ts';
import { viewOf, type PlanView } from './shown/view.ts';
import { watch, whyNotWatched, type WatchOptions } from './watch.ts';
import type { Voice } from './words/voice.ts';

/** Options of both. */
export type LookOptions = AccountOptions & OutputOptions & WatchOptions & { region?: string; all?: true };

/** Prints the rows that the filters let through. Returns the exit code. */
export async function listPlans(
  ports: OperatorPorts,
  { options, filtersFor }: { options: LookOptions; filtersFor: (timeZone: string) => Filters },
): Promise<number> {
  return withAccount(ports, options, async (account, voice) => {
    const { timeZone } = account.rules.calendar;
    const filters = filtersFor(timeZone);
    const showsAvoided = options.all === true || filters.statuses !== undefined;
    const say = sayerOf(ports, options);
    let beside: BesidePlans = { stops: [] };
    let told = '';
    const look = async (): Promise<PlanView[]> => {
      const rows = await account.rows.all(filters.region);
      beside = await readBeside(ports, account, voice);
      return inOrder(rows.map((row) => viewOf(row, timeZone, voice)).filter((view) => passes(view, filters)));
    };
    const standingLines = (): string[] =>
      standing(account, beside, ports.now()).map(({ place, what }) => `! ${place}${voice.statement(what)}`);
    const { output } = options;
    const print = (to: OperatorPorts, views: readonly PlanView[]): void => {
      standingLines().forEach((line) => (to === ports ? say(line) : to.out(line)));
      printPlans(to, views, { output, voice, showsAvoided, beside });
    };
    // In a pipe, what stands still is told on stderr, and again when it changes.
    const lookAndTell = async (): Promise<PlanView[]> => {
      const views = await look();
      const lines = standingLines().join('\n');
      if (ports.columns === undefined && lines !== told && lines !== '') ports.err(lines);
      told = lines;
      return views;
    };
    if (options.watch === true) {
      return watch(ports, { look: lookAndTell, print, endsWhenAllEnded: false, options, voice });
    }
    print(ports, await look());
    return 0;
  });
}

/** Above the table: whoever reads it must not wait for a restart that does not come. Other forms keep stdout for themselves. */
function sayerOf({ out, err }: OperatorPorts, { output = 'table' }: OutputOptions): (line: string) => void {
  return output === 'table' || output === 'wide' ? out : err;
}

/** Prints each plan, with its timeline. Returns the exit code: 1 where an id means no plan, or several. */
export async function showPlans(
  ports: OperatorPorts,
  { ids, options }: { ids: readonly string[]; options: LookOptions },
): Promise<number> {
  return withAccount(ports, options, async (account, voice) => {
    const view = (row: Parameters<typeof viewOf>[0]): PlanView =>
      viewOf(row, account.rules.calendar.timeZone, voice);
    const selected = select(ids, await account.rows.all(options.region), voice);
    const rows = selected.flatMap((one) => ('row' in one ? [one.row] : []));
    const faults: string[] = [];
    const past: HandRow[] = [];
    for (const one of selected) {
      if (!('fault' in one)) continue;
      // The row of a plan that ended long ago is in the history alone.
      const found = one.id === '' ? [] : await account.past(one.id);
      past.push(...found.slice(0, mostPast));
      if (found.length === 0) faults.push(one.fault);
    }
    faults.forEach((fault) => ports.err(fault));
    const print = (to: OperatorPorts, views: readonly PlanView[]): void =>
      options.output === undefined
        ? printStories(to, views, voice)
        : printPlans(to, views, { output: options.output, voice, showsAvoided: true });
    if (options.watch === true && faults.length === 0) {
      const look = async (): Promise<PlanView[]> => (await account.rows.some(rows)).map(view);
      return watch(ports, { look, print, endsWhenAllEnded: true, options, voice });
    }
    print(ports, [...rows, ...past].map(view));
    return faults.length > 0 ? 1 : 0;
  });
}

/** So many plans of an instance are shown that has none in the plans table: the last ones. */
const mostPast = 5;

function printStories(ports: OperatorPorts, views: readonly PlanView[], voice: Voice): void {
  const style = { now: ports.now(), paint: painter(ports.hasColours), voice };
  views.forEach((view, index) =>
    [...(index > 0 ? [''] : []), ...storyOf(view, style)].forEach((line) => ports.out(line)),
  );
}

async function withAccount(
  ports: OperatorPorts,
  options: LookOptions,
  run: (account: Account, voice: Voice) => Promise<number>,
): Promise<number> {
  const voice = voiceFor(ports, options);
  const no = whyNotWatched(options, voice);
  if (no !== undefined) {
    ports.err(no);
    return 2;
  }
  const account = await ports.open(options);
  try {
    return await run(account, voice);
  } finally {
    account.close();
  }
}
