// `npm run setup` as people run it: as a separate process, against a local cloud, configured by its environment only.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs setup with this environment only. */
function setUp(environment: Record<string, string>, ...options: string[]): Promise<Ended> {
  const args = ['--disable-warning=DEP0005', '--import', 'tsx', 'lib/cli/setup.ts', ...options];
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PATH, HOME, ...environment } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function localCloud(): Promise<{ cloud: LocalCloud; environment: Record<string, string> }> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  const environment = {
    TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
    TABLESTORE_INSTANCE: cloud.tablestore.instance,
    ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
  };
  return { cloud, environment };
}

it('creates both tables with the index on due_at, and changes nothing when it runs again', async () => {
  const { cloud, environment } = await localCloud();
  const { core } = cloud.tablestore;

  expect(await setUp(environment)).toEqual({
    code: 0,
    stdout:
      'reboot_plans: created; it is ready in about a minute\nreboot_plan_history: created; it is ready in about a minute\n',
    stderr: '',
  });
  expect(
    core
      .listTable()
      .filter((name) => !name.endsWith('_due'))
      .sort(),
  ).toEqual(['reboot_plan_history', 'reboot_plans']);
  const plans = core.describeTable({ tableName: 'reboot_plans' });
  expect(plans).toMatchObject({
    schema: {
      primaryKey: [
        { name: 'region_id', type: 'STRING' },
        { name: 'instance_id', type: 'STRING' },
      ],
    },
    options: { timeToLive: -1, maxVersions: 1 },
    indexes: [{ type: 'LOCAL', updateMode: 'SYNC', primaryKey: ['region_id', 'due_at', 'instance_id'] }],
  });
  const history = core.describeTable({ tableName: 'reboot_plan_history' });
  expect(history.schema.primaryKey.map(({ name }) => name)).toEqual(['instance_id', 'plan_id']);
  expect(history.options.timeToLive).toBe(31_536_000);

  expect(await setUp(environment)).toEqual({
    code: 0,
    stdout: 'reboot_plans: exists\nreboot_plan_history: exists\n',
    stderr: '',
  });
  expect(core.describeTable({ tableName: 'reboot_plans' })).toEqual(plans);
});

it('lists how an existing table differs, does not change it, creates the other one, and exits with 1', async () => {
  const { cloud, environment } = await localCloud();
  const { core } = cloud.tablestore;
  core.createTable({
    tableName: 'my_plans',
    primaryKey: [{ name: 'instance_id', type: 'STRING' }],
    options: { timeToLive: 86_400, maxVersions: 1 },
  });
  const before = core.describeTable({ tableName: 'my_plans' });

  const { code, stdout } = await setUp({ ...environment, PLANS_TABLE: 'my_plans' });
  expect(code).toBe(1);
  expect(stdout.split('\n')).toEqual([
    'my_plans: differs',
    '  The primary key is instance_id STRING, expected region_id STRING, instance_id STRING.',
    '  The list of defined columns is none, expected due_at INTEGER.',
    '  The time to live is 86400 s, expected for ever.',
    '  The index my_plans_due is missing, expected local on region_id, due_at, instance_id.',
    'reboot_plan_history: created; it is ready in about a minute',
    'Setup never changes an existing table. If the table is not in use, delete it by hand and run setup again.',
    '',
  ]);
  expect(core.describeTable({ tableName: 'my_plans' })).toEqual(before);
});

it('names every fault of a wrong environment, exits with 2, and creates nothing', async () => {
  const { cloud, environment } = await localCloud();
  const { code, stdout, stderr } = await setUp({
    ...environment,
    TABLESTORE_INSTANCE: 'no such name!',
    PLANS_TABLE: 'my-plans',
    HISTORY_TABLE: '',
  });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    [
      'The configuration is wrong:',
      '- TABLESTORE_INSTANCE is "no such name!", expected an instance name of 3 to 16 letters, digits and -.',
      '- PLANS_TABLE is "my-plans", expected a table name of letters, digits and _.',
      '- HISTORY_TABLE is "", expected a table name of letters, digits and _.',
      '',
    ].join('\n'),
  );
  expect(cloud.tablestore.core.listTable()).toEqual([]);
});

it('names what an empty environment lacks, and exits with 2', async () => {
  const { code, stderr } = await setUp({});
  expect(code).toBe(2);
  expect(stderr).toMatch(/TABLESTORE_ENDPOINT is missing[^]*TABLESTORE_INSTANCE is missing/);
});

it('prints its help without any environment, and exits with 0', async () => {
  const { code, stdout, stderr } = await setUp({}, '--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: npm run setup/);
  expect(stdout).toMatch(/It reads TABLESTORE_ENDPOINT and TABLESTORE_INSTANCE/);
});

it('refuses an option that it does not know, exits with 2, and creates nothing', async () => {
  const { cloud, environment } = await localCloud();
  const { code, stdout, stderr } = await setUp(environment, '--dry-run');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/unknown option '--dry-run'/);
  expect(cloud.tablestore.core.listTable()).toEqual([]);
});

it('exits with 1 and prints Tablestore’s message if Tablestore refuses', async () => {
  const { environment } = await localCloud();
  const { code, stderr } = await setUp({ ...environment, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/Tablestore DescribeTable: .*OTSAuthFailed/);
});

it('says where a key is expected if there is none, and exits with 2', async () => {
  const { environment } = await localCloud();
  const { TABLESTORE_ENDPOINT = '', TABLESTORE_INSTANCE = '' } = environment;
  const places = { TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE };
  const { code, stdout, stderr } = await setUp({
    ...places,
    HOME: '/nonexistent',
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(
    '- The access key is missing, expected ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment, or a profile of the aliyun command. The search for a key said: unable to get credentials',
  );
});

it('does not print the key if Tablestore echoes what was sent', async () => {
  const accessKeyId = 'LTAI5tEchoedEchoed';
  const echoing = createServer((incoming, response) => {
    incoming.resume();
    const message = `OTSAuthFailed for ${String(incoming.headers['x-ots-accesskeyid'])}`;
    response.writeHead(403).end(message);
  });
  await new Promise<void>((resolve) => echoing.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    echoing.closeAllConnections();
    echoing.close();
  });
  const { code, stderr } = await setUp({
    TABLESTORE_ENDPOINT: `http://127.0.0.1:${(echoing.address() as AddressInfo).port}`,
    TABLESTORE_INSTANCE: 'local',
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'any-secret-of-the-key',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('OTSAuthFailed');
  expect(stderr).not.toContain(accessKeyId);
});
