// A last resort that finds no free slot says so in its reason, until it has one. The slots are worked out by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;
/** One slot of the group: three hours from NotBefore less two hours on. Before it, there is no time for another one. */
const settings = settingsOf({ SLOT: '3h', MAINTENANCE_WINDOWS: 'Sun 01:00-06:00' });
const notBefore = start + 4 * hour;
const web = { tags: { 'reboot-planner:group': 'web' } };
const sentence = 'At that time no slot is free either.';

beforeEach(async () => {
  account = new Account();
  account.affected('1', { notBefore }, web);
  account.affected('2', { notBefore }, web);
  await account.plan({ settings });
});

/** What the row promises. */
const promise = (): unknown[] => {
  const row = account.row('i-2');
  return [row['status'], row['execute_at'], row['latest_start'], row['decision'], row['group'], row['rules']];
};

function endFirst(): void {
  account.ecs.schedule(account.clock.now().epochMilliseconds, {
    kind: 'event-ended',
    eventId: 'e-1',
    status: 'Canceled',
  });
  account.pass(minute);
}

describe('a last resort at a time that another one has', () => {
  it('says so as long as that is true, and is not written again meanwhile', async () => {
    expect(account.row('i-2')).toMatchObject({ execute_at: '2026-12-01T20:30:00Z' });
    expect(account.row('i-2')['reason']).toContain(sentence);
    const { version } = account.row('i-2');
    account.pass(minute);
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({ version });
    expect(account.row('i-2')['reason']).toContain(sentence);
  });

  it('says so no longer once the other one is gone: written once, and its time stays', async () => {
    const before = promise();
    const { values } = account.reason('i-2');
    endFirst();
    await account.plan({ settings });
    // The plan of the other one ends in that run. The next run sees its slot free.
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(account.row('i-2')['reason']).not.toContain(sentence);
    expect(account.reason('i-2')).toEqual({ code: 'last-resort', values: { ...values, isFull: false } });
    expect(promise()).toEqual(before);
    expect(account.story('i-2')).toEqual(['planned/announced', 'planned/slot-free']);
    const { version } = account.row('i-2');
    expect(await account.plan({ settings })).toMatchObject({ created: 0, updated: 0, ended: 0 });
    expect(account.row('i-2')).toMatchObject({ version });
  });

  it.each([
    ['waits for an approval', settingsOf({ ...environmentOf('approval') })],
    ['is only observed', settingsOf({ ...environmentOf('observe') })],
  ])('follows, too, where it %s', async (_, others) => {
    account = new Account();
    account.affected('1', { notBefore }, web);
    account.affected('2', { notBefore }, web);
    await account.plan({ settings: others });
    const before = promise();
    endFirst();
    await account.plan({ settings: others });
    await account.plan({ settings: others });
    expect(account.row('i-2')['reason']).not.toContain(sentence);
    expect(promise()).toEqual(before);
  });

  it('is left alone where an execution is about to take it', async () => {
    account.pass(2 * hour - 2 * minute);
    endFirst();
    const { version } = account.row('i-2');
    await account.plan({ settings });
    await account.plan({ settings });
    expect(account.row('i-2')).toMatchObject({ version });
  });
});

function environmentOf(mode: string): Record<string, string> {
  return { MODE: mode, SLOT: '3h', MAINTENANCE_WINDOWS: 'Sun 01:00-06:00' };
}
