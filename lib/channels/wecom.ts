// The group robot of WeCom. Its Markdown has 4,096 bytes at most, so that long digests are cut here first. Its errmsg has the
// address of the caller and is never read.
import type { DeliveryOutcome } from '../plan/notice.ts';
import { fieldsOf, later, meaningOfStatus, refusal, type Answer } from './answers.ts';
import { fittedBody, type LaidLine, type Layout } from './layout.ts';
import type { Receiver } from './receiver.ts';
import { bytesOf, markdownCommand, markdownText } from './safe-text.ts';

/** Of `content`, in UTF-8: a Chinese character counts three (40058). */
const mostBytes = 4_096;

/** WeCom. */
export const wecom: Receiver = {
  requestFor: (notice, { url }) => ({
    url,
    headers: {},
    body: fittedBody(notice, bodyOf, (body) => bytesOf(contentOf(body)) <= mostBytes),
  }),
  outcomeOf,
};

function bodyOf({ title, lines }: Layout): WecomBody {
  const content = [`### ${markdownText(title)}`, ...lines.map(lineOf)].join('\n');
  return { msgtype: 'markdown', markdown: { content } };
}

interface WecomBody {
  msgtype: 'markdown';
  markdown: { content: string };
}

function contentOf(body: string): string {
  return (JSON.parse(body) as WecomBody).markdown.content;
}

function lineOf({ kind, text }: LaidLine): string {
  switch (kind) {
    case 'heading':
      return `**${markdownText(text)}**`;
    case 'entry':
      return `• ${markdownText(text)}`;
    case 'command':
      return `> ${markdownCommand(text)}`;
    default:
      return markdownText(text);
  }
}

function outcomeOf(answer: Answer): DeliveryOutcome {
  const { errcode } = fieldsOf(answer);
  if (errcode === 0) return { kind: 'told' };
  if (typeof errcode !== 'number') return meaningOfStatus(answer);
  const word = `errcode ${errcode}`;
  switch (errcode) {
    case -1:
      return later(answer.at, 'busy', word);
    case 45_009:
      return later(answer.at, 'throttled', word);
    case 40_058:
      return refusal('our-fault', 'too-long', word);
    case 93_000:
      return refusal('needs-person', 'unknown-url', word);
    default:
      return refusal('needs-person', 'refused', word);
  }
}
