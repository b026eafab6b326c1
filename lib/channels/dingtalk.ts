// DingTalk's custom robot. It answers HTTP 200 to nearly everything: errcode decides. One robot takes 20 messages a minute; after
// more it takes none for ten minutes.
import type { DeliveryOutcome } from '../plan/notice.ts';
import { fieldsOf, later, meaningOfStatus, refusal, type Answer } from './answers.ts';
import { fittedBody, type LaidLine, type Layout } from './layout.ts';
import type { Receiver } from './receiver.ts';
import { bytesOf, markdownCommand, markdownText } from './safe-text.ts';
import { dingtalkSignature } from './signatures.ts';

/** Of a message, in UTF-8 (460101). What exactly is counted is not documented, so the whole body is. */
const mostBytes = 20_000;

/** How long a robot that sent too much is blocked. */
const blockMs = 600_000;

/** DingTalk. */
export const dingtalk: Receiver = {
  requestFor: (notice, { url, secret, at }) => {
    const signed = new URL(url);
    if (secret !== undefined) {
      const timestamp = String(at.epochMilliseconds);
      signed.searchParams.set('timestamp', timestamp);
      // Encodes the + and the / of base64. A + would arrive as a space.
      signed.searchParams.set('sign', dingtalkSignature(timestamp, secret));
    }
    return {
      url: signed.href,
      headers: {},
      body: fittedBody(notice, bodyOf, (body) => bytesOf(body) <= mostBytes),
    };
  },
  outcomeOf,
};

function bodyOf({ title, lines }: Layout): unknown {
  const shownTitle = markdownText(title);
  // A single line break is no line break to DingTalk.
  const text = [`### ${shownTitle}`, ...lines.map(lineOf)].join('\n\n');
  return {
    msgtype: 'markdown',
    markdown: { title: shownTitle, text },
    at: { atMobiles: [], atUserIds: [], isAtAll: false },
  };
}

function lineOf({ kind, text }: LaidLine): string {
  switch (kind) {
    case 'heading':
      return `**${markdownText(text)}**`;
    case 'entry':
      return `- ${markdownText(text)}`;
    case 'command':
      return `> ${markdownCommand(text)}`;
    default:
      return markdownText(text);
  }
}

function outcomeOf(answer: Answer): DeliveryOutcome {
  const { errcode, errmsg, punish } = fieldsOf(answer);
  if (errcode === 0) return { kind: 'told' };
  // The gateway bans a source for a while, with a body of its own.
  if (punish !== undefined) return later(answer.at, 'throttled', 'punish', blockMs);
  if (typeof errcode !== 'number') return meaningOfStatus(answer);
  const word = `errcode ${errcode}`;
  if (errcode === -1) return later(answer.at, 'busy', word);
  if (throttles.includes(errcode)) return later(answer.at, 'throttled', word, blockMs);
  if (errcode === 310_000) return refusal('needs-person', securityProblem(String(errmsg)), word);
  if (unknownTokens.includes(errcode)) return refusal('needs-person', 'unknown-url', word);
  if (ends.includes(errcode)) return refusal('gone', 'gone', word);
  if (errcode === 460_101) return refusal('our-fault', 'too-long', word);
  if (malformed.includes(errcode)) return refusal('our-fault', 'malformed', word);
  if (errcode >= 430_101 && errcode <= 430_104) return refusal('our-fault', 'unsafe', word);
  return refusal('needs-person', 'refused', word);
}

const throttles: readonly number[] = [130_101, 410_100, 302_033];
const unknownTokens: readonly number[] = [300_001, 300_005, 400_101];
/** The group was dissolved, the robot stopped or removed. */
const ends: readonly number[] = [400_013, 400_102, 400_106];
const malformed: readonly number[] = [40_035, 43_002, 43_004, 400_105, 400_401];

/** One code for all security settings. Only the words tell them apart. */
function securityProblem(words: string): 'keyword-missing' | 'ip-refused' | 'signature-refused' | 'refused' {
  if (/keyword/i.test(words)) return 'keyword-missing';
  if (/whitelist|\bip\b/i.test(words)) return 'ip-refused';
  return /sign|timestamp/i.test(words) ? 'signature-refused' : 'refused';
}
