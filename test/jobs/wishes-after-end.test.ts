// Wishes that a person writes into the row of a plan that has ended. They count as soon as the plan waits again, and for the
// next plan. It is 02:30 in Shanghai, and the window ends at 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const observe = settingsOf({ MODE: 'observe' });
let account: Account;

beforeEach(() => {
  account = new Account();
});

/** A row that the tag `enabled` = `false` ended. */
async function skipped(): Promise<void> {
  account.affected('1', {}, { tags: { 'reboot-planner:enabled': 'false' } });
  await account.plan();
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag' });
}

function enable(): void {
  account.ecs.schedule(start, {
    kind: 'instance-overridden',
    instanceId: 'i-1',
    override: { Tags: { Tag: [] } },
  });
  account.pass(minute);
}

/** A row that MODE=observe ended when its time had come. */
async function observed(): Promise<void> {
  account.affected('1');
  await account.plan({ settings: observe });
  await account.execute({ settings: observe });
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'observe' });
}

async function writesNothing(settings = settingsOf()): Promise<void> {
  const before = account.row('i-1');
  await account.plan({ settings });
  await account.execute({ settings });
  expect(account.row('i-1')).toEqual(before);
}

describe('approval = required in the row of an ended plan', () => {
  it('counts once MODE is no longer observe', async () => {
    await observed();
    account.edit('i-1', { approval: 'required', edited_by: 'Li' });
    await writesNothing(observe);
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.reason('i-1').values).toMatchObject({ askedBy: 'operator:Li' });
    expect(account.timeline('i-1')).toContainEqual(
      expect.objectContaining({ by: 'operator:Li', code: 'approval-asked' }),
    );
    expect(account.sent).toBe(0);
  });

  it('counts once the tag is gone that ended it', async () => {
    await skipped();
    account.edit('i-1', { approval: 'required' });
    enable();
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(account.sent).toBe(0);
  });

  it('counts for the next plan of the instance', async () => {
    account.affected('1');
    await account.plan();
    await account.execute();
    account.edit('i-1', { approval: 'required', edited_by: 'Li' });
    await writesNothing();
    account.pass(15 * minute);
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', event_ids: '["e-2"]' });
    expect(account.timeline('i-1')[0]).toMatchObject({ by: 'operator:Li', code: 'approval-asked' });
    expect(account.sent).toBe(1);
    account.edit('i-1', { approval: 'granted' });
    await ticks(account, 1);
    expect(account.sent).toBe(2);
  });

  it('that was set before the event was canceled counts for the next event', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { approval: 'required' });
    await account.plan();
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(minute);
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', event_ids: '["e-2"]' });
    expect(account.sent).toBe(0);
  });

  it('that only MODE=approval required is none for the next plan', async () => {
    const approval = settingsOf({ MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings: approval });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(minute);
    await account.plan({ settings: approval });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared', approval: 'required' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', approval: 'not-required' });
  });
});

describe('approval = granted in the row of an ended plan', () => {
  it('is for its events, and the timeline says who granted it', async () => {
    await observed();
    account.edit('i-1', { approval: 'granted', edited_by: 'Li' });
    await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      approved_events: '["e-1"]',
    });
    expect(account.timeline('i-1')).toContainEqual(
      expect.objectContaining({ by: 'operator:Li', code: 'approved' }),
    );
  });
});

describe('a hold in the row of an ended plan', () => {
  it('holds the plan once it waits again, and the timeline says who set it', async () => {
    await skipped();
    account.edit('i-1', { hold: 'ask Li', edited_by: 'Wang' });
    await writesNothing();
    enable();
    await account.plan();
    await ticks(account, 3);
    expect(account.reason('i-1')).toMatchObject({ code: 'held', values: { why: 'ask Li' } });
    expect(account.timeline('i-1')).toContainEqual(
      expect.objectContaining({ by: 'operator:Wang', code: 'hold-set' }),
    );
    expect(account.sent).toBe(0);
  });
});

describe('a time pinned in the row of an ended plan', () => {
  const leave = settingsOf({ NO_WINDOW: 'leave', MAINTENANCE_WINDOWS: 'Sun 02:00-05:00' });

  it.each([
    ['in the past', { execute_at: '2026-12-01T03:00:00Z' }, 'pinned-in-past'],
    ['after the deadline', { execute_at: '2026-12-02T18:20:00Z' }, 'pinned-too-late'],
    [
      'without room to start',
      { execute_at: '2026-12-01T20:00:00Z', latest_start: '2026-12-01T20:01:00Z' },
      'pinned-without-room',
    ],
  ])('%s is refused in words where the event is left to ECS', async (_, time, why) => {
    account.affected('1');
    await account.plan({ settings: leave });
    account.edit('i-1', { pinned: 'true', edited_by: 'Li', ...time });
    const { problems } = await account.plan({ settings: leave });
    expect(problems.map(({ code }) => code)).toEqual(['left-to-ecs', 'pin-refused']);
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'policy', pinned: 'false' });
    expect(account.reason('i-1').values).toMatchObject({
      also: [{ code: 'pin-refused', values: { why: { code: why } } }],
    });
    expect(account.timeline('i-1')[1]).toMatchObject({ by: 'operator:Li', code: 'pinned-by-hand' });
    await writesNothing(leave);
    expect(account.sent).toBe(0);
  });

  it('in the past is no restart at once when the tag is gone that ended it', async () => {
    await skipped();
    account.edit('i-1', { pinned: 'true', execute_at: '2026-12-01T03:00:00Z' });
    await writesNothing();
    enable();
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 04:00-05:00' });
    await account.plan({ settings });
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T20:00:00Z' });
    expect(account.reason('i-1').values).toMatchObject({ also: [{ code: 'pin-refused' }] });
    expect(account.sent).toBe(0);
  });
});
