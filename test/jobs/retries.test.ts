// A person asks for another try of a plan that ended: the column `retry` has its plan_id. It is 02:30 in Shanghai, and windows
// are always open.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, hour, minute, settingsOf } from './stage.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'always' });
let account: Account;

beforeEach(() => {
  account = new Account();
});

async function minutes(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const before = account.clock.now().epochMilliseconds;
    await account.execute({ settings });
    account.pass(Math.max(0, before + minute - account.clock.now().epochMilliseconds));
  }
}

describe('a plan whose restart was sent and not proven', () => {
  beforeEach(async () => {
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    await minutes(45);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: 'e-1' });
    expect(account.sent).toBe(1);
  });

  it('stays Escalated, and nothing is restarted, while nobody asks for another try', async () => {
    await account.plan({ settings });
    await minutes(20);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: 'e-1' });
    expect(account.sent).toBe(1);
  });

  it('gets a new plan with an id of its own, which restarts once', async () => {
    account.edit('i-1', { retry: ' e-1 ', edited_by: 'Li' });
    expect(await account.plan({ settings })).toMatchObject({ created: 1 });
    const row = account.row('i-1');
    expect(row).toMatchObject({ status: 'Planned', event_ids: '["e-1"]' });
    expect(row['plan_id']).toMatch(/^e-1\.\d+$/);
    expect(row).not.toHaveProperty('retry');
    expect(row).not.toHaveProperty('intent_at');
    expect(row).not.toHaveProperty('former_event_ids');
    expect(account.timeline('i-1')).toMatchObject([
      {
        code: 'planned',
        values: {
          why: { code: 'asked-again', values: { by: 'operator:Li', planId: 'e-1', eventIds: ['e-1'] } },
        },
      },
    ]);
    expect(account.history('i-1')).toEqual(['e-1']);
    expect(await account.plan({ settings })).toMatchObject({ created: 0, updated: 0 });
    await minutes(60);
    expect(account.sent).toBe(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', plan_id: row['plan_id'] });
    await account.plan({ settings });
    await minutes(20);
    expect(account.sent).toBe(2);
  });

  it.each(['yes', 'e-2', 'E-1', '', 'e-1.2'])('is not tried again where retry is “%s”', async (retry) => {
    account.edit('i-1', { retry });
    await account.plan({ settings });
    await minutes(20);
    expect(account.sent).toBe(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
  });

  it('is not tried again where retry is an INTEGER', async () => {
    account.edit('i-1', { retry: 1n });
    await account.plan({ settings });
    await minutes(20);
    expect(account.sent).toBe(1);
  });

  it('is not tried again once its event is over', async () => {
    account.ecs.schedule(account.clock.now().epochMilliseconds, {
      kind: 'event-ended',
      eventId: 'e-1',
      status: 'Canceled',
    });
    account.pass(minute);
    account.edit('i-1', { retry: 'e-1' });
    await account.plan({ settings });
    await minutes(20);
    expect(account.sent).toBe(1);
  });

  it('is Missed where a person asks too late', async () => {
    account.pass(22 * hour + 50 * minute);
    account.edit('i-1', { retry: 'e-1' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', reason_code: 'too-late' });
    expect(account.sent).toBe(1);
  });
});

describe('a wish for another try that was written before the end', () => {
  it('does not survive the end', async () => {
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    await minutes(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { retry: 'e-1' });
    await minutes(45);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.row('i-1')).not.toHaveProperty('retry');
    await account.plan({ settings });
    await minutes(20);
    expect(account.sent).toBe(1);
  });
});

describe('a plan that a person skipped', () => {
  it('is planned again where the person asks for it', async () => {
    account.affected('1');
    await account.plan({ settings });
    account.edit('i-1', { status: 'Skipped' });
    await account.plan({ settings });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    account.edit('i-1', { retry: 'e-1' });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });
});

describe('a plan that is Escalated although nothing was sent', () => {
  it('is planned again where a person asks for it, and needs an approval of its own', async () => {
    const asking = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'always' });
    account.affected('1');
    await account.plan({ settings: asking });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: asking });
    account.edit('i-1', { status: 'Escalated' });
    await account.plan({ settings: asking });
    account.edit('i-1', { retry: 'e-1' });
    await account.plan({ settings: asking });
    await ticks(account, 2, asking);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.sent).toBe(0);
    account.edit('i-1', { approval: 'granted' });
    await ticks(account, 2, asking);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });
});

describe('a plan that the planner skipped', () => {
  it('is not tried again: the tag says no', async () => {
    account.affected('1', {}, { tags: { 'reboot-planner:enabled': 'false' } });
    await account.plan({ settings });
    account.edit('i-1', { retry: 'e-1' });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag' });
    expect(account.sent).toBe(0);
  });
});
