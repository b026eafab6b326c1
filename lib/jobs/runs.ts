// Who watches the planner: each run records its end per region, and says where the other function does not run. What fails here
// is a problem, and never keeps a run from its work.
import { leaseMs } from '../constants.ts';
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { FunctionName } from '../plan/run-values.ts';
import { otherThan, silenceOf, type RunRecord, type Timers } from '../plan/runs.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { state } from '../plan/statement.ts';
import type { Clock, PlanStore } from '../ports.ts';
import type { StandingWatched } from './notices/standing-watched.ts';
import type { Problems } from './report.ts';

interface RunPorts {
  store: PlanStore;
  clock: Clock;
  problems: Problems;
  standing: StandingWatched;
}

/** What a run looks after at its end. */
export interface Watched {
  functionName: FunctionName;
  settings: PlannerSettings;
  regions: readonly string[];
}

/**
 * Does the work of a run, and then watches: it says where the other function is silent, and records the end of this run. Where
 * the settings name no timers, it only does the work.
 */
export async function watching<T>(ports: RunPorts, watched: Watched, work: () => Promise<T>): Promise<T> {
  const { timers } = watched.settings;
  if (timers === undefined) return work();
  const beganAt = ports.clock.now();
  // Beside the work: at the end of a long run there is time for one write, and not for a read that is tried again.
  const reading = readRecords(ports);
  try {
    return await work();
  } finally {
    const records = await reading;
    if (records !== undefined) tellSilence(ports, { ...watched, timers, records, now: beganAt });
    await record(ports, watched, { beganAt, records });
  }
}

async function readRecords({ store, problems }: RunPorts): Promise<readonly RunRecord[] | undefined> {
  try {
    return await store.readRuns();
  } catch (thrown) {
    problems.add({ regionId: '' }, state('runs-unreadable', { message: messageOf(thrown) }), thrown);
    return undefined;
  }
}

function tellSilence(
  { problems, standing }: RunPorts,
  {
    functionName,
    settings,
    regions,
    timers,
    records,
    now,
  }: Watched & { timers: Timers; records: readonly RunRecord[]; now: Instant },
): void {
  const other = otherThan(functionName);
  for (const regionId of regions) {
    const place = { kind: 'function-silent', regionId, functionName: other } as const;
    const what = silenceOf({
      functionName: other,
      regionId,
      records,
      timers,
      now,
      longestRunMs: leaseMs,
      timeZone: settings.rules.calendar.timeZone,
    });
    if (what === undefined) {
      standing.isOver(place);
    } else {
      problems.add({ regionId }, what);
      standing.stands({ ...place, why: what });
    }
  }
}

async function record(
  { store, clock, problems, standing }: RunPorts,
  { functionName, regions }: Watched,
  { beganAt, records }: { beganAt: Instant; records: readonly RunRecord[] | undefined },
): Promise<void> {
  const now = clock.now();
  // Where the records could not be read, an earlier run may stand there.
  const isFirst = (regionId: string): boolean =>
    records?.every(
      (one) => one.functionName !== functionName || one.regionId !== regionId || one.firstAt === undefined,
    ) ?? false;
  const runs = regions.map((regionId): RunRecord => {
    const own = problems.all.filter((one) => one.regionId === regionId || one.regionId === '');
    const failure = own.find(({ code }) => code === 'region-failed')?.problem;
    if (failure === undefined) standing.isOver({ kind: 'function-silent', regionId, functionName });
    return {
      functionName,
      regionId,
      ...(isFirst(regionId) ? { firstAt: now } : {}),
      beganAt,
      ...(failure === undefined ? { endedAt: now } : { failure }),
      problems: own.length,
    };
  });
  try {
    const outcomes = await store.recordRuns(runs);
    for (const [index, { regionId }] of runs.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'failed') {
        problems.add({ regionId }, state('run-not-recorded', { message: outcome.message }));
      }
    }
  } catch (thrown) {
    problems.add({ regionId: '' }, state('run-not-recorded', { message: messageOf(thrown) }), thrown);
  }
}
