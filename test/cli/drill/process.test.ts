// `npm run drill` as people run it: a separate process without a terminal, and signals.
import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud } from '../../cloud/local-cloud.ts';
import { createTables } from '../../demo/tables.ts';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command with this environment only. `onStart` gets a function that sends the signal. */
function drill(
  args: readonly string[],
  environment: Record<string, string>,
  onStart: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const command = ['--disable-warning=DEP0005', '--import', 'tsx', 'lib/cli/drill.ts', ...args];
  const child = spawn(process.execPath, command, {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (ended.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (ended.stderr += String(chunk)));
  onStart((signal) => child.kill(signal));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

it(
  'refuses wrong calls, and drills where nobody can be asked: exit code 2',
  { timeout: 60_000 },
  async () => {
    const calls = [
      [['--instance', 'i-1'], 'The restart is real, and nobody can be asked here. Give --yes.'],
      [['--yes'], "required option '--instance <id>' not specified"],
      [['--instance', 'i-1', '--yes', '--not-before-in', '40'], '--not-before-in'],
      [['--instance', 'i-1', '--yes', 'i-2'], 'too many arguments'],
    ] as const;
    await Promise.all(
      calls.map(async ([args, message]) => {
        const { code, stdout, stderr } = await drill(args, {});
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
        expect(stderr).toContain(message);
      }),
    );
  },
);

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'cancels its event at %s, and is quiet in a pipe',
  { timeout: 60_000 },
  async (signal, exitCode) => {
    const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
    onTestFinished(() => cloud.close());
    await createTables(cloud, { plans: 'reboot_plans', history: 'reboot_plan_history' });
    const startTime = Date.now() - 30 * 24 * 3_600_000;
    cloud.ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', startTime });
    const environment = {
      ...{ ECS_ENDPOINT: cloud.ecs.endpoint, REGIONS: 'cn-hangzhou', MAINTENANCE_WINDOWS: 'always' },
      ...{ TABLESTORE_ENDPOINT: cloud.tablestore.endpoint, TABLESTORE_INSTANCE: 'local' },
      ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
    };
    const statuses = (): string[] => cloud.ecs.core.events().map(({ status }) => status);
    const ended = await drill(['--instance', 'i-1', '--yes'], environment, (kill) => {
      const look = setInterval(() => {
        if (statuses().length === 0) return;
        clearInterval(look);
        kill(signal);
      }, 50);
    });
    expect({ code: ended.code, stdout: ended.stdout, events: statuses() }).toEqual({
      code: exitCode,
      stdout: '',
      events: ['Canceled'],
    });
    expect(ended.stderr.split('\n').slice(-4)).toEqual([
      'Interrupted: one moment.',
      'Interrupted.',
      expect.stringMatching(/^Event e-\S+ is cancelled\.$/),
      '',
    ]);
  },
);
