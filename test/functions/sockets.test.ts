// Sockets of the built functions. An instance is frozen between two invocations, and its idle sockets may die meanwhile
// without a FIN. What is sent on such a socket is lost.
import { Agent } from 'node:http';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../cloud/clock.ts';
import { addFleet } from '../cloud/fleet.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { wayTo, type Way } from '../cloud/function-compute/dead-sockets.ts';
import { loadBundle, type Handler } from '../cloud/function-compute/sandbox.ts';
import { rpcClient } from '../cloud/ecs/wire/rpc-client.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { send, signed } from '../cloud/tablestore/testing/raw.ts';
import { createTablesIn } from '../in-process/tables.ts';

const start = Date.UTC(2026, 11, 1);
const region = 'cn-hangzhou';
const hour = 3_600_000;

interface Report {
  due: number;
  rebooted: number;
  avoided: number;
  problems: unknown[];
}

interface World {
  cloud: LocalCloud;
  clock: VirtualClock;
  ecs: Way;
  tablestore: Way;
  /** Adds ten instances with an event each, and plans them: they are due at once. */
  tenDue: () => Promise<void>;
  /** Invokes execute, always in the same process. `onStep` is called after each move of the clock. */
  execute: (onStep?: () => void) => Promise<Report>;
}

/** Both services answer after some time, so that calls that are sent together need a connection each. */
async function world(): Promise<World> {
  const clock = new VirtualClock(start);
  const cloud = await startLocalCloud({ clock, seed: 1, latencyMs: { ecs: 100, tablestore: 10 } });
  createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  const [ecs, tablestore] = [await wayTo(cloud.ecs.endpoint), await wayTo(cloud.tablestore.endpoint)];
  onTestFinished(async () => {
    await Promise.all([ecs.close(), tablestore.close()]);
    await cloud.close();
  });
  const activity = new Activity(() => cloud.parked() + ecs.unanswered() + tablestore.unanswered());
  const load = (file: string): Handler =>
    loadBundle(resolve(file), {
      clock,
      activity,
      environment: {
        REGIONS: region,
        ECS_ENDPOINT: ecs.endpoint,
        TABLESTORE_ENDPOINT: tablestore.endpoint,
        TABLESTORE_INSTANCE: cloud.tablestore.instance,
        MAINTENANCE_WINDOWS: 'always',
        MAX_CONCURRENT_REBOOTS: '1000',
      },
    });
  const invoke = async (handler: Handler, onStep: () => void = () => undefined): Promise<Report> => {
    const quiet = (): void => undefined;
    const answer = handler(Buffer.from('{}'), {
      requestId: 'r',
      region,
      credentials: localAccount,
      function: { name: 'f', timeout: 120 },
      logger: { info: quiet, warn: quiet, error: quiet },
    });
    const progress = { isOver: false };
    const ended = answer.finally(() => (progress.isOver = true));
    await activity.quiet();
    while (!progress.isOver) {
      clock.step();
      onStep();
      await activity.quiet();
    }
    return JSON.parse(String(await ended)) as Report;
  };
  const [plan, execute] = [load('dist/plan/index.js'), load('dist/execute/index.js')];
  let added = 0;
  return {
    cloud,
    clock,
    ecs,
    tablestore,
    tenDue: async () => {
      added += 1;
      addFleet(cloud.ecs.core, {
        seed: added,
        regions: [region],
        instances: 10,
        events: 10,
        start: clock.now(),
        publishedWithinMs: 0,
        notBeforeInMs: [24 * hour, 48 * hour],
      });
      expect(await invoke(plan)).toMatchObject({ problems: [] });
    },
    execute: (onStep) => invoke(execute, onStep),
  };
}

describe('an execute tick', () => {
  it('leaves no socket open at its end, to neither service', async () => {
    const { ecs, tablestore, tenDue, execute } = await world();
    await tenDue();
    let most = 0;
    await execute(() => (most = Math.max(most, tablestore.open())));
    expect(most).toBeGreaterThanOrEqual(10);
    await expect.poll(() => [ecs.open(), tablestore.open()]).toEqual([0, 0]);
  });

  it('does all its work after ten sockets to each service died, and no RebootInstance is lost', async () => {
    const { cloud, ecs, tablestore, tenDue, execute } = await world();
    await tenDue();
    const most = { ecs: 0, tablestore: 0 };
    expect(
      await execute(() => {
        most.ecs = Math.max(most.ecs, ecs.open());
        most.tablestore = Math.max(most.tablestore, tablestore.open());
      }),
    ).toMatchObject({ due: 10, rebooted: 10, avoided: 10, problems: [] });
    // Ten restarts were sent at the same time, so that each service had ten sockets that could have been kept.
    expect(most.ecs).toBeGreaterThanOrEqual(10);
    expect(most.tablestore).toBeGreaterThanOrEqual(10);
    await tenDue();
    ecs.killAll();
    tablestore.killAll();
    expect(await execute()).toMatchObject({ due: 10, rebooted: 10, avoided: 10, problems: [] });
    expect([ecs.unanswered(), tablestore.unanswered()]).toEqual([0, 0]);
    const reboots = cloud.ecs.core.record.calls('RebootInstance');
    expect(reboots).toHaveLength(20);
    expect(reboots.filter(({ outcome }) => outcome !== 'OK')).toEqual([]);
  });

  it('sends no RebootInstance on a socket that was open before', async () => {
    const { cloud, ecs, tenDue, execute } = await world();
    await tenDue();
    const before = ecs.opened();
    await execute();
    // One connection for each call.
    expect(ecs.opened() - before).toBe(cloud.ecs.core.record.calls().length - planCalls);
  });

  it('goes on if its idle sockets die in the middle of the invocation', async () => {
    const { cloud, ecs, tablestore, tenDue, execute } = await world();
    await tenDue();
    let killed = 0;
    const report = await execute(() => {
      const isSent = cloud.ecs.core.record.calls('RebootInstance').length === 10;
      if (!isSent || killed > 0 || ecs.open() > 0) return;
      killed = tablestore.killAll();
    });
    expect(killed).toBeGreaterThanOrEqual(1);
    expect(report).toMatchObject({ due: 10, rebooted: 10, avoided: 10, problems: [] });
  });
});

describe('a client that keeps its connections (control)', () => {
  it('loses every call that it sends on a connection that died, to both services', async () => {
    const { cloud, clock, ecs, tablestore, tenDue } = await world();
    await tenDue();
    const { accessKeyId: id, accessKeySecret: secret, instance } = localAccount;
    const agent = new Agent({ keepAlive: true });
    const callEcs = rpcClient(ecs.endpoint, () => clock.now(), { id, secret, agent });
    const ofAccount = { 'x-ots-accesskeyid': id, 'x-ots-instancename': instance };
    const listTables = () =>
      send(tablestore.endpoint, signed('ListTable', Buffer.alloc(0), ofAccount, secret), agent);
    const instanceIds = cloud.ecs.core.instances().map((one) => one.id);

    const before = Promise.all(instanceIds.flatMap(() => [callEcs('DescribeRegions', {}), listTables()]));
    await expect.poll(() => cloud.parked()).toBe(20);
    while (cloud.parked() > 0) clock.step();
    expect((await before).map(({ status }) => status)).toEqual(Array<number>(20).fill(200));

    expect([ecs.killAll(), tablestore.killAll()]).toEqual([10, 10]);
    const after = Promise.allSettled(
      instanceIds.flatMap((InstanceId) => [callEcs('RebootInstance', { InstanceId }), listTables()]),
    );
    await expect.poll(() => [ecs.unanswered(), tablestore.unanswered()]).toEqual([10, 10]);
    expect(cloud.ecs.core.record.calls('RebootInstance')).toEqual([]);
    expect(cloud.tablestore.calls.get('ListTable')).toBe(10);
    // The callers wait until somebody gives up.
    agent.destroy();
    expect((await after).map(({ status }) => status)).toEqual(Array<string>(20).fill('rejected'));
  });
});

/** Plan reads the events, the instances, their windows and the O&M windows. */
const planCalls = 4;
