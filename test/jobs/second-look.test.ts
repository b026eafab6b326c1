// A plan ends with its own events while another event of its instance is open that cannot be read. That one gets a row of its
// own in the same run. Later it can be read, and nothing of the ended plan counts for it. It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

/** The window opens at 03:00, half an hour from now. */
const windows = { MAINTENANCE_WINDOWS: 'daily 03:00-05:00' };

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

/** e-1 ends, and ECS announces e-2 with a NotBefore that cannot be read. */
function replaceEvent(status: 'Canceled' | 'Executed'): void {
  account.ecs.schedule(account.clock.now().epochMilliseconds, {
    kind: 'event-ended',
    eventId: 'e-1',
    status,
  });
  const notBefore = start + 48 * hour;
  account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore, override: { NotBefore: 'soon' } });
  account.pass(second);
}

/** The NotBefore of e-2 can be read now. */
function makeReadable(): void {
  const at = account.clock.now().epochMilliseconds;
  account.ecs.schedule(at, { kind: 'event-overridden', eventId: 'e-2', override: {} });
  account.pass(second);
}

describe('where a plan ends and another event cannot be read, one run', () => {
  it('ends the plan, keeps it in the history, and makes a row for the other event', async () => {
    await account.plan();
    replaceEvent('Executed');
    const report = await account.plan();
    expect(report).toMatchObject({ created: 1, updated: 0, unchanged: 0, ended: 1 });
    expect(account.row('i-1')).toMatchObject({
      status: 'Escalated',
      reason_code: 'no-readable-event',
      event_ids: '["e-2"]',
    });
    expect(account.history('i-1')).toEqual(['e-1']);
    expect(report.problems.map(({ code }) => code)).toEqual(['executed-before-us', 'odd-event']);
  });

  it('changes nothing when it is repeated', async () => {
    await account.plan();
    replaceEvent('Canceled');
    await account.plan();
    const writes = account.tablestore.record.length;
    expect(await account.plan()).toMatchObject({ created: 0, ended: 0, unchanged: 1 });
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('tells what a pre-command left behind, although the row is about the other event now', async () => {
    const settings = settingsOf({ PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 5 * minute, exitCode: 0, output: '' }] });
    await account.plan({ settings });
    await account.execute({ settings });
    replaceEvent('Canceled');
    const { problems } = await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ event_ids: '["e-2"]' });
    expect(problems.map(({ problem }) => problem).join(' ')).toContain('The pre-command c-drain began');
  });

  it('leaves the other event to the next run where its row cannot be written', async () => {
    await account.plan();
    replaceEvent('Canceled');
    const report = await account.plan({
      store: (real) =>
        replacing(real, {
          archive: (plans) => Promise.resolve(plans.map(() => ({ kind: 'failed', message: 'down' }))),
        }),
    });
    expect(report).toMatchObject({ created: 0, unchanged: 0, ended: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    expect(await account.plan()).toMatchObject({ created: 1, ended: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', event_ids: '["e-2"]' });
  });
});

describe('an event that followed an ended plan and can be read later', () => {
  it('is planned, although the ended plan was pinned', async () => {
    await account.plan();
    account.edit('i-1', { pinned: 'true' });
    await account.plan();
    replaceEvent('Canceled');
    await account.plan();
    makeReadable();
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]', pinned: 'false' });
    account.pass(minute);
    await account.execute();
    expect(account.restarts('i-1')).toBe(1);
  });

  it('needs an approval of its own', async () => {
    const settings = settingsOf({ ...windows, MODE: 'approval' });
    await account.plan({ settings });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', approval: 'granted' });
    replaceEvent('Canceled');
    await account.plan({ settings });
    makeReadable();
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    account.pass(hour);
    await ticks(account, 2, settings);
    expect(account.sent).toBe(0);
  });

  it('gets a backup of its own', async () => {
    const settings = settingsOf({ ...windows, BACKUP: 'snapshot' });
    await account.plan({ settings });
    account.pass(15 * minute);
    await ticks(account, 5, settings);
    expect(account.ecs.snapshots()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    replaceEvent('Canceled');
    await account.plan({ settings });
    makeReadable();
    await account.plan({ settings });
    await ticks(account, 30, settings);
    expect(account.ecs.snapshots()).toHaveLength(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', event_ids: '["e-2"]' });
    expect(account.history('i-1')).toEqual(['e-1', account.row('i-1')['plan_id']]);
  });
});
