// wait: returns when each plan has a status, so that a script can go on from there.
import type { HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import { isAfter, plus, type Milliseconds } from '../../plan/calendar/instant.ts';
import { formatDuration } from '../../plan/calendar/duration.ts';
import { isFinalText } from '../../plan/status.ts';
import type { AccountOptions, OperatorPorts } from './ports.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { languageFor } from './spoken.ts';
import { select } from './selection.ts';
import { titleOf, viewOf, type PlanView } from './shown/view.ts';

/** What is waited for. */
export interface WaitOptions extends AccountOptions, OutputOptions {
  statuses: readonly string[];
  timeoutMs: Milliseconds;
  intervalMs: Milliseconds;
  region?: string;
}

/** Returns the exit code: 0 where every plan came to one of the statuses, 1 where one ended otherwise or time is over. */
export async function waitFor(
  ports: OperatorPorts,
  { ids, options }: { ids: readonly string[]; options: WaitOptions },
): Promise<number> {
  const { statuses, timeoutMs, intervalMs, output } = options;
  const account = await ports.open(options);
  const { timeZone } = account.rules.calendar;
  const language = languageFor(ports, options);
  const end = plus(ports.now(), timeoutMs);
  try {
    const selected = select(ids, await account.rows.all(options.region));
    const faults = selected.flatMap((one) => ('fault' in one ? [one.fault] : []));
    faults.forEach((fault) => ports.err(fault));
    if (faults.length > 0) return 1;
    const keys = selected.flatMap((one) => ('row' in one ? [one.row] : []));
    const told = new Map<string, string>();
    for (;;) {
      const views = (await account.rows.some(keys)).map((row) => viewOf(row, timeZone, language));
      tellProgress(ports, views, told);
      const open = views.filter(({ status }) => !statuses.includes(status));
      const isHopeless = open.some(({ status }) => isFinalText(status)) || views.length < distinct(keys);
      if (open.length === 0 || isHopeless || isAfter(plus(ports.now(), intervalMs), end)) {
        if (output === undefined) views.forEach((view) => ports.out(`${titleOf(view)}: ${view.status}`));
        else printPlans(ports, views, { output, showsAvoided: true });
        for (const view of open) ports.err(whyNot(view, statuses, timeoutMs));
        if (views.length < distinct(keys)) ports.err('A row is gone.');
        return open.length === 0 && !isHopeless ? 0 : 1;
      }
      await ports.sleep(intervalMs);
    }
  } finally {
    account.close();
  }
}

function distinct(rows: readonly HandRow[]): number {
  return new Set(rows.map(({ regionId, instanceId }) => `${regionId} ${instanceId}`)).size;
}

function tellProgress(ports: OperatorPorts, views: readonly PlanView[], told: Map<string, string>): void {
  for (const view of views) {
    const key = `${view.regionId} ${view.instanceId}`;
    const text = `${titleOf(view)}: ${view.status}. ${view.reason}`;
    if (told.get(key) !== text) ports.err(text);
    told.set(key, text);
  }
}

function whyNot(view: PlanView, statuses: readonly string[], timeoutMs: Milliseconds): string {
  const wanted = statuses.join(' or ');
  return isFinalText(view.status)
    ? `${titleOf(view)} ended as ${view.status}, not ${wanted}.`
    : `${titleOf(view)} is ${view.status} after ${formatDuration(timeoutMs)}, not ${wanted}.`;
}
