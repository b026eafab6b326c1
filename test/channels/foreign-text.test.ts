// Names, tags and messages of anybody notify nobody, link nothing and format nothing, at no receiver. Random texts are made of the
// pieces that mean something to some receiver. The oracle: what a notice with such texts has of markup is what the same notice
// with harmless texts has.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChannels } from '../../lib/channels/addresses.ts';
import { openChannels } from '../../lib/channels/open-channels.ts';
import type { Notice } from '../../lib/plan/notice.ts';
import { now, onlyOf, receiverOf, sample, type Kind } from './loopback.ts';

const nasty = [
  '<at user_id="all">',
  '<at id=all></at>',
  '<@all>',
  '<!channel>',
  '<@U024BE7LH>',
  '<http://evil.example|click>',
  '@all',
  '@所有人',
  '@13800000000',
  '[x](http://evil.example)',
  '![x](https://evil.example/a.png)',
  '[x]: http://evil.example',
  'http://evil.example',
  'www.evil.example',
  'WWW.evil.example',
  '**',
  '__',
  '~~',
  '`',
  '```',
  '\n# ',
  '\r\n> ',
  '\n\n- ',
  '\u2028- ',
  '# ',
  '> ',
  '- ',
  '+ ',
  '1. ',
  '2) ',
  '---',
  '===',
  '|',
  '\\',
  '<font color="warning">',
  '</font>',
  '<a href="http://evil.example">',
  '&lt;at&gt;',
  '&#60;',
  '全角',
  '＜at＞',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u0000',
  '\ud83d',
  '\ude00',
  'http',
  ':',
  '/',
  'www',
  '.',
  ' ',
  'web-1',
  '"',
  "'",
];

/** The notice as it would be sent, after JSON. */
async function bodyOf(kind: Kind, notice: Notice): Promise<unknown> {
  const parsed = parseChannels(`${kind}:http://127.0.0.1:9/`);
  const bodies: string[] = [];
  const post = ({ body }: { body: string }): Promise<{ kind: 'no-answer' }> => {
    bodies.push(body);
    return Promise.resolve({ kind: 'no-answer' });
  };
  const [channel] = openChannels(parsed.ok ? parsed.value : [], { clock: { now: () => now }, post });
  await channel?.tell(notice);
  return JSON.parse(bodies[0] ?? '');
}

/** A notice with the text in every place where foreign text may stand, marked as foreign, and not marked. */
function noticeWith(text: string): Notice {
  const part = { foreign: text };
  return {
    ...sample,
    title: [part, ' ', text],
    sections: [
      {
        heading: [part, text],
        entries: [
          { line: [part, text], command: text },
          { line: ['Instance ', part, ' ', text] },
          { line: [text] },
        ],
      },
    ],
  };
}

const texts = fc
  .array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''));

/** Every string in a value, in order, by its path. */
function stringsOf(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => stringsOf(held, `${path}/${key}`));
}

/** Each line's markup of Markdown: what it begins with, also after a bullet, and every character that can mean something. */
function markupOf(text: string): string[] {
  return text
    .split('\n')
    .map(
      (line) =>
        `${/^(?:(?:#+ |> |[-+*=•]|\d+[.)]) *)*/.exec(line)?.[0] ?? ''} ${line.replace(/[^[\]<>*_`~|\\&@#]/g, '')}`,
    );
}

const links = /:\/\/|www\.|mailto:/i;
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

const run = (check: (text: string) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(texts, check), { numRuns: 400, seed: 14 });

describe('texts of anybody', () => {
  it.each(['dingtalk', 'wecom'] as const)('have no markup in the Markdown of %s', async (kind) => {
    const textOf = async (text: string): Promise<string> =>
      stringsOf(await bodyOf(kind, noticeWith(text))).find(({ path }) => /\/(text|content)$/.test(path))
        ?.text ?? '';
    const harmless = markupOf(await textOf('web'));
    expect(harmless.join('')).toContain('****');
    await run(async (text) => {
      const shown = await textOf(text);
      expect(markupOf(shown)).toEqual(harmless);
      expect(shown).not.toMatch(links);
      expect(shown.replaceAll('\n', '')).not.toMatch(hidden);
    });
  });

  it('have no markup in the title of DingTalk, and the list of mentions stays empty', async () => {
    await run(async (text) => {
      const body = (await bodyOf('dingtalk', noticeWith(text))) as Record<string, Record<string, unknown>>;
      expect(body['at']).toEqual({ atMobiles: [], atUserIds: [], isAtAll: false });
      expect(body['markdown']?.['title']).not.toMatch(/[[\]<>*_`~|\\&@#]/);
    });
  });

  it('are text to Feishu, and nothing else', async () => {
    await run(async (text) => {
      const { content } = (await bodyOf('feishu', noticeWith(text))) as {
        content: { post: { en_us: { title: string; content: Record<string, unknown>[][] } } };
      };
      const { title, content: lines } = content.post.en_us;
      for (const element of lines.flat()) {
        expect(Object.keys(element)).toEqual(['tag', 'text', 'un_escape']);
        expect(element).toMatchObject({ tag: 'text', un_escape: false });
      }
      for (const shown of [title, ...lines.flat().map((element) => element['text'])]) {
        expect(shown).not.toMatch(/[<>@]/);
        expect(shown).not.toMatch(links);
        expect(shown).not.toMatch(hidden);
      }
    });
  });

  it('are plain text to Slack; the text of the notification has nothing of Slack’s markup', async () => {
    const shapeOf = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, held: unknown) =>
          key === 'text' && typeof held === 'string' ? '' : held,
        ),
      );
    const harmless = (await bodyOf('slack', noticeWith('web'))) as Record<string, unknown>;
    await run(async (text) => {
      const body = (await bodyOf('slack', noticeWith(text))) as Record<string, unknown>;
      expect(shapeOf(body)).toEqual(shapeOf(harmless));
      for (const { text: shown } of stringsOf(body)) {
        expect(shown).not.toMatch(/[<>@]/);
        expect(shown).not.toMatch(links);
        expect(shown.replaceAll('\n', '')).not.toMatch(hidden);
      }
      expect(String(body['text']).replaceAll('&amp;', '')).not.toContain('&');
    });
  });

  it('reach a webhook as they were written, but for halves of characters', async () => {
    const body = JSON.stringify(
      await bodyOf('webhook', noticeWith('<at user_id="all">\n[x](http://e) \ud83d')),
    );
    expect(body).toContain(JSON.stringify('<at user_id="all">\n[x](http://e) \ufffd').slice(1, -1));
  });
});

describe('people can still read them:', () => {
  it.each([
    ['<at user_id="all">', '＜at user＿id="all"＞'],
    ['[x](http://evil)', '［x］(http：//evil)'],
    ['**bold** & `code`', '＊＊bold＊＊ ＆ ｀code｀'],
    ['- a list', '－ a list'],
    ['1. a list', '1． a list'],
    ['a line\nand another', 'a line and another'],
    ['web-1.example.com (正式环境)', 'web-1.example.com (正式环境)'],
    ['全角＜at＞', '全角＜at＞'],
    ['\u200b', '…'],
  ])('%s', async (text, shown) => {
    const { channel, arrived } = await receiverOf('wecom');
    await channel.tell({
      ...sample,
      sections: [{ heading: ['H'], entries: [{ line: [{ foreign: text }] }] }],
    });
    const { markdown } = JSON.parse(onlyOf(arrived).body) as { markdown: { content: string } };
    expect(markdown.content.split('\n')[2]).toBe(`• ${shown}`);
  });
});

describe('a command', () => {
  const commandIn = async (command: string): Promise<string | undefined> => {
    const entries = [{ line: ['x'], command }];
    const body = (await bodyOf('dingtalk', { ...sample, sections: [{ heading: ['H'], entries }] })) as {
      markdown: { text: string };
    };
    return body.markdown.text.split('\n\n')[3];
  };

  it('can be copied', async () => {
    const command = "npx reboot-plans reschedule i-bp1 --at 2026-12-01T02:00:00+08:00 --as 'Li Wei'";
    expect(await commandIn(command)).toBe(`> ${command}`);
  });

  it('is text if a text of anybody came into it', async () => {
    expect(await commandIn('npx reboot-plans skip **all** @all')).toBe(
      '> npx reboot-plans skip ＊＊all＊＊ ＠all',
    );
    expect(await commandIn('curl http://evil')).toBe('> curl http：//evil');
  });
});
