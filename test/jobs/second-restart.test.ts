// Edits that lead to a second RebootInstance for the same event.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
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

describe('no new plan is made for the event of a restart that was sent', () => {
  const edits = [
    { event_ids: '[]' },
    { event_ids: '["e-99"]' },
    { event_ids: '["e-99"]', sent_event_ids: '[]' },
    { event_ids: '["e-99"]', sent_event_ids: undefined },
  ];

  it.each(edits)('when a person edits its finished row to %j', async (edit) => {
    account.pass(40 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: 'e-1' });
    account.edit('i-1', edit);
    await nightAfter();
    expect(account.sent).toBe(1);
  });

  it.each(edits)('when a person edits its row in Verifying to %j', async (edit) => {
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', edit);
    await nightAfter();
    expect(account.sent).toBe(1);
  });

  /** Both functions, again and again: the row may end, and the next run may plan anew. */
  async function nightAfter(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) {
      account.pass(5 * minute);
      await account.plan();
      await account.execute();
    }
  }
});

describe('a restart was sent, and somebody set its row back to Planned', () => {
  it.each([
    ['intent_at alone', { intent_at: undefined }],
    [
      'every column of the watch but sent_event_ids',
      { intent_at: undefined, intent_outcome: undefined, verify_until: undefined, next_look: undefined },
    ],
    ['intent_at and sent_event_ids', { intent_at: undefined, sent_event_ids: undefined }],
  ])('without %s: what is left of the restart tells of it', async (_, removed) => {
    account.edit('i-1', { status: 'Planned', ...removed });
    account.pass(15 * minute);
    await account.plan();
    await ticks(account, 5);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'row-unreadable' });
    expect(account.sent).toBe(1);
  });

  it('after its proof failed: the event is not restarted again', async () => {
    account.pass(35 * minute);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
    account.edit('i-1', { status: 'Planned', intent_at: undefined });
    await account.plan();
    await ticks(account, 5);
    expect(account.sent).toBe(1);
  });
});

describe('a row that is deleted while RebootInstance is under way', () => {
  it('is told by the history: its event waits for a person', async () => {
    account = new Account();
    account.affected('1', { neverAvoided: true });
    await account.plan();
    await account.execute({
      ecs: (real) =>
        replacing(real, {
          reboot: (regionId, instanceId) => {
            account.deleteRow('i-1');
            return real.reboot(regionId, instanceId);
          },
        }),
    });
    account.pass(15 * minute);
    await account.plan();
    await ticks(account, 15);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'in-history' });
    expect(account.sent).toBe(1);
  });
});
