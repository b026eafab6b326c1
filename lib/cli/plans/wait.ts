// wait: returns when each plan has a status, so that a script can go on from there.
import type { HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import { isAfter, plus, type Milliseconds } from '../../plan/calendar/instant.ts';
import { isFinalText } from '../../plan/status.ts';
import type { AccountOptions, OperatorPorts } from './ports.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { voiceFor } from './spoken.ts';
import { select } from './selection.ts';
import { titleOf, viewOf, type PlanView } from './shown/view.ts';
import type { Voice } from './words/voice.ts';

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
  const voice = voiceFor(ports, options);
  const account = await ports.open(options);
  const { timeZone } = account.rules.calendar;
  const end = plus(ports.now(), timeoutMs);
  try {
    const selected = select(ids, await account.rows.all(options.region), voice);
    const faults = selected.flatMap((one) => ('fault' in one ? [one.fault] : []));
    faults.forEach((fault) => ports.err(fault));
    if (faults.length > 0) return 1;
    const keys = selected.flatMap((one) => ('row' in one ? [one.row] : []));
    const told = new Map<string, string>();
    for (;;) {
      const views = (await account.rows.some(keys)).map((row) => viewOf(row, timeZone, voice));
      tellProgress(ports, views, { told, voice });
      const open = views.filter(({ status }) => !statuses.includes(status));
      const isHopeless = open.some(({ status }) => isFinalText(status)) || views.length < distinct(keys);
      if (open.length === 0 || isHopeless || isAfter(plus(ports.now(), intervalMs), end)) {
        if (output !== undefined) printPlans(ports, views, { output, voice, showsAvoided: true });
        else for (const view of views) ports.out(voice.say('status', named(view)));
        for (const view of open) ports.err(whyNot(view, { statuses, timeoutMs }, voice));
        if (views.length < distinct(keys)) ports.err(voice.say('row-gone'));
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

function named(view: PlanView): { title: string; status: string } {
  return { title: titleOf(view), status: view.status };
}

function tellProgress(
  ports: OperatorPorts,
  views: readonly PlanView[],
  { told, voice }: { told: Map<string, string>; voice: Voice },
): void {
  for (const view of views) {
    const key = `${view.regionId} ${view.instanceId}`;
    const text = voice.say('progress', { ...named(view), reason: view.reason });
    if (told.get(key) !== text) ports.err(text);
    told.set(key, text);
  }
}

function whyNot(
  view: PlanView,
  { statuses, timeoutMs }: Pick<WaitOptions, 'statuses' | 'timeoutMs'>,
  voice: Voice,
): string {
  const values = { ...named(view), wanted: statuses.join(voice.say('or')) };
  return isFinalText(view.status)
    ? voice.say('ended-otherwise', values)
    : voice.say('after-time', { ...values, length: voice.length(timeoutMs) });
}
