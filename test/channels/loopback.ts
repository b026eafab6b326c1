// A receiver of notices on loopback: it keeps what arrives, and answers as it is told. It shares nothing with lib/channels.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { onTestFinished } from 'vitest';
import { parseChannels } from '../../lib/channels/addresses.ts';
import { openChannels } from '../../lib/channels/open-channels.ts';
import { postByFetch } from '../../lib/channels/post.ts';
import type { Notice } from '../../lib/plan/notice.ts';
import type { Channel } from '../../lib/ports.ts';

/** A request as it arrived. */
export interface Arrived {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The one request that arrived. */
export function onlyOf(arrived: readonly Arrived[]): Arrived {
  const [only] = arrived;
  if (only === undefined || arrived.length > 1) throw new Error(`${arrived.length} requests arrived`);
  return only;
}

/** The part of every URL here that nobody may read. */
export const token = 'tok-8d1f0c55e7aa';

const paths = {
  dingtalk: `/robot/send?access_token=${token}`,
  feishu: `/open-apis/bot/v2/hook/${token}`,
  wecom: `/cgi-bin/webhook/send?key=${token}`,
  slack: `/services/T01/B02/${token}`,
  webhook: `/hooks/${token}`,
};

export type Kind = keyof typeof paths;

export const kinds = Object.keys(paths) as Kind[];

/** Secrets that sign, for those that sign. */
export const secrets: Partial<Record<Kind, string>> = {
  dingtalk: 'SECb6f5e1a94c2d',
  feishu: 'fs-0f9e8d7c6b5a',
  webhook: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};

/** Answers one request. */
export type Answering = (response: ServerResponse) => void;

/** Answers with this status and body. */
export function answering(status: number, body: string, headers: Record<string, string> = {}): Answering {
  return (response) => response.writeHead(status, headers).end(body);
}

/** The success of each receiver, as it documents it. */
export const yes: Record<Kind, Answering> = {
  dingtalk: answering(200, '{"errcode":0,"errmsg":"ok"}'),
  feishu: answering(200, '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'),
  wecom: answering(200, '{"errcode":0,"errmsg":"ok"}'),
  slack: answering(200, 'ok', { 'Content-Type': 'text/html' }),
  webhook: answering(204, ''),
};

/** The time of all tests: 1796148000 in Unix seconds. */
export const now = Temporal.Instant.from('2026-12-01T18:00:00Z');

/** Starts a receiver for the time of one test, and opens a channel to it. Without a secret nothing is signed. */
export async function receiverOf(
  kind: Kind,
  answer: Answering = yes[kind],
  secret: string = secrets[kind] ?? '',
): Promise<{ channel: Channel; arrived: Arrived[]; origin: string }> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      arrived.push({ method, url: new URL(url, 'http://receiver'), headers, body });
      answer(response);
    });
  });
  const origin = await listening(server);
  return { channel: channelTo(kind, origin, secret), arrived, origin };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A channel to this server, as NOTIFY would open it. */
export function channelTo(kind: Kind, origin: string, secret: string = secrets[kind] ?? ''): Channel {
  const parsed = parseChannels(`${kind}:${origin}${paths[kind]}${secret === '' ? '' : `#${secret}`}`);
  if (!parsed.ok) throw new Error(parsed.expected);
  const [channel] = openChannels(parsed.value, { clock: { now: () => now }, post: postByFetch });
  if (channel === undefined) throw new Error('no channel');
  return channel;
}

/** A digest of one instance that needs a person, and one that is up again. */
export const sample: Notice = {
  type: 'run.digest',
  at: Temporal.Instant.from('2026-12-01T17:59:30Z'),
  language: 'en',
  severity: 'critical',
  title: ['1 plan needs a person'],
  sections: [
    {
      heading: ['Needs a person'],
      entries: [
        {
          line: ['Instance i-bp1 (', { foreign: 'web-1' }, ') waits for an approval until 02:00.'],
          command: 'npx reboot-plans approve i-bp1',
          facts: { region: 'cn-hangzhou', instance: 'i-bp1', status: 'AwaitingApproval' },
        },
      ],
    },
    {
      heading: ['Up again'],
      entries: [{ line: ['Instance i-bp2 (', { foreign: 'db-1' }, ') is up again.'] }],
    },
  ],
};
