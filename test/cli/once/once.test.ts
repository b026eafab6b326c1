// `npm run once` as people run it: as a separate process, against a local cloud, beside nothing and beside another run.
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTables } from '../../demo/tables.ts';

const regionId = 'cn-hangzhou';
let cloud: LocalCloud;
let environment: Record<string, string>;

beforeAll(async () => {
  cloud = await startLocalCloud({
    clock: realClock,
    seed: 1,
    ecsOptions: { stopMs: 100, startMs: 100, avoidedAfterMs: 100 },
  });
  await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  environment = {
    ...{ ECS_ENDPOINT: cloud.ecs.endpoint, REGIONS: regionId, MAINTENANCE_WINDOWS: 'always' },
    ...{ TABLESTORE_ENDPOINT: cloud.tablestore.endpoint, TABLESTORE_INSTANCE: cloud.tablestore.instance },
    ...{ SLOT: '1m', SAFETY_MARGIN: '1m', LAST_RESORT_LEAD: '5m' },
    ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
  };
});

afterAll(() => cloud.close());

function once(
  args: readonly string[],
  other: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const command = ['--disable-warning=DEP0005', '--import', 'tsx', 'lib/cli/once.ts', ...args];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      command,
      { env: { PATH, HOME, ...environment, ...other } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** When the instances were started. An instance that was started just now waits: its start may have answered the event. */
const longAgo = Date.now() - 30 * 24 * 3_600_000;

it(
  'plans and executes like the functions, and two runs at once restart each instance once',
  { timeout: 90_000 },
  async () => {
    for (const name of ['one', 'two']) {
      cloud.ecs.core.addInstance({ id: `i-${name}`, name, regionId, startTime: longAgo });
      cloud.ecs.core.addEvent({
        id: `e-${name}`,
        instanceId: `i-${name}`,
        notBefore: Date.now() + 3_600_000,
      });
    }
    const planned = await once(['plan']);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(planned.stdout)).toMatchObject({ events: 2, created: 2, problems: [] });

    const runs = await Promise.all([once(['execute', '--yes']), once(['execute', '--yes', '-o', 'json'])]);
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    const reports = runs.map(({ stdout }) => JSON.parse(stdout) as { rebooted: number });
    expect(reports.reduce((sum, { rebooted }) => sum + rebooted, 0)).toBe(2);
    expect(cloud.ecs.core.instances().map(({ restarts }) => restarts.api)).toEqual([1, 1]);
  },
);

it(
  'exits with 1 where there are problems, which stand on stderr and in the answer',
  { timeout: 60_000 },
  async () => {
    const tags = { 'reboot-planner:window': 'at night' };
    cloud.ecs.core.addInstance({ id: 'i-odd', name: 'odd', regionId, tags, startTime: longAgo });
    cloud.ecs.core.addEvent({ id: 'e-odd', instanceId: 'i-odd', notBefore: Date.now() + 3_600_000 });
    const ran = await once(['plan']);
    expect(ran.code).toBe(1);
    const { problems } = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as {
      problems: { problem: string }[];
    };
    expect(problems.length).toBeGreaterThan(0);
    expect(ran.stderr).toBe(problems.map(({ problem }) => `${problem}\n`).join(''));
  },
);

it(
  'restarts nothing where nobody can be asked, and refuses wrong calls and settings: exit code 2',
  { timeout: 60_000 },
  async () => {
    const calls = [
      [['execute'], {}, 'Give --yes.'],
      [['reboot'], {}, 'Allowed choices are plan, execute, review.'],
      [[], {}, "missing required argument 'function'"],
      [['plan', 'execute'], {}, 'too many arguments'],
      [['plan', '--jsn'], {}, "unknown option '--jsn'"],
      [['plan'], { SLOT: '15' }, 'SLOT is "15"'],
    ] as const;
    const before =
      cloud.tablestore.calls.size === 0 ? 0 : [...cloud.tablestore.calls.values()].reduce((a, b) => a + b);
    await Promise.all(
      calls.map(async ([args, other, message]) => {
        const { code, stdout, stderr } = await once(args, other);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
        expect(stderr).toContain(message);
      }),
    );
    expect([...cloud.tablestore.calls.values()].reduce((a, b) => a + b, 0)).toBe(before);
  },
);
