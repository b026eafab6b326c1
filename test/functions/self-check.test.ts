// The self-check of the built functions: `{"check":true}` asks everything that the job needs, and changes nothing.
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { createTablesIn } from '../in-process/tables.ts';

const names = ['plan', 'execute', 'review'] as const;
type Name = (typeof names)[number];
const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' };
const checkEvent = '{"check":true}';

async function localCloud({ withTables = true } = {}): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  if (withTables) createTablesIn(cloud.tablestore.core, tables);
  return cloud;
}

interface Call {
  event?: string;
  environment?: Record<string, string>;
  credentials?: object;
  timeout?: number;
}

async function invoke(
  cloud: LocalCloud,
  name: Name,
  { event = checkEvent, environment = {}, credentials = localAccount, timeout = 120 }: Call = {},
): Promise<unknown> {
  const handler = loadBundle(resolve(`dist/${name}/index.js`), {
    clock: realClock,
    activity: new Activity(cloud.parked),
    environment: {
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      STS_ENDPOINT: cloud.sts.endpoint,
      ...environment,
    },
  });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const context = {
    requestId: 'r-1',
    region: 'cn-hangzhou',
    credentials,
    function: { name: `planner-${name}`, timeout },
    logger,
  };
  return JSON.parse(String(await handler(Buffer.from(event), context)));
}

describe.each(names)('the self-check of %s', (name) => {
  it('is well where every right is there, and changes nothing', async () => {
    const cloud = await localCloud();
    cloud.ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    expect(await invoke(cloud, name)).toEqual({ check: { ok: true, faults: [], notChecked: [] } });
    expect(cloud.ecs.core.instances().map(({ status, restarts }) => [status, restarts.api])).toEqual([
      ['Running', 0],
    ]);
    const rows = Object.values(tables).map((tableName) => rowsIn(cloud, tableName));
    expect(rows).toEqual([0, 0]);
    const writes = ['PutRow', 'UpdateRow', 'BatchWriteRow'].map((one) => cloud.tablestore.calls.get(one));
    // Review writes only to the history, and only in batches.
    expect(writes).toEqual(name === 'review' ? [undefined, undefined, 1] : [2, 2, 2]);
  });

  it('says what to do where there are no tables, once for each that it uses', async () => {
    const cloud = await localCloud({ withTables: false });
    cloud.ecs.core.addInstance({ regionId: 'cn-hangzhou' });
    const { check } = (await invoke(cloud, name)) as { check: { ok: boolean; faults: { mend: string }[] } };
    expect(check.ok).toBe(false);
    const missing = check.faults.map(
      ({ mend }) => /Run `npm run setup`.* no table or index (\w+) /.exec(mend)?.[1],
    );
    // Plan does not read the index.
    const index = name === 'execute' ? ['reboot_plans_due'] : [];
    expect([...new Set(missing)].sort()).toEqual(['reboot_plan_history', 'reboot_plans', ...index].sort());
  });

  it('names a setting that cannot be read', async () => {
    const cloud = await localCloud();
    expect(await invoke(cloud, name, { environment: { SLOT: 'long' } })).toEqual({
      check: {
        ok: false,
        faults: [
          {
            problem: expect.stringMatching(/^SLOT is "long", expected /) as string,
            mend: 'Correct it in your settings: `npm run settings` names the place. Then deploy again.',
          },
        ],
        notChecked: [],
      },
    });
  });

  it('says that the function has no role', async () => {
    const cloud = await localCloud();
    expect(await invoke(cloud, name, { credentials: {} })).toMatchObject({
      check: { ok: false, faults: [{ problem: expect.stringContaining(`planner-${name}`) as string }] },
    });
  });

  it('says once that an endpoint cannot be reached, and what to look at', async () => {
    const cloud = await localCloud();
    const answer = (await invoke(cloud, name, { environment: { ECS_ENDPOINT: 'http://127.0.0.1:9' } })) as {
      check: { ok: boolean; faults: object[] };
    };
    expect(answer.check.ok).toBe(false);
    expect(answer.check.faults).toEqual([
      {
        problem: expect.stringContaining('ECONNREFUSED') as string,
        mend: 'Check ECS_ENDPOINT, and that the function reaches it: internetAccess or vpcConfig in s.yaml.',
      },
    ]);
  });

  it.each([
    '{"triggerTime":"2026-12-01T00:00:00Z","triggerName":"plan-timer","payload":"{\\"check\\":true}"}',
    '{}',
    'check',
    '"check"',
    'null',
    '[{"check":true}]',
  ])('is not asked for by the event %s', async (event) => {
    const cloud = await localCloud();
    expect(await invoke(cloud, name, { event })).not.toHaveProperty('check');
  });

  it('does no run of the job where somebody wrote the value otherwise', async () => {
    const cloud = await localCloud();
    cloud.ecs.core.addInstance({ regionId: 'cn-hangzhou' });
    for (const event of ['{"check":"true"}', '{"check":1}', '{"check":null}'])
      expect(await invoke(cloud, name, { event })).toHaveProperty('check.ok', true);
  });
});

describe('the self-check of execute', () => {
  it('is not well where no instance runs: a dry run needs one', async () => {
    const cloud = await localCloud();
    cloud.ecs.core.addInstance({ regionId: 'cn-hangzhou', status: 'Stopped' });
    expect(await invoke(cloud, 'execute')).toEqual({
      check: {
        ok: false,
        faults: [],
        notChecked: [
          {
            permission: 'ecs:RebootInstance',
            why: 'No instance in cn-hangzhou is Running, and a dry run of RebootInstance needs one.',
          },
        ],
      },
    });
  });

  it('refuses a timeout that the job would refuse', async () => {
    const cloud = await localCloud();
    expect(await invoke(cloud, 'execute', { timeout: 3 })).toMatchObject({
      check: { ok: false, faults: [{ problem: expect.stringContaining('timeout') as string }] },
    });
  });
});

function rowsIn({ tablestore }: LocalCloud, tableName: string): number {
  const { schema } = tablestore.core.describeTable({ tableName });
  const all = (value: string): { name: string; value: string }[] =>
    schema.primaryKey.map(({ name }) => ({ name, value }));
  const range = { tableName, direction: 'FORWARD', start: all(''), end: all('~'), maxVersions: 1 } as const;
  return tablestore.core.getRange(range).rows.length;
}
