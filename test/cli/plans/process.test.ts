// The commands as people run them: `reboot-plans` as a separate process, in another folder, against a local cloud on loopback.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTables } from '../../demo/tables.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const bin = resolve('lib/cli/reboot-plans.js');

/** Runs the bin in this folder, with this environment only, and with a stdin that is no terminal. */
function run(cwd: string, environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((done) => {
    const options = { cwd, env: { PATH, HOME, ...environment } };
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plans-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const key = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
};

/** A cloud with one plan, as an older deployment may have written it. */
async function cloudWithPlan(): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  const columns = {
    status: 'Planned',
    reason: 'In the window.',
    plan_id: 'e-1',
    event_ids: '["e-1"]',
    instance_name: 'web-1',
    not_before: '2126-12-02T18:30:00Z',
    execute_at: '2126-12-01T18:30:00Z',
    latest_start: '2126-12-01T20:45:00Z',
    decision: 'window',
    pinned: 'false',
    approval: 'not-required',
    version: 1n,
    format: 3n,
  };
  cloud.tablestore.core.putRow({
    tableName: 'reboot_plans',
    primaryKey: [
      { name: 'region_id', value: 'cn-hangzhou' },
      { name: 'instance_id', value: 'i-1' },
    ],
    condition: { rowExistence: 'IGNORE' },
    columns: Object.entries(columns).map(([name, value]) => ({ name, value })),
  });
  return cloud;
}

it(
  'reads s.yaml, lists as pure JSON, decides with --yes, and exits with 2 without it',
  { timeout: 60_000 },
  async () => {
    const { tablestore } = await cloudWithPlan();
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 's.yaml'),
      `vars:
  endpoint: ${tablestore.endpoint}
x-function: &function
  environmentVariables:
    TABLESTORE_ENDPOINT: \${vars.endpoint}
    TABLESTORE_INSTANCE: ${tablestore.instance}
resources:
  execute-job:
    props:
      <<: *function
`,
    );
    const from = ['--from', 's.yaml'];

    const listed = await run(folder, key, 'list', ...from, '-o', 'json');
    expect({ code: listed.code, stderr: listed.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(listed.stdout)).toMatchObject({
      version: 1,
      plans: [{ instance_id: 'i-1', status: 'Planned' }],
    });

    const unasked = await run(folder, key, 'hold', 'web-1', ...from);
    expect({ code: unasked.code, stdout: unasked.stdout }).toEqual({ code: 2, stdout: '' });
    expect(unasked.stderr).toContain('Give --yes');

    const held = await run(folder, key, 'hold', 'web-1', ...from, '--yes', '--as', 'Li', '-o', 'json');
    expect(held.code).toBe(0);
    expect(held.stderr).toContain('will hold: held by Li.');
    expect(JSON.parse(held.stdout)).toMatchObject({
      plans: [{ instance_id: 'i-1', hold: 'held by Li', edited_by: 'Li' }],
    });

    const refused = await run(folder, key, 'retry', 'web-1', ...from, '--yes');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
  },
);

it('takes the settings of the environment, and the colours of FORCE_COLOR', { timeout: 60_000 }, async () => {
  const { tablestore } = await cloudWithPlan();
  const environment = {
    ...key,
    TABLESTORE_ENDPOINT: tablestore.endpoint,
    TABLESTORE_INSTANCE: tablestore.instance,
  };
  const plain = await run(emptyFolder(), environment, 'list');
  expect(plain.stdout).toMatch(/^ {4}STATUS[^]* {4}Planned +i-1 /);
  expect(plain.stdout).not.toContain('\u001b');
  const coloured = await run(emptyFolder(), { ...environment, FORCE_COLOR: '1' }, 'list');
  expect(coloured.stdout).toContain('\u001b[36mPlanned');
  const without = await run(emptyFolder(), { ...environment, NO_COLOR: '1' }, 'list');
  // The hour may change from one run to the next.
  const timeless = (text: string): string => text.replace(/\d+ d(?: \d+ h)? +/g, '');
  expect(timeless(without.stdout)).toBe(timeless(plain.stdout));
});

it('names what is missing, and exits with 2', { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  const bare = await run(folder, key, 'list');
  expect({ code: bare.code, stdout: bare.stdout }).toEqual({ code: 2, stdout: '' });
  expect(bare.stderr).toContain('TABLESTORE_ENDPOINT is missing');
  const noFile = await run(folder, key, 'list', '--from', 'none.yaml');
  expect(noFile.code).toBe(2);
  expect(noFile.stderr).toContain('The file is "none.yaml", expected a file that can be read');
  const places = { TABLESTORE_ENDPOINT: 'http://127.0.0.1:9', TABLESTORE_INSTANCE: 'local' };
  const noProfile = await run(folder, { ...key, ...places, HOME: folder }, 'list', '--profile', 'nobody');
  expect(noProfile.code).toBe(2);
  expect(noProfile.stderr).toContain('--profile is "nobody", expected a profile of the aliyun command');
});

it(
  'makes a script for the shell, which completes commands and their words',
  { timeout: 60_000 },
  async () => {
    const folder = emptyFolder();
    expect((await run(folder, {}, 'complete', 'bash')).stdout).toContain('bash completion for reboot-plans');
    expect((await run(folder, {}, 'complete', '--', 'resch')).stdout).toMatch(/^reschedule\t/);
    expect((await run(folder, {}, 'complete', '--', 'list', '-o', 'wi')).stdout).toMatch(/^wide\t/);
  },
);

it('says what a person may want, by task', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run(emptyFolder(), {}, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/See what is planned:[^]*Decide:[^]*What you want to do:/);
});
