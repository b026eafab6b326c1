// The column hold: it stops a plan in every mode and at every moment before the intent, until somebody empties it. It is 02:30
// in Shanghai, and the window ends at 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

const held = {
  code: 'held',
  values: { why: 'ask Li', notBefore: '2026-12-02T18:30:00Z', timeZone: 'Asia/Shanghai' },
};

describe('a hold', () => {
  it.each(['auto', 'approval', 'observe'])('in MODE=%s stops the plan, and says so once', async (MODE) => {
    const settings = settingsOf({ MODE });
    await account.plan({ settings });
    account.edit('i-1', {
      hold: 'ask Li',
      edited_by: 'Wang',
      ...(MODE === 'approval' ? { approval: 'granted' } : {}),
    });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(account.reason('i-1')).toMatchObject(held);
    expect(account.timeline('i-1').filter(({ code }) => code === 'hold-set')).toMatchObject([
      { by: 'operator:Wang', values: { why: 'ask Li' } },
    ]);
    expect(account.row('i-1')).not.toHaveProperty('edited_by');
    const before = account.row('i-1');
    await ticks(account, 20, settings);
    await account.plan({ settings });
    expect(account.row('i-1')).toEqual(before);
    expect(account.sent).toBe(0);
  });

  it('is seen by the plan function, too, which writes the row once', async () => {
    await account.plan();
    account.edit('i-1', { hold: 'ask Li' });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.reason('i-1')).toMatchObject({
      ...held,
      values: { ...held.values, also: [{ code: 'in-window' }] },
    });
    expect(account.story('i-1')).toEqual(['planned/announced', 'hold-set']);
    expect(await account.plan()).toMatchObject({ updated: 0, unchanged: 1 });
    await ticks(account, 5);
    expect(account.sent).toBe(0);
  });

  it.each<[string, ColumnValue, string]>([
    ['a number', 7n, '7'],
    ['a DOUBLE', 1.5, '1.5'],
    ['true', true, 'true'],
    ['bytes', new Uint8Array([1, 2]), '2 bytes'],
  ])('that is %s holds, and is shown', async (_, hold, why) => {
    await account.plan();
    account.edit('i-1', { hold });
    await ticks(account, 3);
    expect(account.reason('i-1')).toMatchObject({ code: 'held', values: { why } });
    expect(account.sent).toBe(0);
  });

  it.each<[string, ColumnValue]>([
    ['blank', '  '],
    ['false', false],
  ])('that is %s is none', async (_, hold) => {
    await account.plan();
    account.edit('i-1', { hold });
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('that is taken away lets the plan go on at the next tick', async () => {
    await account.plan();
    account.edit('i-1', { hold: 'ask Li' });
    await ticks(account, 3);
    account.edit('i-1', { hold: '', edited_by: 'Li' });
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.story('i-1').slice(0, 4)).toEqual([
      'planned/announced',
      'hold-set',
      'hold-lifted',
      'preparing',
    ]);
    expect(account.timeline('i-1').find(({ code }) => code === 'hold-lifted')?.by).toBe('operator:Li');
  });

  it('that is taken away leaves the reason of before, also one that a person wrote', async () => {
    await account.plan();
    account.edit('i-1', {
      reason: 'Li: after the release.',
      pinned: 'true',
      execute_at: '2026-12-01T20:00:00Z',
      hold: 'ask Li',
    });
    await account.plan();
    expect(account.reason('i-1')).toMatchObject(held);
    account.edit('i-1', { hold: undefined });
    await account.plan();
    expect(account.row('i-1')['reason']).toBe('Li: after the release.');
  });

  it('takes nobody else’s place in the limits', async () => {
    account = new Account();
    const web = { tags: { 'reboot-planner:group': 'web' } };
    account.affected('1', {}, web);
    account.affected('2', {}, web);
    await account.plan({ settings: settingsOf({ GROUP_LIMIT: '2' }) });
    account.edit('i-1', { hold: 'ask Li', status: 'Preparing' });
    await ticks(account, 2);
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([0, 1]);
  });

  it('that stays until the deadline leaves the event to ECS, and the row says who held the plan', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:00-03:00' });
    await account.plan({ settings });
    account.edit('i-1', { hold: 'ask Li' });
    account.pass(2 * hour);
    await account.plan({ settings });
    expect(account.reason('i-1')).toMatchObject(held);
    account.pass(21 * hour + 31 * minute);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed', hold: 'ask Li' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'too-late',
      values: { also: [{ code: 'was-held', values: { why: 'ask Li' } }] },
    });
    expect(account.sent).toBe(0);
  });

  it('on a row that has ended does nothing, stays, and holds the next plan', async () => {
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    account.edit('i-1', { hold: 'ask Li' });
    const before = account.row('i-1');
    expect(await account.plan()).toMatchObject({ updated: 0 });
    expect(await account.execute()).toMatchObject({ due: 0 });
    expect(account.row('i-1')).toEqual(before);
    account.pass(hour);
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', hold: 'ask Li', event_ids: '["e-2"]' });
    expect(account.sent).toBe(1);
  });

  it('that comes after the intent changes nothing: the answer is written, and the plan is proven', async () => {
    await account.plan();
    const report = await account.execute({
      ecs: (real) =>
        replacing(real, {
          reboot: (regionId, instanceId) => {
            account.edit('i-1', { hold: 'ask Li', approval: 'required' });
            return real.reboot(regionId, instanceId);
          },
        }),
    });
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.story('i-1')).toContain('accepted');
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', hold: 'ask Li' });
  });
});

/** A wish that a person writes into the row while an execution works on it. */
const wishes: [string, Record<string, ColumnValue>][] = [
  ['a hold', { hold: 'ask Li' }],
  ['a hold of another type', { hold: true }],
  ['a withdrawn approval', { approval: 'required' }],
];

describe.each(wishes)('%s that comes', (_, edit) => {
  it('right before the intent stops the plan', async () => {
    await account.plan();
    const report = await account.execute({
      store: (real) =>
        replacing(real, {
          write: (write) => {
            if (write.plan.status === 'Rebooting') account.edit('i-1', edit);
            return real.write(write);
          },
        }),
    });
    expect(report).toMatchObject({ due: 1, rebooted: 0 });
    await ticks(account, 10);
    expect(account.row('i-1')).toMatchObject(
      edit['approval'] ? { status: 'AwaitingApproval' } : { hold: expect.stringMatching(/./) as string },
    );
    expect(account.sent).toBe(0);
  });

  it('right before the claim of a row that never had such a column stops the plan', async () => {
    await account.plan();
    account.edit('i-1', { hold: undefined, approval: undefined });
    await account.execute({
      store: (real) =>
        replacing(real, {
          write: (write) => {
            if (write.plan.status === 'Preparing') account.edit('i-1', edit);
            return real.write(write);
          },
        }),
    });
    await ticks(account, 10);
    expect(account.sent).toBe(0);
  });

  it('during the pre-command stops the plan, which says that the command has begun', async () => {
    const settings = settingsOf({ PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * second, exitCode: 0, output: '' }] });
    await account.plan({ settings });
    await account.execute({
      settings,
      commands: (real) => ({
        ...real,
        resultOf: (...asked) => {
          account.edit('i-1', edit);
          return real.resultOf(...asked);
        },
      }),
    });
    await ticks(account, 10, settings);
    await account.plan({ settings });
    expect(account.row('i-1')['reason']).toMatch(/The pre-command c-drain has begun\./);
    expect(account.sent).toBe(0);
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('during the backup stops the plan before its restart', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot' });
    account = new Account();
    account.affected('1', {}, { disks: [{ id: 'd-1', snapshotMs: 4 * minute }] });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    account.edit('i-1', edit);
    await ticks(account, 20, settings);
    expect(account.sent).toBe(0);
    expect(account.ecs.snapshots()).toHaveLength(1);
  });
});
