// hold --all and resume --all: everything stands still at once, without a deploy. It is 02:30 in Shanghai, in the window.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from '../../jobs/preparation.ts';
import { Account, hour, minute, second } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

let account: Account;
let operator: Operator;

beforeEach(() => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
});

const sentence =
  'Everything is stopped since Wed 2026-12-02 02:30 Asia/Shanghai by Li: incident 12. Nothing is restarted until you take the stop away: reboot-plans resume --all. ECS restarts at NotBefore what was not restarted before.';
const hold = ['hold', '--all', '--yes', '--as', 'Li', '--reason', 'incident 12'];

describe('hold --all', () => {
  it('stops every restart, of plans that are made later, too, until resume --all', async () => {
    await account.plan();
    expect(await operator.run(...hold)).toEqual({
      code: 0,
      out: ['everything: stopped. To go on: resume --all'],
      err: [
        'Will stop every restart that was not sent yet, in all regions.',
        '  A run that is under way may still send a restart for 25 seconds. What was sent is still proven.',
        '  Backups and commands do not begin. A pre-command that has run is undone by its undo-command.',
        '  If the stop stays, ECS restarts the instances at their NotBefore.',
      ],
    });
    expect(account.row('*', '*')).toEqual({
      hold: 'incident 12',
      held_by: 'Li',
      held_at: '2026-12-01T18:30:00Z',
    });
    account.affected('2');
    await account.plan();
    await ticks(account, 3);
    expect(account.sent).toBe(0);
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', reason: sentence });
    expect(await operator.run('resume', '--all', '--yes', '--as', 'Wang')).toEqual({
      code: 0,
      out: ['everything: resumed'],
      err: [`Will take away this stop: ${sentence}`, '  What is due may be restarted at the next minute.'],
    });
    expect(account.row('*', '*')).toMatchObject({
      hold: '',
      held_by: 'Li',
      resumed_by: 'Wang',
      resumed_at: '2026-12-01T18:33:00Z',
    });
    expect(await account.execute()).toMatchObject({ rebooted: 2, problems: [] });
  });

  it('may be given again after it was taken away', async () => {
    await operator.run(...hold);
    await operator.run('resume', '--all', '--yes');
    account.pass(minute);
    expect(await operator.run('hold', '--all', '--yes')).toMatchObject({ code: 0 });
    expect(account.row('*', '*')).toMatchObject({ hold: 'held by lilei', held_at: '2026-12-01T18:31:00Z' });
  });

  it('names what was sent before it', async () => {
    await account.plan();
    await account.execute({ timeoutMs: 31 * second });
    const { code, err } = await operator.run(...hold);
    expect(code).toBe(0);
    expect(err.at(-1)).toBe('Sent before the stop: i-1 (web-1).');
  });

  it('says by whom everything is stopped already, and writes nothing', async () => {
    await operator.run(...hold);
    const before = account.row('*', '*');
    account.pass(hour);
    expect(await operator.run('hold', '--all', '--yes', '--as', 'Wang')).toEqual({
      code: 0,
      out: [],
      err: [sentence],
    });
    expect(account.row('*', '*')).toEqual(before);
  });

  it('writes down a stop that somebody set by hand and nobody can read', async () => {
    account.edit('*', { hold: 7n }, '*');
    expect(await operator.run(...hold)).toMatchObject({ code: 0 });
    expect(account.row('*', '*')).toMatchObject({ hold: 'incident 12', held_by: 'Li' });
  });

  it('with --region stops that region only', async () => {
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    await account.plan();
    const ran = await operator.run('hold', '--all', '--region', 'cn-shanghai', '--yes');
    expect(ran.out).toEqual(['cn-shanghai: stopped. To go on: resume --all --region cn-shanghai']);
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([1, 0]);
    expect(await operator.run('resume', '--all', '--yes')).toMatchObject({
      code: 0,
      err: [expect.stringMatching(/^No stop of everything is set\.\nRegion cn-shanghai is stopped since /)],
    });
    await operator.run('resume', '--all', '--region', 'cn-shanghai', '--yes');
    expect(await account.execute()).toMatchObject({ rebooted: 1 });
  });

  it('with a region that no plan is of says so', async () => {
    const { code, err } = await operator.run('hold', '--all', '--region', 'cn-hangzou', '--yes');
    expect(code).toBe(0);
    expect(err.at(-1)).toBe('No plan is of region cn-hangzou. Check its name.');
  });

  it('with --dry-run writes nothing', async () => {
    const { code, out } = await operator.run('hold', '--all', '--dry-run', '--as', 'Li', '--reason', 'x');
    expect({ code, out }).toEqual({
      code: 0,
      out: ['would write hold = "x", held_by = "Li", held_at = "2026-12-01T18:30:00Z"'],
    });
    expect(account.row('*', '*')).toEqual({});
  });

  it('without a terminal needs --yes, and with one asks', async () => {
    expect(await operator.run('hold', '--all')).toMatchObject({ code: 2, out: [] });
    const no = { ask: () => Promise.resolve(false) };
    expect(await operator.runWith(no, 'hold', '--all')).toMatchObject({ code: 1, out: [] });
    expect(account.row('*', '*')).toEqual({});
    const yes = { ask: () => Promise.resolve(true) };
    expect(await operator.runWith(yes, 'hold', '--all')).toMatchObject({ code: 0 });
  });

  it.each([
    [['hold', '--yes'], "error: missing required argument 'id', or --all for everything"],
    [['resume', '--yes'], "error: missing required argument 'id', or --all for everything"],
    [['hold', 'i-1', '--all', '--yes'], 'error: --all is for everything: give no ids beside it'],
    [
      ['hold', '--all', '--region', 'everywhere', '--yes'],
      `error: option '--region' is "everywhere". Expected a region as in cn-hangzhou.`,
    ],
  ])('%j is a wrong call', async (args, message) => {
    expect(await operator.run(...args)).toEqual({ code: 2, out: [], err: [message] });
    expect(account.row('*', '*')).toEqual({});
  });

  it('is told the other stop where somebody was faster', async () => {
    const ask = async (): Promise<boolean> => {
      await operator.run('hold', '--all', '--yes', '--as', 'Wang', '--reason', 'release');
      return true;
    };
    const { code, err } = await operator.runWith({ ask }, 'hold', '--all', '--as', 'Li');
    expect(code).toBe(1);
    expect(err.at(-1)).toMatch(
      /^Somebody changed the stop since you looked\. Nothing was written\. .* by Wang: release\./,
    );
    expect(account.row('*', '*')).toMatchObject({ hold: 'release', held_by: 'Wang' });
  });

  it('knows its own write whose answer was lost', async () => {
    const real = account.carry;
    let isLost = false;
    account.carry = async (operation, work) => {
      const answer = await real(operation, work);
      if (operation !== 'PutRow' || isLost) return answer;
      isLost = true;
      throw new Error('ECONNRESET');
    };
    expect(await operator.run(...hold)).toMatchObject({ code: 0 });
    expect(isLost).toBe(true);
  });
});

describe('list', () => {
  beforeEach(async () => {
    await account.plan();
    await operator.run(...hold);
  });

  it('says above the table what is stopped, and the row of the stop is no plan', async () => {
    const { code, out } = await operator.run('list');
    expect(code).toBe(0);
    expect(out[0]).toBe(`! ${sentence}`);
    expect(out.at(-1)).toMatch(/^1 plan; /);
  });

  it('says it in Chinese', async () => {
    const { out } = await operator.run('list', '--lang', 'zh');
    expect(out[0]).toMatch(
      /^! 全部重启自 2026-12-02 周三 02:30 Asia\/Shanghai 起已由 Li 紧急停止：incident 12。/,
    );
  });

  it('has it as data', async () => {
    const { out, err } = await operator.run('list', '-o', 'json');
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      version: 1,
      plans: [{ instance_id: 'i-1' }],
      stops: [{ hold: 'incident 12', held_by: 'Li', held_at: '2026-12-01T18:30:00Z' }],
    });
    expect(err).toEqual([`! ${sentence}`]);
  });

  it('of another region knows it, too', async () => {
    const { out } = await operator.run('list', '--region', 'cn-beijing');
    expect(out[0]).toBe(`! ${sentence}`);
  });
});
