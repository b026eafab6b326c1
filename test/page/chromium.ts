// A real Chromium for the tests of pages: the one that CHROMIUM names, Debian's, or the Chrome of a runner of GitHub. Without one
// these tests are skipped, and say so.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const named = process.env['CHROMIUM'];
const places = named === undefined ? ['/usr/bin/chromium', '/usr/bin/google-chrome'] : [named];
const path = places.find((place) => existsSync(place)) ?? '';

/** False where there is no browser on this machine. */
export const hasChromium = path !== '';

if (!hasChromium) {
  process.stderr.write(
    `SKIPPED: the tests of pages in a browser. There is no ${places.join(' or ')}: install chromium, or set CHROMIUM.\n`,
  );
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: ['--disable-dev-shm-usage'] });
}

/** A page in a browser, and whatever it did that a page must not do. */
export interface Visit {
  page: Page;
  troubles: string[];
}

/** Opens the file. */
export async function visit(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const page = await browser.newPage(options);
  const troubles: string[] = [];
  const url = `file://${file}`;
  page.on('pageerror', ({ message }) => void troubles.push(`error: ${message}`));
  page.on('console', (message) => void troubles.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().replace(/#.*$/, '') !== url) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, troubles };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the accessibility checker finds in the page: the rule, and the first place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  }>('axe.run()');
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
}

/** The names of the plans whose link leads to no story that opens, and of those without a link. */
export function closedStories(page: Page): Promise<string[]> {
  return page.evaluate(`(async () => {
    const closed = [];
    const links = new Set([...document.querySelectorAll('.drawing.wide .links a')].map(
      (link) => link.getAttribute('href') ?? link.getAttribute('xlink:href')));
    for (const row of document.querySelectorAll('tr.plan')) {
      const story = row.nextElementSibling;
      const before = getComputedStyle(story).display;
      location.hash = row.id;
      const after = getComputedStyle(story).display;
      if (!links.has('#' + row.id) || before !== 'none' || after !== 'table-row') closed.push(row.id);
    }
    location.hash = '';
    return closed;
  })()`);
}
