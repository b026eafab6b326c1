// A JSON webhook of anybody, signed by Standard Webhooks. Its texts are as they were written: nobody interprets JSON. Here the
// status decides, because the receivers are programs of their owners.
import { createHash } from 'node:crypto';
import { productName } from '../constants.ts';
import { iso } from '../plan/calendar/instant.ts';
import type { DeliveryOutcome } from '../plan/notice.ts';
import { meaningOfStatus, type Answer } from './answers.ts';
import { fitted, lineText, type Shown } from './layout.ts';
import type { Receiver } from './receiver.ts';
import { bytesOf, wellFormed } from './safe-text.ts';
import { secondsOf, webhookSignature } from './signatures.ts';

/** Standard Webhooks advises less than 20 KB. */
const mostBytes = 20_000;

/** The webhook. */
export const webhook: Receiver = {
  requestFor: (notice, { url, secret, at }) => {
    const body = fitted(notice, bodyOf, (text) => bytesOf(text) <= mostBytes);
    // The same message has the same id at every try, so that a receiver can tell a repetition.
    const id = `msg_${createHash('sha256').update(JSON.stringify(notice)).digest('hex').slice(0, 32)}`;
    const timestamp = secondsOf(at);
    const signature =
      secret === undefined ? {} : { 'webhook-signature': webhookSignature({ id, timestamp, body }, secret) };
    return { url, headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, ...signature }, body };
  },
  outcomeOf,
};

function bodyOf({ notice, sections, omitted }: Shown): string {
  const payload = {
    type: notice.type,
    timestamp: iso(notice.at),
    data: {
      product: productName,
      severity: notice.severity,
      language: notice.language,
      title: lineText(notice.title),
      sections: sections.map(({ heading, entries }) => ({
        heading: lineText(heading),
        entries: entries.map(({ line, command, facts = {} }) => ({
          text: lineText(line),
          ...(command === undefined ? {} : { command }),
          facts,
        })),
      })),
      omitted,
    },
  };
  return JSON.stringify(payload, (_key, held: unknown) =>
    typeof held === 'string' ? wellFormed(held) : held,
  );
}

function outcomeOf(answer: Answer): DeliveryOutcome {
  return answer.status >= 200 && answer.status < 300 ? { kind: 'told' } : meaningOfStatus(answer);
}
