// The built bundles as Function Compute starts them: each alone in a folder, in a separate process. To see which modules
// are evaluated, the tests add a line to the beginning of every module of the bundle, which records its path.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { addFleet } from '../cloud/fleet.ts';
import { localAccount, startLocalCloud } from '../cloud/local-cloud.ts';
import { createTables } from '../demo/tables.ts';

const functions = ['plan', 'execute'] as const;
type Name = (typeof functions)[number];

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs a script in the folder of the bundle. Returns the JSON that it prints. */
async function run(folder: string, script: string, env: Record<string, string> = {}): Promise<unknown> {
  const options = { cwd: folder, env };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], options);
  return JSON.parse(stdout);
}

/** Calls the handler as the cloud would. `atLoad` has the modules that were evaluated before the call, `late` those during it. */
const callScript = `
const loaded = globalThis.loaded = [];
const { handler } = require('./index.js');
const atLoad = [...loaded];
const quiet = { info() {}, warn() {}, error() {} };
const credentials = JSON.parse(process.env.CREDENTIALS);
handler(Buffer.from('{}'), { requestId: 'r', credentials, function: { name: 'f', timeout: 120 }, logger: quiet })
  .then((report) => console.log(JSON.stringify({
    report: JSON.parse(report), atLoad, late: loaded.slice(atLoad.length),
  })));
`;

interface Called {
  report: Record<string, unknown>;
  atLoad: string[];
  late: string[];
}

/** The bundle, in which every module that is evaluated lazily records its path first. */
function recording(bundle: string): string {
  const beginning = /"((?:node_modules|lib)\/[^"]+)"\(([^)]*)\)\{("use strict";)?/g;
  return bundle.replace(
    beginning,
    (_, path: string, parameters: string, strict = '') =>
      `"${path}"(${parameters}){${strict}globalThis.loaded.push("${path}");`,
  );
}

/** Both functions on a local cloud that refuses every restart. Each call is a cold start. */
async function world(events: number): Promise<(name: Name) => Promise<Called>> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  addFleet(cloud.ecs.core, {
    seed: 1,
    regions: ['cn-hangzhou'],
    instances: 3,
    events,
    start: realClock.now(),
    publishedWithinMs: 0,
    notBeforeInMs: [3_600_000, 3_600_000],
  });
  const refusal = { kind: 'error', status: 403, code: 'IncorrectInstanceStatus' } as const;
  cloud.ecs.faults.add({ operation: 'RebootInstance', times: events, fault: refusal });
  await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  const env = {
    ECS_ENDPOINT: cloud.ecs.endpoint,
    TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
    TABLESTORE_INSTANCE: cloud.tablestore.instance,
    REGIONS: 'cn-hangzhou',
    MAINTENANCE_WINDOWS: 'always',
    SLOT: '1m',
    CREDENTIALS: JSON.stringify(localAccount),
  };
  return async (name) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'index.js'), recording(readFileSync(`dist/${name}/index.js`, 'utf8')));
    return (await run(folder, callScript, env)) as Called;
  };
}

/** The packages of the modules, each once. A file of this project stands for itself. */
function packagesOf(modules: readonly string[]): string[] {
  return [...new Set(modules.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path))];
}

const ecsClient = ['@alicloud/openapi-core', '@alicloud/ecs20140526', '@darabonba/typescript'];

/** The problem of a plan whose restart was sent and refused. */
const refused = { problem: expect.stringContaining('ECS refused RebootInstance') as string };

describe.each(functions)('the bundle of %s', (name) => {
  it('works without any other file', async () => {
    const folder = emptyFolder();
    copyFileSync(`dist/${name}/index.js`, join(folder, 'index.js'));
    const script = `
      const bundle = require('./index.js');
      const logger = { info() {} };
      bundle.handler(Buffer.from('{}'), { requestId: 'r', function: { name: 'f', timeout: 9 }, logger }).catch(({ name }) => console.log(JSON.stringify({ exported: Object.keys(bundle), name })));`;
    expect(await run(folder, script)).toEqual({ exported: ['handler'], name: 'ConfigurationError' });
  });

  it('calls nothing if the function has no role, and says to attach one', async () => {
    const folder = emptyFolder();
    copyFileSync(`dist/${name}/index.js`, join(folder, 'index.js'));
    const script = `
      const { handler } = require('./index.js');
      handler(Buffer.from('{}'), { requestId: 'r', region: 'cn-hangzhou', credentials: {}, function: { name: 'f', timeout: 120 }, logger: { info() {} } })
        .catch(({ name, faults }) => console.log(JSON.stringify({ name, faults })));`;
    const env = { TABLESTORE_ENDPOINT: 'http://127.0.0.1:9', TABLESTORE_INSTANCE: 'local' };
    expect(await run(folder, script, env)).toEqual({
      name: 'ConfigurationError',
      faults: [
        {
          what: 'The role of function f',
          expected: expect.stringContaining('attach it in s.yaml') as string,
        },
      ],
    });
  });

  it('is plain ASCII, which V8 stores in one byte per character', () => {
    expect(readFileSync(`dist/${name}/index.js`, 'latin1')).toMatch(/^[\0-\x7f]*$/);
  });
});

describe('a cold start', () => {
  it('of plan loads everything that planning needs before the first call', { timeout: 30_000 }, async () => {
    const call = await world(2);
    const { report, atLoad, late } = await call('plan');
    expect(report).toMatchObject({ events: 2, created: 2, problems: [] });
    expect(late).toEqual([]);
    expect(packagesOf(atLoad)).toEqual(expect.arrayContaining([...ecsClient, 'tablestore']));
  });

  it('evaluates no deferred module', { timeout: 30_000 }, async () => {
    const call = await world(2);
    const { atLoad } = await call('plan');
    const { report, atLoad: early, late } = await call('execute');
    expect(report).toMatchObject({ due: 2, problems: [refused, refused] });
    const loaded = packagesOf([...atLoad, ...early, ...late]);
    for (const name of [
      'lodash',
      'moment',
      'xml2js',
      'ws',
      'socks',
      'https-proxy-agent',
      'http-proxy-agent',
    ]) {
      expect(readFileSync('dist/plan/index.js', 'utf8')).toContain(`"node_modules/${name}/`);
      expect(loaded).not.toContain(name);
    }
    expect(loaded).not.toContain('@alicloud/credentials');
  });

  it('of execute does not load the ECS client if nothing is due', { timeout: 30_000 }, async () => {
    const call = await world(0);
    const { report, atLoad, late } = await call('execute');
    expect(report).toMatchObject({ due: 0, problems: [] });
    expect(packagesOf(atLoad)).toContain('tablestore');
    for (const name of [...ecsClient, 'lib/alibaba/ecs/sdk-api.ts'])
      expect(packagesOf([...atLoad, ...late])).not.toContain(name);
  });

  it('of execute loads the ECS client if something is due', { timeout: 30_000 }, async () => {
    const call = await world(1);
    await call('plan');
    const { report, late } = await call('execute');
    expect(report).toMatchObject({ due: 1, problems: [refused] });
    expect(packagesOf(late)).toEqual(expect.arrayContaining([...ecsClient, 'lib/alibaba/ecs/sdk-api.ts']));
  });
});

describe('an error that leaves a handler', () => {
  // A handler logs first. The log throws an error that the script keeps, so that the script can tell it from a copy.
  const script = `
    const thrown = new Error('the log is full');
    const full = { info() { Error.captureStackTrace(thrown); throw thrown; } };
    const { handler } = require('./index.js');
    handler(Buffer.from('{}'), { requestId: 'r', function: { name: 'f', timeout: 1 }, logger: full }).catch(
      (left) => console.log(JSON.stringify({ isSame: left === thrown, stack: left.stack })));`;

  const lineOf = (file: string, text: string): number =>
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  it('is the same object that was thrown, and its stack names files and lines of this project', async () => {
    const folder = emptyFolder();
    copyFileSync('dist/plan/index.js', join(folder, 'index.js'));
    copyFileSync('dist/plan/index.js.map', join(folder, 'index.js.map'));
    const { isSame, stack } = (await run(folder, script)) as { isSame: boolean; stack: string };
    expect(isSame).toBe(true);
    expect(stack).toMatch(/^Error: the log is full\n/);
    const began = lineOf('lib/runtime/function-compute.ts', `log.info('Began.'`);
    expect(stack).toMatch(
      new RegExp(`at beginInvocation \\(lib/runtime/function-compute\\.ts:${began}:\\d+\\)`),
    );
    const call = lineOf('functions/plan.ts', 'beginInvocation(event');
    expect(stack).toContain(`functions/plan.ts:${call}:`);
    expect(stack).not.toContain('index.js');
  });

  it('keeps its stack if the source map is missing or broken', async () => {
    const folder = emptyFolder();
    copyFileSync('dist/plan/index.js', join(folder, 'index.js'));
    const without = (await run(folder, script)) as { isSame: boolean; stack: string };
    expect(without.isSame).toBe(true);
    expect(without.stack).toMatch(/at beginInvocation \(.*index\.js:\d+:\d+\)/);
    writeFileSync(join(folder, 'index.js.map'), '{"version":3');
    expect(await run(folder, script)).toEqual(without);
  });
});
