// The command `review`: its three forms, in both languages, and text of other people in them.
import { describe, expect, it } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { mostWorth } from '../../../lib/cli/plans/review/drawn.ts';
import { StoreReadFailed } from '../../../lib/failures.ts';
import type { PagePlan } from '../../../lib/page/marks/page-plan.ts';
import { Account, hour, minute, start } from '../../jobs/stage.ts';
import { planOf } from '../../page/fleet.ts';
import { Operator } from './operator.ts';

/** What an owner could name an instance, a group or an event. */
const hostile = '<script>alert(1)</script> | `"><img onerror=x>` *a* [b](c)';

function hurt(): Account {
  const account = new Account();
  for (const [index, type] of ['SystemFailure.Reboot', 'SystemFailure.Reboot', hostile].entries()) {
    account.affected(`${index}`, {
      type,
      status: 'Executed',
      publishAt: start - 3 * hour,
      finishTime: start - hour,
    });
  }
  return account;
}

const written = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await new Operator(hurt()).run('review', ...args);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return out.join('\n');
};

/** i-0 was restarted and proven, and its row left. i-1 waits. The name of both is hostile. */
async function planned(): Promise<Account> {
  const account = new Account();
  account.affected('0', {}, { name: hostile });
  await account.plan();
  await account.execute();
  account.pass(5 * minute);
  await account.execute();
  account.pass(8 * 24 * hour);
  await account.plan();
  expect(account.row('i-0')).toEqual({});
  account.affected('1', { notBefore: start + 10 * 24 * hour }, { name: hostile });
  await account.plan();
  return account;
}

describe('review', () => {
  it('prints Markdown: what happened in a sentence, and tables', async () => {
    const text = await written();
    expect(text.split('\n').slice(0, 5)).toEqual([
      '# Review of maintenance events',
      '',
      'From Mon 2026-11-02 02:30 Asia/Shanghai to Wed 2026-12-02 02:30 Asia/Shanghai. An event counts if it was open at some time of that period.',
      '',
      '3 events: 0 Avoided, 3 Executed. 2 struck without notice.',
    ]);
    expect(text).toMatch(/\| i-0 +\| cn-hangzhou +\| 1 +\| SystemFailure\.Reboot \|/);
  });

  it('says one in the singular', async () => {
    const account = new Account();
    account.affected('1', { status: 'Avoided', publishAt: start - 3 * hour, finishTime: start - hour });
    const { out } = await new Operator(account).run('review');
    expect(out.join()).toContain(
      '1 maintenance reboot is over: the planner avoided 0 (0 %), somebody else avoided 1 (100 %), and ECS carried out 0 (0 %).',
    );
  });

  it('prints Chinese', async () => {
    const text = await written('--lang', 'zh');
    expect(text).toContain('# 运维事件回顾');
    expect(text).toContain('共 3 个事件：0 个 Avoided，3 个 Executed；2 个未经通知发生。');
    expect(text).toContain('计划与 ECS 一致。');
  });

  it('says in words, in both languages, that the time to Running is an upper bound', async () => {
    const account = await planned();
    const textOf = async (...args: string[]): Promise<string> =>
      (await new Operator(account).run('review', ...args)).out.join('\n');
    const english = await textOf();
    expect(english).toMatch(/\| RebootInstance to Running, at most +\|/);
    expect(english).toContain('“To Running” is an upper bound: ');
    const chinese = await textOf('--lang', 'zh');
    expect(chinese).toMatch(/\| RebootInstance 至 Running（上限） *\|/);
    expect(chinese).toContain('“至 Running”为上限：');
  });

  it('lets no text of others become a format of Markdown', async () => {
    const text = await written();
    const lines = text.split('\n').filter((line) => line.includes('alert'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).not.toMatch(/[^\\]<script|[^\\]`"|[^\\]\*a|[^\\]\[b/);
      // A table has as many bars in each row.
      if (line.startsWith('|')) expect(line.match(/(?<!\\)\|/g)?.length).toBe(5);
    }
  });

  it('lets no text turn a row of Markdown round, or speak to a terminal', async () => {
    const account = new Account();
    const type = 'System\u202eFailure\u001b[2J\u0007.\u2066Re\r\n\nboot';
    account.affected('1', {
      type,
      status: 'Executed',
      publishAt: start - 3 * hour,
      finishTime: start - hour,
    });
    const { out } = await new Operator(account).run('review');
    expect(out.join()).toMatch(/^\| SystemFailure\\?\[2J\.Re boot +\| All/m);
    expect(out.join().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('prints one HTML file without script or request, and text of others stays text', async () => {
    const html = await written('-o', 'html');
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/i);
    expect(html).toContain(
      `<meta content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" http-equiv="Content-Security-Policy">`,
    );
    expect(html).not.toMatch(/<script|<img|<a |src=|href=|url\(|@import/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toMatch(/<th scope="row">i-0<\/th>/);
  });

  it('draws the plans of the period into the HTML, also those whose rows left, each with its story and without script', async () => {
    const account = await planned();
    const { code, out, err } = await new Operator(account).run('review', '-o', 'html');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const html = out.join('\n');
    expect(html.match(/<h2>The plans of this period<\/h2>/g)).toHaveLength(1);
    expect(
      html.match(/<tr [^>]*id="plan-[^"]*(?<!-story)"/g)?.map((row) => /id="([^"]*)"/.exec(row)?.[1]),
    ).toEqual(['plan-i-0', 'plan-i-1']);
    expect(html.match(/<figure/g)).toHaveLength(1);
    expect(html).toContain('ECS accepted RebootInstance.');
    expect(html).not.toMatch(/<script|<img|src=|url\((?!#)|@import|https?:\/\/(?!www\.w3\.org)/);
    // Every link leads into the page.
    expect(html.match(/href="(?!#)[^"]*"/g)).toBeNull();
    const short = await new Operator(account).run('review', '-o', 'html', '--since', '7d', '--lang', 'zh');
    expect(short.out.join()).toContain('<h2>此期间的计划</h2>');
    expect(short.out.join()).not.toContain('id="plan-i-0"');
    expect(short.out.join()).toContain('id="plan-i-1"');
  });

  it('says in the HTML, and by its exit code, where the plans cannot be drawn', async () => {
    const account = await planned();
    const operator = new Operator(account);
    const down = (): never => {
      throw new StoreReadFailed('Tablestore is down');
    };
    const { code, out } = await operator.runWith({ open: down }, 'review', '-o', 'html');
    expect(code).toBe(1);
    expect(out.join()).toContain('Tablestore is down');
    expect(out.join()).not.toContain('<figure');
  });

  it('draws those that go on or went wrong first, then the latest, and says how many are left out', () => {
    const of = (status: string, day: number): PagePlan =>
      planOf(`${status}${day}`, {
        status,
        finishedAt: Temporal.Instant.from('2026-11-01T00:00:00Z').add({ hours: day }),
      });
    const well = Array.from({ length: 320 }, (_, day) => of('Avoided', day));
    const { plans, leftOut } = mostWorth([...well, of('Missed', 1), planOf('open', { status: 'Planned' })]);
    expect(leftOut).toBe(22);
    expect(plans).toHaveLength(300);
    expect(plans.slice(0, 3).map(({ status }) => status)).toEqual(['Planned', 'Missed', 'Avoided']);
    expect(plans[2]?.instanceId).toBe('i-Avoided319');
    expect(plans.at(-1)?.instanceId).toBe('i-Avoided22');
  });

  it('prints JSON with every figure, per region and in all', async () => {
    const json = JSON.parse(await written('-o', 'json', '--since', '2d')) as Record<string, unknown>;
    expect(json).toMatchObject({
      version: 1,
      since: '2026-11-29T18:30:00Z',
      until: '2026-12-01T18:30:00Z',
      all: { events: 3, avoided: 0, executed: 3, unannounced: 2, disagreements: [], crowds: [] },
      regions: [
        { regionId: 'cn-hangzhou', source: 'ecs', events: 3 },
        { regionId: 'cn-shanghai', source: 'ecs', events: 0 },
      ],
      problems: [],
    });
  });

  it('refuses a period that is none', async () => {
    const { code, err } = await new Operator(new Account()).run('review', '--since', 'yesterday');
    expect(code).toBe(2);
    expect(err.join()).toContain('Expected a whole number and a unit, as in 90s, 15m, 2h or 1d.');
  });
});
