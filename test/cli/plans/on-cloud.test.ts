// The commands over sockets: the real SDKs, STS among them, and the handlers of both functions on a local cloud in real time.
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addOperatorCommands } from '../../../lib/cli/plans/commands.ts';
import { openAccount } from '../../../lib/cli/plans/open-account.ts';
import { helpWords } from '../../../lib/cli/plans/words/help.ts';
import { systemClock } from '../../../lib/runtime/clock.ts';
import { handler as execute } from '../../../functions/execute.ts';
import { handler as plan } from '../../../functions/plan.ts';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTables } from '../../demo/tables.ts';

const regionId = 'cn-hangzhou';
const fleet = ['approved', 'held', 'resumed', 'skipped', 'moved', 'retried', 'waited'] as const;
// An instance that was started within the last ten minutes waits: its start may have answered the event.
const longAgo = Date.now() - 30 * 24 * 3_600_000;
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({
    clock: realClock,
    seed: 1,
    ecsOptions: { stopMs: 100, startMs: 100, avoidedAfterMs: 100 },
  });
  await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  for (const name of fleet) {
    const tags = name === 'approved' ? { 'reboot-planner:approval': 'required' } : {};
    cloud.ecs.core.addInstance({ id: `i-${name}`, name, regionId, tags, startTime: longAgo });
    cloud.ecs.core.addEvent({ id: `e-${name}`, instanceId: `i-${name}`, notBefore: Date.now() + 3_600_000 });
  }
  const environment = {
    ...{ ECS_ENDPOINT: cloud.ecs.endpoint, STS_ENDPOINT: cloud.sts.endpoint, REGIONS: regionId },
    ...{ TABLESTORE_ENDPOINT: cloud.tablestore.endpoint, TABLESTORE_INSTANCE: cloud.tablestore.instance },
    ...{
      MAINTENANCE_WINDOWS: 'always',
      MODE: 'auto',
      NOTIFY: 'none',
      SLOT: '1m',
      SAFETY_MARGIN: '1m',
      LAST_RESORT_LEAD: '5m',
    },
    ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await cloud.close();
});

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function run(handler: typeof plan, name: string): Promise<Record<string, unknown>> {
  const { accessKeyId, accessKeySecret } = localAccount;
  const context = {
    requestId: `r-${name}`,
    region: regionId,
    credentials: { accessKeyId, accessKeySecret, securityToken: '' },
    function: { name, timeout: 60 },
    logger: quiet,
  };
  return JSON.parse(await handler(Buffer.from('{}'), context)) as Record<string, unknown>;
}

async function command(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const ran = { code: 0, out: [] as string[], err: [] as string[] };
  const program = new Command().exitOverride();
  const ports = {
    out: (line: string) => void ran.out.push(line),
    err: (line: string) => void ran.err.push(line),
    now: () => systemClock.now(),
    sleep: (ms: number) => systemClock.sleep(ms),
    open: (options: object) => openAccount(options, process.env),
    ask: undefined,
    readIds: () => Promise.resolve([]),
    writeFile: (path: string, text: string) => writeFile(path, text),
    environment: {},
    userName: 'lilei',
    ...{ columns: undefined, rows: undefined, hasColours: false },
  };
  addOperatorCommands(program, ports, { end: (code) => (ran.code = code), help: helpWords.en });
  await program.parseAsync(args, { from: 'user' });
  return ran;
}

const decide = async (...args: string[]): Promise<number> => (await command(...args, '--yes')).code;

it('are obeyed by both functions, and each says who it was', { timeout: 120_000 }, async () => {
  expect(await run(plan, 'plan')).toMatchObject({ created: 7, problems: [] });
  expect(await decide('approve', 'approved')).toBe(0);
  expect(await decide('hold', 'held', 'resumed', '--reason', 'release')).toBe(0);
  expect(await decide('resume', 'resumed')).toBe(0);
  expect(await decide('skip', 'skipped', 'retried')).toBe(0);
  expect(await decide('reschedule', 'moved', '--at', '+20m')).toBe(0);
  expect(await decide('retry', 'retried')).toBe(0);
  // One answer for each command, and none of a look.
  expect(cloud.sts.answered()).toBe(6);
  expect((await command('list', '-o', 'name')).out).toHaveLength(7);
  expect(await run(plan, 'plan')).toMatchObject({ created: 1, problems: [] });

  const waiting = command('wait', 'waited', 'approved', '--for', 'Avoided', '--interval', '1s');
  expect(await run(execute, 'execute')).toMatchObject({ rebooted: 4, avoided: 4, problems: [] });
  expect((await waiting).code).toBe(0);

  const restarts = new Map(cloud.ecs.core.instances().map(({ id, restarts: { api } }) => [id, api]));
  expect(Object.fromEntries(fleet.map((name) => [name, restarts.get(`i-${name}`)]))).toEqual({
    ...{ approved: 1, resumed: 1, retried: 1, waited: 1 },
    ...{ held: 0, skipped: 0, moved: 0 },
  });
  const { plans } = JSON.parse((await command('list', '-o', 'json')).out.join('')) as {
    plans: { instance_name: string; status: string; timeline: { by: string; code: string }[] }[];
  };
  expect(Object.fromEntries(plans.map(({ instance_name: name, status }) => [name, status]))).toEqual({
    ...{ approved: 'Avoided', resumed: 'Avoided', retried: 'Avoided', waited: 'Avoided' },
    ...{ held: 'Planned', skipped: 'Skipped', moved: 'Planned' },
  });
  const who = plans.flatMap(({ timeline }) => timeline.map(({ by }) => by));
  expect(new Set(who.filter((by) => by.startsWith('operator')))).toEqual(
    new Set(['operator:user/li (lilei)']),
  );
  const story = (await command('show', 'moved')).out.join('\n');
  expect(story).toContain('pinned by a person');
});
