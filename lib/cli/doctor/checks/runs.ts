// The last runs of the functions, as they recorded them.
import { leaseMs } from '../../../constants.ts';
import { inZone, isBefore, parseInstant, type Instant } from '../../../plan/calendar/instant.ts';
import { functionNames, type FunctionName } from '../../../plan/run-values.ts';
import { missedTick, silenceOf, type RunRecord, type Timers } from '../../../plan/runs.ts';
import { inLanguage } from '../../../wording/languages.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';
import type { Read } from '../reading.ts';

/** What is known of the runs. */
export interface RunsReading {
  records: Read<readonly RunRecord[]>;
  /** Undefined where the settings do not name the timers of plan and execute. */
  timers: Timers | undefined;
  regions: readonly string[];
  timeZone: string;
  now: Instant;
  /** When each function was created, as far as Function Compute says it. */
  created: Readonly<Partial<Record<FunctionName, string>>>;
}

const mend = 'Look at its timer and its log in the console of Function Compute, and at the findings above.';

/** Judges the last run of each function in each region. */
export function judgeRuns(reading: RunsReading): Finding[] {
  const { records, timers, regions } = reading;
  if (!records.ok) return [notChecked('runs', records.why)];
  if (timers === undefined) {
    const why = 'The settings do not name both timers, so that the functions record no runs.';
    return [notChecked('runs', why, 'Set PLAN_TIMER and EXECUTE_TIMER: s.yaml does.')];
  }
  const watched = functionNames.filter((name) => timers[name] !== undefined);
  return watched.flatMap((name) =>
    regions.flatMap((regionId) => judgeOne(name, regionId, { ...reading, records: records.value, timers })),
  );
}

type Known = Omit<RunsReading, 'records' | 'timers'> & { records: readonly RunRecord[]; timers: Timers };

function judgeOne(
  functionName: FunctionName,
  regionId: string,
  { records, timers, timeZone, now, created }: Known,
): Finding[] {
  const own = records.find((one) => one.functionName === functionName && one.regionId === regionId);
  const question = { functionName, regionId, records, timers, now, longestRunMs: leaseMs, timeZone };
  const silence = silenceOf(question);
  if (silence !== undefined) {
    return [fault('runs', `${regionId}: ${inLanguage('en', silence)}`, mend)];
  }
  if (own?.beganAt === undefined && own?.firstAt === undefined)
    return [neverRan(functionName, regionId, { timers, now, created })];
  const where = `${functionName} in ${regionId}`;
  if (own.failure !== undefined) {
    return [fault('runs', `The last run of ${where} failed: ${own.failure}`, mend)];
  }
  const at = own.endedAt === undefined ? 'at a time that cannot be read' : inZone(own.endedAt, timeZone);
  if ((own.problems ?? 0) > 0) {
    const what = `The last run of ${where} ended ${at} with ${own.problems} problems.`;
    return [warning('runs', what, 'Look into its log: each problem is a line there, and says what to do.')];
  }
  return [well('runs', `The last run of ${where} ended ${at}.`)];
}

const againAfter: Readonly<Record<FunctionName, string>> = {
  plan: 'Run doctor again after three ticks of its timer.',
  execute: 'Run doctor again after three ticks of its timer.',
  review:
    "Its timer starts it later. To try it now: `npx s review-job invoke -e '{}'`, with -t and your file of settings.",
};

/** A function that was just deployed has not run yet. */
function neverRan(
  functionName: FunctionName,
  regionId: string,
  { timers, now, created }: Pick<RunsReading, 'now' | 'created'> & { timers: Timers },
): Finding {
  const what = `No run of ${functionName} in ${regionId} is recorded`;
  const since = parseInstant(created[functionName] ?? '');
  const missed = missedTick({ functionName, timers, now, longestRunMs: leaseMs });
  const times = functionName === 'review' ? 'once' : 'three times';
  if (since !== undefined && missed !== undefined && isBefore(since, missed)) {
    return fault('runs', `${what}, and its timer should have started it ${times} since its deploy.`, mend);
  }
  return notChecked('runs', `${what} yet.`, againAfter[functionName]);
}
