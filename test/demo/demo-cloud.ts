// The world that `npm start` plays: the local cloud in accelerated time, with the built functions of s.yaml in it.
import { resolve } from 'node:path';
import { VirtualClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { FunctionCompute, type InvocationRecord } from '../cloud/function-compute/function-compute.ts';
import { readProject } from '../cloud/function-compute/project.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import type { Limits } from '../observer/evidence.ts';
import { createTables } from './tables.ts';

/** Tuesday 1 December 2026, 08:00 in Shanghai. The start is fixed so that two runs are the same. */
export const worldStart = Date.UTC(2026, 11, 1, 0, 0, 0);

/** A world in which time passes only by `step`. */
export interface DemoWorld {
  clock: VirtualClock;
  cloud: LocalCloud;
  plansTable: string;
  historyTable: string;
  /** The zone of the windows. */
  timeZone: string;
  /** How many instances may be down at once. */
  limits: Limits;
  /** All invocations that have ended. */
  invocations: InvocationRecord[];
  /** Warnings and errors that the functions logged. */
  warnings: string[];
  /** Moves the clock to the next thing that happens. Returns the time. */
  step: () => Promise<number>;
  /** True while an invocation runs. */
  isBusy: () => boolean;
  close: () => Promise<void>;
}

/** Sets up the world of the project in the folder `root`. Nothing happens before the first step. */
export async function openDemoWorld(root: string, seed: number): Promise<DemoWorld> {
  const clock = new VirtualClock(worldStart);
  const cloud = await startLocalCloud({ clock, seed });
  const project = await readProject(resolve(root, 's.yaml'));
  const activity = new Activity(cloud.parked);
  const invocations: InvocationRecord[] = [];
  const warnings: string[] = [];
  const functions = [...project.values()].map((spec) => ({
    spec,
    handler: loadBundle(resolve(root, spec.code, 'index.js'), {
      clock,
      activity,
      environment: {
        ...spec.environmentVariables,
        ECS_ENDPOINT: cloud.ecs.endpoint,
        TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
        TABLESTORE_INSTANCE: cloud.tablestore.instance,
      },
    }),
  }));
  const compute = new FunctionCompute({
    clock,
    accountId: localAccount.accountId,
    credentials: { accessKeyId: localAccount.accessKeyId, accessKeySecret: localAccount.accessKeySecret },
    functions,
    onLog: (name, level, line) => {
      if (level !== 'info') warnings.push(`${name}: ${line}`);
    },
    onInvoked: (invocation) => invocations.push(invocation),
  });
  const environment = functions[0]?.spec.environmentVariables ?? {};
  const plansTable = environment['PLANS_TABLE'] ?? 'reboot_plans';
  const historyTable = environment['HISTORY_TABLE'] ?? 'reboot_plan_history';
  await createTables(cloud, { plans: plansTable, history: historyTable });
  compute.start();
  return {
    clock,
    cloud,
    plansTable,
    historyTable,
    timeZone: environment['TIME_ZONE'] ?? 'Asia/Shanghai',
    limits: {
      region: Number(environment['MAX_CONCURRENT_REBOOTS']),
      group: Number(environment['GROUP_LIMIT']),
    },
    invocations,
    warnings,
    step: async () => {
      clock.step();
      await activity.quiet();
      return clock.now();
    },
    isBusy: () => compute.isBusy,
    close: async () => {
      compute.stop();
      await cloud.close();
    },
  };
}
