// `npm run doctor` as people run it: as a separate process, with its exit codes and its output.
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changedTimer } from './plants.ts';
import { healthyStage, type Stage } from './stage.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

let stage: Stage;
beforeAll(async () => {
  stage = await healthyStage();
}, 60_000);
afterAll(() => stage.close());

function doctor(...options: string[]): Promise<Ended> {
  const args = ['--disable-warning=DEP0005', '--import', 'tsx', 'lib/cli/doctor.ts', ...options];
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...stage.environment };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

it(
  'prints a line for each thing it looked at, and exits with 0 where nothing is wrong',
  { timeout: 60_000 },
  async () => {
    const { code, stdout, stderr } = await doctor('--from', stage.file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(`Settings of ${stage.file}.`);
    expect(lines).toContain(
      'ok           credentials  The key is that of user/li in the account 1000000000000001.',
    );
    expect(stdout).toMatch(
      /^ok {11}windows {6}daily 02:00-05:00 Asia\/Shanghai\. Next: (.+ to .+; ){2}.+ to .+\.$/m,
    );
    expect(lines.at(-1)).toMatch(/^0 faults, 1 warning, 1 not checked, \d+ ok\.$/);
  },
);

it(
  'exits with 1 and says each fault with what to do; -o json prints one object and nothing else',
  { timeout: 60_000 },
  async () => {
    const undo = changedTimer(stage, 'plan', { cronExpression: '0 */15 * * * *', enable: false });
    const { code, stdout, stderr } = await doctor('--from', stage.file, '-o', 'json');
    undo();
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.trimEnd()).not.toContain('\n');
    const said = JSON.parse(stdout) as { findings: { level: string }[] };
    expect(said).toMatchObject({ ok: false, source: stage.file, faults: 1, warnings: 1, notChecked: 1 });
    expect(said.findings.filter(({ level }) => level === 'fault')).toEqual([
      {
        check: 'triggers',
        level: 'fault',
        what: 'The timer plan-timer of ecs-reboot-planner-plan is switched off: the function does not run.',
        mend: 'Switch it on in the console of Function Compute, or deploy again: `npx s deploy -y`.',
      },
    ]);
  },
);

it.each([
  [['--json'], "error: unknown option '--json'"],
  [['--from', 'no-such.yaml'], 'The file is "no-such.yaml", expected a file that can be read'],
])('exits with 2 for the call %s', { timeout: 60_000 }, async (options, said) => {
  const { code, stdout, stderr } = await doctor(...options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
});
