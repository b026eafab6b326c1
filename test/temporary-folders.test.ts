// A test run leaves nothing in the temporary directory of the system.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import setup from './temporary-folders.ts';

const run = promisify(execFile);

it('keeps the temporary folders of tests, and of processes that they start, in the folder of this run', async () => {
  expect(basename(tmpdir())).toMatch(/^reboot-tests-\w{6}$/);
  const { stdout } = await run(process.execPath, ['-p', "require('node:os').tmpdir()"]);
  expect(stdout.trim()).toBe(tmpdir());
});

it('removes that folder at the end, with all that is in it', () => {
  const own = process.env['TMPDIR'];
  try {
    const finish = setup();
    const folder = tmpdir();
    expect(dirname(folder)).toBe(own);
    const left = mkdtempSync(join(folder, 'settings-'));
    expect(existsSync(left)).toBe(true);
    finish();
    expect(existsSync(folder)).toBe(false);
  } finally {
    process.env['TMPDIR'] = own;
  }
});

it('makes each of them there', () => {
  const places = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('temporary-folders'))
    .flatMap((name) => [
      ...readFileSync(join('test', name), 'utf8').matchAll(/mkdtemp(?:Sync)?\(([^,]+),|['"`]\/tmp\b/g),
    ])
    .map(([whole, place]) => place ?? whole);
  expect(places.length).toBeGreaterThan(15);
  expect(new Set(places)).toEqual(new Set(['join(tmpdir()']));
});
