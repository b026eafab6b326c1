// A person decides while an execution works on the plan: before the intent the person wins, after it the execution does. It is
// 02:30 in Shanghai, in the window.
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanStatus } from '../../../lib/plan/status.ts';
import type { PlanStore } from '../../../lib/ports.ts';
import { ticks } from '../../jobs/preparation.ts';
import { Account } from '../../jobs/stage.ts';
import { replacing } from '../../jobs/replacing.ts';
import { Operator, type Ran } from './operator.ts';

let account: Account;
let operator: Operator;

beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
  await account.plan();
});

/** The store of an execution, before whose write of this status the person gives the command. */
function commanded(status: PlanStatus, args: readonly string[], ran: Ran[]): (real: PlanStore) => PlanStore {
  return (real) =>
    replacing(real, {
      write: async (write) => {
        if (write.plan.status === status && ran.length === 0) ran.push(await operator.run(...args));
        return real.write(write);
      },
    });
}

const commands: [string, string[], PlanStatus][] = [
  ['hold', ['hold', 'i-1', '--yes'], 'Planned'],
  ['skip', ['skip', 'i-1', '--yes'], 'Skipped'],
  ['reschedule', ['reschedule', 'i-1', '--yes', '--at', '+3h'], 'Planned'],
];

describe.each(commands)('%s', (_, args, status) => {
  it.each(['Preparing', 'Rebooting'] as const)(
    'right before %s is written stops the restart',
    async (written) => {
      const ran: Ran[] = [];
      await account.execute({ store: commanded(written, args, ran) });
      expect(ran).toMatchObject([{ code: 0 }]);
      await ticks(account, 5);
      await account.plan();
      expect(account.sent).toBe(0);
      expect(account.row('i-1')).toMatchObject({ status });
    },
  );

  it('after the intent is refused, and the answer of ECS is written', async () => {
    const ran: Ran[] = [];
    const report = await account.execute({ store: commanded('Verifying', args, ran) });
    expect(ran).toMatchObject([
      { code: 1, err: [expect.stringContaining('RebootInstance may have been sent at')] },
    ]);
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});
