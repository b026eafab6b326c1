// Messages that are too long are cut for each receiver: whole entries from the end, with their number, and long texts on a code
// point. The limits here are those of the vendors' pages.
import { describe, expect, it } from 'vitest';
import type { Notice, NoticeEntry } from '../../lib/plan/notice.ts';
import { kinds, onlyOf, receiverOf, sample, type Kind } from './loopback.ts';

async function bodyOf(kind: Kind, notice: Notice): Promise<string> {
  const { channel, arrived } = await receiverOf(kind);
  await channel.tell(notice);
  return onlyOf(arrived).body;
}

const many = (count: number, entry: (index: number) => NoticeEntry): Notice => ({
  ...sample,
  sections: [
    { heading: ['First'], entries: Array.from({ length: count }, (_, index) => entry(index)) },
    { heading: ['Last'], entries: [{ line: ['The last one.'] }] },
  ],
});

const line = (index: number): NoticeEntry => ({
  line: [`Entry ${index}: 实例 `, { foreign: `服务器-${index}` }, ' 需要人工处理 "quoted" 😀.'],
});

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** The length that the vendor counts, and its limit. */
const measures: Record<Kind, { lengthOf: (body: string) => number; limit: number }> = {
  dingtalk: { lengthOf: bytes, limit: 20_000 },
  feishu: { lengthOf: bytes, limit: 20_000 },
  wecom: {
    lengthOf: (body) => bytes((JSON.parse(body) as { markdown: { content: string } }).markdown.content),
    limit: 4_096,
  },
  slack: { lengthOf: (body) => (JSON.parse(body) as { blocks: unknown[] }).blocks.length, limit: 50 },
  webhook: { lengthOf: bytes, limit: 20_000 },
};

describe('a digest of five thousand entries', () => {
  const notice = many(5_000, line);

  it.each(kinds)('fits %s, shows the first ones, and says how many are left out', async (kind) => {
    const body = await bodyOf(kind, notice);
    const { lengthOf, limit } = measures[kind];
    expect(lengthOf(body)).toBeLessThanOrEqual(limit);
    // No more is left out than must be: one more entry has at most 200 bytes, or a part of a section.
    expect(lengthOf(body)).toBeGreaterThan(kind === 'slack' ? 49 : limit - 200);
    const shown = [...body.matchAll(/Entry (\d+):/g)].map((match) => Number(match[1]));
    expect(shown).toEqual(shown.map((_, index) => index));
    const omitted = 5_001 - shown.length;
    expect(body).toContain(kind === 'webhook' ? `"omitted":${omitted}` : `… and ${omitted} more`);
    expect(body).not.toContain('The last one.');
    expect(body).not.toContain('"Last"');
    expect(body).toContain('ecs-reboot-planner');
    expect(body).not.toContain('\ufffd');
  });

  it('says so in Chinese', async () => {
    expect(await bodyOf('wecom', { ...notice, language: 'zh' })).toMatch(
      /…… 还有 49\d\d 条\\necs-reboot-planner/,
    );
  });
});

it.each(kinds)('a digest that fits %s is whole', async (kind) => {
  const body = await bodyOf(kind, many(8, line));
  expect(body).toContain('The last one.');
  expect(body).not.toContain('more');
});

describe('one text that is too long', () => {
  const long = '维护'.repeat(5_000);

  it.each(kinds)('is cut for %s, and what comes after it is shown', async (kind) => {
    const body = await bodyOf(kind, {
      ...sample,
      title: [{ foreign: long }],
      sections: [
        { heading: [{ foreign: long }, long], entries: [{ line: ['Name ', { foreign: long }, ' is up.'] }] },
        { heading: ['Last'], entries: [{ line: ['The last one.'] }] },
      ],
    });
    expect(body).toContain(`${'维护'.repeat(63)}维… is up.`);
    expect(body).toContain('The last one.');
    const { lengthOf, limit } = measures[kind];
    expect(lengthOf(body)).toBeLessThanOrEqual(limit);
  });

  it.each(kinds)('of four bytes a character is cut between two of them for %s', async (kind) => {
    for (const begin of ['', 'x']) {
      const body = await bodyOf(kind, { ...sample, title: [`${begin}${'😀'.repeat(400)}`] });
      expect(body).toMatch(/😀…/u);
      expect(body).not.toMatch(/\\ud[89a-f]|\ufffd/i);
    }
  });

  it('keeps Slack’s header at 150 characters and each section at 3,000', async () => {
    const entries = Array.from({ length: 200 }, () => ({ line: ['字'.repeat(599)] }));
    const body = await bodyOf('slack', {
      ...sample,
      title: [long],
      sections: [{ heading: [long], entries }],
    });
    const { blocks } = JSON.parse(body) as { blocks: { type: string; text?: { text: string } }[] };
    expect(blocks.length).toBeLessThanOrEqual(50);
    const lengthsOf = (type: string): number[] =>
      blocks.filter((block) => block.type === type).map((block) => block.text?.text.length ?? 0);
    expect(Math.max(...lengthsOf('header'))).toBeLessThanOrEqual(150);
    expect(lengthsOf('section').length).toBeGreaterThan(30);
    expect(Math.max(...lengthsOf('section'))).toBeLessThanOrEqual(3_000);
    expect(Math.min(...lengthsOf('section'))).toBeGreaterThan(0);
  });
});

describe('a command that is too long', () => {
  const command = `npx reboot-plans approve ${'i-bp1 '.repeat(200)}`.trim();

  it.each(kinds.filter((kind) => kind !== 'webhook'))('is left out for %s and never cut', async (kind) => {
    const body = await bodyOf(
      kind,
      many(1, () => ({ line: ['Approve all of them.'], command })),
    );
    expect(body).toContain('Approve all of them.');
    expect(body).not.toContain('npx');
  });

  it('reaches a webhook whole', async () => {
    expect(
      await bodyOf(
        'webhook',
        many(1, () => ({ line: ['x'], command })),
      ),
    ).toContain(command);
  });
});

it('where not even one entry fits, the number of all is told', async () => {
  const facts = { text: 'x'.repeat(30_000) };
  const body = await bodyOf(
    'webhook',
    many(3, () => ({ line: ['x'], facts })),
  );
  expect(JSON.parse(body)).toMatchObject({ data: { sections: [], omitted: 4 } });
});
