// The time that a person pins: it counts where it can be kept, and is refused in words where it cannot. It is 02:30 in
// Shanghai, NotBefore is a day later, and the deadline half an hour before it.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 04:00-05:00' });
let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan({ settings });
});

describe('a pinned time', () => {
  it.each([
    ['in the past', { execute_at: '2026-12-01T17:00:00Z' }, 'pinned-in-past'],
    [
      'in the past, with its end',
      { execute_at: '2026-12-01T16:00:00Z', latest_start: '2026-12-01T17:00:00Z' },
      'pinned-in-past',
    ],
    [
      'after NotBefore',
      { execute_at: '2026-12-02T19:00:00Z', latest_start: '2026-12-02T20:00:00Z' },
      'pinned-too-late',
    ],
    ['after the deadline', { execute_at: '2026-12-02T18:15:00Z' }, 'pinned-too-late'],
    [
      'without room to start',
      { execute_at: '2026-12-01T19:00:00Z', latest_start: '2026-12-01T19:01:00Z' },
      'pinned-without-room',
    ],
  ])('%s is refused in words, and the plan keeps the time of the rules', async (_, time, why) => {
    account.edit('i-1', { pinned: 'TRUE ', edited_by: 'Li', ...time });
    const { problems } = await account.plan({ settings });
    expect(problems).toMatchObject([{ code: 'unpinned', instanceId: 'i-1' }]);
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      pinned: 'false',
      execute_at: '2026-12-01T20:00:00Z',
      latest_start: '2026-12-01T20:45:00Z',
    });
    expect(account.reason('i-1')).toMatchObject({
      code: 'in-window',
      values: { also: [{ code: 'pin-refused', values: { why: { code: why } } }] },
    });
    expect(account.timeline('i-1')[1]).toMatchObject({ by: 'operator:Li', code: 'pinned-by-hand' });
    expect(await account.plan({ settings })).toMatchObject({ updated: 0, problems: [] });
    await ticks(account, 60, settings);
    expect(account.sent).toBe(0);
  });

  it('in the past is refused by the execute function, too, and nothing is rebooted', async () => {
    account.edit('i-1', { pinned: 'true', execute_at: '2026-12-01T17:00:00Z', due_at: BigInt(start) });
    const { problems } = await account.execute({ settings });
    expect(problems).toMatchObject([{ code: 'unpinned' }]);
    expect(account.row('i-1')).toMatchObject({ pinned: 'false', execute_at: '2026-12-01T20:00:00Z' });
    expect(account.sent).toBe(0);
  });

  it('in the past is refused where the plan is held when it is seen first', async () => {
    account.edit('i-1', {
      pinned: 'true',
      execute_at: '2026-12-01T17:00:00Z',
      hold: 'ask Li',
      due_at: BigInt(start),
    });
    await ticks(account, 3, settings);
    await account.plan({ settings });
    account.edit('i-1', { hold: '' });
    await ticks(account, 3, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ pinned: 'false', execute_at: '2026-12-01T20:00:00Z' });
  });

  it('a few minutes ago counts: somebody may have pinned it before that', async () => {
    account.edit('i-1', { pinned: 'true', execute_at: '2026-12-01T18:20:00Z' });
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1 });
  });

  it('may be a wall time in the zone of the instance’s windows', async () => {
    account.edit('i-1', { pinned: 'true', execute_at: ' 2026-12-02 03:00 ' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ pinned: 'true', execute_at: '2026-12-01T19:00:00Z' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'pinned-at',
      values: { at: '2026-12-01T19:00:00Z' },
    });
    account.pass(30 * minute);
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1 });
  });

  it('is in the reason, also where the execute function sees it first', async () => {
    // The row was due already: a person moves it at the last moment.
    account.edit('i-1', { due_at: BigInt(start) });
    account.edit('i-1', { pinned: 'true', execute_at: '2026-12-01T19:00:00Z' });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 0 });
    expect(account.reason('i-1')).toMatchObject({
      code: 'pinned-at',
      values: { at: '2026-12-01T19:00:00Z' },
    });
  });

  it('stays where a tag ends the plan and goes away again', async () => {
    account.edit('i-1', {
      pinned: 'true',
      execute_at: '2026-12-01T22:00:00Z',
      latest_start: '2026-12-01T23:00:00Z',
    });
    await account.plan({ settings });
    const tagged = (value: string): Record<string, unknown> => ({
      Tags: { Tag: [{ TagKey: 'reboot-planner:enabled', TagValue: value }] },
    });
    account.ecs.schedule(start, {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: tagged('false'),
    });
    account.pass(minute);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'tag', pinned: 'true' });
    account.ecs.schedule(start + minute, {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: tagged('true'),
    });
    account.pass(minute);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      pinned: 'true',
      execute_at: '2026-12-01T22:00:00Z',
      latest_start: '2026-12-01T23:00:00Z',
    });
    expect(await account.plan({ settings })).toMatchObject({ updated: 0, unchanged: 1 });
    account.pass(4 * hour);
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1 });
  });

  it('that is not pinned and not allowed is refused in words', async () => {
    account.edit('i-1', { execute_at: '2026-12-01T19:00:00Z', edited_by: 'Li' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ execute_at: '2026-12-01T20:00:00Z' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'in-window',
      values: { also: [{ code: 'time-refused', values: { at: '2026-12-01T19:00:00Z' } }] },
    });
    expect(account.story('i-1')).toEqual(['planned/announced', 'time-by-hand', 'planned/interval-forbidden']);
    expect(await account.plan({ settings })).toMatchObject({ updated: 0 });
  });
});
