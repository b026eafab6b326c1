// Each deciding command writes what it says, and the real jobs obey. It is 02:30 in Shanghai, NotBefore is a day later, and the
// window is open from 02:40 to 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from '../../jobs/preparation.ts';
import { Account, hour, minute, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

const window = { MAINTENANCE_WINDOWS: 'daily 02:40-05:00' };
const settings = settingsOf(window);
const approval = settingsOf({ ...window, MODE: 'approval' });
let account: Account;
let operator: Operator;

beforeEach(() => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
});

describe('approve', () => {
  it('grants what the row shows, and the restart follows', async () => {
    await account.plan({ settings: approval });
    const { code, out } = await operator.run('approve', 'i-1', '--yes', '--as', 'Li');
    expect({ code, out }).toEqual({ code: 0, out: ['i-1 (web-1): approved'] });
    expect(account.row('i-1')).toMatchObject({
      approval: 'granted',
      edited_by: 'Li',
      status: 'AwaitingApproval',
    });
    account.pass(10 * minute);
    expect(await account.execute({ settings: approval })).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.timeline('i-1').find(({ code: one }) => one === 'approved')).toMatchObject({
      by: 'operator:Li',
      values: { eventIds: ['e-1'], decision: 'window' },
    });
  });

  it('is for the events of the row, whatever an older grant was for', async () => {
    await account.plan({ settings: approval });
    account.edit('i-1', { approved_events: '["e-0"]', approved_decision: 'last-resort' });
    await operator.run('approve', 'i-1', '--yes');
    await account.plan({ settings: approval });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      approved_events: '["e-1"]',
      approved_decision: 'window',
    });
  });

  it('says that it is approved already, and writes nothing', async () => {
    await account.plan({ settings: approval });
    await operator.run('approve', 'i-1', '--yes');
    const before = account.row('i-1');
    expect(await operator.run('approve', 'i-1', '--yes', '--as', 'Wang')).toEqual({
      code: 0,
      out: [],
      err: ['i-1 (web-1) is already approved.'],
    });
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('hold and resume', () => {
  it('stop the restart, and let it go on', async () => {
    await account.plan({ settings });
    const held = await operator.run('hold', 'i-1', '--yes', '--reason', 'release until 18:00');
    expect(held).toMatchObject({ code: 0, out: ['i-1 (web-1): held'] });
    account.pass(10 * minute);
    await ticks(account, 3, settings);
    expect(account.sent).toBe(0);
    expect(account.row('i-1')).toMatchObject({ hold: 'release until 18:00', reason_code: 'held' });
    expect(await operator.run('resume', 'i-1', '--yes', '--as', 'Wang')).toMatchObject({ code: 0 });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1 });
    expect(account.timeline('i-1').filter(({ by }) => by.startsWith('operator'))).toMatchObject([
      { by: 'operator:lilei', code: 'hold-set', values: { why: 'release until 18:00' } },
      { by: 'operator:Wang', code: 'hold-lifted' },
    ]);
  });

  it('need no reason: the name of the person is one', async () => {
    await account.plan({ settings });
    await operator.run('hold', 'i-1', '--yes');
    expect(account.row('i-1')).toMatchObject({ hold: 'held by lilei' });
  });

  it('on a plan that has ended, hold the next one', async () => {
    await account.plan({ settings });
    account.pass(10 * minute);
    await account.execute({ settings });
    const { code, err } = await operator.run('hold', 'i-1', '--yes', '--reason', 'ask Li');
    expect(code).toBe(0);
    expect(err[0]).toBe('i-1 (web-1), Avoided: will hold the next plan of the instance: ask Li.');
    account.ecs.addEvent({
      id: 'e-2',
      instanceId: 'i-1',
      notBefore: account.clock.now().epochMilliseconds + 24 * hour,
    });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', hold: 'ask Li', event_ids: '["e-2"]' });
  });
});

describe('skip', () => {
  it('ends the plan, and nothing is restarted', async () => {
    await account.plan({ settings });
    const { code, err } = await operator.run('skip', 'web-1', '--yes');
    expect(code).toBe(0);
    expect(err).toEqual([
      'i-1 (web-1), Planned: will end the plan without a restart of ours.',
      '  Unless somebody restarts the instance before that, ECS does at NotBefore, Thu 2026-12-03 02:30 Asia/Shanghai.',
    ]);
    account.pass(10 * minute);
    await ticks(account, 3, settings);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    expect(account.sent).toBe(0);
  });
});

describe('reschedule', () => {
  it('pins the time, with an interval as long as before, and the restart comes then', async () => {
    await account.plan({ settings });
    // The window left 02:40 to 04:45: 2 h 5 min.
    const { code } = await operator.run('reschedule', 'i-1', '--yes', '--at', '2026-12-02 12:00');
    expect(code).toBe(0);
    expect(account.row('i-1')).toMatchObject({
      pinned: 'true',
      execute_at: '2026-12-02T04:00:00Z',
      latest_start: '2026-12-02T06:05:00Z',
      edited_by: 'lilei',
    });
    expect(await account.plan({ settings })).toMatchObject({ updated: 1, problems: [] });
    account.pass(9 * hour + 29 * minute);
    expect(await account.execute({ settings })).toMatchObject({ due: 0 });
    account.pass(minute);
    expect(await account.execute({ settings })).toMatchObject({ due: 1, rebooted: 1, avoided: 1 });
  });

  it.each([
    ['--at', '+2h', '2026-12-01T20:30:00Z'],
    ['--at', '2026-12-01T20:00:00Z', '2026-12-01T20:00:00Z'],
    ['--at', '2026-12-02T05:15', '2026-12-01T21:15:00Z'],
    ['--at', 'Wed 2026-12-02 06:00 Asia/Tokyo', '2026-12-01T21:00:00Z'],
  ])('understands %s %s', async (flag, text, at) => {
    await account.plan({ settings });
    await operator.run('reschedule', 'i-1', '--yes', flag, text);
    expect(account.row('i-1')).toMatchObject({ execute_at: at });
    expect(await account.plan({ settings })).toMatchObject({ problems: [] });
    expect(account.row('i-1')).toMatchObject({ pinned: 'true', execute_at: at });
  });

  it('reads wall times in --time-zone', async () => {
    await account.plan({ settings });
    const times = ['--at', '2026-12-01 21:00', '--until', '2026-12-01 22:00', '--time-zone', 'Europe/Berlin'];
    await operator.run('reschedule', 'i-1', '--yes', ...times);
    expect(account.row('i-1')).toMatchObject({
      execute_at: '2026-12-01T20:00:00Z',
      latest_start: '2026-12-01T21:00:00Z',
    });
  });

  it('ends the interval at the deadline where as long as before is too long', async () => {
    await account.plan({ settings });
    await operator.run('reschedule', 'i-1', '--yes', '--at', '2026-12-03 01:00');
    expect(account.row('i-1')).toMatchObject({ latest_start: '2026-12-02T18:00:00Z' });
    expect(await account.plan({ settings })).toMatchObject({ problems: [] });
    expect(account.row('i-1')).toMatchObject({ pinned: 'true', execute_at: '2026-12-02T17:00:00Z' });
  });
});

describe('retry', () => {
  it('after Escalated makes a new plan, which restarts once more', async () => {
    account = new Account();
    operator = new Operator(account);
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    account.pass(10 * minute);
    await ticks(account, 45, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    const { code, err } = await operator.run('retry', 'i-1', '--yes', '--as', 'Li');
    expect(code).toBe(0);
    expect(err.join('\n')).toContain(
      'RebootInstance may have been sent at Wed 2026-12-02 02:40 Asia/Shanghai.',
    );
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', retry: 'e-1' });
    expect(await account.plan({ settings })).toMatchObject({ created: 1 });
    await ticks(account, 45, settings);
    expect(account.sent).toBe(2);
    expect(account.history('i-1')).toHaveLength(2);
  });
});

describe('acknowledge', () => {
  it('lets the group go on after a restart whose check failed', async () => {
    const web = { tags: { 'reboot-planner:group': 'web' } };
    const check = settingsOf({ MAINTENANCE_WINDOWS: 'always', POST_COMMAND: 'c-check' });
    account = new Account();
    operator = new Operator(account);
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: 1_000, exitCode: 1, output: '' }] });
    for (const id of ['1', '2']) account.affected(id, {}, web);
    await account.plan({ settings: check });
    account.pass(15 * minute);
    await ticks(account, 10, check);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.sent).toBe(1);
    const ran = await operator.run(
      'acknowledge',
      'i-1',
      '--yes',
      '--as',
      'Li',
      '--reason',
      'check is broken',
    );
    expect(ran).toMatchObject({ code: 0, out: ['i-1 (web-1): acknowledged'] });
    expect(account.row('i-1')).toMatchObject({ acknowledged: 'yes, Li: check is broken' });
    expect(account.row('i-1')).not.toHaveProperty('edited_by');
    await ticks(account, 5, check);
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('several ids', () => {
  it('are tried one by one: one line each, and exit 1 where one failed', async () => {
    account.affected('2');
    await account.plan({ settings });
    account.edit('i-2', { status: 'Skipped' });
    const { code, out, err } = await operator.run('skip', 'i-9', 'i-2', 'i-1', '--yes');
    expect({ code, out }).toEqual({ code: 1, out: ['i-1 (web-1): skipped'] });
    expect(err[0]).toBe('No plan has the id or the name "i-9", or begins with it.');
    expect(err.at(-1)).toBe('i-2 (web-2) is already Skipped.');
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
  });

  it('come from stdin for -', async () => {
    account.affected('2');
    await account.plan({ settings });
    const readIds = (): Promise<string[]> => Promise.resolve(['i-1', 'web-2']);
    const { code, out } = await operator.runWith({ readIds }, 'hold', '-', '--yes');
    expect({ code, out }).toEqual({ code: 0, out: ['i-1 (web-1): held', 'i-2 (web-2): held'] });
  });
});
