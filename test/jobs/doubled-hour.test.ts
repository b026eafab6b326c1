// The hour that the clock shows twice: Berlin goes back from 03:00 to 02:00 on 2027-10-31 at 01:00Z. The instants were worked out
// by hand: 02:30 comes at 00:30Z and at 01:30Z.
import { expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const settings = settingsOf({
  TIME_ZONE: 'Europe/Berlin',
  MAINTENANCE_WINDOWS: 'daily 02:30-03:30',
  SLOT: '45m',
});

/** A plan for that night. It is 14:00 of the day before in Berlin. */
async function planned(): Promise<Account> {
  const account = new Account();
  account.pass(Date.parse('2027-10-30T12:00:00Z') - start);
  account.affected('1', { notBefore: Date.parse('2027-10-31T12:00:00Z') });
  await account.plan({ settings });
  return account;
}

function passTo(account: Account, time: string): void {
  account.pass(Date.parse(time) - account.clock.now().epochMilliseconds);
}

it('a row says which of the two times is meant, and planning it again writes nothing', async () => {
  const account = await planned();
  expect(account.row('i-1')).toMatchObject({
    execute_at: '2027-10-31T00:30:00Z',
    execute_at_local: 'Sun 2027-10-31 02:30+02:00 Europe/Berlin',
    latest_start: '2027-10-31T01:45:00Z',
    latest_start_local: 'Sun 2027-10-31 02:45+01:00 Europe/Berlin',
    not_before_local: 'Sun 2027-10-31 13:00 Europe/Berlin',
  });
  const { version } = account.row('i-1');
  account.pass(hour);
  await account.plan({ settings });
  expect(account.row('i-1')['version']).toBe(version);
});

it('a time that a person copies from there into execute_at is kept, and the other one is not', async () => {
  const account = await planned();
  account.edit('i-1', {
    execute_at: 'Sun 2027-10-31 02:40+01:00 Europe/Berlin',
    latest_start: '2027-10-31 02:50+01:00',
    pinned: 'true',
  });
  await account.plan({ settings });
  expect(account.row('i-1')).toMatchObject({
    execute_at: '2027-10-31T01:40:00Z',
    latest_start: '2027-10-31T01:50:00Z',
  });
  const sent: number[] = [];
  for (const time of ['2027-10-31T00:41:00Z', '2027-10-31T01:39:00Z', '2027-10-31T01:41:00Z']) {
    passTo(account, time);
    await account.execute({ settings });
    sent.push(account.sent);
  }
  expect(sent).toEqual([0, 0, 1]);
});

it('a time that could be either is no time: nothing is restarted', async () => {
  const account = await planned();
  account.edit('i-1', { execute_at: '2027-10-31 02:40', pinned: 'true' });
  for (
    let at = Date.parse('2027-10-31T00:00:00Z');
    at < Date.parse('2027-10-31T02:00:00Z');
    at += 20 * minute
  ) {
    passTo(account, new Date(at).toISOString());
    await account.plan({ settings });
    await account.execute({ settings });
  }
  expect(account.sent).toBe(0);
  expect(account.row('i-1')['status']).toBe('Escalated');
  expect(account.row('i-1')['reason']).toContain(
    'Column execute_at is "2027-10-31 02:40", expected 2027-10-31T02:40+02:00 or 2027-10-31T02:40+01:00: the clocks of Europe/Berlin show this time twice.',
  );
});
