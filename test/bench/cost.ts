// Computes what a month uses in one region with the timers of s.yaml, from the counts that the bench measures. Prices differ
// per region and change, so they stay variables for the reader.

/** Assumptions about the fleet. */
const fleet = {
  /** Events per month and instance. */
  eventShare: 0.03,
  /** How many hours an event stays open. */
  openHours: 36,
  /** The share of instances that have had an event, and so have a row. */
  rowShare: 0.5,
};

/** Invocations per month of 30 days. */
const ticks = { plan: 30 * 24 * 4, execute: 30 * 24 * 60 };

/** Measured by `npm run bench` and test/bench/calls.test.ts. For the seconds, ECS answers in 20 ms and Tablestore in 5 ms. */
const measured = {
  /** Capacity units per finished row in a scan: a row has 2.1 KB, and a unit is 4 KB. */
  scanUnitsPerRow: 2.1 / 4,
  planSeconds: 0.1,
  planSecondsPerEvent: 0.001,
  scanSecondsPerRow: 0.000_006,
  executeIdleSeconds: 0.07,
  /** One restart alone: facts (2), health before and after (2), looks (4), instance, RebootInstance. */
  ecsCallsPerRestart: 10,
  /** The writes: planned, claimed, intent, sent, copied to the history, first look, ended, copied there again. */
  writeUnitsPerRestart: 8,
  /** Among them one of the history, when the event is new. */
  readUnitsPerRestart: 11,
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
  const rows = instances * fleet.rowShare;
  // With less than one open event on average, most runs find none.
  const share = Math.min(1, open);
  const batches = Math.max(1, Math.ceil(open / 100));
  const planCalls = batches + share * (2 * batches + 1);
  const scanUnits = Math.max(1, rows * measured.scanUnitsPerRow);
  const planSeconds =
    measured.planSeconds + open * measured.planSecondsPerEvent + rows * measured.scanSecondsPerRow;
  const runs = ticks.plan + ticks.execute;
  const seconds =
    ticks.plan * planSeconds + ticks.execute * measured.executeIdleSeconds + events * measured.restartSeconds;
  return {
    instances,
    ecsCalls: ticks.plan * planCalls + events * measured.ecsCallsPerRestart,
    readUnits:
      ticks.plan * (scanUnits + open + measured.readUnitsOfRegions) +
      ticks.execute +
      runs * measured.readUnitsPerRun +
      events * measured.readUnitsPerRestart,
    writeUnits: events * measured.writeUnitsPerRestart + runs * measured.writeUnitsPerRun,
    gbSeconds: seconds * memoryGb,
    invocations: runs,
  };
}

/** The rows of the table in the README, in Markdown, with two significant digits because of the assumptions. */
export function costTable(): string[] {
  return [100, 10_000, 100_000].map((instances) => {
    const { ecsCalls, readUnits, writeUnits, gbSeconds, invocations } = monthlyUse(instances);
    const cells = [instances, ecsCalls, readUnits, writeUnits, gbSeconds, invocations].map(twoDigits);
    return `| ${cells.join(' | ')} |`;
  });
}

function twoDigits(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}
