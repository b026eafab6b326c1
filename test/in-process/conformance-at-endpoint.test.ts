// The conformance suites against an endpoint, as an owner of an account runs them: a second vitest, with the variables that
// name a local cloud which this test started and still looks into.
import { execFile } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';

const instanceId = 'i-conformance';
const suites = ['test/in-process/ecs-', 'test/in-process/tablestore-', 'test/cloud/tablestore/conformance'];

async function startCloud(): Promise<LocalCloud> {
  const ecsOptions = { jitter: 0, stopMs: 100, startMs: 100, avoidedAfterMs: 50 };
  const cloud = await startLocalCloud({ clock: realClock, seed: 1, ecsOptions });
  onTestFinished(() => cloud.close());
  cloud.ecs.core.addInstance({ id: instanceId, regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
  // As in the real service, a new table cannot be used at once.
  cloud.tablestore.core.settings.tableReadyAfterMs = 20;
  return cloud;
}

/** Runs suites with these variables. */
function run(variables: Record<string, string>, chosen = suites): Promise<{ code: number; printed: string }> {
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--root',
    '.',
  ];
  const options = ['--reporter=verbose', '--maxWorkers=1'];
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NO_COLOR: '1', ...variables };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...vitest, ...options, ...chosen],
      { env },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, printed: out + err });
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
  });
}

const key = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
};

/** How many lines of the report begin with the sign and hold the text. */
const count = (printed: string, sign: string, text: string): number =>
  printed.split('\n').filter((line) => line.trim().startsWith(sign) && line.includes(text)).length;

it('run against the endpoints, skip what needs control, and leave nothing behind', async () => {
  const { ecs, tablestore } = await startCloud();
  const { code, printed } = await run({
    ...key,
    CONFORMANCE_ECS_ENDPOINT: ecs.endpoint,
    CONFORMANCE_ECS_REGION: 'cn-hangzhou',
    CONFORMANCE_ECS_INSTANCE_ID: instanceId,
    CONFORMANCE_TABLESTORE_ENDPOINT: tablestore.endpoint,
    CONFORMANCE_TABLESTORE_INSTANCE: tablestore.instance,
  });
  expect({ code, printed }).toMatchObject({ code: 0 });
  expect(count(printed, '✓', `ECS at ${ecs.endpoint}`)).toBe(19);
  expect(count(printed, '✓', `Tablestore at ${tablestore.endpoint}`)).toBeGreaterThan(60);
  expect(count(printed, '✓', `writes, at ${tablestore.endpoint}`)).toBeGreaterThan(4);
  // Every skipped test names its reason.
  const skipped = count(printed, '↓', '');
  expect(skipped).toBeGreaterThan(100);
  expect(count(printed, '↓', 'needs control over the cloud')).toBe(skipped - 1);
  expect(count(printed, '↓', 'needs CONFORMANCE_ECS_REBOOT_INSTANCE_ID')).toBe(1);
  // The local ways of the suites are not run.
  expect(count(printed, '✓', 'over a socket')).toBe(0);
  expect(count(printed, '✓', 'in process')).toBe(0);

  expect(tablestore.calls.get('CreateTable')).toBeGreaterThan(20);
  expect(tablestore.core.listTable()).toEqual([]);
  expect(ecs.core.events().map(({ status }) => status)).toEqual(['Canceled']);
  expect(ecs.core.record.calls('RebootInstance').map(({ outcome }) => outcome)).toEqual([
    'InvalidInstanceId.NotFound',
    'MissingParameter',
  ]);
  expect(ecs.core.snapshots()).toEqual([]);
}, 120_000);

it('refuse to run with half of the variables', async () => {
  const { code, printed } = await run({ ...key, CONFORMANCE_TABLESTORE_INSTANCE: 'planner' }, [
    'test/in-process/tablestore-conf',
  ]);
  expect(code).toBe(1);
  expect(printed).toContain('CONFORMANCE_TABLESTORE_ENDPOINT is missing, expected a value.');
  expect(count(printed, '✓', '')).toBe(0);
}, 120_000);
