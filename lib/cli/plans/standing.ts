// What stands still: what a person stopped, and a function that does not run. `list` says it above the plans.
import { leaseMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import { functionNames } from '../../plan/run-values.ts';
import { silenceOf, type RunRecord } from '../../plan/runs.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { saysStopped, type Stop } from '../../plan/stop.ts';
import type { Account, OperatorPorts } from './ports.ts';
import type { Voice } from './words/voice.ts';

/** What was read beside the plans. `runs`: absent where the settings name no timers, and where it could not be read. */
export interface BesidePlans {
  stops: readonly Stop[];
  runs?: readonly RunRecord[];
}

/** Reads it. Where the runs cannot be read, the plans are shown all the same. */
export async function readBeside(
  ports: OperatorPorts,
  { stops, runs, timers }: Account,
  voice: Voice,
): Promise<BesidePlans> {
  const read = { stops: await stops.all() };
  if (timers === undefined) return read;
  try {
    return { ...read, runs: await runs() };
  } catch (thrown) {
    const what = state('runs-unreadable', { message: messageOf(thrown) });
    ports.err(voice.statement(what));
    return read;
  }
}

/** What stands still, with the region where it is about one. */
export function standing(
  { timers, regions, rules }: Account,
  { stops, runs: records = [] }: BesidePlans,
  now: Instant,
): { place: string; what: Statement }[] {
  const { timeZone } = rules.calendar;
  const stopped = stops.flatMap((stop) => saysStopped({ kind: 'set', stop }, timeZone) ?? []);
  // A record of a region that was given up stays for long.
  const ours = regions.length > 0 ? regions : new Set(records.map(({ regionId }) => regionId));
  const silent = [...ours].sort().flatMap((regionId) =>
    functionNames.flatMap((functionName) => {
      const asked = { functionName, regionId, records, now, longestRunMs: leaseMs, timeZone };
      const what = timers && silenceOf({ ...asked, timers });
      return what === undefined ? [] : [{ place: `${regionId}: `, what }];
    }),
  );
  return [...stopped.map((what) => ({ place: '', what })), ...silent];
}
