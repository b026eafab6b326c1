// An execution that prepares a restart is killed at every single call, and at pairs of calls: after the call had its effect
// and before its answer arrives. Later runs continue from there. No step has its effect twice, and every plan ends.
import { describe, expect, it } from 'vitest';
import type { Ecs } from '../../lib/ports.ts';
import { isFinal, type PlanStatus } from '../../lib/plan/status.ts';
import { replacing } from './replacing.ts';
import { Account, minute, second, settingsOf } from './stage.ts';

const settings = settingsOf({
  BACKUP: 'snapshot',
  PRE_COMMAND: 'c-drain',
  POST_COMMAND: 'c-check',
  VERIFY_TIMEOUT: '5m',
});

interface Played {
  account: Account;
  /** Calls made in the life of the plan. */
  calls: number;
  /** The snapshots that were not complete at a RebootInstance. */
  progressingAtReboot: string[];
}

/** Plays a plan's whole life and kills the execution at these calls. The count of calls goes on through all executions. */
async function play(
  kills: readonly number[],
  {
    exitCode = 0,
    disks = ['d-1'],
    overlap = 1,
  }: { exitCode?: number; disks?: string[]; overlap?: number } = {},
): Promise<Played> {
  const account = new Account();
  const category = disks.length > 1 ? 'cloud_ssd' : 'cloud_essd';
  account.affected(
    '1',
    {},
    {
      disks: disks.map((id, index) => ({
        id,
        category,
        snapshotMs: 90 * second,
        ...(index > 0 ? { type: 'data' } : {}),
      })),
    },
  );
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 15 * second, exitCode, output: '' }] });
  account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: 15 * second, exitCode: 0, output: '' }] });
  await account.plan({ settings });

  const played: Played = { account, calls: 0, progressingAtReboot: [] };
  for (let tick = 0; tick < 20 && !isFinal(String(account.row('i-1')['status']) as PlanStatus); tick += 1) {
    const runs = Array.from({ length: overlap }, (_, index) =>
      runOnce(played, kills, `tick-${tick}-${index}`),
    );
    await Promise.all(runs);
    account.pass(minute);
  }
  return played;
}

/** One execution. After the call at which it is killed it does nothing more. */
function runOnce(played: Played, kills: readonly number[], owner: string): Promise<unknown> {
  const { account } = played;
  let isDead = false;
  let kill = (): void => undefined;
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const never = new Promise<never>(() => undefined);
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    const number = played.calls++;
    const result = await work();
    if (kills.includes(number)) {
      isDead = true;
      kill();
    }
    return isDead ? never : result;
  };
  const guarded = <T extends object>(real: T): T =>
    new Proxy(real, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...asked: unknown[]) => Promise<unknown>;
        return (...asked: unknown[]) => through(() => method.apply(target, asked));
      },
    });
  const run = account.execute({
    settings,
    owner,
    store: guarded,
    backups: guarded,
    commands: guarded,
    ecs: (real) =>
      guarded<Ecs>(
        replacing(real, {
          reboot: (...asked) => {
            const under = account.ecs.snapshots().filter(({ status }) => status === 'progressing');
            played.progressingAtReboot.push(...under.map(({ id }) => id));
            return real.reboot(...asked);
          },
        }),
      ),
  });
  return Promise.race([run, killed]);
}

/** The promises that were broken. All must hold wherever the execution was killed. */
function broken({ account, progressingAtReboot }: Played, exitCode = 0): string[] {
  const disks = account.ecs.snapshots().map(({ diskId }) => diskId);
  const commands = account.ecs.invocations().map(({ commandId }) => commandId);
  const status = String(account.row('i-1')['status']);
  return [
    ...(new Set(disks).size === disks.length ? [] : [`two snapshots of ${disks.join()}`]),
    ...(new Set(commands).size === commands.length ? [] : [`a command twice: ${commands.join()}`]),
    ...progressingAtReboot.map((id) => `restarted during ${id}`),
    ...(account.sent > 1 ? [`RebootInstance sent ${account.sent} times`] : []),
    ...(exitCode !== 0 && account.sent > 0 ? ['restarted after a failed pre-command'] : []),
    // Killed between the intent and the call: it is unknown whether it was sent, and the plan is escalated.
    ...(status === (account.sent === 1 ? 'Avoided' : 'Escalated')
      ? []
      : [`it is ${status}: ${account.reason('i-1').code}`]),
  ];
}

/** The promises that were broken where the execution was killed at one call, for every call. */
async function everySingle(options: Parameters<typeof play>[1] = {}): Promise<string[]> {
  const { calls } = await play([], options);
  const faults: string[] = [];
  for (let number = 0; number < calls; number += 1) {
    const played = await play([number], options);
    faults.push(...broken(played, options.exitCode).map((fault) => `${number}: ${fault}`));
  }
  return faults;
}

// Some of these play a life of a hundred calls a hundred times. On a busy machine this exceeds the usual time limit.
describe('a preparation that is killed', { timeout: 120_000 }, () => {
  it('at no call ends as Avoided', async () => {
    const played = await play([]);
    expect(broken(played)).toEqual([]);
    expect(played.account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(played.calls).toBeGreaterThan(20);
    expect(played.account.ecs.snapshots()).toHaveLength(1);
    expect(played.account.ecs.invocations()).toHaveLength(2);
  });

  it('at any call continues where it was', async () => {
    expect(await everySingle()).toEqual([]);
  });

  it('at any call makes one snapshot of each of two disks', async () => {
    expect(await everySingle({ disks: ['d-1', 'd-2'] })).toEqual([]);
  });

  it('at any call leads to no restart where its pre-command fails', async () => {
    expect(await everySingle({ exitCode: 3 })).toEqual([]);
  });

  it('at any call does nothing twice while another execution does the same', async () => {
    expect(await everySingle({ overlap: 2 })).toEqual([]);
  });

  // One pair in 47. All pairs hold, but take minutes.
  it('at any two calls continues where it was', async () => {
    const { calls } = await play([]);
    const stride = 47;
    const faults: string[] = [];
    for (let first = 0; first < calls; first += 1) {
      const until = (await play([first])).calls;
      for (let second = first + 1 + (first % stride); second < until; second += stride) {
        faults.push(...broken(await play([first, second])).map((fault) => `${first}, ${second}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });
});
