// Each link inside of the project goes to a file and a heading that exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { anchorOf, linksIn, sectionsIn } from './markdown.ts';

const pages = ['.', '.github', 'lib', 'test']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.md'));

function anchorsOf(page: string): string[] {
  return sectionsIn(readFileSync(page, 'utf8')).map(({ text }) => anchorOf(text));
}

it('the pages are found, those in Chinese, too', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'README.zh-CN.md', 'lib/README.md']));
});

it('an anchor is what GitHub makes of a heading', () => {
  expect(anchorOf('Logs, and who watches')).toBe('logs-and-who-watches');
  expect(anchorOf('`last-resort`')).toBe('last-resort');
  expect(anchorOf('日志，以及谁来监视')).toBe('日志以及谁来监视');
});

it.each(pages)('%s', (page) => {
  const wrong = linksIn(readFileSync(page, 'utf8')).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
  expect(wrong).toEqual([]);
});
