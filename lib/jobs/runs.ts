// Who watches the planner: each run records its end per region, and says where a function that it watches does not run. What fails
// here is a problem, and never keeps a run from its work.
import { leaseMs } from '../constants.ts';
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { FunctionName } from '../plan/run-values.ts';
import { silenceOf, watchedBy, type RunRecord, type Timers } from '../plan/runs.ts';
import { state, type StatementCode } from '../plan/statement.ts';
import type { Clock, PlanStore } from '../ports.ts';
import type { StandingWatched } from './notices/standing-watched.ts';
import type { Problems } from './report.ts';

interface RunPorts {
  store: Pick<PlanStore, 'readRuns' | 'recordRuns'>;
  clock: Clock;
  problems: Problems;
  /** Absent where nobody is told what stands in the way. */
  standing?: StandingWatched;
}

/** What a run looks after at its end. */
export interface Watched {
  functionName: FunctionName;
  /** Absent where the settings name none. */
  timers?: Timers | undefined;
  timeZone: string;
  regions: readonly string[];
}

/** With the timers, and what is known of the runs. */
type Known = Watched & { timers: Timers; records: readonly RunRecord[] };

/**
 * Does the work of a run, and then watches: it says where another function is silent, and records the end of this run. Where the
 * settings do not name the timer of this function, it only does the work.
 */
export async function watching<T>(ports: RunPorts, watched: Watched, work: () => Promise<T>): Promise<T> {
  const { timers, functionName } = watched;
  if (timers?.[functionName] === undefined) return work();
  const beganAt = ports.clock.now();
  // Beside the work: at the end of a long run there is time for one write, and not for a read that is tried again.
  const reading = readRecords(ports);
  try {
    return await work();
  } finally {
    const records = await reading;
    const known = records && { ...watched, timers, records };
    if (known !== undefined) tellSilence(ports, known, beganAt);
    await record(ports, watched, { beganAt, known });
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

function tellSilence({ problems, standing }: RunPorts, known: Known, now: Instant): void {
  for (const functionName of watchedBy(known.functionName, known.timers)) {
    for (const regionId of known.regions) {
      const place = { kind: 'function-silent', regionId, functionName } as const;
      const what = silenceOf({ ...known, functionName, regionId, now, longestRunMs: leaseMs });
      if (what === undefined) {
        standing?.isOver(place);
      } else {
        problems.add({ regionId }, what);
        standing?.stands({ ...place, why: what });
      }
    }
  }
}

/** Whose region did not get its work done. A review that only has what was kept keeps nothing. */
const failures: readonly StatementCode[] = ['region-failed', 'region-from-kept'];

async function record(
  { store, clock, problems, standing }: RunPorts,
  { functionName, regions }: Watched,
  { beganAt, known }: { beganAt: Instant; known: Known | undefined },
): Promise<void> {
  const now = clock.now();
  // Where the records could not be read, an earlier run may stand there.
  const isFirst = (regionId: string): boolean =>
    known?.records.every(
      (one) => one.functionName !== functionName || one.regionId !== regionId || one.firstAt === undefined,
    ) ?? false;
  const runs = regions.map((regionId): RunRecord => {
    const own = problems.all.filter((one) => one.regionId === regionId || one.regionId === '');
    const failure = own.find(({ code }) => failures.includes(code))?.problem;
    if (failure === undefined) standing?.isOver({ kind: 'function-silent', regionId, functionName });
    return {
      functionName,
      regionId,
      ...(isFirst(regionId) ? { firstAt: now } : {}),
      beganAt,
      ...(failure === undefined ? { endedAt: now } : { failure }),
      problems: own.length,
    };
  });
  const all = [...runs, ...(known === undefined ? [] : awaitedOf(known, now))];
  try {
    const outcomes = await store.recordRuns(all);
    for (const [index, { regionId }] of all.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'failed') {
        problems.add({ regionId }, state('run-not-recorded', { message: outcome.message }));
      }
    }
  } catch (thrown) {
    problems.add({ regionId: '' }, state('run-not-recorded', { message: messageOf(thrown) }), thrown);
  }
}

/** A review of which nothing is known is awaited from now on: an upgrade brings it long after the first run of plan. */
function awaitedOf({ functionName, timers, records, regions }: Known, now: Instant): RunRecord[] {
  if (!watchedBy(functionName, timers).includes('review')) return [];
  const known = new Set(
    records.filter((one) => one.functionName === 'review').map(({ regionId }) => regionId),
  );
  return regions
    .filter((regionId) => !known.has(regionId))
    .map((regionId) => ({ functionName: 'review', regionId, awaitedSince: now }));
}
