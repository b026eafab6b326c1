// What loading costs: our bundles, and the complete official clients, each in a fresh Node process. They take turns, so that
// a busy moment of the machine affects all of them. The results are medians.
import { createRequire } from 'node:module';
import { statSync } from 'node:fs';
import { builtFunctions } from './bundles.ts';
import { load, type Load } from './child.ts';

/** The medians. */
export interface LoadResult {
  /** The time of the plan bundle divided by that of the official clients. */
  timeRatio: number;
  /** The same for resident memory, minus that of bare Node. */
  memoryRatio: number;
  bare: Load;
  official: Load;
  plan: Load;
  execute: Load;
  /** The sizes of the bundle files in MB. */
  bundleMb: { plan: number; execute: number };
}

/** Loads everything this number of times. */
export async function measureLoad(runs: number): Promise<LoadResult> {
  const { resolve } = createRequire(import.meta.url);
  const contestants = {
    bare: [],
    official: [resolve('@alicloud/ecs20140526'), resolve('tablestore')],
    plan: [builtFunctions.plan],
    execute: [builtFunctions.execute],
  };
  const measured = { bare: [] as Load[], official: [] as Load[], plan: [] as Load[], execute: [] as Load[] };
  for (let run = 0; run < runs; run += 1) {
    for (const name of ['bare', 'official', 'plan', 'execute'] as const) {
      measured[name].push(await load(contestants[name]));
    }
  }
  const [bare, official, plan, execute] = (['bare', 'official', 'plan', 'execute'] as const).map((name) => ({
    ms: median(measured[name].map(({ ms }) => ms)),
    residentMb: median(measured[name].map(({ residentMb }) => residentMb)),
  })) as [Load, Load, Load, Load];
  const sizeMb = (file: string): number => statSync(file).size / 1024 ** 2;
  return {
    timeRatio: plan.ms / official.ms,
    memoryRatio: (plan.residentMb - bare.residentMb) / (official.residentMb - bare.residentMb),
    bare,
    official,
    plan,
    execute,
    bundleMb: { plan: sizeMb(builtFunctions.plan), execute: sizeMb(builtFunctions.execute) },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
