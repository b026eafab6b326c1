// How many calls the built functions send over sockets. For N events of a region they may send ⌈N/100⌉ pages of events,
// ⌈N/100⌉ reads of instances, of their windows and of rows, and ⌈N/200⌉ writes, but no call per event.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { builtFunctions } from './bundles.ts';
import { addAffected } from './fleet.ts';

const start = Date.UTC(2026, 11, 1);
const region = 'cn-hangzhou';
const second = 1_000;

let clock: VirtualClock;
let cloud: LocalCloud;

beforeEach(async () => {
  clock = new VirtualClock(start);
  cloud = await startLocalCloud({ clock, seed: 1, ecsOptions: { avoidedAfterMs: 3_600 * second } });
  createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
});

afterEach(() => cloud.close());

function pass(ms: number): void {
  const end = clock.now() + ms;
  clock.after(ms, () => undefined);
  while (clock.now() < end) clock.step();
}

/** Invokes a function as Function Compute does. Returns its report and the calls that it sent. */
async function invoked(
  name: 'plan' | 'execute',
  settings: Record<string, string> = {},
  timeout = 120,
): Promise<{ report: Record<string, unknown>; calls: Record<string, number> }> {
  const before = callsSoFar();
  const activity = new Activity(cloud.parked);
  const handler = loadBundle(builtFunctions[name], {
    clock,
    activity,
    environment: {
      REGIONS: region,
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      MAINTENANCE_WINDOWS: 'always',
      MAX_CONCURRENT_REBOOTS: '1000',
      ...settings,
    },
  });
  const quiet = (): void => undefined;
  const context = {
    requestId: name,
    region,
    credentials: localAccount,
    function: { name, timeout },
    logger: { info: quiet, warn: quiet, error: quiet },
  };
  const progress = { isOver: false };
  const answer = handler(Buffer.from('{}'), context).finally(() => (progress.isOver = true));
  await activity.quiet();
  while (!progress.isOver) {
    clock.step();
    await activity.quiet();
  }
  const calls = Object.entries(callsSoFar()).map(
    ([call, count]) => [call, count - (before[call] ?? 0)] as const,
  );
  return {
    report: JSON.parse(String(await answer)) as Record<string, unknown>,
    calls: Object.fromEntries(calls.filter(([, count]) => count > 0)),
  };
}

function callsSoFar(): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(cloud.tablestore.calls);
  for (const { action } of cloud.ecs.core.record.calls()) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

describe('plan', () => {
  it.each([
    [1, { pages: 1, rows: 1, writes: { PutRow: 1 } }],
    [100, { pages: 1, rows: 1, writes: { BatchWriteRow: 1 } }],
    [101, { pages: 2, rows: 2, writes: { BatchWriteRow: 1 } }],
    // The 201st row is written alone.
    [201, { pages: 3, rows: 3, writes: { BatchWriteRow: 1, PutRow: 1 } }],
    [450, { pages: 5, rows: 5, writes: { BatchWriteRow: 3 } }],
  ])('sends no call per event, with %i new', async (events, { pages, rows, writes }) => {
    addAffected(cloud.ecs.core, [region], events, start);
    const { report, calls } = await invoked('plan');
    expect(report).toMatchObject({ events, created: events, problems: [] });
    expect(calls).toEqual({
      DescribeInstanceHistoryEvents: pages,
      DescribeInstances: pages,
      DescribeInstanceMaintenanceAttributes: pages,
      DescribePlanMaintenanceWindows: 1,
      // The unfinished rows, restarts without a proof, the regions with rows, and the history of all instances.
      GetRange: 5,
      BatchGetRow: rows,
      ...writes,
    });
  });

  it('reads the same for 450 events that are already planned, and writes nothing', async () => {
    addAffected(cloud.ecs.core, [region], 450, start);
    await invoked('plan');
    const written = cloud.tablestore.core.record.length;
    pass(900 * second);
    const { report, calls } = await invoked('plan');
    expect(report).toMatchObject({ events: 450, created: 0, updated: 0, unchanged: 450, problems: [] });
    expect(calls).toEqual({
      DescribeInstanceHistoryEvents: 5,
      DescribeInstances: 5,
      DescribeInstanceMaintenanceAttributes: 5,
      DescribePlanMaintenanceWindows: 1,
      // The unfinished rows, restarts without a proof, and the regions with rows: one read for the region, one for the rest.
      GetRange: 5,
      BatchGetRow: 5,
    });
    expect(cloud.tablestore.core.record).toHaveLength(written);
  });

  it('reads one page and four ranges in a region without events: unfinished rows, unproven restarts, stops, regions with rows', async () => {
    const { calls } = await invoked('plan');
    expect(calls).toEqual({ DescribeInstanceHistoryEvents: 1, GetRange: 4 });
  });
});

describe('execute', () => {
  it('reads what is due with one range per region, and what is stopped with one for all, and does not call ECS if nothing is due', async () => {
    addAffected(cloud.ecs.core, [region, 'cn-shanghai'], 250, start);
    const settings = { REGIONS: `${region},cn-shanghai`, MAINTENANCE_WINDOWS: 'daily 02:00-05:00' };
    await invoked('plan', settings);
    expect(await invoked('execute', settings)).toEqual({
      report: { due: 0, rebooted: 0, avoided: 0, waiting: 0, escalated: 0, problems: [] },
      calls: { GetRange: 3 },
    });
  });

  it('reads the events of all plans under way with one call per hundred and look, and nothing else', async () => {
    addAffected(cloud.ecs.core, [region], 250, start);
    await invoked('plan');
    const sent = await invoked('execute');
    expect(sent.report).toMatchObject({ due: 250, rebooted: 250, avoided: 0 });
    pass(60 * second);
    // It looks at once, then after 5, 15, 30 and 50 s.
    expect(await invoked('execute')).toEqual({
      report: { due: 250, rebooted: 0, avoided: 0, waiting: 250, escalated: 0, problems: [] },
      calls: { GetRange: 2, BatchGetRow: 3, DescribeInstanceHistoryEvents: 5 * 3 },
    });
  });
});
