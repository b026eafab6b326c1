// Executions and plannings interleave at every call to ECS and Tablestore, in random orders: the request and the answer of
// each call wait for their turn. In every order RebootInstance is sent once per plan.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ecs } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, minute } from './stage.ts';

const ids = ['1', '2', '3'] as const;

async function accountWithPlans(): Promise<Account> {
  const account = new Account();
  for (const id of ids) account.affected(id);
  await account.plan();
  return account;
}

/** Makes every call of the account wait for its turn, before it arrives and before its answer does. */
function interleave(account: Account, scheduler: fc.Scheduler): { ecs: (real: Ecs) => Ecs } {
  const inTurn = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), `${name} is on its way`);
    const result = await work();
    await scheduler.schedule(Promise.resolve(), `${name} is answered`);
    return result;
  };
  account.carry = inTurn;
  return {
    ecs: (real) => ({
      listEvents: (...asked) => inTurn('listEvents', () => real.listEvents(...asked)),
      eventsById: (...asked) => inTurn('eventsById', () => real.eventsById(...asked)),
      instancesById: (...asked) => inTurn('instancesById', () => real.instancesById(...asked)),
      instancesDown: (...asked) => inTurn('instancesDown', () => real.instancesDown(...asked)),
      ecsWindows: (...asked) => inTurn('ecsWindows', () => real.ecsWindows(...asked)),
      turnToReboot: (...asked) => inTurn('turnToReboot', () => real.turnToReboot(...asked)),
      healthOf: (...asked) => inTurn('healthOf', () => real.healthOf(...asked)),
      reboot: (...asked) => inTurn('reboot', () => real.reboot(...asked)),
    }),
  };
}

/** The instances to which RebootInstance was sent, in the order of arrival. */
function sentTo(account: Account): (string | undefined)[] {
  return account.ecs.record.calls('RebootInstance').map(({ params }) => params['InstanceId']);
}

describe('executions that overlap', () => {
  it('send once per plan, and every plan ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 3 }), async (scheduler, count) => {
        const account = await accountWithPlans();
        const { ecs } = interleave(account, scheduler);
        const runs = Array.from({ length: count }, (_, index) =>
          account.execute({ ecs, owner: `execution-${index}` }),
        );
        const planning = account.plan({ ecs });
        const reports = await scheduler.waitFor(Promise.all(runs));
        await scheduler.waitFor(planning);
        const first = sentTo(account);
        expect(new Set(first).size).toBe(first.length);
        expect(reports.reduce((sum, { rebooted }) => sum + rebooted, 0)).toBe(first.length);

        account.carry = (_operation, work) => Promise.resolve().then(work);
        for (let tick = 0; tick < 6; tick += 1) {
          account.pass(minute);
          await account.execute();
        }
        expect(sentTo(account).sort()).toEqual(['i-1', 'i-2', 'i-3']);
        for (const id of ids) {
          expect(account.restarts(`i-${id}`)).toBe(1);
          expect(account.row(`i-${id}`)).toMatchObject({ status: 'Avoided' });
        }
      }),
      { seed: 21, numRuns: 60 },
    );
  });

  it('send twice where their writes have no condition, which proves that the orders above are hard enough', async () => {
    const twice = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const account = await accountWithPlans();
      const { ecs } = interleave(account, scheduler);
      const runs = ['a', 'b'].map((owner) =>
        account.execute({
          ecs,
          owner,
          // These two go on although another writer was first.
          store: (real) =>
            replacing(real, {
              writeAll: async (writes) => (await real.writeAll(writes)).map(() => ({ kind: 'written' })),
              write: async (write) => {
                await real.write(write);
                return { kind: 'written' };
              },
            }),
        }),
      );
      await scheduler.waitFor(Promise.all(runs));
      return new Set(sentTo(account)).size === sentTo(account).length;
    });
    const { failed } = await fc.check(twice, { seed: 22, numRuns: 20, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
