// `npm run drill` on a local cloud, over real sockets, with the real functions: to Avoided, and what becomes of the event where it
// is interrupted or fails. The looks are a tenth of a second apart.
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operateGrants } from '../../../lib/alibaba/ram/people.ts';
import { policyText } from '../../../lib/alibaba/ram/policy.ts';
import { openGround } from '../../../lib/cli/drill/open-ground.ts';
import type { DrillOptions, DrillPorts } from '../../../lib/cli/drill/ports.ts';
import { runDrill } from '../../../lib/cli/drill/run-drill.ts';
import { estateOf } from '../../../lib/cli/setup/estate.ts';
import { runJob } from '../../../lib/cli/handlers.ts';
import { systemClock } from '../../../lib/runtime/clock.ts';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTables } from '../../demo/tables.ts';

const regionId = 'cn-hangzhou';
const longAgo = Date.now() - 30 * 24 * 3_600_000;
let cloud: LocalCloud;
let environment: Record<string, string>;
let interruption: AbortController;

beforeEach(async () => {
  interruption = new AbortController();
  cloud = await startLocalCloud({
    clock: realClock,
    seed: 1,
    ecsOptions: { stopMs: 300, startMs: 300, avoidedAfterMs: 300, jitter: 0 },
  });
  await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  cloud.ecs.core.addInstance({ id: 'i-secret', name: 'web-1', regionId, startTime: longAgo });
  environment = {
    ...{ ECS_ENDPOINT: cloud.ecs.endpoint, STS_ENDPOINT: cloud.sts.endpoint, REGIONS: regionId },
    ...{ TABLESTORE_ENDPOINT: cloud.tablestore.endpoint, TABLESTORE_INSTANCE: 'local' },
    ...{ MAINTENANCE_WINDOWS: 'always', SLOT: '1m', SAFETY_MARGIN: '1m', LAST_RESORT_LEAD: '5m' },
  };
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', localAccount.accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', localAccount.accessKeySecret);
  // The handlers read these, and the drill sets them.
  for (const name of Object.keys(environment)) vi.stubEnv(name, environment[name]);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await cloud.close();
});

interface Ran {
  code: number;
  out: string[];
  err: string[];
}

async function drill(options: Partial<DrillOptions> = {}, other: Partial<DrillPorts> = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: [], err: [] };
  const asked: DrillOptions = { instance: 'i-secret', yes: true, ...options };
  const ground = await openGround(environment, asked);
  const ports: DrillPorts = {
    out: (line) => void ran.out.push(line),
    err: (line) => void ran.err.push(line),
    environment,
    ask: undefined,
    showsProgress: false,
    now: () => systemClock.now(),
    sleep: () => systemClock.sleep(100),
    interruption: interruption.signal,
    ...other,
  };
  try {
    ran.code = await runDrill(ports, ground, asked);
  } finally {
    ground.account.close();
  }
  return ran;
}

/** A drill on a terminal. */
async function drillAsking(asked: DrillOptions, ask: DrillPorts['ask']): Promise<Ran> {
  const ran: Ran = { code: 0, out: [], err: [] };
  const ground = await openGround(environment, asked);
  const ports: DrillPorts = {
    ...{ out: (line) => void ran.out.push(line), err: (line) => void ran.err.push(line), environment },
    ...{ ask, showsProgress: true, interruption: interruption.signal },
    ...{ now: () => systemClock.now(), sleep: () => systemClock.sleep(100) },
  };
  ran.code = await runDrill(ports, ground, asked);
  ground.account.close();
  return ran;
}

const events = (): string[] => cloud.ecs.core.events().map(({ status }) => status);
const restarts = (): number => cloud.ecs.core.instances()[0]?.restarts.api ?? 0;

async function run(job: 'plan' | 'execute'): Promise<void> {
  await runJob(job, {
    ...{ environment, region: regionId, credentials: localAccount, timeoutSeconds: 120 },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
}

it(
  'is Avoided after one restart, and prints the times without any id of the account',
  { timeout: 60_000 },
  async () => {
    const { code, out, err } = await drill({ here: true });
    expect({ code, restarts: restarts(), events: events() }).toEqual({
      code: 0,
      restarts: 1,
      events: ['Avoided'],
    });
    expect(err[0]).toBe(
      'web-1 (i-secret) in cn-hangzhou will be restarted. The event is simulated, the restart is real.',
    );
    expect(err.at(-1)).toMatch(/^Avoided: /);
    expect(err.join('\n')).not.toContain('too late');
    const length = String.raw`\d+ s`;
    expect(out.join('\n')).toMatch(
      new RegExp(
        [
          String.raw`^Drill of ecs-reboot-planner [\d.]+ in cn-hangzhou: functions run from here, mode auto, window`,
          `  announcement → row +${length}`,
          `  row → RebootInstance +${length}`,
          `  RebootInstance → Running +${length}`,
          `  Running → Avoided +${length}`,
          `  announcement → Avoided +${length}`,
        ].join('\n'),
      ),
    );
    expect(out.join('\n')).not.toMatch(/i-secret|web-1|e-|1000000000000001/);
    // The event was simulated: ECS would have done nothing.
    expect(cloud.ecs.core.events()[0]).toMatchObject({ simulated: true });
  },
);

it('says where the wished NotBefore leaves too little time', async () => {
  const ask = (): Promise<boolean> => Promise.resolve(false);
  const ran = await drillAsking({ instance: 'i-secret', notBeforeIn: 20 * 60_000 }, ask);
  // 15 min for the timer of plan, 5 for delays, START_ROOM 3 min, SLOT 1 min, SAFETY_MARGIN 1 min.
  expect(ran.err).toContain('  It may come too late: for these settings NotBefore should be 25 min ahead.');
});

it('needs no more than the policy that setup prints for who operates', { timeout: 60_000 }, async () => {
  const chosen = { source: 'a test', environment, region: regionId, functions: [] };
  const document = policyText(operateGrants(estateOf(chosen, localAccount.accountId)));
  const { core } = cloud.ram;
  core.addUser({ userName: 'wang' });
  core.call('CreatePolicy', { PolicyName: 'operate', PolicyDocument: document });
  core.attachToUser('wang', 'Custom', 'operate');
  const { accessKeyId, accessKeySecret } = core.userKey('wang');
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret);
  const sleep = async (): Promise<void> => {
    await run('plan');
    await run('execute');
  };
  const { code, err } = await drill({ notBeforeIn: 3_600_000 }, { sleep });
  expect({ code, restarts: restarts(), events: events() }, err.join('\n')).toEqual({
    code: 0,
    restarts: 1,
    events: ['Avoided'],
  });
});

it('cancels the event when it is interrupted before the restart', { timeout: 60_000 }, async () => {
  const { code, out, err } = await drill(
    { notBeforeIn: 3_600_000 },
    {
      sleep: async () => {
        // The deployed function sees the event, and then a person presses Ctrl-C.
        await run('plan');
        interruption.abort('SIGINT');
      },
    },
  );
  expect({ code, out, events: events() }).toEqual({ code: 130, out: [], events: ['Canceled'] });
  expect(err.slice(-2)).toEqual(['Interrupted.', expect.stringMatching(/^Event e-\S+ is cancelled\.$/)]);
  await run('plan');
  await run('execute');
  expect(restarts()).toBe(0);
});

it(
  'leaves the event for the proof when it is interrupted after the restart was sent',
  { timeout: 60_000 },
  async () => {
    let executed: Promise<void> | undefined;
    const { code, err } = await drill(
      { notBeforeIn: 3_600_000 },
      {
        sleep: async () => {
          if (executed === undefined) await run('plan');
          executed ??= run('execute');
          await systemClock.sleep(50);
          if (restarts() > 0) interruption.abort('SIGTERM');
        },
      },
    );
    expect(code).toBe(143);
    expect(err.at(-1)).toMatch(/^A restart may have been sent, so event e-\S+ stays for its proof/);
    await executed;
    expect({ restarts: restarts(), events: events() }).toEqual({ restarts: 1, events: ['Avoided'] });
  },
);

it('cancels the event of a plan that ends otherwise, and says why', { timeout: 60_000 }, async () => {
  const { code, out, err } = await drill(
    { notBeforeIn: 3_600_000 },
    {
      sleep: async () => {
        // Somebody opts the instance out after the drill has begun.
        cloud.ecs.core.schedule(Date.now(), {
          kind: 'instance-overridden',
          instanceId: 'i-secret',
          override: { Tags: { Tag: [{ TagKey: 'reboot-planner:enabled', TagValue: 'false' }] } },
        });
        await run('plan');
      },
    },
  );
  expect({ code, out, events: events() }).toEqual({ code: 1, out: [], events: ['Canceled'] });
  expect(err.at(-2)).toMatch(/^The plan did not become Avoided\. Skipped: /);
});

it.each([
  ['in mode observe', () => (environment['MODE'] = 'observe'), 'MODE is observe'],
  [
    'where no window comes and ECS is to do it',
    () =>
      Object.assign(environment, {
        MAINTENANCE_WINDOWS: 'Mon 00:00-00:20',
        TIME_ZONE: 'UTC',
        BLACKOUT_DATES: '01-01/12-31',
        NO_WINDOW: 'leave',
      }),
    'The planner would restart nothing',
  ],
  [
    'with an open event',
    () => cloud.ecs.core.addEvent({ instanceId: 'i-secret', notBefore: Date.now() + 9e6 }),
    'The instance has an open event already',
  ],
  [
    'on an instance that is stopped',
    () => cloud.ecs.core.schedule(0, { kind: 'instance-stopped', instanceId: 'i-secret' }),
    'not Running',
  ],
])('does not begin %s', async (_, arrange, why) => {
  arrange();
  await systemClock.sleep(0);
  const before = events().length;
  const { code, err } = await drill();
  expect(code).toBe(1);
  expect(err.join('\n')).toContain(`No drill: ${why.startsWith('not') ? 'The instance is Stop' : why}`);
  expect(events()).toHaveLength(before);
});

it('does not begin where the instance is unknown, in no region of the settings, or everything is stopped', async () => {
  expect((await drill({ instance: 'i-none' })).err).toEqual([
    'No drill: ECS lists no instance i-none in cn-hangzhou.',
  ]);
  expect((await drill({ region: 'cn-beijing' })).err).toEqual([
    'No drill: REGIONS has no cn-beijing, so the functions do not look there: cn-hangzhou.',
  ]);
  cloud.tablestore.core.putRow({
    tableName: 'reboot_plans',
    primaryKey: [
      { name: 'region_id', value: '*' },
      { name: 'instance_id', value: '*' },
    ],
    condition: { rowExistence: 'IGNORE' },
    columns: [{ name: 'hold', value: 'incident' }],
  });
  expect((await drill()).err).toEqual([
    'No drill: Everything is stopped: npx reboot-plans list says by whom.',
  ]);
  expect(events()).toEqual([]);
});

describe('where the settings name the timers', () => {
  beforeEach(() => {
    Object.assign(environment, { PLAN_TIMER: '0 */15 * * * *', EXECUTE_TIMER: '0 * * * * *' });
    for (const name of Object.keys(environment)) vi.stubEnv(name, environment[name]);
  });

  it('does not begin as long as no function ever ran, and says what else can be done', async () => {
    const { code, err } = await drill();
    expect(code).toBe(1);
    expect(err).toEqual([
      'No drill: No run of plan in cn-hangzhou is recorded: deploy it, or wait for its first run. Or run both functions from here: --here.',
      'No drill: No run of execute in cn-hangzhou is recorded: deploy it, or wait for its first run. Or run both functions from here: --here.',
    ]);
    expect(events()).toEqual([]);
  });

  it('names those that stand still, and asks once both run', async () => {
    const no = (): Promise<boolean> => Promise.resolve(false);
    await run('plan');
    expect((await drill({ yes: true })).err).toEqual([
      expect.stringContaining('No run of execute in cn-hangzhou is recorded'),
    ]);
    await run('execute');
    expect((await drillAsking({ instance: 'i-secret' }, no)).err.at(-1)).toBe('Nothing was done.');
    const inTwoHours = (): Temporal.Instant => systemClock.now().add({ hours: 2 });
    expect((await drill({}, { now: inTwoHours })).err).toEqual([
      expect.stringMatching(/^No drill: The plan function has not done its work .* from here: --here\.$/),
      expect.stringMatching(/^No drill: The execute function has not done its work .* from here: --here\.$/),
    ]);
    expect(events()).toEqual([]);
  });

  it('asks without any run of them where they are to run from here', async () => {
    const no = (): Promise<boolean> => Promise.resolve(false);
    const { err } = await drillAsking({ instance: 'i-secret', here: true }, no);
    expect(err.at(-1)).toBe('Nothing was done.');
  });
});

it('asks first, and does nothing after a no', async () => {
  const asked: string[] = [];
  const ask = (question: string): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(false);
  };
  const { code, err } = await drillAsking({ instance: 'i-secret' }, ask);
  expect({ code, asked, events: events() }).toEqual({ code: 1, asked: ['Restart it for real?'], events: [] });
  expect(err.at(-1)).toBe('Nothing was done.');
});

it('takes back an event whose announcement got no answer', async () => {
  cloud.ecs.faults.add({ operation: 'CreateSimulatedSystemEvents', fault: { kind: 'reset', when: 'after' } });
  const { code, err } = await drill();
  expect({ code, events: events() }).toEqual({ code: 1, events: ['Canceled'] });
  expect(err.at(-1)).toMatch(/^Event e-\S+ was made all the same, and is cancelled\.$/);
});
