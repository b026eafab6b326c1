// `npm run setup` as people run it: as a separate process, against a local cloud, configured by its environment only. What it
// prints of rights, and what it does in RAM, is in setup/.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { baseText } from '../fixture/base.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs setup with this environment only. */
function setUp(environment: Record<string, string>, ...options: string[]): Promise<Ended> {
  return setUpIn('.', environment, ...options);
}

function setUpIn(cwd: string, environment: Record<string, string>, ...options: string[]): Promise<Ended> {
  const tsx = import.meta.resolve('tsx');
  const args = ['--disable-warning=DEP0005', '--import', tsx, resolvePath('lib/cli/setup.ts'), ...options];
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, env: { PATH, HOME, ...environment } },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

async function localCloud(): Promise<{ cloud: LocalCloud; environment: Record<string, string> }> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  const environment = {
    TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
    TABLESTORE_INSTANCE: cloud.tablestore.instance,
    STS_ENDPOINT: cloud.sts.endpoint,
    ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
  };
  return { cloud, environment };
}

it('creates both tables with the index on due_at, and changes nothing when it runs again', async () => {
  const { cloud, environment } = await localCloud();
  const { core } = cloud.tablestore;

  const first = await setUp(environment);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(first.stdout.split('\n').slice(0, 3)).toEqual([
    'Settings of the environment. Account 1000000000000001, as user/li.',
    'reboot_plans: created; it is ready in about a minute',
    'reboot_plan_history: created; it is ready in about a minute',
  ]);
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

  const second = await setUp(environment);
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
  expect(second.stdout).toContain('reboot_plans: exists\nreboot_plan_history: exists\n');
  // The rest is the same: the policies.
  expect(second.stdout.split('\n').slice(3)).toEqual(first.stdout.split('\n').slice(3));
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
  expect(stdout.split('\n').slice(1, 8)).toEqual([
    'my_plans: differs',
    '  The primary key is instance_id STRING, expected region_id STRING, instance_id STRING.',
    '  The list of defined columns is none, expected due_at INTEGER.',
    '  The time to live is 86400 s, expected for ever.',
    '  The index my_plans_due is missing, expected local on region_id, due_at, instance_id.',
    'reboot_plan_history: created; it is ready in about a minute',
    'Setup never changes an existing table. Change a time to live or a number of versions in the console of Tablestore. For the rest, name another table in the settings, or delete this one if nobody uses it, and run setup again.',
  ]);
  expect(core.describeTable({ tableName: 'my_plans' })).toEqual(before);
});

it(
  'reads settings.yaml where it is called, before the environment and s.yaml',
  { timeout: 30_000 },
  async () => {
    const { environment } = await localCloud();
    const folder = mkdtempSync(join(tmpdir(), 'setup-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 's.yaml'), baseText());
    writeFileSync(
      join(folder, 'settings.yaml'),
      `extend: ./s.yaml
vars:
  settingsFile: settings.yaml
  tablestoreEndpoint: ${environment['TABLESTORE_ENDPOINT'] ?? ''}
  tablestoreInstance: local
  planRole: my-plan
  executeRole: my-execute
  backup: snapshot
`,
    );
    const other = { ...environment, TABLESTORE_ENDPOINT: 'http://127.0.0.1:9', PLANS_TABLE: 'other' };
    const { code, stdout, stderr } = await setUpIn(folder, other);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Settings of settings\.yaml\. Account 1000000000000001, as user\/li\.\nreboot_plans: created/,
    );
    expect(stdout).toContain('Role my-execute (function execute): its permission policy my-execute');
    expect(stdout).toContain('"acs:ots:cn-hangzhou:1000000000000001:instance/local/table/reboot_plans"');
    expect(stdout).toContain('"ecs:CreateSnapshot"');
    expect(stdout).toContain('The role of execute has no rights for commands: the settings ask for none.');
  },
);

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

it('names what the environment lacks, and exits with 2', async () => {
  const { code, stderr } = await setUp({ TABLESTORE_INSTANCE: 'local' });
  expect(code).toBe(2);
  expect(stderr).toContain('TABLESTORE_ENDPOINT is missing');
});

it('prints its help without any environment, and exits with 0', async () => {
  const { code, stdout, stderr } = await setUp({}, '--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: npm run setup/);
  expect(stdout).toMatch(/Settings: those of settings.yaml[^]*Exit codes: 0 done/);
});

it('refuses options and words that it does not know, exits with 2, and creates nothing', async () => {
  const { cloud, environment } = await localCloud();
  const calls = [
    [['--json'], "unknown option '--json'"],
    [['foo'], 'too many arguments'],
    [['--with', 'snapshots'], 'Expected backups, commands, or both.'],
    [['--from', 'none.yaml'], 'The file is "none.yaml", expected a file that can be read'],
  ] as const;
  await Promise.all(
    calls.map(async ([options, message]) => {
      const { code, stdout, stderr } = await setUp(environment, ...options);
      expect({ options, code, stdout }).toEqual({ options, code: 2, stdout: '' });
      expect(stderr).toContain(message);
    }),
  );
  expect(cloud.tablestore.core.listTable()).toEqual([]);
});

it('with --dry-run says what it would create, prints the policies, and creates nothing', async () => {
  const { cloud, environment } = await localCloud();
  const { code, stdout, stderr } = await setUp(environment, '--dry-run');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^reboot_plans: would be created\nreboot_plan_history: would be created\n/m);
  expect(stdout).toContain('"ecs:RebootInstance"');
  expect(cloud.tablestore.core.listTable()).toEqual([]);
});

it('exits with 1 and prints Tablestore’s message if Tablestore refuses', async () => {
  const { environment } = await localCloud();
  const { code, stdout, stderr } = await setUp({ ...environment, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/Tablestore DescribeTable: .*OTSAuthFailed/);
  // STS refuses the key, too. The policies need no more than the account, for which * stands.
  expect(stderr).toMatch(
    /STS did not say whose key it is \(.*\), so the policies have \* in place of the account/,
  );
  expect(stdout).toContain('"acs:ots:*:*:instance/local/table/reboot_plans"');
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
    STS_ENDPOINT: 'http://127.0.0.1:9',
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'any-secret-of-the-key',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('OTSAuthFailed');
  expect(stderr).not.toContain(accessKeyId);
});
