// The signatures: by the published vectors, and by what a receiver would compute from the request that arrived.
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { dingtalkSignature, feishuSignature, webhookSignature } from '../../lib/channels/signatures.ts';
import { receiverOf, sample, secrets, yes } from './loopback.ts';

describe('the published vectors', () => {
  it('of DingTalk', () => {
    expect(dingtalkSignature('1577262236757', 'this is secret')).toBe(
      'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=',
    );
  });

  it.each([
    ['100', 'jquNHnVOwmDRfw+vqTIrY5dooJAgi5EcRtLsQE4wfXg='],
    ['1599360473', 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8='],
  ])('of Feishu at %s', (timestamp, signature) => {
    expect(feishuSignature(timestamp, 'demo')).toBe(signature);
  });

  it('of Standard Webhooks', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: '{"test": 2432232314}',
    };
    expect(webhookSignature(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});

describe('DingTalk', () => {
  it('finds the time in milliseconds and the signature in the query, beside its token', async () => {
    const { channel, arrived } = await receiverOf('dingtalk');
    await channel.tell(sample);
    const { searchParams = new URLSearchParams() } = arrived[0]?.url ?? {};
    expect([...searchParams.keys()]).toEqual(['access_token', 'timestamp', 'sign']);
    expect(searchParams.get('timestamp')).toBe('1796148000000');
    // A receiver decodes a bare + as a space, so a base64 text that survives was encoded.
    expect(searchParams.get('sign')).toBe(
      createHmac('sha256', 'SECb6f5e1a94c2d').update('1796148000000\nSECb6f5e1a94c2d').digest('base64'),
    );
  });

  it('gets the + and the / of a signature percent-encoded', async () => {
    const { channel, arrived } = await receiverOf('dingtalk', yes.dingtalk, 'secret-9');
    await channel.tell(sample);
    expect(arrived[0]?.url.search).not.toMatch(/[+ /]/);
    expect(arrived[0]?.url.search).toContain('sign=DB4%2B7Fq1v9rQf1hLl9VESDPX4Y0AbEc%2FnCilipCmFuw%3D');
  });

  it('gets no signature where the robot has no secret', async () => {
    const { channel, arrived } = await receiverOf('dingtalk', yes.dingtalk, '');
    await channel.tell(sample);
    expect([...(arrived[0]?.url.searchParams.keys() ?? [])]).toEqual(['access_token']);
  });
});

describe('Feishu', () => {
  it('finds the time in seconds and the signature in the body', async () => {
    const { channel, arrived } = await receiverOf('feishu');
    await channel.tell(sample);
    const key = '1796148000\nfs-0f9e8d7c6b5a';
    expect(JSON.parse(arrived[0]?.body ?? '')).toMatchObject({
      timestamp: '1796148000',
      sign: createHmac('sha256', key).digest('base64'),
    });
    expect(arrived[0]?.url.search).toBe('');
  });
});

describe('a receiver of Standard Webhooks', () => {
  const headersOf = (arrived: { headers: Record<string, unknown> } | undefined): Record<string, string> =>
    (arrived?.headers ?? {}) as Record<string, string>;
  /** The library compares the time of the message with the system clock, so the time of the tests is signed again. */
  const verify = (
    secret: string,
    { headers, body }: { headers: Record<string, string>; body: string },
  ): void => {
    const webhook = new Webhook(secret);
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signed = webhook.sign(headers['webhook-id'] ?? '', at, body);
    expect((headers['webhook-signature'] ?? '').split(' ')).toContain(signed);
  };

  it('can verify the signature with its own library', async () => {
    const { channel, arrived } = await receiverOf('webhook');
    await channel.tell(sample);
    expect(headersOf(arrived[0])['webhook-timestamp']).toBe('1796148000');
    verify(secrets.webhook ?? '', { headers: headersOf(arrived[0]), body: arrived[0]?.body ?? '' });
  });

  it('can verify each of two secrets while they change', async () => {
    const [old, young] = [secrets.webhook ?? '', `whsec_${Buffer.alloc(64, 7).toString('base64')}`];
    const { channel, arrived } = await receiverOf('webhook', yes.webhook, `${old} ${young}`);
    await channel.tell(sample);
    for (const secret of [old, young]) {
      verify(secret, { headers: headersOf(arrived[0]), body: arrived[0]?.body ?? '' });
    }
  });

  it('gets the same id for the same notice, another one for another notice, and no dot in it', async () => {
    const { channel, arrived } = await receiverOf('webhook');
    await channel.tell(sample);
    await channel.tell(sample);
    await channel.tell({ ...sample, severity: 'warning' });
    await channel.tell({ ...sample, at: sample.at.add({ seconds: 1 }) });
    const [one, again, other, later] = arrived.map(({ headers }) => headers['webhook-id']);
    expect(again).toBe(one);
    expect(new Set([one, other, later]).size).toBe(3);
    expect(one).toMatch(/^msg_[0-9a-f]{32}$/);
  });

  it('gets no signature where there is no secret', async () => {
    const { channel, arrived } = await receiverOf('webhook', yes.webhook, '');
    await channel.tell(sample);
    expect(arrived[0]?.headers['webhook-signature']).toBe(undefined);
    expect(arrived[0]?.headers['webhook-id']).toMatch(/^msg_/);
  });
});
