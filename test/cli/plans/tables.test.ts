// The table of `list`, character by character, at three widths and in both languages. It is 02:40 in Shanghai.
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import { planTable } from '../../../lib/cli/plans/shown/plan-table.ts';
import type { PlanView } from '../../../lib/cli/plans/shown/view.ts';
import { voiceOf } from '../../../lib/cli/plans/words/voice.ts';
import { Account, minute, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

let operator: Operator;

/** i-1 and i-9 are Avoided; one waits for an approval and has a Chinese name, one is held and has a long name, one is unreadable. */
beforeAll(async () => {
  const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
  const account = new Account();
  account.affected('1');
  account.affected('9');
  await account.plan({ settings });
  account.pass(10 * minute);
  await account.execute({ settings });
  await account.execute({ settings });
  const asks = { 'reboot-planner:approval': 'required', 'reboot-planner:window': 'daily 06:00-07:00' };
  const web = { 'reboot-planner:group': 'web', 'reboot-planner:window': 'daily 04:00-05:00' };
  account.affected('bp1a2b3c4d5e6f7g8h9i', {}, { name: '生产环境数据库主节点杭州可用区', tags: asks });
  account.affected(
    'bp2a2b3c4d5e6f7g8h9i',
    {},
    { name: 'a-very-long-name-of-an-instance-in-a-group', tags: web },
  );
  account.affected('4');
  await account.plan({ settings });
  account.edit('i-bp2a2b3c4d5e6f7g8h9i', { hold: 'ask Li' });
  account.edit('i-4', { execute_at: 'soon' });
  operator = new Operator(account);
});

async function listed(columns: number | undefined, ...args: string[]): Promise<string> {
  const { code, out, err } = await operator.runWith({ columns }, 'list', ...args);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return `\n${out.join('\n')}\n`;
}

const english = `
- i-4 (web-4): Column execute_at is "soon", expected an ISO 8601 time as in 2026-12-01T18:00:00Z.
- AwaitingApproval: approve ID, or skip ID. show ID says what for.
* needs a person, ! cannot be read, h held
5 plans; 2 need a person; times in Asia/Shanghai
`;

describe('list', () => {
  it('at 80 columns', async () => {
    expect(await listed(80)).toBe(`
    STATUS            INSTANCE                REBOOT FROM  NAME
*   AwaitingApproval  i-bp1a2b3c4d5e6f7g8h9i  12-02 06:00  生产环境数据库主节…
!   Planned           i-4                     -            web-4
h   Planned           i-bp2a2b3c4d5e6f7g8h9i  12-02 04:00  a-very-long-name-o…
2 Avoided (--all lists them)
${english}`);
  });

  it('at 120 columns, which is also that of a pipe', async () => {
    const table = await listed(120);
    expect(table).toBe(`
    STATUS            INSTANCE                REBOOT FROM  NAME            IN               REASON
*   AwaitingApproval  i-bp1a2b3c4d5e6f7g8h9i  12-02 06:00  生产环境数据…   3 h 19 min       The plan waits for an app…
!   Planned           i-4                     -            web-4           -                In the window daily 02:40…
h   Planned           i-bp2a2b3c4d5e6f7g8h9i  12-02 04:00  a-very-long-n…  1 h 19 min       In the window daily 04:00…
2 Avoided (--all lists them)
${english}`);
    expect(await listed(undefined)).toBe(table);
  });

  it('at 200 columns', async () => {
    expect(await listed(200)).toBe(`
    STATUS            INSTANCE                REBOOT FROM  NAME                                   IN               GROUP       NOT BEFORE   REASON
*   AwaitingApproval  i-bp1a2b3c4d5e6f7g8h9i  12-02 06:00  生产环境数据库主节点杭州可用区         3 h 19 min                   12-03 02:30  The plan waits for an approval, until Wed 2026-12-02 06:4…
!   Planned           i-4                     -            web-4                                  -                            12-03 02:30  In the window daily 02:40-05:00 Asia/Shanghai: Wed 2026-1…
h   Planned           i-bp2a2b3c4d5e6f7g8h9i  12-02 04:00  a-very-long-name-of-an-instance-in-a…  1 h 19 min       web         12-03 02:30  In the window daily 04:00-05:00 Asia/Shanghai: Wed 2026-1…
2 Avoided (--all lists them)
${english}`);
  });

  it('at 80 columns in Chinese', async () => {
    expect(await listed(80, '--lang', 'zh')).toBe(`
    状态              实例                    重启时间     名称
*   AwaitingApproval  i-bp1a2b3c4d5e6f7g8h9i  12-02 06:00  生产环境数据库主节…
!   Planned           i-4                     -            web-4
h   Planned           i-bp2a2b3c4d5e6f7g8h9i  12-02 04:00  a-very-long-name-o…
2 个 Avoided（--all 列出）

- i-4 (web-4)：Column execute_at 的值为 "soon"，应为 an ISO 8601 time as in 2026-12-01T18:00:00Z。
- AwaitingApproval：用 approve ID 批准，或用 skip ID 跳过。用 show ID 查看详情。
* 需要人工处理，! 无法解析，h 已暂停
共 5 个计划；2 个需要人工处理；时间为 Asia/Shanghai
`);
  });

  it('--all has the Avoided ones, too', async () => {
    const table = await listed(80, '--all');
    expect(table).toContain('    Avoided           i-1                     -            web-1\n');
    expect(table).toContain('    Avoided           i-9                     -            web-9\n');
    expect(table).not.toContain('--all');
  });
});

it('cuts no offset from a time that the clock shows twice', () => {
  const view: PlanView = {
    regionId: 'cn-hangzhou',
    instanceId: 'i-1',
    status: 'Planned',
    needsPerson: false,
    faults: [],
    reason: 'Planned.',
    timeZone: 'Europe/Berlin',
    executeAt: Temporal.Instant.from('2026-10-25T01:30:00Z'),
    ...{ name: undefined, group: undefined, hold: undefined, latestStart: undefined, notBefore: undefined },
    row: undefined as never,
  };
  const style = { columns: 80, isWide: false, showsAvoided: true, voice: voiceOf('en') };
  const paint = (_: string, text: string): string => text;
  const lines = planTable([view], { ...style, paint, now: Temporal.Instant.from('2026-10-25T00:30:00Z') });
  expect(lines.slice(0, 2)).toEqual([
    '    STATUS            INSTANCE                REBOOT FROM',
    '    Planned           i-1                     10-25 02:30+01:00',
  ]);
});
