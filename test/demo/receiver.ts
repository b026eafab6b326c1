// The receiver of notices in the demo: a webhook in memory, which takes every digest. What it prints is what was really sent.
import { cut } from '../../lib/channels/safe-text.ts';
import { needsPerson, newsKinds, type NewsKind } from '../../lib/plan/news-item.ts';
import type { Language } from '../../lib/wording/languages.ts';

/** The value of NOTIFY. Nothing listens there: the bundles reach `fetch` of the receiver. */
export const notifyOfDemo = 'webhook:http://127.0.0.1/notices';

/** One entry of a digest, as it came. */
export interface ToldEntry {
  text: string;
  command?: string;
  facts: { kind: string; instance?: string };
}

/** One digest, as it came. */
export interface ToldDigest {
  title: string;
  sections: { heading: string; entries: ToldEntry[] }[];
  /** How many entries had no room in it. */
  omitted: number;
}

/** A webhook that says yes to everything. */
export interface Receiver {
  fetch: typeof fetch;
  /** The digests in the order in which they came. A message that came again is kept once, as receivers are advised to do. */
  told: readonly ToldDigest[];
  /** The digests of reviews. */
  reviews: readonly ToldDigest[];
}

/** Opens a receiver that was told nothing yet. */
export function openReceiver(): Receiver {
  const messages = new Map<string, ToldDigest>();
  const told: ToldDigest[] = [];
  const reviews: ToldDigest[] = [];
  return {
    told,
    reviews,
    fetch: (_url, { headers, body } = {}) => {
      const id = new Headers(headers).get('webhook-id') ?? '';
      const { type, data } = JSON.parse(body as string) as { type: string; data: ToldDigest };
      if (!messages.has(id)) (type === 'review.digest' ? reviews : told).push(data);
      messages.set(id, data);
      return Promise.resolve(new Response(null, { status: 204 }));
    },
  };
}

/** How many entries are shown under a heading that needs a person, and under another one. */
const most = { forPersons: 20, others: 3 } as const;

/** How much of an entry is shown, in UTF-16 units. The table before it has the whole reason. */
const longestEntry = 160;

/** The digests of reviews, as they came. */
export function reviewLines(reviews: readonly ToldDigest[]): string[] {
  return reviews.flatMap(({ sections }) =>
    sections.flatMap(({ heading, entries }) => [heading, ...entries.map(({ text }) => `  ${text}`)]),
  );
}

/** All digests as one: the headings with their counts, those that need a person first, and the beginnings of the entries. */
export function digestLines(told: readonly ToldDigest[], language: Language): string[] {
  const words = language === 'zh' ? zh : en;
  if (told.length === 0) return [words.nothing];
  const sections = new Map<string, ToldEntry[]>();
  for (const { heading, entries } of told.flatMap((digest) => digest.sections)) {
    sections.set(heading, [...(sections.get(heading) ?? []), ...entries]);
  }
  const omitted = told.reduce((sum, digest) => sum + digest.omitted, 0);
  return [
    words.head(told.length),
    ...[...sections]
      .sort(([, a], [, b]) => rank(a) - rank(b))
      .flatMap(([heading, entries]) => [
        `  ${words.counted(heading, entries.length)}`,
        ...shown(entries, words),
      ]),
    ...(omitted === 0 ? [] : [`  ${words.more(omitted)}`]),
  ];
}

function shown(entries: readonly ToldEntry[], { more }: Words): string[] {
  const room = needsPerson(kindOf(entries)) ? most.forPersons : most.others;
  const rest = entries.length - room;
  return [
    ...entries
      .slice(0, room)
      .flatMap(({ text, command }) => [
        `    ${cut(text, longestEntry)}`,
        ...(command === undefined ? [] : [`      ${command}`]),
      ]),
    ...(rest > 0 ? [`    ${more(rest)}`] : []),
  ];
}

/** Regions that cannot be read come first, as in a digest. */
function rank(entries: readonly ToldEntry[]): number {
  return newsKinds.indexOf(kindOf(entries));
}

/** Entries under one heading are of one kind. One of a region is none of a plan, and has no place in `newsKinds`. */
function kindOf([first]: readonly ToldEntry[]): NewsKind {
  return first?.facts.kind as NewsKind;
}

interface Words {
  nothing: string;
  head: (digests: number) => string;
  counted: (heading: string, count: number) => string;
  more: (count: number) => string;
}

const en: Words = {
  nothing: 'Nobody was told anything: there was no news.',
  head: (digests) =>
    `What people were told, in ${digests === 1 ? 'one digest' : `${digests} digests`}, one per run with news:`,
  counted: (heading, count) => `${heading} (${count})`,
  more: (count) => `… and ${count} more`,
};

const zh: Words = {
  nothing: '没有新的变化，未发送任何通知。',
  head: (digests) => `共发送 ${digests} 条摘要通知（每次运行有变化时发送一条），合并如下：`,
  counted: (heading, count) => `${heading}（${count}）`,
  more: (count) => `…… 还有 ${count} 条`,
};
