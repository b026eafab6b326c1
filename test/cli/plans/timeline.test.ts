// timeline: the plans as a page or as JSON, on stdout or in a file. It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from '../../jobs/preparation.ts';
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import { Account, hour, minute, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00', BLACKOUT_DATES: '2026-12-03' });
const day = 24 * hour;
let account: Account;
let operator: Operator;

/** i-1 was restarted at 02:40. i-2 waits in group web, i-3 cannot be read. It is 02:50. */
beforeEach(async () => {
  account = new Account();
  operator = new Operator(account, settings);
  account.affected('1');
  await account.plan({ settings });
  account.pass(10 * minute);
  await account.execute({ settings });
  await ticks(account, 10, settings);
  account.affected(
    '2',
    { notBefore: Date.UTC(2026, 11, 3, 0, 50) },
    {
      name: '<b>&amp;',
      tags: { 'reboot-planner:group': 'web', 'reboot-planner:window': 'daily 04:00-05:00' },
    },
  );
  account.affected('3', {}, { name: 'odd' });
  await account.plan({ settings });
  account.edit('i-3', { execute_at: 'soon' });
});

const idsIn = (page: string): string[] =>
  [...page.matchAll(/<tr [^>]*id="plan-([^"]*)"/g)].map(([, id = '']) => id);
const textsOf = (page: string): string => page.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, '|');

describe('timeline', () => {
  it('prints a page with each plan and its story, in the language of the call', async () => {
    const { code, out, err } = await operator.run('timeline');
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
    const [page = ''] = out;
    expect(idsIn(page)).toEqual(['i-2', 'i-3', 'i-1']);
    const texts = textsOf(page);
    expect(texts).toContain('&lt;b&gt;&amp;amp;');
    expect(texts).toContain(
      'Column execute_at is "soon", expected an ISO 8601 time as in 2026-12-01T18:00:00Z.',
    );
    expect(texts).toContain('ECS accepted RebootInstance.');

    const chinese = await operator.run('timeline', '--lang', 'zh');
    expect(textsOf(chinese.out.join())).toContain('ECS 已接受');
  });

  it('writes the page into a file, says so on stderr, and fails where it cannot', async () => {
    const files: string[][] = [];
    const writeFile = (path: string, text: string): Promise<void> => {
      files.push([path, ...idsIn(text)]);
      return Promise.resolve();
    };
    const { code, out, err } = await operator.runWith({ writeFile }, 'timeline', '--to', 'night.html');
    expect({ code, out, err }).toEqual({
      code: 0,
      out: [],
      err: ['night.html is written: 3 plans. Open it in a browser.'],
    });
    expect(files).toEqual([['night.html', 'i-2', 'i-3', 'i-1']]);
    const fails = (): Promise<void> => Promise.reject(new Error('ENOSPC'));
    await expect(operator.runWith({ writeFile: fails }, 'timeline', '--to', 'x')).rejects.toThrow('ENOSPC');
  });

  it('gives the same as JSON, with the windows and blackouts of each plan', async () => {
    const { code, out } = await operator.run('timeline', '-o', 'json');
    expect({ code, lines: out.length }).toEqual({ code: 0, lines: 1 });
    const data = JSON.parse(out.join()) as { plans: Record<string, unknown>[] };
    expect(data).toMatchObject({ version: 1, now: '2026-12-01T18:50:50Z', time_zone: 'Asia/Shanghai' });
    expect(data.plans.map((plan) => plan['instance_id'])).toEqual(['i-2', 'i-3', 'i-1']);
    expect(data.plans[0]).toEqual({
      ...{ region_id: 'cn-hangzhou', instance_id: 'i-2', instance_name: '<b>&amp;', group: 'web' },
      ...{ status: 'Planned', needs_person: false },
      execute_at: '2026-12-01T20:00:00Z',
      latest_start: '2026-12-01T20:45:00Z',
      not_before: '2026-12-03T00:50:00Z',
      range: { from: '2026-12-01T19:08:06Z', to: '2026-12-03T01:41:54Z' },
      // The one of 3 December is in the blackout, which is that of Shanghai.
      windows: [{ from: '2026-12-01T20:00:00Z', to: '2026-12-01T21:00:00Z' }],
      blackouts: [{ from: '2026-12-02T16:00:00Z', to: '2026-12-03T01:41:54Z' }],
    });
    expect(data.plans[2]).toMatchObject({
      status: 'Avoided',
      intent_at: expect.stringMatching(/^2026-12-01T18:40:/) as string,
      finished_at: expect.stringMatching(/^2026-12-01T18:4\d:/) as string,
    });
  });

  it.each([
    [['--group', 'web'], ['i-2']],
    [['--region', 'cn-shanghai'], []],
    [
      ['--since', '1m'],
      ['i-2', 'i-3'],
    ],
    [
      ['--since', '-1d'],
      ['i-2', 'i-3', 'i-1'],
    ],
    [
      ['--since', '1天12小时'],
      ['i-2', 'i-3', 'i-1'],
    ],
    [
      ['--since', '1m 5s'],
      ['i-2', 'i-3'],
    ],
    [
      ['--since', '2026-12-02 02:30'],
      ['i-2', 'i-3', 'i-1'],
    ],
    [
      ['--since', '2026-12-02 02:50'],
      ['i-2', 'i-3'],
    ],
  ])('with %s has %s', async (options, ids) => {
    const { out } = await operator.run('timeline', ...options);
    expect(idsIn(out.join())).toEqual(ids);
  });

  it('has plans whose rows left for the history where a time is asked that they lie in, and no other', async () => {
    // i-2 and i-3 are over at their NotBefore. Eight days later the row of i-1 leaves, and its instance gets another event.
    account.pass(8 * day);
    await account.plan({ settings });
    expect(account.row('i-1')).toEqual({});
    account.ecs.addEvent({
      id: 'e-9',
      instanceId: 'i-1',
      notBefore: account.clock.now().epochMilliseconds + 2 * day,
    });
    await account.plan({ settings });
    const idsOf = async (...options: string[]): Promise<string[]> =>
      idsIn((await operator.run('timeline', ...options)).out.join()).filter((id) => id.startsWith('i-1'));
    expect(await idsOf()).toEqual(['i-1']);
    expect(await idsOf('--since', '7d')).toEqual(['i-1']);
    expect(await idsOf('--since', '9d')).toEqual(['i-1', 'i-1.2']);
    expect(await idsOf('--since', '9d', '--region', 'cn-shanghai')).toEqual([]);
    const { out } = await operator.run('timeline', '--since', '9d', '-o', 'json');
    const { plans } = JSON.parse(out.join()) as { plans: Record<string, unknown>[] };
    const ofOne = plans.filter((plan) => plan['instance_id'] === 'i-1');
    expect(ofOne.map(({ status, needs_person }) => [status, needs_person])).toEqual([
      ['Planned', false],
      ['Avoided', false],
    ]);
  });

  it('shows a plan once that stands in both tables, and asks nobody for one that left Escalated', async () => {
    const row = account.row('i-1');
    const copy = (instanceId: string, columns: Record<string, ColumnValue>): void =>
      void account.tablestore.putRow({
        tableName: account.tables.history,
        primaryKey: [
          { name: 'instance_id', value: instanceId },
          { name: 'plan_id', value: 'e-1' },
        ],
        condition: { rowExistence: 'IGNORE' },
        columns: Object.entries({ ...row, region_id: 'cn-hangzhou', ...columns })
          .filter(([name]) => name !== 'plan_id')
          .map(([name, value]) => ({ name, value })),
      });
    copy('i-1', {});
    copy('i-8', { status: 'Escalated', cause: 'not-proven', reason_code: 'not-proven' });
    const { out } = await operator.run('timeline', '--since', '1d', '-o', 'json');
    const { plans } = JSON.parse(out.join()) as { plans: Record<string, unknown>[] };
    expect(plans.filter((plan) => plan['instance_id'] === 'i-1')).toHaveLength(1);
    expect(plans.find((plan) => plan['instance_id'] === 'i-8')).toMatchObject({
      status: 'Escalated',
      needs_person: false,
    });
  });

  it.each([
    [['--since', 'lately'], /option '--since' is "lately"\. Expected a time as in .* or 7d\./],
    [['-o', 'table'], /Allowed choices are html, json/],
  ])('refuses %s', async (options, message) => {
    const { code, out, err } = await operator.run('timeline', ...options);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err.join()).toMatch(message);
  });
});
