// The command `review`: its three forms, in both languages, and text of other people in them.
import { describe, expect, it } from 'vitest';
import { Account, hour, start } from '../../jobs/stage.ts';
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

  it('prints Chinese', async () => {
    const text = await written('--lang', 'zh');
    expect(text).toContain('# 运维事件回顾');
    expect(text).toContain('共 3 个事件：0 个 Avoided，3 个 Executed；2 个未经通知发生。');
    expect(text).toContain('计划与 ECS 一致。');
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
