// list and show: what is planned, and the story of one plan. They write nothing.
import { inLanguage } from '../../wording/languages.ts';
import { passes, type Filters } from './filters.ts';
import type { AccountOptions, OperatorPorts } from './ports.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { languageFor } from './spoken.ts';
import { select } from './selection.ts';
import { readBeside, standing } from './standing.ts';
import { painter } from './shown/colours.ts';
import { inOrder } from './shown/plan-table.ts';
import { storyOf } from './shown/story.ts';
import { viewOf } from './shown/view.ts';

/** Prints the rows that the filters let through. Returns the exit code. */
export async function listPlans(
  ports: OperatorPorts,
  {
    options,
    filtersFor,
  }: { options: AccountOptions & OutputOptions; filtersFor: (timeZone: string) => Filters },
): Promise<number> {
  const account = await ports.open(options);
  try {
    const { timeZone } = account.rules.calendar;
    const filters = filtersFor(timeZone);
    const views = (await account.rows.all(filters.region))
      .map((row) => viewOf(row, timeZone, languageFor(ports, options)))
      .filter((view) => passes(view, filters));
    const beside = await readBeside(ports, account, options);
    const say = sayerOf(ports, options);
    for (const { place, what } of standing(account, beside, ports.now())) {
      say(`! ${place}${inLanguage(languageFor(ports, options), what)}`);
    }
    const shown = { showsAvoided: filters.statuses !== undefined, beside };
    printPlans(ports, inOrder(views), { ...options, ...shown });
    return 0;
  } finally {
    account.close();
  }
}

/** Above the table: whoever reads it must not wait for a restart that does not come. Other forms keep stdout for themselves. */
function sayerOf({ out, err }: OperatorPorts, { output = 'table' }: OutputOptions): (line: string) => void {
  return output === 'table' || output === 'wide' ? out : err;
}

/** Prints each plan, with its timeline. Returns the exit code: 1 where an id means no plan, or several. */
export async function showPlans(
  ports: OperatorPorts,
  { ids, options }: { ids: readonly string[]; options: AccountOptions & OutputOptions & { region?: string } },
): Promise<number> {
  const account = await ports.open(options);
  try {
    const language = languageFor(ports, options);
    const selected = select(ids, await account.rows.all(options.region));
    const faults = selected.flatMap((one) => ('fault' in one ? [one.fault] : []));
    const views = selected.flatMap((one) =>
      'row' in one ? [viewOf(one.row, account.rules.calendar.timeZone, language)] : [],
    );
    faults.forEach((fault) => ports.err(fault));
    if (options.output === undefined) {
      const style = { now: ports.now(), paint: painter(ports.hasColours), language };
      views.forEach((view, index) =>
        [...(index > 0 ? [''] : []), ...storyOf(view, style)].forEach((line) => ports.out(line)),
      );
    } else printPlans(ports, views, { ...options, showsAvoided: true });
    return faults.length > 0 ? 1 : 0;
  } finally {
    account.close();
  }
}
