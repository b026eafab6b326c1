// Computes what a month uses and costs in one region with the timers of s.yaml, from the counts that the bench measures.

/** Assumptions about the fleet. */
const fleet = {
  /** Events per month and instance. */
  eventShare: 0.03,
  /** How many hours an event stays open. */
  openHours: 36,
  /** How many days the row of a finished plan stays: KEEP_FINISHED. */
  keptDays: 7,
  /** How many months of finished plans and events are in the history: KEEP_HISTORY. */
  historyMonths: 12,
};

/** Invocations per month of 30 days. */
const ticks = { plan: 30 * 24 * 4, execute: 30 * 24 * 60, review: 4 };

/** Measured by `npm run bench` and test/bench/calls.test.ts. For the seconds, ECS answers in 20 ms and Tablestore in 5 ms. */
const measured = {
  /** Capacity units per finished row in a scan: a row has 2.3 KB, and a unit is 4 KB. */
  scanUnitsPerRow: 2.3 / 4,
  planSeconds: 0.1,
  planSecondsPerEvent: 0.001,
  scanSecondsPerRow: 0.000_006,
  executeIdleSeconds: 0.07,
  /** One restart alone: facts (2), health before and after (2), looks (4), instance, RebootInstance. */
  ecsCallsPerRestart: 10,
  /**
   * The writes: planned, claimed, intent, sent, first look, ended; copied to the history with the intent, once sent, and ended. Two
   * more as its row leaves, and one to keep its event.
   */
  writeUnitsPerRestart: 12,
  /** Among them one of the history, when the event is new, and two as its row leaves. */
  readUnitsPerRestart: 13,
  /** Per run of plan: which regions have rows. */
  readUnitsOfRegions: 2,
  /** Per run of a function: what is stopped, and whether the other function runs. */
  readUnitsPerRun: 2,
  /** Per run of a function: its end is recorded. */
  writeUnitsPerRun: 1,
  restartSeconds: 50.6,
};

/** The memory of the functions in s.yaml. */
const memoryGb = 0.25;

/**
 * List prices in CNY. Function Compute: help.aliyun.com/zh/functioncompute, "按量付费", 2025-12: one unit, CU, for all that is used,
 * and at least 0.01 for an hour with an invocation. Tablestore: help.aliyun.com/zh/tablestore, "CU模式", 2026-01, Hangzhou,
 * high-performance instance.
 */
const prices = {
  cuPerVcpuSecond: 1,
  cuPerGbSecond: 0.15,
  cuPerInvocation: 0.0075,
  perCu: 0.000_11,
  leastPerHour: 0.01,
  perReadUnit: 0.01 / 10_000,
};

/** Of a month of 30 days. */
const hours = 720;

/** s.yaml gives 0.25 vCPU and 0.25 GB. */
const vcpuPerGb = 1;

/** The use of one month. */
export interface MonthlyUse {
  instances: number;
  ecsCalls: number;
  readUnits: number;
  writeUnits: number;
  gbSeconds: number;
  invocations: number;
}

/** Computes the use of a fleet. It assumes that restarts come one at a time, which costs the most. */
export function monthlyUse(instances: number): MonthlyUse {
  const events = instances * fleet.eventShare;
  const open = (events * fleet.openHours) / (30 * 24);
  // What has left is in the history, which no run of plan or execute scans.
  const rows = open + (events * fleet.keptDays) / 30;
  const past = events * fleet.historyMonths;
  // With less than one open event on average, most runs find none.
  const share = Math.min(1, open);
  const batches = Math.max(1, Math.ceil(open / 100));
  const planCalls = batches + share * (2 * batches + 1);
  const scanUnits = Math.max(1, rows * measured.scanUnitsPerRow);
  const planSeconds =
    measured.planSeconds + open * measured.planSecondsPerEvent + rows * measured.scanSecondsPerRow;
  const runs = ticks.plan + ticks.execute;
  // A review scans both tables. The seconds of four runs a month do not show.
  const reviewUnits = (rows + past) * measured.scanUnitsPerRow;
  const seconds =
    ticks.plan * planSeconds + ticks.execute * measured.executeIdleSeconds + events * measured.restartSeconds;
  return {
    instances,
    ecsCalls: ticks.plan * planCalls + events * measured.ecsCallsPerRestart,
    readUnits:
      ticks.plan * (scanUnits + open + measured.readUnitsOfRegions) +
      ticks.execute +
      runs * measured.readUnitsPerRun +
      events * measured.readUnitsPerRestart +
      ticks.review * reviewUnits,
    writeUnits: events * measured.writeUnitsPerRestart + runs * measured.writeUnitsPerRun,
    gbSeconds: seconds * memoryGb,
    invocations: runs,
  };
}

/** What a month costs, in CNY. */
export interface MonthlyCost {
  /** The functions by what they use alone. */
  byUse: number;
  /** The functions with the least price of each hour: in sum over the account, and for each of two functions. */
  least: readonly [inSum: number, each: number];
  reads: number;
}

/** The cost of this use. Writes have a price that the list does not show, and are left out. */
export function monthlyCost({ gbSeconds, invocations, readUnits }: MonthlyUse): MonthlyCost {
  const perGbSecond = prices.cuPerGbSecond + vcpuPerGb * prices.cuPerVcpuSecond;
  const byUse = (gbSeconds * perGbSecond + invocations * prices.cuPerInvocation) * prices.perCu;
  const least = (functions: number): number => Math.max(byUse, functions * hours * prices.leastPerHour);
  return { byUse, least: [least(1), least(2)], reads: readUnits * prices.perReadUnit };
}

const fleets = [100, 10_000, 100_000];

/**
 * The rows of the table in the README, in Markdown, with two significant digits because of the assumptions. `to`: the word of the
 * language.
 */
export function costTable(to: string): string[] {
  return fleets.map((instances) => {
    const use = monthlyUse(instances);
    const { ecsCalls, readUnits, writeUnits, gbSeconds, invocations } = use;
    const { least, reads } = monthlyCost(use);
    const cells = [instances, ecsCalls, readUnits, writeUnits, gbSeconds, invocations].map(twoDigits);
    const money = [least.map(inCny).join(` ${to} `), inCny(Number(reads.toPrecision(2)))];
    return `| ${[...cells, ...money].join(' | ')} |`;
  });
}

/** What the functions of each fleet cost by their use alone. */
export function costsByUse(): string[] {
  return fleets.map((instances) => inCny(monthlyCost(monthlyUse(instances)).byUse));
}

function inCny(amount: number): string {
  return amount.toFixed(2);
}

function twoDigits(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}
