// `npm run cloud` as a user runs it: a process that serves other processes in real time until a signal ends it. One of
// these processes runs the built functions, in a folder that contains nothing else.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { optionsCommand } from './options.ts';
import { sdk } from './tablestore/testing/sdk.ts';

/** The line that --json prints. */
interface Description {
  ecs: { endpoint: string; regionEndpoints?: Record<string, string> };
  tablestore: { endpoint: string; instance: string };
  sts: { endpoint: string };
  ram: { endpoint: string };
  fc: { endpoint: string };
  page: string;
  accessKeyId: string;
  accessKeySecret: string;
  regions: string[];
}

const node = ['--disable-warning=DEP0005', '--import', 'tsx'];

/** Starts a cloud. Returns its description and everything that it prints. */
async function startCloud(...options: string[]) {
  const child = spawn(process.execPath, [...node, 'test/cloud/main.ts', '--json', ...options]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  while (!printed.includes('\n') && child.exitCode === null) await once(child.stdout, 'data');
  const description = JSON.parse(printed) as Description;
  return { child, description, printed: () => printed, complaints: () => complaints };
}

/** Runs Node and waits until it ends. */
function run(
  args: string[],
  environment: Record<string, string>,
  cwd?: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const options = { env: { PATH, HOME, ...environment }, ...(cwd === undefined ? {} : { cwd }) };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
    // A cloud that accepts wrong options would run for ever. So would one whose test timed out.
    onTestFinished(() => void child.kill('SIGKILL'));
  });
}

async function endOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Invokes plan once, and then execute until every created plan is Avoided or escalated. */
const script = `
const plan = require('./dist/plan/index.js').handler;
const execute = require('./dist/execute/index.js').handler;
const { CREDENTIALS, REGIONS } = process.env;
const logger = { info() {}, warn(line) { console.error(line); }, error(line) { console.error(line); } };
const call = async (handler, name) =>
  JSON.parse(await handler(Buffer.from('{}'), {
    requestId: 'r-' + Date.now(),
    region: REGIONS.split(',')[0],
    credentials: JSON.parse(CREDENTIALS),
    function: { name, timeout: 120 },
    logger,
  }));
(async () => {
  const planned = await call(plan, 'plan');
  const executed = [];
  const sum = (name) => executed.reduce((total, report) => total + report[name], 0);
  while (sum('avoided') + sum('escalated') < planned.created && executed.length < 50) {
    executed.push(await call(execute, 'execute'));
    await new Promise((wake) => setTimeout(wake, 1_000));
  }
  const again = await call(plan, 'plan');
  const idle = await call(execute, 'execute');
  console.log(JSON.stringify({
    planned, rebooted: sum('rebooted'), avoided: sum('avoided'),
    problems: executed.flatMap(({ problems }) => problems), again, idle,
  }));
})();
`;

/** Reads every row of the plans table through the official client. */
async function rowsOf({ tablestore, accessKeyId, accessKeySecret }: Description) {
  const client = new sdk.Client({
    accessKeyId,
    secretAccessKey: accessKeySecret,
    endpoint: tablestore.endpoint,
    instancename: tablestore.instance,
    maxRetries: 0,
  });
  const { rows } = await client.getRange({
    tableName: 'reboot_plans',
    direction: 'FORWARD',
    inclusiveStartPrimaryKey: [{ region_id: sdk.INF_MIN }, { instance_id: sdk.INF_MIN }],
    exclusiveEndPrimaryKey: [{ region_id: sdk.INF_MAX }, { instance_id: sdk.INF_MAX }],
    maxVersions: 1,
  });
  return rows.map(
    ({ attributes = [] }) =>
      new Map(attributes.map(({ columnName, columnValue }) => [columnName, String(columnValue)])),
  );
}

it(
  'serves the built functions, which run alone in another process, until every row is Avoided',
  { timeout: 150_000 },
  async () => {
    const cloud = await startCloud('--not-before-in', '10m', '--events', '6', '--seed', '3');
    const { description, child } = cloud;
    expect(description).toEqual({
      ecs: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string },
      tablestore: {
        endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
        instance: expect.stringMatching(/^[a-z]+$/) as string,
      },
      sts: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string },
      ram: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string },
      fc: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string },
      page: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) as string,
      accessKeyId: expect.stringMatching(/\w/) as string,
      accessKeySecret: expect.stringMatching(/\w/) as string,
      regions: ['cn-hangzhou', 'cn-shanghai'],
    });

    const { ecs, tablestore, accessKeyId, accessKeySecret, regions } = description;
    const tablestoreOnly = {
      TABLESTORE_ENDPOINT: tablestore.endpoint,
      TABLESTORE_INSTANCE: tablestore.instance,
    };
    const made = await run([...node, 'lib/cli/setup.ts'], {
      ...tablestoreOnly,
      STS_ENDPOINT: description.sts.endpoint,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    });
    expect(made).toMatchObject({ code: 0, stderr: '' });

    const folder = mkdtempSync(join(tmpdir(), 'functions-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'tick.js'), script);
    const environment = {
      ...tablestoreOnly,
      ECS_ENDPOINT: ecs.endpoint,
      REGIONS: regions.join(','),
      MAINTENANCE_WINDOWS: 'always',
      SAFETY_MARGIN: '1m',
      LAST_RESORT_LEAD: '5m',
      SLOT: '1m',
      CREDENTIALS: JSON.stringify({ accessKeyId, accessKeySecret }),
    };
    const ticked = await run(['--disable-warning=DEP0005', 'tick.js'], environment, folder);
    expect(ticked).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ticked.stdout)).toEqual({
      planned: { events: 6, created: 6, updated: 0, unchanged: 0, ended: 0, problems: [] },
      rebooted: 6,
      avoided: 6,
      problems: [],
      again: expect.objectContaining({ created: 0, problems: [] }) as object,
      idle: { due: 0, rebooted: 0, avoided: 0, waiting: 0, escalated: 0, problems: [] },
    });

    const rows = await rowsOf(description);
    expect(rows.map((row) => row.get('status'))).toEqual(Array(6).fill('Avoided'));
    for (const row of rows) {
      expect(row.get('reason')).toMatch(/\w/);
      expect(row.get('timeline')).toMatch(/requestId/);
      expect([...row.keys()]).not.toContain('due_at');
    }

    // The page is of the moment at which it is asked for, and only shows.
    const page = await (await fetch(description.page)).text();
    for (const row of rows) expect(page).toContain(row.get('instance_name'));
    // In the plans table and in the history.
    expect(page.match(/>Avoided</g)).toHaveLength(12);
    expect(page).not.toContain('<script');
    expect((await fetch(description.page, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${description.page}favicon.ico`)).status).toBe(404);

    child.kill('SIGTERM');
    expect(await endOf(child)).toBe(0);
    expect(cloud.printed()).toBe(`${JSON.stringify(description)}\n`);
    expect(cloud.complaints()).toBe('');
  },
);

it.each(['SIGTERM', 'SIGINT'] as const)('ends with exit code 0 on %s and stops serving', async (signal) => {
  const { child, description } = await startCloud('--events', '0');
  // It answers a request, so it has started completely.
  expect((await fetch(description.ecs.endpoint)).status).toBe(400);
  child.kill(signal);
  expect(await endOf(child)).toBe(0);
  await expect(fetch(description.ecs.endpoint)).rejects.toThrow();
  await expect(fetch(description.page)).rejects.toThrow();
});

it('prints the settings that a second terminal needs', async () => {
  const child = spawn(process.execPath, [...node, 'test/cloud/main.ts', '--instances', '4', '--events', '2']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  while (!printed.includes('REGIONS=') && child.exitCode === null) await once(child.stdout, 'data');
  expect(printed).toMatch(/^A local cloud with 4 instances and 2 scheduled reboot events\./);
  for (const name of [
    'ECS_ENDPOINT',
    'TABLESTORE_ENDPOINT',
    'TABLESTORE_INSTANCE',
    'STS_ENDPOINT',
    'REGIONS',
  ])
    expect(printed).toContain(`${name}=`);
});

it('gives each region an ECS endpoint of its own if it is asked to', async () => {
  const { description, child } = await startCloud('--region-endpoints', '--events', '0');
  const { regionEndpoints = {}, endpoint } = description.ecs;
  expect(Object.keys(regionEndpoints)).toEqual(['cn-hangzhou', 'cn-shanghai']);
  expect(new Set([endpoint, ...Object.values(regionEndpoints)]).size).toBe(3);
  for (const one of Object.values(regionEndpoints)) expect((await fetch(one)).status).toBe(400);
  child.kill('SIGTERM');
  expect(await endOf(child)).toBe(0);
});

const notANumber: [string, string[], RegExp] = [
  'a number of events that is not a number',
  ['--events', 'many'],
  /expected a whole number from 0/,
];

it.each([
  notANumber,
  ['a fleet without instances', ['--instances', '0'], /expected a whole number from 1/],
  [
    'a duration without a number',
    ['--not-before-in', 'soon'],
    /expected a whole number and a unit, as in 90s, 30m, 2h or 1d/,
  ],
  ['an unknown option', ['--volume', '11'], /unknown option '--volume'/],
] satisfies [string, string[], RegExp][])('refuses %s', (_name, options, message) => {
  const [writeOut, writeErr] = [vi.fn(), vi.fn()];
  const command = optionsCommand().exitOverride().configureOutput({ writeOut, writeErr });
  expect(() => command.parse(options, { from: 'user' })).toThrow(expect.objectContaining({ exitCode: 1 }));
  expect(writeErr).toHaveBeenCalledWith(expect.stringMatching(message));
  expect(writeOut).not.toHaveBeenCalled();
});

it('shows its defaults in --help as people write them', () => {
  const help = optionsCommand().helpInformation().replace(/\s+/g, ' ');
  expect(help.match(/\(default: [^)]*\)/g)).toEqual([
    '(default: as many as events, at least 10)',
    '(default: 10)',
    '(default: 1)',
    '(default: 30m)',
    '(default: any free port)',
    '(default: any free port)',
    '(default: any free port)',
    '(default: any free port)',
    '(default: any free port)',
    '(default: any free port)',
  ]);
});

it('ends with exit code 2 and serves nothing when it refuses its options', async () => {
  const [, options, message] = notANumber;
  const { code, stdout, stderr } = await run([...node, 'test/cloud/main.ts', '--json', ...options], {});
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
});

it('ends with exit code 1 and names the reason when a port is in use', async () => {
  const { description } = await startCloud('--events', '0');
  const { port } = new URL(description.ecs.endpoint);
  const second = await run([...node, 'test/cloud/main.ts', '--json', '--ecs-port', port], {});
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/could not be started: .*EADDRINUSE/);
  expect(second.stdout).toBe('');
});
