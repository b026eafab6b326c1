// Opens the channels of NOTIFY. Each notice is one POST to each channel: nothing is repeated here, because the next run is.
import type { Instant } from '../plan/calendar/instant.ts';
import type { DeliveryOutcome, Notice } from '../plan/notice.ts';
import type { Channel, Clock } from '../ports.ts';
import type { Address, ChannelKind } from './addresses.ts';
import { later, refusal } from './answers.ts';
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
  address: Address,
  notice: Notice,
  { clock, post }: { clock: Pick<Clock, 'now'>; post: Post },
): Promise<DeliveryOutcome> {
  const { outcomeOf } = receivers[address.kind];
  const request = requestTo(address, notice, clock.now());
  if (request instanceof Error) return refusal('our-fault', 'malformed', request.name);
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

/** A notice that cannot be written must not stop the run that has it. The message of its error may quote what it is about. */
function requestTo({ kind, url, secret }: Address, notice: Notice, at: Instant): PostRequest | Error {
  try {
    return receivers[kind].requestFor(notice, {
      url: url.reveal(),
      at,
      ...(secret === undefined ? {} : { secret: secret.reveal() }),
    });
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error();
  }
}
