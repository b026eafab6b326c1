// Between the claim of a plan and its intent, something fails. The claim is given back at once: the next run, a minute later,
// begins with the plan, and does not wait for the end of the lease (two and a half minutes). It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backups, Commands, Ecs, PlanStore } from '../../lib/ports.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

const broken = (): Promise<never> => Promise.reject(new Error('the line broke'));

/** The port, whose method fails at its n-th call. */
function failing<T extends object>(method: keyof T & string, nth = 1): (real: T) => T {
  let calls = 0;
  return (real) => {
    const own = (real as Record<string, (...values: unknown[]) => Promise<unknown>>)[method]?.bind(real);
    const once = (...values: unknown[]): unknown => ((calls += 1) === nth ? broken() : own?.(...values));
    return replacing(real, { [method]: once } as Partial<T>);
  };
}

/** The turn takes so long that the facts are old. */
const slowTurn = (real: Ecs): Ecs =>
  replacing(real, {
    turnToReboot: (regionId) => {
      account.pass(20 * second);
      return real.turnToReboot(regionId);
    },
  });

const plain = settingsOf();
const backup = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'always' });
const command = settingsOf({ PRE_COMMAND: 'c-drain', MAINTENANCE_WINDOWS: 'always' });

describe('a fault between the claim and the intent gives the claim back', () => {
  it.each<[string, typeof plain, () => Invocation]>([
    ['reading who else claimed', plain, () => ({ store: failing<PlanStore>('readUnderWay', 2) })],
    ['waiting for the turn', plain, () => ({ ecs: failing<Ecs>('turnToReboot') })],
    [
      'reading the events again',
      plain,
      () => ({ ecs: (real) => failing<Ecs>('eventsById', 2)(slowTurn(real)) }),
    ],
    [
      'reading the instances again',
      plain,
      () => ({ ecs: (real) => failing<Ecs>('instancesById', 2)(slowTurn(real)) }),
    ],
    ['reading the disks', backup, () => ({ backups: failing<Backups>('disksOf') })],
    ['looking at a backup', backup, () => ({ backups: failing<Backups>('snapshots') })],
    ['starting a pre-command', command, () => ({ commands: failing<Commands>('invoke') })],
    ['looking at a pre-command', command, () => ({ commands: failing<Commands>('resultOf') })],
    ['reading the events after a pre-command', command, () => ({ ecs: failing<Ecs>('eventsById', 2) })],
  ])('%s', async (_, settings, invocation) => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    await account.plan({ settings });
    const { problems } = await account.execute({ settings, ...invocation() });
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).not.toHaveProperty('owner');
    expect(account.row('i-1')).not.toHaveProperty('intent_at');
    expect(Number(account.row('i-1')['due_at'])).toBeLessThanOrEqual(
      account.clock.now().epochMilliseconds + minute,
    );
    expect(
      [String(account.row('i-1')['reason']), ...problems.map(({ problem }) => problem)].join(' '),
    ).toContain('the line broke');
    account.pass(minute);
    await ticks(account, settings === plain ? 1 : 20, settings);
    expect(account.restarts('i-1')).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('reading the slots of the others, where the event moved meanwhile', async () => {
    await account.plan({ settings: plain });
    const moving = (real: Ecs): Ecs =>
      replacing(real, {
        turnToReboot: (regionId) => {
          account.ecs.schedule(account.clock.now().epochMilliseconds, {
            kind: 'event-moved',
            eventId: 'e-1',
            notBefore: start + 3 * hour,
          });
          account.pass(20 * second);
          return real.turnToReboot(regionId);
        },
      });
    const invocation = { settings: plain, ecs: moving, store: failing<PlanStore>('unfinishedInstances') };
    const { problems } = await account.execute(invocation);
    expect(problems.map(({ code }) => code)).toContain('plan-not-worked-on');
    expect(account.restarts('i-1')).toBe(0);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', reason_code: 'plan-not-worked-on' });
    expect(account.row('i-1')).not.toHaveProperty('owner');
  });

  it('but never after the intent: the plan goes on to verification', async () => {
    await account.plan();
    await account.execute({ ecs: (real) => replacing(real, { reboot: broken }) });
    expect(account.row('i-1')).toMatchObject({ status: 'Rebooting' });
    expect(account.row('i-1')).toHaveProperty('intent_at');
    account.pass(3 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', intent_outcome: 'unknown' });
    expect(account.sent).toBe(0);
  });

  it('and not where somebody else has the row by then', async () => {
    await account.plan();
    const taken = (real: Ecs): Ecs =>
      replacing(real, {
        turnToReboot: () => {
          account.edit('i-1', { owner: 'somebody else' });
          return broken();
        },
      });
    await account.execute({ ecs: taken });
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing', owner: 'somebody else' });
  });
});
