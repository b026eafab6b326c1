// What a month costs on paper, for one region with the timers of s.yaml: how much is used, by the counts that the bench
// measures. Prices differ by region and change; they are left to the reader as variables.

/** Assumptions about the fleet. */
const fleet = {
  /** Events a month, of all instances. */
  eventShare: 0.03,
  /** How long an event is open, in hours. */
  openHours: 36,
  /** Instances that had an event at some time, and so have a row. */
  rowShare: 0.5,
};

/** Invocations in a month of 30 days. */
const ticks = { plan: 30 * 24 * 4, execute: 30 * 24 * 60 };

/** Measured by `npm run bench` and test/bench/calls.test.ts; seconds with ECS answering in 20 ms, Tablestore in 5 ms. */
const measured = {
  /** Of a finished row, in capacity units when a range is scanned: 1.3 KB of 4. */
  scanUnitsARow: 1.3 / 4,
  planSeconds: 0.1,
  planSecondsAnEvent: 0.001,
  scanSecondsARow: 0.000_006,
  executeIdleSeconds: 0.07,
  /** A restart by itself: facts (2), looks (4), instance, health, RebootInstance. */
  ecsCallsARestart: 9,
  /** Planned, claimed, intended, sent, looked at, ended, moved to the history. */
  writeUnitsARestart: 7,
  readUnitsARestart: 10,
  restartSeconds: 50.6,
};

/** As in s.yaml. */
const memoryGb = 0.25;

/** What is used in a month. */
export interface MonthlyUse {
  instances: number;
  ecsCalls: number;
  readUnits: number;
  writeUnits: number;
  gbSeconds: number;
  invocations: number;
}

/** For a fleet of so many instances; restarts are taken to come one at a time, which costs the most. */
export function monthlyUse(instances: number): MonthlyUse {
  const events = instances * fleet.eventShare;
  const open = (events * fleet.openHours) / (30 * 24);
  const rows = instances * fleet.rowShare;
  // Below one open event on average, most ticks find none.
  const share = Math.min(1, open);
  const batches = Math.max(1, Math.ceil(open / 100));
  const planCalls = batches + share * (2 * batches + 1);
  const scanUnits = Math.max(1, rows * measured.scanUnitsARow);
  const planSeconds =
    measured.planSeconds + open * measured.planSecondsAnEvent + rows * measured.scanSecondsARow;
  const seconds =
    ticks.plan * planSeconds + ticks.execute * measured.executeIdleSeconds + events * measured.restartSeconds;
  return {
    instances,
    ecsCalls: ticks.plan * planCalls + events * measured.ecsCallsARestart,
    readUnits: ticks.plan * (scanUnits + open) + ticks.execute + events * measured.readUnitsARestart,
    writeUnits: events * measured.writeUnitsARestart,
    gbSeconds: seconds * memoryGb,
    invocations: ticks.plan + ticks.execute,
  };
}

/** The table as it stands in the README, in Markdown: two digits that count, since assumptions go in. */
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
