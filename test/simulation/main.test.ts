// `npm run simulate` as a user runs it.
import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';

interface Ended {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

function simulate(...args: string[]): Promise<Ended> {
  const command = ['--import', 'tsx', 'test/simulation/main.ts', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

describe('npm run simulate', () => {
  it('prints what happened in a world that held, with --trace', async () => {
    const { code, stdout } = await simulate('--seed', '5', '--worlds', '1', '--trace');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^What happened in the world of seed 5:\n {2}12-01T/);
    expect(stdout).toMatch(/ i-1 row Planned by plan-\d+: /);
    expect(stdout).toContain('\nEvery promise held.\n');
  });

  it('refuses --trace and the parts of a world when there is more than one world', async () => {
    expect(await simulate('--trace', '--worlds', '2')).toMatchObject({
      code: 2,
      stderr: 'error: --trace: expected --worlds 1, got 2 worlds\n',
    });
    expect(await simulate('--only-events', 'none', '--only-incidents', '1')).toMatchObject({
      code: 2,
      stderr: 'error: --only-events, --only-incidents: expected --worlds 1, got 1000 worlds\n',
    });
  });

  it('refuses a part that the world does not have', async () => {
    expect(await simulate('--seed', '7', '--worlds', '1', '--only-instances', 'i-1,i-77')).toMatchObject({
      code: 2,
      stderr: 'error: the world of seed 7 has no i-77\n',
    });
  });

  it('shrinks a world that broke, and prints a command that breaks the same promise again', async () => {
    const broken = await simulate('--seed', '8', '--worlds', '1', '--sabotage', 'ignore-limits');
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/Shrunk to \d of \d instances, \d of \d events and \d+ of \d+ incidents/);
    const [violation] = /BROKEN: promise \d, seed \d+, .*$/m.exec(broken.stdout) ?? [];
    const [, command = ''] = /npm run simulate -- (.* --only-incidents .*)$/m.exec(broken.stdout) ?? [];
    const again = await simulate(...command.split(' '));
    expect(again.code).toBe(1);
    expect(again.stdout).toContain(violation?.split(', i-')[0]);
    expect(again.stdout).toMatch(/RebootInstance sent by execute-\d+/);
  });

  it('prints one line of JSON with --json', async () => {
    const { code, stdout } = await simulate('--worlds', '10', '--json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[^\n]*\n$/);
    const tally = JSON.parse(stdout) as object;
    expect(tally).toMatchObject({ worlds: 10, violations: 0 });
    expect(tally).not.toHaveProperty('neverMet');
  });
});
