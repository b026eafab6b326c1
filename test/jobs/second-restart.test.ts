// Edits that lead to a second RebootInstance for the same event.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute } from '../jobs/stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  // ECS accepts the restart, and the event does not show it for hours.
  account.affected('1', { avoidedAfterMs: 9 * hour });
  await account.plan();
  await account.execute();
  expect(account.sent).toBe(1);
});

describe('a restart was sent, and somebody removed intent_at', () => {
  it.each(['Verifying', 'Rebooting'])(
    'a row in %s never says that nothing was rebooted for it',
    async (status) => {
      account.edit('i-1', { status, intent_at: undefined });
      const { problems } = await account.plan();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(problems.map(({ problem }) => problem).join()).not.toContain('Nothing was rebooted');
      expect(String(account.row('i-1')['reason'])).not.toContain('Nothing was rebooted');
      expect(String(account.row('i-1')['reason'])).not.toContain('set status to Planned');
    },
  );

  it('a person who does what the reason of the row advises causes no second restart', async () => {
    account.edit('i-1', { intent_at: undefined });
    await account.plan();
    // "Correct the row and set status to Planned".
    if (String(account.row('i-1')['reason']).includes('set status to Planned')) {
      account.edit('i-1', { status: 'Planned' });
    }
    account.pass(15 * minute);
    await account.plan();
    await account.execute();
    expect(account.sent).toBe(1);
  });
});

describe('a finished row whose restart was sent', () => {
  it.each(['[]', '["e-99"]'])(
    'makes no new plan for its event when event_ids is edited to %s',
    async (ids) => {
      account.pass(40 * minute);
      await account.execute();
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: 'e-1' });
      account.edit('i-1', { event_ids: ids });
      await account.plan();
      account.pass(minute);
      await account.execute();
      expect(account.sent).toBe(1);
    },
  );
});
