// What is returned, printed or thrown about a channel has no URL, no secret, no signature and no address of the caller, whatever
// the receiver does. The receivers here echo all that was sent to them.
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deliveryProblemText } from '../../lib/wording/delivery.ts';
import {
  channelTo,
  kinds,
  receiverOf,
  sample,
  secrets,
  token,
  type Answering,
  type Arrived,
  type Kind,
} from './loopback.ts';

/** Everything that is printed until the test ends. */
function printed(): string[] {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array): boolean => {
      lines.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
    onTestFinished(() => {
      stream.write = write;
    });
  }
  return lines;
}

/** An answer with the request in every place. `arrived` is filled before it is sent. */
function echo(kind: Kind, status: number, arrived: () => Arrived | undefined): Answering {
  return (response) => {
    const request = arrived();
    const words = `${request?.url.href ?? ''} ${JSON.stringify(request?.headers)} ${secrets[kind] ?? ''} from ip: 203.0.113.7`;
    const code = kind === 'feishu' ? { code: 19_021, msg: words } : { errcode: 310_000, errmsg: words };
    response.writeHead(status, { 'x-echo': words.replace(/[^\x20-\x7e]/g, ''), Location: `/?${token}` });
    response.end(kind === 'slack' || kind === 'webhook' ? words : JSON.stringify(code));
  };
}

describe.each(kinds)('%s', (kind) => {
  it.each([200, 302, 400, 403, 410, 500])('echoes the request with HTTP %i', async (status) => {
    const lines = printed();
    let last: Arrived | undefined;
    const { channel, arrived } = await receiverOf(kind, (response) => {
      last = arrived.at(-1);
      echo(kind, status, () => last)(response);
    });
    const outcome = await channel.tell(sample);
    expect(last?.url.href).toContain(token);
    leaksNothing(outcome, [channel], lines, last);
  });

  it('breaks the connection, or is not there', async () => {
    const lines = printed();
    const { channel } = await receiverOf(kind, (response) => response.socket?.resetAndDestroy());
    leaksNothing(await channel.tell(sample), [channel], lines);
    const closed = channelTo(kind, 'http://127.0.0.1:9');
    leaksNothing(await closed.tell(sample), [closed], lines);
  });
});

function leaksNothing(
  outcome: unknown,
  others: readonly unknown[],
  lines: readonly string[],
  sent?: Arrived,
): void {
  const problem = (outcome as { problem?: Parameters<typeof deliveryProblemText>[0] }).problem;
  const said =
    problem === undefined ? [] : (['en', 'zh'] as const).map((lang) => deliveryProblemText(problem, lang));
  const all = [
    ...[outcome, ...others].map((value) => inspect(value, { depth: 10, showHidden: true })),
    ...said,
    ...lines,
  ].join('\n');
  const signatures = [sent?.url.searchParams.get('sign'), sent?.headers['webhook-signature']].flatMap(
    (value) => value ?? [],
  );
  for (const secret of [
    token,
    ...Object.values(secrets),
    ...signatures,
    '127.0.0.1',
    '203.0.113.7',
    'http:',
  ]) {
    expect(all).not.toContain(secret);
  }
}

it('control: the search finds what is there', () => {
  expect(() => leaksNothing({ kind: 'later', word: token }, [], [])).toThrow();
  expect(() => leaksNothing({}, [], [`at http://127.0.0.1:9/`])).toThrow();
});

it('control: the error of fetch has the URL', async () => {
  const thrown: unknown = await fetch(`http://user:${token}@127.0.0.1:9/`).catch((error: unknown) => error);
  expect(inspect(thrown)).toContain(token);
});
