// What people are told of the runs of both functions. It is 02:30 in Shanghai, and the window ends at 05:00.
import { Temporal } from 'temporal-polyfill';
import { beforeEach, describe, expect, it } from 'vitest';
import { isQuiet } from '../../lib/jobs/notices/pending.ts';
import { Account, hour, minute, second, settingsOf } from './stage.ts';
import { busy, Listener } from './listener.ts';

let account: Account;
let listener: Listener;

beforeEach(() => {
  account = new Account();
  listener = new Listener();
});

/** Settings with a pre-command that takes this long, and that nothing undoes. */
function drains(ms: number): ReturnType<typeof settingsOf> {
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms, exitCode: 0, output: '' }] });
  return settingsOf({ PRE_COMMAND: 'c-drain' });
}

const run = (): { channels: Listener[] } => ({ channels: [listener] });

describe('a digest', () => {
  it('says that instances are up again, once, and the row shows who was told', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan(run());
    expect(listener.heard).toEqual([]);
    await account.execute(run());
    expect(listener.titles).toEqual(['Scheduled reboots: 2 up again']);
    expect(listener.lines).toEqual([
      'Up again: web-1 (i-1, cn-hangzhou): Wed 2026-12-02 02:30 Asia/Shanghai',
      'Up again: web-2 (i-2, cn-hangzhou): Wed 2026-12-02 02:30 Asia/Shanghai',
    ]);
    const told = JSON.parse(String(account.row('i-1')['told'])) as Record<string, string[]>;
    expect(Object.keys(told)).toEqual(['slack-00000001']);
    expect(told['slack-00000001']?.[0]).toMatch(/^up-again 2026-12-01T18:3/);
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });

  it('is sent once: later runs tell nothing, and write nothing', async () => {
    account.affected('1');
    await account.plan(run());
    await account.execute(run());
    const row = account.row('i-1');
    const writes = account.operations.length;
    await account.plan(run());
    await account.execute(run());
    await account.plan(run());
    expect(listener.heard).toHaveLength(1);
    expect(account.row('i-1')).toEqual(row);
    expect(account.operations.slice(writes).filter((name) => !/^(Get|Batch)/.test(name))).toEqual([]);
  });

  it('asks for an approval with the command to copy, and does not ask again', async () => {
    account.affected('1');
    const settings = settingsOf({ MODE: 'approval' });
    await account.plan({ settings, ...run() });
    await account.plan({ settings, ...run() });
    expect(listener.news).toEqual(['approval i-1']);
    expect(listener.heard[0]?.severity).toBe('critical');
    expect(listener.heard[0]?.sections[0]?.entries[0]?.command).toBe('npx reboot-plans approve i-1');
  });

  it('tells of a last resort, and of a plan that is left to ECS', async () => {
    account.affected('1');
    const settings = settingsOf({ BLACKOUT_DATES: '2026-11-01/2026-12-31' });
    await account.plan({ settings, ...run() });
    account.affected('2');
    await account.plan({
      settings: settingsOf({ BLACKOUT_DATES: '2026-11-01/2026-12-31', NO_WINDOW: 'leave' }),
      ...run(),
    });
    expect(listener.news).toContain('no-window i-1');
    expect(listener.news).toContain('no-window i-2');
  });

  it('tells once that a plan is held', async () => {
    account.affected('1');
    await account.plan(run());
    account.edit('i-1', { hold: 'ask Li' });
    await account.execute(run());
    await account.plan(run());
    expect(listener.news).toEqual(['put-off i-1']);
  });

  it('asks nobody to undo a pre-command that the restart follows', async () => {
    const settings = drains(second);
    account.affected('1');
    await account.plan({ settings, ...run() });
    await account.execute({ settings, ...run() });
    await account.plan({ settings, ...run() });
    expect(account.sent).toBe(1);
    expect(listener.news).toEqual(['up-again i-1']);
  });

  it('asks once to undo a pre-command whose restart a person holds, by what the row says', async () => {
    const settings = drains(5 * minute);
    account.affected('1');
    await account.plan({ settings, ...run() });
    await account.execute({ settings, ...run() });
    expect(listener.news).toEqual([]);
    account.edit('i-1', { hold: 'ask Li' });
    for (let tick = 0; tick < 5; tick += 1) {
      account.pass(minute);
      await account.execute({ settings, ...run() });
      await account.plan({ settings, ...run() });
    }
    expect(account.sent).toBe(0);
    expect([...listener.news].sort()).toEqual(['not-undone i-1', 'put-off i-1']);
    expect(listener.lines[0]).toContain('The service may be down while the plan waits.');
  });

  it('tells of Escalated and Missed, and of a restart that began where that is wished', async () => {
    account.affected('1', { avoidedAfterMs: 48 * hour });
    account.affected('2', { notBefore: account.clock.now().epochMilliseconds + 10 * minute });
    const notify = { NOTIFY_EVENTS: 'needs-person, begun' };
    await account.plan({ notify, ...run() });
    expect(listener.news).toEqual(['missed i-2']);
    await account.execute({ notify, ...run() });
    expect(listener.news.slice(1)).toEqual(['begun i-1']);
    account.pass(40 * minute);
    await account.execute({ notify, ...run() });
    expect(listener.news.slice(2)).toEqual(['escalated i-1']);
  });

  it('tells of a row that cannot be read', async () => {
    account.affected('1');
    await account.plan(run());
    account.edit('i-1', { not_before: 'whenever' });
    await account.plan(run());
    await account.plan(run());
    expect(listener.news).toEqual(['escalated i-1']);
    expect(listener.lines[0]).toContain('not_before');
  });

  it('tells once of a row that cannot be read, although both functions find it', async () => {
    account.affected('1');
    await account.plan(run());
    account.edit('i-1', { timeline: '[oops', due_at: BigInt(account.clock.now().epochMilliseconds) });
    await account.execute(run());
    account.pass(minute);
    await account.plan(run());
    expect(account.row('i-1')['reason']).toContain('ECS lists event e-1');
    await account.execute(run());
    expect(listener.news).toEqual(['escalated i-1']);
    account.pass(minute);
    account.edit('i-1', { status: 'Planned' });
    await account.plan(run());
    expect(listener.news).toHaveLength(2);
  });

  it('of an earlier plan is told, too, where the next plan replaced it in the same run', async () => {
    account.affected('1');
    await account.plan(run());
    listener.answer = busy('2026-12-01T18:31:00Z');
    await account.execute(run());
    account.ecs.addEvent({ id: 'e-later', instanceId: 'i-1', notBefore: Date.UTC(2026, 11, 4) });
    await account.plan(run());
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-later"]' });
    listener.answer = () => ({ kind: 'told' });
    account.pass(30 * minute);
    await account.plan(run());
    expect(listener.news).toEqual(['up-again i-1']);
  });

  it('is in Chinese where NOTIFY_LANGUAGE says so', async () => {
    account.affected('1');
    const notify = { NOTIFY_LANGUAGE: 'zh' };
    await account.plan({ notify, ...run() });
    await account.execute({ notify, ...run() });
    expect(listener.titles).toEqual(['计划内重启：1 台实例已恢复运行']);
    expect(listener.lines).toEqual([
      '已恢复运行: web-1（i-1，cn-hangzhou）：2026-12-02 周三 02:30 Asia/Shanghai',
    ]);
  });
});

describe('a receiver that is down', () => {
  const quarterHours = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      account.pass(15 * minute);
      await account.plan(run());
    }
  };

  it('for a day hears every outcome once, in one digest, when it is back', async () => {
    for (const id of ['1', '2', '3']) account.affected(id);
    account.affected('4', { avoidedAfterMs: 48 * hour });
    await account.plan(run());
    const down = account.clock.now().epochMilliseconds + 24 * hour;
    listener.answer = () =>
      account.clock.now().epochMilliseconds < down
        ? {
            kind: 'later',
            until: account.clock.now(),
            problem: { code: 'unreachable', answer: 'ECONNREFUSED' },
          }
        : { kind: 'told' };
    for (let tick = 0; tick < 40; tick += 1) {
      await account.execute(run());
      account.pass(minute);
    }
    expect(['1', '2', '3', '4'].map((id) => account.row(`i-${id}`)['status'])).toEqual([
      'Avoided',
      'Avoided',
      'Avoided',
      'Escalated',
    ]);
    const row = account.row('i-1');
    await quarterHours(92);
    expect(account.row('i-1')).toEqual(row);
    expect(listener.heard).toEqual([]);
    expect(listener.tries).toBeLessThan(40);
    await quarterHours(8);
    expect(listener.heard).toHaveLength(1);
    expect([...listener.news].sort()).toEqual([
      'escalated i-4',
      'up-again i-1',
      'up-again i-2',
      'up-again i-3',
    ]);
  });

  it('does not make the others hear anything twice', async () => {
    const other = new Listener('webhook-00000002');
    listener.answer = busy('2026-12-01T18:40:00Z');
    account.affected('1');
    const both = { channels: [listener, other] };
    await account.plan(both);
    const report = await account.execute(both);
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(report.problems).toEqual([
      {
        code: 'notice-not-taken',
        problem:
          'The channel slack-00000001 of NOTIFY did not take the notice (HTTP 503). It is busy or has a fault. The next try is not before Wed 2026-12-02 02:40 Asia/Shanghai.',
        regionId: '',
      },
    ]);
    expect(other.news).toEqual(['up-again i-1']);
    listener.answer = () => ({ kind: 'told' });
    account.pass(5 * minute);
    await account.plan(both);
    expect(listener.news).toEqual([]);
    account.pass(6 * minute);
    await account.plan(both);
    expect(listener.news).toEqual(['up-again i-1']);
    expect(other.news).toEqual(['up-again i-1']);
  });

  it('and finds a notice wrong does not get it again', async () => {
    listener.answer = () => ({ kind: 'our-fault', problem: { code: 'malformed', answer: 'code 9499' } });
    account.affected('1');
    await account.plan(run());
    const report = await account.execute(run());
    expect(report.problems.map(({ code }) => code)).toEqual(['notice-not-taken']);
    await quarterHours(10);
    expect(listener.tries).toBe(1);
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });

  it('and is gone for good is not tried again, and the row is done once the others were told', async () => {
    const other = new Listener('webhook-00000002');
    listener.answer = () => ({ kind: 'gone', problem: { code: 'gone', answer: 'HTTP 410' } });
    account.affected('1');
    const both = { channels: [listener, other] };
    await account.plan(both);
    await account.execute(both);
    account.pass(24 * hour);
    await account.plan(both);
    expect(listener.tries).toBe(1);
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });

  it('until a request for an approval is over hears only how the plan ended', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    listener.answer = busy('2026-12-01T18:30:00Z');
    account.affected('1');
    await account.plan({ settings, ...run() });
    account.edit('i-1', { approval: 'granted' });
    account.pass(2 * minute);
    await account.execute({ settings, ...run() });
    listener.answer = () => ({ kind: 'told' });
    account.pass(10 * minute);
    await account.plan({ settings, ...run() });
    expect(listener.news).toEqual(['up-again i-1']);
  });
});

describe('quiet hours', () => {
  it('delay what needs no person, and nothing else', async () => {
    account.affected('1');
    account.affected('2', { avoidedAfterMs: 48 * hour });
    const notify = { NOTIFY_QUIET_HOURS: 'daily 22:00-07:00' };
    await account.plan({ notify, ...run() });
    await account.execute({ notify, ...run() });
    account.pass(40 * minute);
    await account.execute({ notify, ...run() });
    expect(listener.news).toEqual(['escalated i-2']);
    account.pass(3 * hour);
    await account.plan({ notify, ...run() });
    expect(listener.news).toHaveLength(1);
    account.pass(hour);
    await account.plan({ notify, ...run() });
    expect(listener.news.slice(1)).toEqual(['up-again i-1']);
  });
});

describe('NOTIFY_QUIET_HOURS', () => {
  it.each(['always', 'daily 00:00-24:00', 'Mon-Fri 00:00-24:00; Fri 20:00-Mon 01:00'])(
    '%s never ends, and is refused',
    (NOTIFY_QUIET_HOURS) => {
      expect(() => settingsOf({ NOTIFY_QUIET_HOURS })).toThrow(/NOTIFY_QUIET_HOURS.*quiet hours that end/);
      expect(() => settingsOf({ NOTIFY_QUIET_HOURS: 'Fri 22:00-Thu 21:00' })).not.toThrow();
    },
  );

  it.each([
    // Clocks go forward at 02:00 on 8 March and back on 1 November 2026.
    ['America/New_York', '2026-03-08T10:59:59Z', '2026-03-08T11:00:00Z'],
    ['America/New_York', '2026-11-01T11:59:59Z', '2026-11-01T12:00:00Z'],
    ['Asia/Shanghai', '2026-12-31T22:59:59Z', '2026-12-31T23:00:00Z'],
  ])('over midnight end at 07:00 in %s: %s is quiet, %s is not', (TIME_ZONE, quiet, loud) => {
    const notify = { TIME_ZONE, NOTIFY_QUIET_HOURS: 'daily 22:00-07:00' };
    const { telling } = account.ports({ ...run(), notify });
    if (telling === undefined) throw new Error('nobody is told');
    expect(isQuiet(telling, Temporal.Instant.from(quiet))).toBe(true);
    expect(isQuiet(telling, Temporal.Instant.from(loud))).toBe(false);
  });
});

describe('a region that cannot be read', () => {
  it('is told once, that it is over is told once, and then it is told anew', async () => {
    account.affected('1');
    const unread = {
      operation: 'DescribeInstanceHistoryEvents',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    } as const;
    const regions = ['cn-hangzhou'];
    account.faults.add({ ...unread, times: 2 });
    await expect(account.plan({ regions, ...run() })).rejects.toThrow(AggregateError);
    await expect(account.plan({ regions, ...run() })).rejects.toThrow(AggregateError);
    expect(listener.lines).toHaveLength(1);
    expect(listener.lines[0]).toMatch(
      /^The plan function could do nothing: no region can be read: cn-hangzhou: .*Forbidden/,
    );
    await account.plan({ regions, ...run() });
    account.faults.add(unread);
    await account.plan({ regions: ['cn-hangzhou', 'cn-shanghai'], ...run() });
    expect(listener.lines.slice(1)).toEqual([
      'Over: Region cn-hangzhou can be read again',
      expect.stringMatching(/^These regions cannot be read: nothing is planned there: cn-hangzhou: .*Forbid/),
    ]);
    expect(listener.titles.slice(1)).toEqual([
      'Scheduled reboots: 1 other change',
      'Scheduled reboots: 1 region cannot be read',
    ]);
  });
});
