// Slack's incoming webhooks. All text is in `plain_text` objects, which show it literally. Only the text of the notification is
// in Slack's own markup. An answer is a word.
import type { DeliveryOutcome } from '../plan/notice.ts';
import { productName } from '../constants.ts';
import { meaningOfStatus, refusal, type Answer } from './answers.ts';
import { fittedBody, type LaidLine, type Layout } from './layout.ts';
import type { Receiver } from './receiver.ts';
import { literal } from './safe-text.ts';

/** Of one section, in characters. */
const mostInSection = 3_000;
/** The header and the keyword are blocks, too. */
const mostBlocks = 50;

/** Slack. */
export const slack: Receiver = {
  requestFor: (notice, { url }) => ({
    url,
    headers: {},
    body: fittedBody(notice, bodyOf, (body) => (JSON.parse(body) as SlackBody).blocks.length <= mostBlocks),
  }),
  outcomeOf,
};

interface SlackBody {
  text: string;
  blocks: readonly unknown[];
}

function bodyOf({ title, lines }: Layout): SlackBody & Record<string, unknown> {
  const sections = sectionsOf(lines.filter(({ kind }) => kind !== 'product').map(lineOf));
  return {
    // Nothing in it begins a mention, a link or an entity.
    text: `${literal(title).replaceAll('&', '&amp;')} (${productName})`,
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plainText(literal(title)) },
      ...sections.map((text) => ({ type: 'section', text: plainText(text) })),
      { type: 'context', elements: [plainText(productName)] },
    ],
  };
}

/** `emoji: false`: a name with colons is a name. */
function plainText(text: string): unknown {
  return { type: 'plain_text', text, emoji: false };
}

function lineOf({ kind, text }: LaidLine): string {
  if (kind === 'entry') return `• ${literal(text)}`;
  return kind === 'heading' ? `\n${literal(text)}` : literal(text);
}

/** As few sections as hold all lines. No line is as long as a section. */
function sectionsOf(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (const line of lines) {
    const joined = `${sections.at(-1) ?? ''}\n${line}`.trimStart();
    if (sections.length > 0 && joined.length <= mostInSection) sections[sections.length - 1] = joined;
    else sections.push(line.trimStart());
  }
  return sections;
}

function outcomeOf(answer: Answer): DeliveryOutcome {
  const word = answer.body.trim();
  if (answer.status === 200 && word === 'ok') return { kind: 'told' };
  const fault = faults.get(word);
  return answer.status === 400 && fault !== undefined
    ? refusal('our-fault', fault, word)
    : meaningOfStatus(answer);
}

const faults: ReadonlyMap<string, 'malformed' | 'too-long'> = new Map([
  ['invalid_payload', 'malformed'],
  ['invalid_blocks', 'malformed'],
  ['no_text', 'malformed'],
  ['msg_too_long', 'too-long'],
]);
