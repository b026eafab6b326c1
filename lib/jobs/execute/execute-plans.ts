// The execute function's job: it picks up the rows that are due, restarts what may be restarted, and watches until the
// events show Avoided. An idle run is two range reads per region: what is due, and whether all is stopped.
import pMap from 'p-map';
import { sendsAtOnce } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { state } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import { guarded, type ExecutePorts, type Execution } from '../execution.ts';
import { Ledger } from '../ledger.ts';
import { StandingWatched, type RegionsOfRun } from '../notices/standing-watched.ts';
import { tellNews } from '../notices/tell-news.ts';
import { inEveryRegion, Problems, type Problem } from '../report.ts';
import { watching } from '../runs.ts';
import { readStop, reportStop, stopsOfRun } from '../stops.ts';
import { checkRestarts } from '../steps/check-restarts.ts';
import { undoPreCommand } from '../steps/undo.ts';
import { escalateUnreadable } from '../unreadable-rows.ts';
import { sortDue } from './due.ts';
import { runQueue } from './queue.ts';
import { leaveStopped } from './stopped.ts';
import { watch } from './watch.ts';

/** What one region counts. */
interface Counts {
  /** Rows that were due. */
  due: number;
  /** RebootInstance calls that were accepted, or whose outcome is unknown. */
  rebooted: number;
  avoided: number;
  /** Due plans that have not ended. */
  waiting: number;
  escalated: number;
}

/** What the execute function returns. */
export interface ExecuteReport extends Counts {
  problems: Problem[];
}

/**
 * Executes what is due in every region.
 * @throws AggregateError when nothing could be done in any region.
 */
export async function executePlans(
  ports: ExecutePorts,
  settings: PlannerSettings,
  regions: readonly string[],
): Promise<ExecuteReport> {
  const problems = new Problems(ports.log, ports.language);
  const standing = new StandingWatched('execute');
  const { timers, rules } = settings;
  const { timeZone } = rules.calendar;
  const watched = { functionName: 'execute', timers, timeZone, regions } as const;
  const run = { standing, firstStops: stopsOfRun(ports) };
  const counts = await watching({ ...ports, problems, standing }, watched, () =>
    inEveryRegion(regions, problems, (regionId) => {
      const ledger = new Ledger({ ...ports, problems });
      const opened = { ...ports, regionId, settings, ledger, problems };
      return executeRegion(opened, run);
    }),
  );
  // A run without work has nothing to tell. What an earlier run could not tell, the plan function does, if it runs.
  const { seen } = standing;
  if (seen.standing.length > 0 || counts.some(({ due }) => due > 0))
    await tellNews({ ...ports, problems }, seen);
  const sum = (count: keyof Counts): number => counts.reduce((total, region) => total + region[count], 0);
  return {
    due: sum('due'),
    rebooted: sum('rebooted'),
    avoided: sum('avoided'),
    waiting: sum('waiting'),
    escalated: sum('escalated'),
    problems: problems.all,
  };
}

async function executeRegion(
  opened: Omit<Execution, 'unread' | 'stop'>,
  { standing, firstStops }: RegionsOfRun,
): Promise<Counts> {
  const { store, clock, regionId, ledger, problems } = opened;
  const [rows, stop] = await Promise.all([
    store.readDue(regionId, clock.now()),
    readStop(opened, firstStops()),
  ]);
  reportStop(opened, stop.seen);
  const execution = { ...opened, unread: rows.filter((row) => row.kind !== 'plan'), stop };
  const active: Plan[] = [];
  const toRun: Plan[] = [];
  const toWatch: Plan[] = [];
  const toUndo: Plan[] = [];
  const toCheck: Plan[] = [];
  let unreadable = 0;
  for (const row of rows) {
    if (row.kind !== 'plan') {
      if (await escalateUnreadable(execution, row, { isDue: true })) unreadable += 1;
      continue;
    }
    const { plan } = row;
    if (!isFinal(plan.status)) active.push(plan);
    const next = await guarded(execution, plan, () => sortDue(execution, plan));
    if (next?.kind === 'run') toRun.push(next.plan);
    if (next?.kind === 'watch') toWatch.push(next.plan);
    if (next?.kind === 'undo') toUndo.push(next.plan);
    if (next?.kind === 'check') toCheck.push(next.plan);
  }
  const { timeZone } = opened.settings.rules.calendar;
  standing.stop(stop.seen, { regionId, timeZone, isWaitedFor: toRun.length > 0 });
  // First, because it waits for nothing and brings services back.
  const undo = (plan: Plan): Promise<unknown> =>
    guarded(execution, plan, () => undoPreCommand(execution, plan));
  await pMap(toUndo, undo, { concurrency: sendsAtOnce });
  try {
    await checkRestarts(execution, toCheck);
    const sent = (await leaveStopped(execution, toRun)) ? [] : await runQueue(execution, toRun);
    await watch(execution, toWatch, sent);
  } catch (thrown) {
    // What was sent and written so far counts all the same.
    problems.add({ regionId }, state('region-failed', { message: messageOf(thrown) }), thrown);
  }
  const endedAs = (status: Plan['status']): number =>
    ledger.ended.filter((plan) => plan.status === status).length;
  return {
    due: rows.length,
    rebooted: ledger.sent,
    avoided: endedAs('Avoided'),
    waiting: active.length - ledger.ended.length,
    escalated: endedAs('Escalated') + unreadable,
  };
}
