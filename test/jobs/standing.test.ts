// What people are told of what stands in the way of the planner: a stop that plans wait for, and a function that does not run.
// Once that it began, once that it is over. It is 02:30 in Shanghai, and the window ends at 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import { busy, Listener } from './listener.ts';
import { Account, hour, minute, settingsOf } from './stage.ts';

const settings = settingsOf({ PLAN_TIMER: '0 */15 * * * *', EXECUTE_TIMER: '0 * * * * *' });
let account: Account;
let listener: Listener;

beforeEach(() => {
  account = new Account();
  listener = new Listener();
});

const run = (notify: Record<string, string> = {}): object => ({ settings, channels: [listener], notify });
const night = { NOTIFY_QUIET_HOURS: 'daily 22:00-07:00' };

async function executions(count: number, notify: Record<string, string> = {}): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) {
    account.pass(minute);
    await account.execute(run(notify));
  }
}

describe('a stop of everything', () => {
  const stop = (hold: string, regionId = '*'): void => account.edit(regionId, { hold, held_by: 'Li' }, '*');

  it('is told once when plans that are due wait for it, and once when it is taken away', async () => {
    account.affected('1');
    await account.plan(run());
    stop('incident 12');
    await executions(3);
    await account.plan(run());
    expect(listener.titles).toEqual(['Scheduled reboots: stopped by a person']);
    expect(listener.heard[0]?.severity).toBe('critical');
    expect(listener.lines[0]).toMatch(
      /^Everything is stopped, and plans that are due wait: Everything is stopped by Li: incident 12\. .*resume --all/,
    );
    stop('');
    await executions(2);
    expect(listener.news.slice(1)).toEqual(['up-again i-1', 'emergency-stop ']);
    expect(listener.lines.at(-1)).toBe('Over: The stop is taken away');
  });

  it('that no plan waits for is not told', async () => {
    account.affected('1');
    await account.plan({ ...run(), settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 04:00-05:00' }) });
    stop('incident 12');
    await executions(2);
    await account.plan(run());
    expect(listener.heard).toEqual([]);
  });

  it('of one region names it, and is over when that region is free', async () => {
    account.affected('1');
    await account.plan(run());
    stop('network', 'cn-hangzhou');
    await executions(2);
    expect(listener.lines[0]).toContain('cn-hangzhou: Region cn-hangzhou is stopped by Li: network.');
    stop('', 'cn-hangzhou');
    await account.plan(run());
    expect(listener.lines.slice(1)).toEqual(['Over: The stop of cn-hangzhou is taken away']);
  });

  it('is told in Chinese', async () => {
    account.affected('1');
    await account.plan(run());
    stop('演练');
    await executions(1, { NOTIFY_LANGUAGE: 'zh' });
    stop('');
    await account.plan(run({ NOTIFY_LANGUAGE: 'zh' }));
    expect(listener.titles).toEqual(['计划内重启：已紧急停止', '计划内重启：1 项其他变化']);
    expect(listener.lines[0]).toMatch(/^已紧急停止，到期的计划正在等待: 全部重启已由 Li 紧急停止：演练。/);
    expect(listener.lines[1]).toBe('已恢复: 紧急停止已解除');
  });
});

describe('a function that does not run', () => {
  /** The first runs of both functions, and then plan stands still for an hour. */
  async function planStops(notify: Record<string, string> = {}): Promise<void> {
    await account.plan(run(notify));
    await executions(60, notify);
  }

  it('is told once by the other one, although nothing is due, and once when it runs again', async () => {
    await planStops();
    expect(listener.titles).toEqual(['Scheduled reboots: a function does not run']);
    // One entry for each region.
    expect(listener.news).toEqual(['function-silent cn-hangzhou', 'function-silent cn-shanghai']);
    expect(listener.lines[0]).toMatch(
      /^A function does not run: cn-hangzhou: The plan function has not done its work .* since .* 02:30 Asia/,
    );
    await account.plan(run());
    await account.plan(run());
    await executions(2);
    expect(listener.lines.slice(2)).toEqual([
      'Over: The plan function runs again in cn-hangzhou',
      'Over: The plan function runs again in cn-shanghai',
    ]);
  });

  it('is told at night, and that it runs again only after the quiet hours', async () => {
    await planStops(night);
    expect(listener.titles).toHaveLength(1);
    await account.plan(run(night));
    expect(listener.titles).toHaveLength(1);
    account.pass(4 * hour);
    await account.plan(run(night));
    expect(listener.lines.slice(2)).toContain('Over: The plan function runs again in cn-hangzhou');
  });

  it('is told where a receiver was down, once it is back; what was over by then is never told', async () => {
    listener.answer = busy('2026-12-01T18:31:00Z');
    await planStops();
    await account.plan(run());
    listener.answer = () => ({ kind: 'told' });
    account.pass(2 * hour);
    await account.plan(run());
    expect(listener.lines.filter((line) => line.includes('plan function'))).toEqual([]);
  });

  it('makes the one that runs tell what no receiver took before', async () => {
    account.affected('1');
    await account.plan(run());
    listener.answer = busy('2026-12-01T18:31:00Z');
    await account.execute(run());
    listener.answer = () => ({ kind: 'told' });
    // Nothing is due any more, and plan stands still.
    await executions(60);
    expect(listener.news).toContain('up-again i-1');
  });
});
