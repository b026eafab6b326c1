// Texts of others on the page, and what they must not do: open a tag, take the place of another row, or hide a link.
import { describe, expect, it } from 'vitest';
import { planPage } from '../../lib/page/page.ts';
import { now, planOf } from './fleet.ts';

const style = { language: 'en', timeZone: 'Asia/Shanghai', now } as const;

/** The page of a plan of which every text is this one, without the values of attributes and without our own style. */
function markupOf(text: string): string {
  const all = { name: text, group: text, regionId: text, status: text, reason: text, hold: text };
  const told = { facts: [[text, text]] as const, faults: [text], entries: [{ by: text, text }] };
  const page = planPage([planOf('1', { ...all, ...told, instanceId: text })], style);
  return page.replace(/="[^"]*"/g, '').replace(/<style>.*?<\/style>/s, '');
}

const tagsIn = (markup: string): string[] => [...new Set(markup.match(/<\/?[a-z][^\s>/]*|<!--/gi))].sort();

describe('a text of others', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title><img src=x onerror=alert(1)>',
    '</style><style>*{display:none}</style>',
    '</text></svg><iframe>',
    '<!-- ]]> &lt;b&gt; &#60;b>',
    "' onfocus='alert(1)",
    'javascript:alert(1)',
    'color:red;}*{display:none}',
    '$& $1 {name} {status}',
  ])('opens no tag: %s', (text) => {
    expect(tagsIn(markupOf(text))).toEqual(tagsIn(markupOf('harmless')));
  });

  it('leads nowhere but into the page', () => {
    const page = planPage([planOf('1', { instanceId: 'javascript:alert(1)', name: 'javascript:1' })], style);
    expect(page.match(/href="(?!#)[^"]*"/g)).toBeNull();
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'as the status %s is one that cannot be read',
    (status) => {
      const page = planPage([planOf('1', { status })], style);
      expect(page.match(/class="state-[^"]*"/g)).toEqual(Array(2).fill('class="state-unreadable"'));
    },
  );

  it('of many lines is one line of the chart', () => {
    const page = planPage([planOf('1', { name: 'a\nb\r\n\u2028c' })], style);
    expect(page.match(/<tspan/g)).toBeNull();
    expect(page.match(/<text [^>]*>a b c</g)).toHaveLength(2);
  });

  it.each(['', '  ', '\n'])('as a name of blanks (%j) leaves the link its id', (name) => {
    const page = planPage([planOf('1', { name })], style);
    expect(page).toContain('<bdi>i-1</bdi></a>');
  });

  it('as a region of blanks leaves its heading', () => {
    const page = planPage([planOf('1', { regionId: '' })], style);
    expect(page).toContain('<h2 id="region-1">?</h2>');
  });

  it('as an id takes no place of another row or story', () => {
    const page = planPage(
      [planOf('1', { instanceId: 'i-1' }), planOf('2', { instanceId: 'i-1-story' })],
      style,
    );
    const ids = page.match(/ id="[^"]*"/g) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
