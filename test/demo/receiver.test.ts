// What `npm start` prints of the digests. The literals are worked out by hand.
import { expect, it } from 'vitest';
import { digestLines, openReceiver, type ToldDigest, type ToldEntry } from './receiver.ts';

const entry = (kind: string, text: string, command?: string): ToldEntry => ({
  text,
  facts: { kind },
  ...(command === undefined ? {} : { command }),
});

const digest = (heading: string, entries: ToldEntry[], omitted = 0): ToldDigest => ({
  title: 'not shown',
  sections: [{ heading, entries }],
  omitted,
});

it('joins the digests: what needs a person comes first, and of the rest three entries are shown', () => {
  const told = [
    digest('Up again', [entry('up-again', 'a'), entry('up-again', 'b')]),
    digest('Waits for your approval', [entry('approval', 'c', 'npx reboot-plans approve c')]),
    digest('Up again', [entry('up-again', 'd'), entry('up-again', 'e')], 7),
    digest('These regions cannot be read', [entry('region-unread', 'cn-beijing')]),
  ];
  expect(digestLines(told, 'en')).toEqual([
    'What people were told, in 4 digests, one per run with news:',
    '  These regions cannot be read (1)',
    '    cn-beijing',
    '  Waits for your approval (1)',
    '    c',
    '      npx reboot-plans approve c',
    '  Up again (4)',
    '    a',
    '    b',
    '    d',
    '    … and 1 more',
    '  … and 7 more',
  ]);
});

it('shows up to twenty entries that need a person, and 160 units of an entry', () => {
  const entries = Array.from({ length: 22 }, () => entry('escalated', 'x'.repeat(161)));
  const lines = digestLines([digest('Escalated', entries)], 'en');
  expect(lines).toHaveLength(23);
  expect(lines[0]).toBe('What people were told, in one digest, one per run with news:');
  expect(lines[21]).toBe(`    ${'x'.repeat(159)}…`);
  expect(lines[22]).toBe('    … and 2 more');
});

it('says in both languages that there was no news', () => {
  expect(digestLines([], 'en')).toEqual(['Nobody was told anything: there was no news.']);
  expect(digestLines([], 'zh')).toEqual(['没有新的变化，未发送任何通知。']);
});

it('keeps a message that came twice once, as its id shows', async () => {
  const receiver = openReceiver();
  const post = (id: string): Promise<Response> =>
    receiver.fetch('http://127.0.0.1/notices', {
      headers: { 'webhook-id': id },
      body: JSON.stringify({ data: digest('Up again', []) }),
    });
  const answers = [await post('msg_1'), await post('msg_2'), await post('msg_1')];
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect(receiver.told).toHaveLength(2);
});
