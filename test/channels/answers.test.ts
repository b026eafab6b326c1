// What each documented answer means. The answers are those of the vendors' pages; each arrives over HTTP.
import { describe, expect, it } from 'vitest';
import type { DeliveryOutcome } from '../../lib/plan/notice.ts';
import { answering, kinds, receiverOf, sample, yes, type Answering, type Kind } from './loopback.ts';

async function outcomeOf(kind: Kind, answer: Answering): Promise<DeliveryOutcome> {
  const { channel, arrived } = await receiverOf(kind, answer);
  const outcome = await channel.tell(sample);
  // Nothing is repeated, whatever the answer is.
  expect(arrived).toHaveLength(1);
  return outcome;
}

/** The outcome in short: `later 18:01 throttled (errcode 130101)`. */
function short(outcome: DeliveryOutcome): string {
  if (outcome.kind === 'told') return 'told';
  const { code, answer } = outcome.problem;
  const until = outcome.kind === 'later' ? ` ${outcome.until.toString().slice(11, 19)}` : '';
  return `${outcome.kind}${until} ${code}${answer === undefined ? '' : ` (${answer})`}`;
}

const json = (fields: Record<string, unknown>, status = 200): Answering =>
  answering(status, JSON.stringify(fields));

describe('DingTalk answers HTTP 200, and errcode decides:', () => {
  it.each([
    [0, 'ok', 'told'],
    [-1, '系统繁忙', 'later 18:01:00 busy (errcode -1)'],
    [130101, 'send too fast, exceed 20 times per minute', 'later 18:10:00 throttled (errcode 130101)'],
    [410100, '发送速度太快而限流', 'later 18:10:00 throttled (errcode 410100)'],
    [302033, 'send too fast', 'later 18:10:00 throttled (errcode 302033)'],
    [
      310000,
      'keywords not in content, more: [https://ding-doc.dingtalk.com]',
      'needs-person keyword-missing (errcode 310000)',
    ],
    [
      310000,
      'sign not match, more: [https://ding-doc.dingtalk.com]',
      'needs-person signature-refused (errcode 310000)',
    ],
    [
      310000,
      'invalid timestamp, more: [https://ding-doc.dingtalk.com]',
      'needs-person signature-refused (errcode 310000)',
    ],
    [310000, 'ip 203.0.113.7 not in whitelist', 'needs-person ip-refused (errcode 310000)'],
    [310000, '错误描述', 'needs-person refused (errcode 310000)'],
    [300001, 'token is not exist', 'needs-person unknown-url (errcode 300001)'],
    [300005, 'token is not exist', 'needs-person unknown-url (errcode 300005)'],
    [400101, 'access_token不存在', 'needs-person unknown-url (errcode 400101)'],
    [400013, '群已被解散', 'gone gone (errcode 400013)'],
    [400102, '机器人已停用', 'gone gone (errcode 400102)'],
    [400106, '机器人不存在', 'gone gone (errcode 400106)'],
    [40035, '缺少参数 json', 'our-fault malformed (errcode 40035)'],
    [43004, '无效的HTTP HEADER Content-Type', 'our-fault malformed (errcode 43004)'],
    [400105, '不支持的消息类型', 'our-fault malformed (errcode 400105)'],
    [460101, 'message too long, exceed 20000 bytes', 'our-fault too-long (errcode 460101)'],
    [430101, '有不安全的外链', 'our-fault unsafe (errcode 430101)'],
    [430104, '有不合适的内容', 'our-fault unsafe (errcode 430104)'],
    [999999, 'something new', 'needs-person refused (errcode 999999)'],
  ])('%i %s', async (errcode, errmsg, expected) => {
    expect(short(await outcomeOf('dingtalk', json({ errcode, errmsg })))).toBe(expected);
  });

  it('a gateway that bans the source, with HTTP 200 and no errcode, means ten minutes', async () => {
    const ban = json({ status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'ab12' });
    expect(short(await outcomeOf('dingtalk', ban))).toBe('later 18:10:00 throttled (punish)');
  });
});

describe('Feishu answers HTTP 200, and code decides:', () => {
  it.each([
    [0, 'success', 200, 'told'],
    [9499, 'Bad Request', 400, 'our-fault malformed (code 9499)'],
    [11232, 'frequency limited', 200, 'later 18:02:00 throttled (code 11232)'],
    [11232, 'frequency limited', 429, 'later 18:02:00 throttled (code 11232)'],
    [
      19001,
      'param invalid: incoming webhook access token invalid',
      200,
      'needs-person unknown-url (code 19001)',
    ],
    [
      19021,
      'sign match fail or timestamp is not within one hour',
      200,
      'needs-person signature-refused (code 19021)',
    ],
    [19022, 'Ip Not Allowed', 200, 'needs-person ip-refused (code 19022)'],
    [19024, 'Key Words Not Found', 200, 'needs-person keyword-missing (code 19024)'],
    [12345, 'something new', 200, 'needs-person refused (code 12345)'],
  ])('%i %s', async (code, msg, status, expected) => {
    expect(short(await outcomeOf('feishu', json({ code, msg, data: {} }, status)))).toBe(expected);
  });
});

describe('WeCom answers HTTP 200, and errcode decides:', () => {
  it.each([
    [0, 'ok', 'told'],
    [-1, 'system busy', 'later 18:01:00 busy (errcode -1)'],
    [
      45009,
      'api freq out of limit, hint: [1700000000], from ip: 203.0.113.7',
      'later 18:01:00 throttled (errcode 45009)',
    ],
    [40058, 'markdown.content exceed max length 4096', 'our-fault too-long (errcode 40058)'],
    [
      93000,
      'invalid webhook url, hint: [1700000000], from ip: 203.0.113.7',
      'needs-person unknown-url (errcode 93000)',
    ],
    [40008, 'invalid message type', 'needs-person refused (errcode 40008)'],
  ])('%i %s', async (errcode, errmsg, expected) => {
    expect(short(await outcomeOf('wecom', json({ errcode, errmsg })))).toBe(expected);
  });
});

describe('Slack answers a word:', () => {
  it.each([
    [200, 'ok', 'told'],
    [400, 'invalid_payload', 'our-fault malformed (invalid_payload)'],
    [400, 'no_text', 'our-fault malformed (no_text)'],
    [400, 'user_not_found', 'needs-person refused (HTTP 400)'],
    [403, 'action_prohibited', 'needs-person refused (HTTP 403)'],
    [403, 'invalid_token', 'needs-person refused (HTTP 403)'],
    [404, 'channel_not_found', 'needs-person unknown-url (HTTP 404)'],
    [404, 'no_service', 'needs-person unknown-url (HTTP 404)'],
    [410, 'channel_is_archived', 'gone gone (HTTP 410)'],
    [500, 'rollup_error', 'later 18:01:00 busy (HTTP 500)'],
    [200, 'OK, thank you', 'later 18:01:00 unreadable-answer (HTTP 200)'],
    [200, 'constructor', 'later 18:01:00 unreadable-answer (HTTP 200)'],
    [400, 'constructor', 'needs-person refused (HTTP 400)'],
  ])('%i %s', async (status, word, expected) => {
    expect(short(await outcomeOf('slack', answering(status, word)))).toBe(expected);
  });
});

describe('a webhook answers a status:', () => {
  it.each([
    [200, 'told'],
    [202, 'told'],
    [204, 'told'],
    [400, 'needs-person refused (HTTP 400)'],
    [401, 'needs-person refused (HTTP 401)'],
    [404, 'needs-person unknown-url (HTTP 404)'],
    [408, 'later 18:01:00 busy (HTTP 408)'],
    [410, 'gone gone (HTTP 410)'],
    [413, 'our-fault too-long (HTTP 413)'],
    [429, 'later 18:01:00 throttled (HTTP 429)'],
    [502, 'later 18:01:00 busy (HTTP 502)'],
    [504, 'later 18:01:00 busy (HTTP 504)'],
  ])('%i', async (status, expected) => {
    expect(short(await outcomeOf('webhook', answering(status, '')))).toBe(expected);
  });
});

describe('Retry-After counts where it is later, and never for more than a day:', () => {
  it.each([
    ['30', '2026-12-01T18:00:30Z'],
    ['0', '2026-12-01T18:00:00Z'],
    ['7200', '2026-12-01T20:00:00Z'],
    ['999999999', '2026-12-02T18:00:00Z'],
    ['Tue, 01 Dec 2026 18:05:00 GMT', '2026-12-01T18:05:00Z'],
    ['Tue, 01 Dec 2026 17:05:00 GMT', '2026-12-01T18:01:00Z'],
    ['soon', '2026-12-01T18:01:00Z'],
    ['-5', '2026-12-01T18:01:00Z'],
  ])('%s', async (value, until) => {
    const busy = answering(429, '', { 'Retry-After': value });
    for (const kind of ['slack', 'webhook'] as const) {
      const outcome = await outcomeOf(kind, busy);
      expect(outcome.kind === 'later' && outcome.until.toString()).toBe(until);
    }
  });
});

describe('an answer that is no answer of the receiver is never a yes:', () => {
  const page = '<html><body>Please log in</body></html>';
  const bodies = kinds.filter((kind) => kind !== 'webhook');

  it.each(bodies)('%s: a page, nothing, and JSON without the field, with HTTP 200', async (kind) => {
    for (const body of [
      page,
      '',
      '{}',
      '[]',
      'null',
      '0',
      '"ok"',
      '{"errcode":"0","code":"0"}',
      '{"success":true}',
    ]) {
      expect(short(await outcomeOf(kind, answering(200, body)))).toBe(
        'later 18:01:00 unreadable-answer (HTTP 200)',
      );
    }
  });

  it.each(bodies)('%s: a page of a gateway that is down, or that forbids', async (kind) => {
    expect(short(await outcomeOf(kind, answering(502, page)))).toBe('later 18:01:00 busy (HTTP 502)');
    expect(short(await outcomeOf(kind, answering(403, page)))).toBe('needs-person refused (HTTP 403)');
  });

  it.each(kinds)('%s: the yes of another place, after a redirect that is not followed', async (kind) => {
    const other = await receiverOf(kind, yes[kind]);
    for (const status of [301, 302, 303, 307, 308]) {
      const redirect = answering(status, '', { Location: `${other.origin}/other` });
      expect(short(await outcomeOf(kind, redirect))).toBe(`needs-person redirected (HTTP ${status})`);
    }
    expect(other.arrived).toEqual([]);
  });
});
