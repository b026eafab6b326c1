// LANGUAGE: rows, the log and the report are in one language. A change of it writes no row. A row changes its words when it is
// written next, and decisions go by codes and values alone.
import { beforeEach, expect, it, describe } from 'vitest';
import { Account, minute, settingsOf } from './stage.ts';

let account: Account;

const later = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

const reason = (): unknown => account.row('i-1')['reason'];

const words = (): string[] => account.timeline('i-1').map(({ what }) => what);

const inChinese = '在维护窗口 daily 03:00-05:00 Asia/Shanghai 内重启：2026-12-02 周三 03:00 Asia/Shanghai。';
const inEnglish = 'In the window daily 03:00-05:00 Asia/Shanghai: Wed 2026-12-02 03:00 Asia/Shanghai.';

describe('with LANGUAGE=zh', () => {
  it('a row is in Chinese, and so is the log; the status and the code are as ever', async () => {
    await account.plan({ settings: later, language: 'zh' });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      reason: inChinese,
      reason_code: 'in-window',
    });
    expect(words()).toEqual(['Planned：2026-12-02 周三 03:00 Asia/Shanghai。ECS 发布了系统事件 e-1。']);
    expect(account.logged.map(([, message]) => message)).toEqual([`created: Planned. ${inChinese}`]);
  });

  it('an instance is restarted as in English, and its history is in Chinese', async () => {
    await account.plan({ language: 'zh' });
    expect(await account.execute({ language: 'zh' })).toMatchObject({
      rebooted: 1,
      avoided: 1,
      problems: [],
    });
    expect(account.sent).toBe(1);
    expect(reason()).toBe('系统事件 e-1 已避免（Avoided），实例运行中（Running）。');
    expect(account.past('i-1', 'e-1')).toMatchObject({ reason: reason(), reason_code: 'avoided' });
  });

  it('an unreadable row gets its reason in Chinese, the report says the same, and it is written once', async () => {
    await account.plan({ settings: later, language: 'zh' });
    account.edit('i-1', { event_ids: 'e-1' });
    const report = await account.plan({ settings: later, language: 'zh' });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'row-unreadable' });
    expect(reason()).toMatch(/^该行无法读取。Column event_ids 的值为 "e-1"，应为 a JSON array of texts。/);
    expect(report.problems.map(({ code }) => code)).toContain('row-unreadable');
    expect(report.problems.map(({ problem }) => problem)).toContain(reason());
    const before = account.row('i-1');
    await account.plan({ settings: later, language: 'en' });
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a change of LANGUAGE', () => {
  it.each([
    ['en', 'zh'],
    ['zh', 'en'],
  ] as const)('from %s to %s writes no row', async (language, next) => {
    await account.plan({ settings: later, language });
    const before = account.row('i-1');
    expect(await account.plan({ settings: later, language: next })).toMatchObject({
      updated: 0,
      unchanged: 1,
    });
    // Each write sets another write_token.
    expect(account.row('i-1')).toEqual(before);
  });

  it('changes the words of a row with its next write, those of earlier entries, too', async () => {
    await account.plan({ settings: later, language: 'en' });
    expect(reason()).toBe(inEnglish);
    account.edit('i-1', { hold: 'ask Li' });
    await account.plan({ settings: later, language: 'zh' });
    expect(reason()).toMatch(/^运维人员已暂停计划：ask Li。/);
    expect(words()).toEqual([
      'Planned：2026-12-02 周三 03:00 Asia/Shanghai。ECS 发布了系统事件 e-1。',
      '计划已暂停：ask Li。',
    ]);
  });

  it('in the middle of a plan does not restart the instance again', async () => {
    await account.plan({ language: 'zh' });
    await account.execute({ language: 'zh' });
    account.pass(20 * minute);
    expect(await account.plan({ language: 'en' })).toMatchObject({ created: 0, updated: 0 });
    expect(await account.execute({ language: 'en' })).toMatchObject({ due: 0, rebooted: 0 });
    expect(account.sent).toBe(1);
  });

  it('leaves the words that a person wrote as they are', async () => {
    await account.plan({ settings: later, language: 'zh' });
    account.edit('i-1', { reason: '等李工确认。' });
    await account.plan({ settings: later, language: 'en' });
    expect(reason()).toBe('等李工确认。');
  });
});
