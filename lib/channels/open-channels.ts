// Opens the channels of NOTIFY. Each notice is one POST to each channel: nothing is repeated here, because the next run is.
import type { DeliveryOutcome, Notice } from '../plan/notice.ts';
import type { Channel, Clock } from '../ports.ts';
import type { Address, ChannelKind } from './addresses.ts';
import { later } from './answers.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import type { Post, PostRequest } from './post.ts';
import type { Receiver } from './receiver.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

const receivers: Readonly<Record<ChannelKind, Receiver>> = { dingtalk, feishu, wecom, slack, webhook };

/** The channels at these addresses. Nothing is sent before `tell`. */
export function openChannels(
  addresses: readonly Address[],
  world: { clock: Pick<Clock, 'now'>; post: Post },
): readonly Channel[] {
  return addresses.map((address) => ({
    name: address.name,
    tell: (notice) => tell(address, notice, world),
  }));
}

async function tell(
  { kind, url, secret }: Address,
  notice: Notice,
  { clock, post }: { clock: Pick<Clock, 'now'>; post: Post },
): Promise<DeliveryOutcome> {
  const { requestFor, outcomeOf } = receivers[kind];
  const request: PostRequest = requestFor(notice, {
    url: url.reveal(),
    at: clock.now(),
    ...(secret === undefined ? {} : { secret: secret.reveal() }),
  });
  const answer = await post(request);
  const at = clock.now();
  switch (answer.kind) {
    case 'no-answer':
      return later(at, 'no-answer');
    case 'unreachable':
      return later(at, 'unreachable', answer.code);
    case 'answer':
      return outcomeOf({ ...answer, at });
  }
}
