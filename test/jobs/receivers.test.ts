// The whole way of a notice: a run of the execute function, the channel of each vendor, and a real HTTP server that answers as the
// vendor documents. It is 02:30 in Shanghai.
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { answering, kinds, receiverOf, yes, type Answering, type Kind } from '../channels/loopback.ts';
import { Account, hour, minute } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** Each vendor's documented failures. The first of each has HTTP 200, where the vendor has such answers. */
const refusals: Record<Kind, readonly [answer: Answering, words: string][]> = {
  dingtalk: [
    [
      answering(200, '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}'),
      'errcode 130101',
    ],
    [answering(200, '{"errcode":310000,"errmsg":"keywords not in content"}'), 'errcode 310000'],
    [answering(200, '{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"u"}'), 'punish'],
  ],
  feishu: [
    [answering(200, '{"code":11232,"msg":"frequency limited","data":{}}'), 'code 11232'],
    [
      answering(200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}'),
      'code 19021',
    ],
  ],
  wecom: [
    [
      answering(200, '{"errcode":45009,"errmsg":"api freq out of limit, from ip: 10.1.2.3"}'),
      'errcode 45009',
    ],
    [answering(200, '{"errcode":93000,"errmsg":"invalid webhook url, from ip: 10.1.2.3"}'), 'errcode 93000'],
  ],
  slack: [
    [answering(200, 'not ok'), 'HTTP 200'],
    [answering(404, 'no_service'), 'HTTP 404'],
    [answering(429, 'rate_limited', { 'Retry-After': '30' }), 'HTTP 429'],
  ],
  webhook: [
    [answering(302, '', { Location: 'http://127.0.0.1:1/elsewhere' }), 'HTTP 302'],
    [answering(502, 'Bad Gateway'), 'HTTP 502'],
  ],
};

describe.each(kinds)('a receiver of kind %s', (kind) => {
  it('that says yes hears of each restart once', async () => {
    const { channel, arrived } = await receiverOf(kind);
    account.affected('1');
    await account.plan({ channels: [channel] });
    await account.execute({ channels: [channel] });
    await account.plan({ channels: [channel] });
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.body).toContain('web-1');
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });

  it.each(refusals[kind].map(([answer, words]) => ({ answer, words })))(
    'that answers $words was not told, delays no restart, and is told later',
    async ({ answer, words }) => {
      let isUp = false;
      const { channel, arrived } = await receiverOf(kind, (response) =>
        (isUp ? yes[kind] : answer)(response),
      );
      account.affected('1');
      await account.plan({ channels: [channel] });
      const report = await account.execute({ channels: [channel] });
      expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
      expect(report.problems.map(({ code }) => code)).toEqual(['notice-not-taken']);
      expect(report.problems[0]?.problem).toContain(`(${words})`);
      expect(account.row('i-1')).toHaveProperty('untold_since');
      const shown = inspect([account.logged, account.row('i-1'), report], { depth: null });
      expect(shown).not.toMatch(/tok-8d1f0c55e7aa|SECb6f5|fs-0f9e|whsec|10\.1\.2\.3/);
      isUp = true;
      account.pass(30 * minute);
      await account.plan({ channels: [channel] });
      await account.plan({ channels: [channel] });
      expect(arrived).toHaveLength(2);
      expect(account.row('i-1')).not.toHaveProperty('untold_since');
    },
  );

  it.each(['<at user_id="all">', '[x](http://evil)', '<!channel> @all <@all>'])(
    'gets no mention and no link from an instance that is called %s',
    async (name) => {
      const { channel, arrived } = await receiverOf(kind);
      account.affected('1', {}, { name });
      await account.plan({ channels: [channel] });
      await account.execute({ channels: [channel] });
      expect(arrived).toHaveLength(1);
      const { body = '' } = arrived[0] ?? {};
      // Two receivers read Markdown, two show text as it is. The JSON webhook is for programs: nobody interprets its texts.
      const isMarkdown = kind === 'dingtalk' || kind === 'wecom';
      const live = isMarkdown ? /<at|<!|<@|@all|\[x\]|:\/\/evil/ : /<at|<!|<@|@all|:\/\/evil/;
      if (kind !== 'webhook') expect(body).not.toMatch(live);
      expect(body).toContain('i-1');
    },
  );
});

describe('a receiver that is down for a day', () => {
  it('hears of four outcomes in one message when it is back', async () => {
    let isUp = false;
    const { channel, arrived } = await receiverOf('dingtalk', (response) =>
      isUp ? yes.dingtalk(response) : response.destroy(),
    );
    for (const id of ['1', '2', '3']) account.affected(id);
    account.affected('4', { avoidedAfterMs: 48 * hour });
    await account.plan({ channels: [channel] });
    for (const pause of [5 * minute, 40 * minute]) {
      await account.execute({ channels: [channel] });
      account.pass(pause);
    }
    await account.execute({ channels: [channel] });
    for (let elapsed = 0; elapsed < 23; elapsed += 1) {
      account.pass(hour);
      await account.plan({ channels: [channel] });
    }
    expect(arrived.length).toBeLessThan(30);
    const tries = arrived.length;
    isUp = true;
    account.pass(2 * hour);
    await account.plan({ channels: [channel] });
    await account.plan({ channels: [channel] });
    expect(arrived).toHaveLength(tries + 1);
    const last = JSON.parse(arrived.at(-1)?.body ?? '') as { markdown: { text: string } };
    expect([...last.markdown.text.matchAll(/web-\d/g)].map(String).sort()).toEqual([
      'web-1',
      'web-2',
      'web-3',
      'web-4',
    ]);
  });
});
