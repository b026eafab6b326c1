// README.md says how to operate the planner on the local cloud. Somebody who only copies its lines gets there.
import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { codeBlocksIn } from './markdown.ts';

const run = promisify(execFile);

const blocks = codeBlocksIn(readFileSync('README.md', 'utf8')).map(({ lines }) => lines);
const [cloudAt, operateAt] = ['npm run cloud', 'npm run setup'].map((begin) =>
  blocks.findIndex(([line]) => line?.startsWith(begin) === true),
);

/** A clone without settings of its own. */
function cloneOf(...names: string[]): string {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const name of names) symlinkSync(resolve(name), join(clone, name));
  return clone;
}

/** The script of package.json, without npm: a signal reaches it. */
function startCloud(line: string): ChildProcess {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { cloud: string } };
  const [command = '', ...args] = scripts.cloud.split(' ');
  return spawn(command === 'node' ? process.execPath : command, [...args, ...line.split(' ').slice(4)]);
}

/** What it prints to be exported, and the address of its page. */
async function exportsOf({ stdout }: ChildProcess): Promise<{ exported: string[]; page: string }> {
  const exported: string[] = [];
  let page = '';
  if (stdout === null) return { exported, page };
  for await (const line of createInterface({ input: stdout })) {
    page = /browser: (\S+)$/.exec(line)?.[1] ?? page;
    if (line.trim().startsWith('export ')) exported.push(line.trim());
    if (line.includes('REGIONS=')) break;
  }
  return { exported, page };
}

it(
  'setup, one run of plan and a look at the plans work as they are written',
  { timeout: 120_000 },
  async () => {
    const [line = ''] = blocks[cloudAt ?? -1] ?? [];
    const cloud = startCloud(line);
    onTestFinished(() => void cloud.kill());
    const { exported, page } = await exportsOf(cloud);
    const clone = cloneOf('node_modules', 'package.json', 'lib', 'functions');
    const { PATH, HOME } = process.env;
    const lines = blocks[operateAt ?? -1] ?? [];
    // A drill takes a minute, and asks first: test/cli/drill plays it. Its instance runs, and no event is open on it.
    const [drill = '', ...others] = lines.filter((one) => one.startsWith('npm run drill'));
    expect(others).toEqual([]);
    const instance = /^npm run drill -- --here --instance (\S+)$/.exec(drill)?.[1] ?? '';
    const row = new RegExp(`<tr><th scope="row">${instance}</th>(.*?)</tr>`).exec(
      await (await fetch(page)).text(),
    );
    const cells = [...(row?.[1] ?? '').matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
    expect(cells[2]).toMatch(/^Running/);
    expect([cells[4], cells[5]]).toEqual(['', '']);
    // Doctor on the local cloud is in test/cli/doctor.
    const script = [...exported, ...lines.filter((one) => one !== drill && one !== 'npm run doctor')].join(
      '\n',
    );
    const { stdout } = await run('sh', ['-ec', script], {
      cwd: clone,
      env: { PATH, HOME, PLANS_LANG: 'en' },
    });
    expect(stdout).toContain('reboot_plans: created');
    expect(stdout).toContain('{"events":10,"created":10,"updated":0,"unchanged":0,"ended":0,"problems":[]}');
    expect(stdout.match(/^ *Planned +i-\w+ /gm)).toHaveLength(10);
  },
);
