// Events for which ECS waits for an answer. They have no NotBefore. Whoever accepts one starts it at once.
import { beforeEach, expect, it } from 'vitest';
import { Account, minute, settingsOf } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

it.each(['SystemMaintenance.Reboot', 'SystemMaintenance.Redeploy'])(
  'an Inquiring event of type %s has a row that says so, and nothing is restarted',
  async (type) => {
    const settings = settingsOf({ EVENT_TYPES: 'SystemMaintenance.Reboot,SystemMaintenance.Redeploy' });
    account.affected('1', { type, status: 'Inquiring' });
    account.affected('2');
    const report = await account.plan({ settings });
    expect(report).toMatchObject({ events: 2, created: 2 });
    expect(report.problems).toMatchObject([{ code: 'inquiring', instanceId: 'i-1' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'inquiring', event_ids: '["e-1"]' });
    expect(account.row('i-1')).not.toHaveProperty('not_before');
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.reason('i-1')).toEqual({ code: 'inquiring', values: { eventIds: ['e-1'] } });
    account.pass(minute);
    await account.execute({ settings });
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([0, 1]);
  },
);

it('an Inquiring event that ECS schedules is planned then', async () => {
  account.affected('1', { status: 'Inquiring' });
  await account.plan();
  account.ecs.addEvent({ id: 'e-3', instanceId: 'i-1', notBefore: Date.UTC(2026, 11, 2, 18, 30) });
  await account.plan();
  expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-3"]' });
});
