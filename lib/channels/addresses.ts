// Reads NOTIFY: where notices go. URLs and secrets are credentials: no fault has a part of them, and an address does not print
// them. A host or a path that does not belong to the receiver is refused, because a typing mistake would give the token away.
import { createHash } from 'node:crypto';
import { allRead, type Parsed } from '../plan/calendar/parsed.ts';
import { Hidden } from './hidden.ts';
import { isSigningSecret } from './signatures.ts';

/** The receivers that are spoken to. */
export type ChannelKind = 'dingtalk' | 'feishu' | 'wecom' | 'slack' | 'webhook';

/** Where one channel is. */
export interface Address {
  kind: ChannelKind;
  /** As in `dingtalk-3f2a91c0`: it follows from the URL, and tells nobody the URL. */
  name: string;
  url: Hidden;
  /** What signs. Absent where the URL is the only secret. */
  secret?: Hidden;
}

interface Form {
  /** What is expected, as a person would write it. */
  example: string;
  isOurs: (url: URL) => boolean;
  /** True for a secret that can sign. Absent where the receiver has no signatures. */
  canSign?: (secret: string) => boolean;
  /** True where any host is right, also without TLS inside of a VPC. */
  isAnywhere?: true;
}

const isWord = (secret: string): boolean => /^[^\s#]+$/.test(secret);

const forms: Readonly<Record<ChannelKind, Form>> = {
  dingtalk: {
    example: 'dingtalk:https://oapi.dingtalk.com/robot/send?access_token=TOKEN, with #SECRET where it signs',
    isOurs: ({ host, pathname, searchParams }) =>
      host === 'oapi.dingtalk.com' && pathname === '/robot/send' && has(searchParams, 'access_token'),
    canSign: isWord,
  },
  feishu: {
    example:
      'feishu:https://open.feishu.cn/open-apis/bot/v2/hook/ID, or at open.larksuite.com, with #SECRET where it signs',
    isOurs: ({ host, pathname }) =>
      ['open.feishu.cn', 'open.larksuite.com'].includes(host) &&
      /^\/open-apis\/bot\/v2\/hook\/[^/]+$/.test(pathname),
    canSign: isWord,
  },
  wecom: {
    example: 'wecom:https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY, without #',
    isOurs: ({ host, pathname, searchParams }) =>
      host === 'qyapi.weixin.qq.com' && pathname === '/cgi-bin/webhook/send' && has(searchParams, 'key'),
  },
  slack: {
    example: 'slack:https://hooks.slack.com/services/T…/B…/…, without #',
    isOurs: ({ host, pathname }) =>
      host === 'hooks.slack.com' && /^\/services\/[^/]+\/[^/]+\/[^/]+$/.test(pathname),
  },
  webhook: {
    example:
      'webhook:URL, with #whsec_SECRET where it signs: 24 to 64 bytes in base64; two, with a space between them, while the secret changes',
    isOurs: () => true,
    canSign: (secrets) => secrets.split(' ').every(isSigningSecret),
    isAnywhere: true,
  },
};

function has(parameters: URLSearchParams, name: string): boolean {
  return (parameters.get(name) ?? '') !== '';
}

/** The local cloud, and tests. Nobody else hears what is sent there. */
const loopback: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

const kindExpected =
  'as one of dingtalk:URL, feishu:URL, wecom:URL, slack:URL, webhook:URL (a comma in a URL is %2C)';

/** Reads channels, separated by commas; `none` or nothing for no channel. Each wrong channel has a fault. */
export function parseChannels(text: string): Parsed<readonly Address[]> {
  if (text === '' || text === 'none') return { ok: true, value: [] };
  const read = allRead(itemsOf(text).map((item, index) => parseChannel(item, index + 1)));
  if (!read.ok) return read;
  return { ok: true, value: [...new Map(read.value.map((address) => [address.name, address])).values()] };
}

/** The text of NOTIFY as faults quote it: nothing but the names of receivers. */
export function maskedChannels(text: string): string {
  return itemsOf(text)
    .map((item) => {
      const kind = kindOf(item);
      return kind === undefined ? '***' : `${kind}:***`;
    })
    .join(', ');
}

function itemsOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

function kindOf(item: string): ChannelKind | undefined {
  return (Object.keys(forms) as ChannelKind[]).find((kind) => item.startsWith(`${kind}:`));
}

function parseChannel(item: string, place: number): Parsed<Address> {
  const kind = kindOf(item);
  if (kind === undefined) return { ok: false, expected: `item ${place} ${kindExpected}` };
  const { example, isOurs, canSign, isAnywhere = false } = forms[kind];
  const fault: Parsed<Address> = { ok: false, expected: `item ${place} as ${example}` };
  const [written = '', ...rest] = item.slice(kind.length + 1).split('#');
  const secret = rest.length === 0 ? undefined : rest.join('#');
  if (secret !== undefined && canSign?.(secret) !== true) return fault;
  if (!/^https?:\/\/\S+$/.test(written) || !URL.canParse(written)) return fault;
  const url = new URL(written);
  // fetch refuses a URL with a user in it.
  if (url.username !== '' || url.password !== '') return fault;
  if (!loopback.includes(url.hostname)) {
    if (!isOurs(url) || (url.protocol !== 'https:' && !isAnywhere)) return fault;
  }
  const hash = createHash('sha256').update(`${kind}:${url.href}`).digest('hex').slice(0, 8);
  return {
    ok: true,
    value: {
      kind,
      name: `${kind}-${hash}`,
      url: new Hidden(url.href),
      ...(secret === undefined ? {} : { secret: new Hidden(secret) }),
    },
  };
}
