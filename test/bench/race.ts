// Who answers the events of a region sooner and with fewer calls: our functions, fired by the timers of s.yaml, or another
// program? Time is virtual, and the services answer all programs equally fast. The bundles run unmodified, over real sockets.
import { VirtualClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { FunctionCompute } from '../cloud/function-compute/function-compute.ts';
import { readProject, type FunctionSpec } from '../cloud/function-compute/project.ts';
import { loadBundle, type Handler } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { addAffected } from './fleet.ts';
import { rebootsPerInstance, type Reboots } from './reboots.ts';

/** A program that takes part, with the files of its bundles. */
export type Runner =
  /** Two functions that run with the timers and the settings of test/fixture/settings.yaml. */
  | { kind: 'functions'; plan: string; execute: string }
  /** A script that runs again until it finds nothing to do. */
  | { kind: 'script'; file: string };

/** The result of one program. */
export interface RaceResult {
  avoided: number;
  rebootsAnInstance: Reboots;
  /** Virtual time from the start until the last event was Avoided. */
  virtualSeconds: number;
  /** Calls to ECS other than RebootInstance, until the program had finished. */
  otherEcsCalls: number;
  /** Calls to ECS by action, and to Tablestore by operation. */
  calls: Readonly<Record<string, number>>;
  /** Real time and CPU time of this process, which include the work of the local cloud. */
  seconds: number;
  cpuSeconds: number;
}

const regionId = 'cn-hangzhou';

/** Both timers of s.yaml fire one second after this. */
const start = Date.UTC(2026, 11, 1, 1, 59, 59);

/** How long each service takes to answer any program, in milliseconds. */
const latencyMs = { ecs: 100, tablestore: 10 };

/** A program that is not done after this many virtual hours will never be. */
const mostHours = 12;

/** Runs the program until all events of its region are over and the program has finished. */
export async function race(runner: Runner, events: number): Promise<RaceResult> {
  const clock = new VirtualClock(start);
  const cloud = await startLocalCloud({ clock, seed: 1, latencyMs });
  try {
    const activity = new Activity(cloud.parked);
    createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
    addAffected(cloud.ecs.core, [regionId], events, start);
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    const isDone = await started(runner, { clock, cloud, activity, events });
    const isOver = (): boolean => cloud.ecs.core.events().every(({ finishTime }) => finishTime !== undefined);
    await activity.quiet();
    while (!(isDone() && isOver())) {
      if (clock.now() > start + mostHours * 3_600_000) throw new Error(`Not done after ${mostHours} hours`);
      clock.step();
      await activity.quiet();
    }
    const { user, system } = process.cpuUsage(cpu);
    return {
      ...outcomeOf(cloud, events),
      seconds: Math.round(performance.now() - begin) / 1_000,
      cpuSeconds: Math.round((user + system) / 1_000) / 1_000,
    };
  } finally {
    await cloud.close();
  }
}

interface Track {
  clock: VirtualClock;
  cloud: LocalCloud;
  activity: Activity;
  events: number;
}

/** Starts the program. The returned function says whether the program has finished. */
async function started(runner: Runner, track: Track): Promise<() => boolean> {
  const specs = await readProject('test/fixture/settings.yaml');
  const environment = environmentOf(specs.get('plan-job'), track);
  const load = (file: string): Handler => loadBundle(file, { ...track, environment });
  if (runner.kind === 'script') return scriptStarted(load(runner.file));
  const compute = new FunctionCompute({
    clock: track.clock,
    accountId: localAccount.accountId,
    credentials: localAccount,
    seed: 1,
    functions: [...specs].map(([name, spec]) => ({
      spec: { ...spec, region: regionId },
      handler: load(name === 'plan-job' ? runner.plan : runner.execute),
    })),
  });
  compute.start();
  return () => !compute.isBusy;
}

function scriptStarted(handler: Handler): () => boolean {
  let isDone = false;
  const run = async (): Promise<void> => {
    const context = { region: regionId, credentials: localAccount };
    let report: { restarted: number };
    do report = JSON.parse(String(await handler(Buffer.from('{}'), context))) as typeof report;
    while (report.restarted > 0);
    isDone = true;
  };
  let failure: Error | undefined;
  run().catch((thrown: unknown) => {
    failure = new Error('The script failed', { cause: thrown });
  });
  return () => {
    if (failure !== undefined) throw failure;
    return isDone;
  };
}

/** The settings of the fixture, but for the local cloud, and with all events due and allowed at once. */
function environmentOf(spec: FunctionSpec | undefined, { cloud, events }: Track): Record<string, string> {
  return {
    ...spec?.environmentVariables,
    REGIONS: regionId,
    MAINTENANCE_WINDOWS: 'always',
    MAX_CONCURRENT_REBOOTS: String(events),
    ECS_ENDPOINT: cloud.ecs.endpoint,
    TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
    TABLESTORE_INSTANCE: cloud.tablestore.instance,
  };
}

function outcomeOf(
  { ecs: { core }, tablestore }: LocalCloud,
  events: number,
): Omit<RaceResult, 'seconds' | 'cpuSeconds'> {
  const over = core.events();
  const ecsCalls = core.record.calls();
  const byAction: Record<string, number> = {};
  for (const { action } of ecsCalls) byAction[action] = (byAction[action] ?? 0) + 1;
  if (over.length !== events) throw new Error(`${over.length} events in the end, expected ${events}`);
  return {
    avoided: over.filter(({ status }) => status === 'Avoided').length,
    rebootsAnInstance: rebootsPerInstance(core),
    virtualSeconds: (Math.max(...over.map(({ finishTime = Infinity }) => finishTime)) - start) / 1_000,
    otherEcsCalls: ecsCalls.length - (byAction['RebootInstance'] ?? 0),
    calls: { ...byAction, ...Object.fromEntries(tablestore.calls) },
  };
}
