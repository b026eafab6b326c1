// NOTIFY: what is accepted, and the fault for each wrong channel. No fault has a part of a URL or of a secret.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseChannels } from '../../lib/channels/addresses.ts';
import { ConfigurationError } from '../../lib/failures.ts';
import { readConfiguration } from '../../lib/settings/configuration.ts';

const required = {
  TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
  TABLESTORE_INSTANCE: 'planner',
};

const channelsOf = (text: string): { kind: string; url: string; secret?: string }[] =>
  readConfiguration({ ...required, NOTIFY: text }, 'cn-hangzhou').channels.map(({ kind, url, secret }) => ({
    kind,
    url: url.reveal(),
    ...(secret === undefined ? {} : { secret: secret.reveal() }),
  }));

function faultsOf(text: string): string[] {
  try {
    channelsOf(text);
    return [];
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ConfigurationError);
    return (thrown as Error).message.split('\n- ').slice(1);
  }
}

const key = 'a1b2c3d4e5f6';
const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const good = {
  dingtalk: `https://oapi.dingtalk.com/robot/send?access_token=${key}`,
  feishu: `https://open.feishu.cn/open-apis/bot/v2/hook/${key}`,
  lark: `https://open.larksuite.com/open-apis/bot/v2/hook/${key}`,
  wecom: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`,
  slack: `https://hooks.slack.com/services/T01/B02/${key}`,
  webhook: `https://ops.example.com/hooks/${key}?x=1`,
};

describe('NOTIFY', () => {
  it.each(['', ' ', 'none', ' none '])('%j is no channel', (text) => {
    expect(channelsOf(text)).toEqual([]);
  });

  it('takes every kind, several of one kind, blanks, and secrets that sign', () => {
    const text = [
      `dingtalk:${good.dingtalk}#SEC0`,
      ` dingtalk:${good.dingtalk}2`,
      `feishu:${good.feishu}#fs+/=1`,
      `feishu:${good.lark}`,
      `wecom:${good.wecom}`,
      `slack:${good.slack}`,
      `webhook:${good.webhook}#${whsec}`,
      `webhook:http://10.0.0.7:8080/x`,
    ].join(', ');
    expect(channelsOf(text)).toEqual([
      { kind: 'dingtalk', url: good.dingtalk, secret: 'SEC0' },
      { kind: 'dingtalk', url: `${good.dingtalk}2` },
      { kind: 'feishu', url: good.feishu, secret: 'fs+/=1' },
      { kind: 'feishu', url: good.lark },
      { kind: 'wecom', url: good.wecom },
      { kind: 'slack', url: good.slack },
      { kind: 'webhook', url: good.webhook, secret: whsec },
      { kind: 'webhook', url: 'http://10.0.0.7:8080/x' },
    ]);
  });

  it('takes a receiver on this machine for every kind, as the local cloud has it', () => {
    const local = [
      'dingtalk:http://127.0.0.1:1234/a',
      'slack:http://localhost:1234/',
      'wecom:http://[::1]:1234/',
    ];
    expect(channelsOf(local.join()).map(({ kind }) => kind)).toEqual(['dingtalk', 'slack', 'wecom']);
  });

  it('counts a channel that stands there twice once', () => {
    expect(channelsOf(`slack:${good.slack},slack:${good.slack}`)).toHaveLength(1);
  });

  it('names channels by their URL: the same after another order, another secret, and never with a part of it', () => {
    const namesOf = (text: string): string[] => {
      const parsed = parseChannels(text);
      return parsed.ok ? parsed.value.map(({ name }) => name) : [];
    };
    const [one = '', other = ''] = namesOf(`dingtalk:${good.dingtalk}#SEC0,wecom:${good.wecom}`);
    expect(namesOf(`wecom:${good.wecom},dingtalk:${good.dingtalk}#SEC1`)).toEqual([other, one]);
    expect(one).toMatch(/^dingtalk-[0-9a-f]{8}$/);
    expect(other).toMatch(/^wecom-[0-9a-f]{8}$/);
    expect(namesOf(`dingtalk:${good.dingtalk}2`)).not.toEqual([one]);
  });
});

const forms = {
  dingtalk: 'dingtalk:https://oapi.dingtalk.com/robot/send?access_token=TOKEN, with #SECRET where it signs',
  feishu:
    'feishu:https://open.feishu.cn/open-apis/bot/v2/hook/ID, or at open.larksuite.com, with #SECRET where it signs',
  wecom: 'wecom:https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY, without #',
  slack: 'slack:https://hooks.slack.com/services/T…/B…/…, without #',
  webhook:
    'webhook:URL, with #whsec_SECRET where it signs: 24 to 64 bytes in base64; two, with a space between them, while the secret changes',
};

describe('a wrong channel is reported with its place and the form that is expected, and without its text:', () => {
  it.each([
    ['dingtalk', good.feishu],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send'],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token='],
    ['dingtalk', good.dingtalk.replace('https', 'http')],
    ['dingtalk', good.dingtalk.replace('.com', '.com.evil.example')],
    ['dingtalk', good.dingtalk.replace('://', `://${key}:${key}@`)],
    ['dingtalk', `${good.dingtalk}#`],
    ['dingtalk', `${good.dingtalk}#two words`],
    ['feishu', good.feishu.replace(key, '')],
    ['feishu', good.feishu.replace('/v2', '')],
    ['feishu', key],
    ['wecom', `${good.wecom}#SEC0`],
    ['wecom', good.dingtalk],
    ['slack', `${good.slack}#SEC0`],
    ['slack', good.slack.replace('services', 'triggers')],
    ['slack', `https:${key}`],
    ['webhook', 'ops.example.com/hooks'],
    ['webhook', `ftp://ops.example.com/${key}`],
    ['webhook', `https://user:${key}@ops.example.com/`],
    ['webhook', `${good.webhook}#${key}`],
    ['webhook', `${good.webhook}#whsec_c2hvcnQ=`],
    ['webhook', `${good.webhook}#whsec_${'A'.repeat(88)}`],
    ['webhook', `${good.webhook}#${whsec}!`],
    ['webhook', `${good.webhook}#${whsec} `.concat('x')],
  ] as const)('%s:%s', (kind, written) => {
    expect(faultsOf(`${kind}:${written}`)).toEqual([
      `NOTIFY is "${kind}:***", expected item 1 as ${forms[kind]}.`,
    ]);
  });

  it.each([good.slack, `telegram:${good.slack}`, key, `DingTalk:${good.dingtalk}`])('%s', (text) => {
    expect(faultsOf(text)).toEqual([
      'NOTIFY is "***", expected item 1 as one of dingtalk:URL, feishu:URL, wecom:URL, slack:URL, webhook:URL (a comma in a URL is %2C).',
    ]);
  });

  it('all at once, also beside other settings', () => {
    const NOTIFY = `slack:${good.slack},wecom:${key},,feishu:${good.dingtalk}`;
    const value = '"slack:***, wecom:***, ***, feishu:***"';
    const thrown = ((): unknown => {
      try {
        return readConfiguration({ ...required, NOTIFY, MODE: 'robot' }, 'cn-hangzhou');
      } catch (error) {
        return error;
      }
    })() as ConfigurationError;
    expect(thrown.message.split('\n- ').slice(1)).toEqual([
      'MODE is "robot", expected one of auto, approval, observe.',
      `NOTIFY is ${value}, expected item 2 as ${forms.wecom}.`,
      `NOTIFY is ${value}, expected item 3 as one of dingtalk:URL, feishu:URL, wecom:URL, slack:URL, webhook:URL (a comma in a URL is %2C).`,
      `NOTIFY is ${value}, expected item 4 as ${forms.feishu}.`,
    ]);
    expect(inspect(thrown, { depth: 10 })).not.toContain(key);
  });
});

it('a configuration that is printed, logged or compared in a test shows no URL and no secret', () => {
  const NOTIFY = `dingtalk:${good.dingtalk}#SEC0123456789,webhook:${good.webhook}#${whsec}`;
  const configuration = readConfiguration({ ...required, NOTIFY }, 'cn-hangzhou');
  const [first] = configuration.channels;
  const printed = [
    inspect(configuration, { depth: 10, showHidden: true }),
    JSON.stringify(configuration),
    `${String(first?.url)} ${String(first?.secret)}`,
  ].join('\n');
  expect(printed).toContain('dingtalk-');
  for (const secret of [key, 'SEC0123', 'MfKQ9r8', 'oapi.dingtalk', 'ops.example'])
    expect(printed).not.toContain(secret);
});
