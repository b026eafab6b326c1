// The custom bot of Feishu and Lark. Its rich text shows `text` literally. It answers HTTP 200 to nearly everything: code decides.
import type { DeliveryOutcome } from '../plan/notice.ts';
import { fieldsOf, later, meaningOfStatus, refusal, type Answer } from './answers.ts';
import { fittedBody, type Layout } from './layout.ts';
import type { Receiver } from './receiver.ts';
import { bytesOf, literal } from './safe-text.ts';
import { feishuSignature, secondsOf } from './signatures.ts';

/** Of a body, in UTF-8. It includes the signature. */
const mostBytes = 20_000;

/** The system throttles around full and half hours, when every timer fires. A pause of two minutes leaves that minute. */
const pauseMs = 120_000;

/** Feishu and Lark. */
export const feishu: Receiver = {
  requestFor: (notice, { url, secret, at }) => {
    const timestamp = secondsOf(at);
    const signature = secret === undefined ? {} : { timestamp, sign: feishuSignature(timestamp, secret) };
    const locale = notice.language === 'zh' ? 'zh_cn' : 'en_us';
    const bodyOf = (layout: Layout): unknown => ({
      ...signature,
      msg_type: 'post',
      content: { post: { [locale]: postOf(layout) } },
    });
    return { url, headers: {}, body: fittedBody(notice, bodyOf, (body) => bytesOf(body) <= mostBytes) };
  },
  outcomeOf,
};

function postOf({ title, lines }: Layout): unknown {
  return {
    title: literal(title),
    content: lines.map(({ kind, text }) => [
      { tag: 'text', text: kind === 'entry' ? `• ${literal(text)}` : literal(text), un_escape: false },
    ]),
  };
}

function outcomeOf(answer: Answer): DeliveryOutcome {
  const { code } = fieldsOf(answer);
  if (code === 0) return { kind: 'told' };
  if (typeof code !== 'number') return meaningOfStatus(answer);
  const word = `code ${code}`;
  switch (code) {
    case 9499:
      return refusal('our-fault', 'malformed', word);
    case 11_232:
      return later(answer.at, 'throttled', word, pauseMs);
    case 19_001:
      return refusal('needs-person', 'unknown-url', word);
    case 19_021:
      return refusal('needs-person', 'signature-refused', word);
    case 19_022:
      return refusal('needs-person', 'ip-refused', word);
    case 19_024:
      return refusal('needs-person', 'keyword-missing', word);
    default:
      return refusal('needs-person', 'refused', word);
  }
}
