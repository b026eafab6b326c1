// Receivers that break the connection, do not answer in time, or do not stop answering. `tell` waits five seconds at most.
import { describe, expect, it } from 'vitest';
import { channelTo, kinds, now, receiverOf, sample, type Answering } from './loopback.ts';

const inAMinute = now.add({ seconds: 60 });
const later = (code: string, answer?: string): unknown => ({
  kind: 'later',
  until: inAMinute,
  problem: answer === undefined ? { code } : { code, answer },
});

describe('again later, and not at once:', () => {
  it.each(kinds)('%s resets the connection', async (kind) => {
    const { channel, arrived } = await receiverOf(kind, (response) => response.socket?.resetAndDestroy());
    expect(await channel.tell(sample)).toEqual(later('unreachable', 'ECONNRESET'));
    expect(arrived).toHaveLength(1);
  });

  it.each(kinds)('%s closes the connection without an answer', async (kind) => {
    const { channel } = await receiverOf(kind, (response) => response.socket?.destroy());
    expect(await channel.tell(sample)).toMatchObject({ kind: 'later', problem: { code: 'unreachable' } });
  });

  it('nobody listens', async () => {
    expect(await channelTo('slack', 'http://127.0.0.1:9').tell(sample)).toMatchObject({
      kind: 'later',
      problem: { code: 'unreachable' },
    });
  });

  it('the connection breaks in the middle of a yes', async () => {
    const half: Answering = (response) => {
      response.writeHead(200, { 'Content-Length': '27' });
      response.write('{"errcode":0,', () => response.socket?.destroy());
    };
    const { channel } = await receiverOf('dingtalk', half);
    expect(await channel.tell(sample)).toMatchObject({ kind: 'later', problem: { code: 'unreachable' } });
  });

  it('the answer does not begin, or does not end, within five seconds', async () => {
    const silent: Answering = () => undefined;
    const stalls: Answering = (response) => response.writeHead(200).write('{"errcode":0');
    const begin = Date.now();
    const outcomes = await Promise.all(
      [silent, stalls].map(async (answer) => (await receiverOf('wecom', answer)).channel.tell(sample)),
    );
    expect(outcomes).toEqual([later('no-answer'), later('no-answer')]);
    expect(Date.now() - begin).toBeGreaterThanOrEqual(4_900);
  });
});

it('reads no more than the beginning of an answer that never ends', async () => {
  let written = 0;
  const endless: Answering = (response) => {
    response.writeHead(200);
    const page = 'x'.repeat(65_536);
    const more = (): void => {
      written += page.length;
      // Bounded for a reader that never stops.
      if (written < 500_000_000 && !response.destroyed) response.write(page, more);
    };
    more();
  };
  const { channel } = await receiverOf('dingtalk', endless);
  expect(await channel.tell(sample)).toEqual(later('unreadable-answer', 'HTTP 200'));
  expect(written).toBeLessThan(50_000_000);
});
