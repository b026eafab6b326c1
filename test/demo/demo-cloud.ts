// The world that `npm start` plays: the local cloud in accelerated time, with the built functions and the settings of a project in it.
import { basename, resolve } from 'node:path';
import { VirtualClock } from '../cloud/clock.ts';
import { fraction } from '../cloud/ecs/core/chance.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { wayTo, type Way } from '../cloud/function-compute/dead-sockets.ts';
import { FunctionCompute, type InvocationRecord } from '../cloud/function-compute/function-compute.ts';
import { Instance, type DrawFreeze } from '../cloud/function-compute/instance.ts';
import { readProject, type FunctionSpec } from '../cloud/function-compute/project.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import type { Calendar } from '../../lib/plan/calendar/calendar.ts';
import { readRules } from '../../lib/settings/configuration.ts';
import type { Language } from '../../lib/wording/languages.ts';
import type { Limits } from '../observer/evidence.ts';
import { renewedSessions, type RoleOf } from '../roles.ts';
import { notifyOfDemo, openReceiver, type ToldDigest } from './receiver.ts';
import { createTables } from './tables.ts';

/** Tuesday 1 December 2026, 08:00 in Shanghai. The start is fixed so that two runs are the same. */
export const worldStart = Date.UTC(2026, 11, 1, 0, 0, 0);

/** The share of the ticks that Function Compute loses. */
const lostShare = 0.01;

/** The share of the moments at which the process of a function is frozen. */
const freezeShare = 0.01;

/** How many ticks were refused or lost, and how often a process was frozen at work. */
export interface Troubles {
  refused: number;
  lost: number;
  frozen: number;
}

/** A world in which time passes only by `step`. */
export interface DemoWorld {
  clock: VirtualClock;
  cloud: LocalCloud;
  plansTable: string;
  historyTable: string;
  /** The timers of plan that are switched on. */
  planTimers: readonly string[];
  /** Where the functions look for events. */
  regions: readonly [string, ...string[]];
  /** The zone of the windows. */
  timeZone: string;
  /** The windows and blackouts of the settings. */
  calendar: Calendar;
  /** How many instances may be down at once. */
  limits: Limits;
  /** All invocations that have ended. */
  invocations: InvocationRecord[];
  /** How often Function Compute was inconvenient so far. */
  troubles: () => Troubles;
  /** Warnings and errors that the functions logged. */
  warnings: string[];
  /** The digests that were sent so far. */
  told: readonly ToldDigest[];
  /** The digests of reviews. */
  reviews: readonly ToldDigest[];
  /** Invokes the review function, and lets time pass until it is done. */
  review: () => Promise<InvocationRecord>;
  /** Moves the clock to the next thing that happens. Returns the time. */
  step: () => Promise<number>;
  /** True while an invocation runs. */
  isBusy: () => boolean;
  close: () => Promise<void>;
}

/**
 * Sets up the world of a project. Nothing happens before the first step.
 * @param root the folder of the project, with the built functions
 * @param file s.yaml, or a file of settings, in that folder
 * @param language of rows and notices
 */
export async function openDemoWorld(
  root: string,
  file: string,
  seed: number,
  language: Language = 'en',
): Promise<DemoWorld> {
  const clock = new VirtualClock(worldStart);
  const cloud = await startLocalCloud({ clock, seed });
  const project = await readProject(resolve(root, file));
  const ways = new Map<string, Ways>();
  for (const { functionName } of project.values()) ways.set(functionName, await waysTo(cloud));
  const allWays = [...ways.values()].flatMap(({ ecs, tablestore }) => [ecs, tablestore]);
  const activity = new Activity(
    () => cloud.parked() + allWays.reduce((sum, way) => sum + way.unanswered(), 0),
  );
  const receiver = openReceiver();
  const invocations: InvocationRecord[] = [];
  const warnings: string[] = [];
  const functions = [...project.values()].map((spec) => {
    const instance = new Instance(clock, freezesOf(seed, spec));
    const { ecs, tablestore } = waysOf(ways, spec.functionName);
    const environment = {
      ...spec.environmentVariables,
      ECS_ENDPOINT: ecs.endpoint,
      TABLESTORE_ENDPOINT: tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      NOTIFY: notifyOfDemo,
      NOTIFY_LANGUAGE: language,
      LANGUAGE: language,
    };
    const bundle = resolve(root, spec.code, 'index.js');
    const surroundings = { clock, activity, instance, environment, fetch: receiver.fetch };
    // Each function has its role, with the rights that the README lists.
    const role = basename(spec.code) as RoleOf;
    const session = renewedSessions(cloud.ram.core, role, {
      instance: localAccount.instance,
      now: () => clock.now(),
    });
    const handler = loadBundle(bundle, surroundings);
    return {
      spec,
      instance,
      // Asked for at each invocation.
      get credentials() {
        return session();
      },
      handler,
    };
  });
  const compute = new FunctionCompute({
    clock,
    accountId: localAccount.accountId,
    credentials: {},
    seed,
    lostShare,
    functions,
    onLog: (name, level, line) => {
      if (level !== 'info') warnings.push(`${name}: ${line}`);
    },
    onInvoked: (invocation) => {
      invocations.push(invocation);
      // The instance is frozen until its next invocation. Sockets that it left open die meanwhile.
      const { ecs, tablestore } = waysOf(ways, invocation.functionName);
      ecs.killAll();
      tablestore.killAll();
    },
  });
  const environment = functions[0]?.spec.environmentVariables ?? {};
  const plansTable = environment['PLANS_TABLE'] ?? 'reboot_plans';
  const historyTable = environment['HISTORY_TABLE'] ?? 'reboot_plan_history';
  await createTables(cloud, { plans: plansTable, history: historyTable });
  compute.start();
  const step = async (): Promise<number> => {
    clock.step();
    await activity.quiet();
    return clock.now();
  };
  return {
    clock,
    cloud,
    plansTable,
    historyTable,
    planTimers: (project.get('plan-job')?.triggers ?? [])
      .filter(({ triggerConfig }) => triggerConfig.enable)
      .map(({ triggerConfig }) => triggerConfig.cronExpression),
    regions: regionsOf(environment, functions[0]?.spec.region ?? 'cn-hangzhou'),
    timeZone: environment['TIME_ZONE'] ?? 'Asia/Shanghai',
    calendar: readRules(environment).calendar,
    limits: {
      region: Number(environment['MAX_CONCURRENT_REBOOTS']),
      group: Number(environment['GROUP_LIMIT']),
    },
    invocations,
    troubles: () => ({
      refused: compute.refused,
      lost: compute.lost,
      frozen: functions.reduce((sum, { instance }) => sum + instance.freezes, 0),
    }),
    warnings,
    told: receiver.told,
    reviews: receiver.reviews,
    step,
    review: async () => {
      const functionName = project.get('review-job')?.functionName ?? 'review-job';
      const ofReview = (): InvocationRecord[] =>
        invocations.filter((one) => one.functionName === functionName);
      const before = ofReview().length;
      const done = compute.invoke(functionName);
      await activity.quiet();
      while (ofReview().length === before) await step();
      await done;
      const ended = ofReview().at(-1);
      if (ended === undefined) throw new Error('the review did not end');
      return ended;
    },
    isBusy: () => compute.isBusy,
    close: async () => {
      compute.stop();
      await Promise.all(allWays.map((way) => way.close()));
      await cloud.close();
    },
  };
}

/** Without REGIONS the functions look in their own region. */
function regionsOf(
  { REGIONS: written = '' }: Readonly<Record<string, string>>,
  own: string,
): DemoWorld['regions'] {
  const [first = own, ...others] = written.split(',').flatMap((region) => region.trim() || []);
  return [first, ...others];
}

/** The connections of one function. */
interface Ways {
  ecs: Way;
  tablestore: Way;
}

async function waysTo(cloud: LocalCloud): Promise<Ways> {
  return { ecs: await wayTo(cloud.ecs.endpoint), tablestore: await wayTo(cloud.tablestore.endpoint) };
}

function waysOf(ways: ReadonlyMap<string, Ways>, functionName: string): Ways {
  const found = ways.get(functionName);
  if (found === undefined) throw new Error(`there is no function ${functionName}`);
  return found;
}

/**
 * Freezes the function's process now and then before a step, for 1 to 20 s. Steps of the same moment are frozen together,
 * because their order depends on the machine.
 */
function freezesOf(seed: number, { functionName }: FunctionSpec): DrawFreeze {
  return (now) => {
    const name = `${seed} ${functionName} ${now}`;
    if (fraction(`freeze ${name}`) >= freezeShare) return 0;
    return 1_000 + Math.floor(fraction(`frozen ${name}`) * 19_000);
  };
}
