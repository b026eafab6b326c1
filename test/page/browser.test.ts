// The page in a real Chromium: what it shows, how it is reached, and that it does nothing else.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewHtml } from '../../lib/cli/plans/review/html.ts';
import type { PagePlan } from '../../lib/page/marks/page-plan.ts';
import { planPage } from '../../lib/page/page.ts';
import type { Block } from '../../lib/wording/review/blocks.ts';
import type { Language } from '../../lib/wording/languages.ts';
import { accessibilityFaults, closedStories, hasChromium, launch, visit } from './chromium.ts';
import { now, oneOfEach, planOf } from './fleet.ts';

const folder = mkdtempSync(join(tmpdir(), 'page-'));

/** The file of a page. */
function fileOf(name: string, plans: readonly PagePlan[], language: Language = 'en'): string {
  const file = join(folder, `${name}-${language}.html`);
  writeFileSync(file, planPage(plans, { language, timeZone: 'Asia/Shanghai', now }));
  return file;
}

const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 } };

/** The elements of this selector that are seen. */
const seen = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility()).length`,
  );

describe.skipIf(!hasChromium)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each([
    ['en', 'light', desk],
    ['zh', 'dark', desk],
    ['zh', 'light', phone],
    ['en', 'dark', phone],
  ] as const)('has no fault of accessibility in %s, %s', async (language, colorScheme, screen) => {
    const { page, troubles } = await visit(browser, fileOf('each', oneOfEach, language), {
      ...screen,
      colorScheme,
    });
    await page.evaluate("location.hash = 'plan-i-escalated'");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it.each([
    ['en', 'light', desk],
    ['zh', 'dark', phone],
  ] as const)(
    'in a review has no fault of accessibility in %s, %s, and opens its stories',
    async (language, colorScheme, screen) => {
      const blocks: Block[] = [
        { kind: 'heading', level: 1, text: 'Review' },
        { kind: 'paragraph', text: 'It is hostile: <script>alert(1)</script>' },
        { kind: 'list', items: ['"><img onerror=alert(1)>'] },
        { kind: 'heading', level: 2, text: 'Times' },
        { kind: 'table', caption: 'Times', head: ['What', 'Median'], rows: [['<b>proof</b>', '2 min']] },
      ];
      const hostile = planOf('hostile', {
        name: '<script>alert(1)</script>',
        group: '"><img onerror=alert(1)>',
      });
      const drawn = { plans: [...oneOfEach, hostile], leftOut: 2 };
      const file = join(folder, `review-${language}.html`);
      writeFileSync(file, reviewHtml(blocks, { language, timeZone: 'Asia/Shanghai', now }, drawn));
      const { page, troubles } = await visit(browser, file, { ...screen, colorScheme });
      await page.evaluate("location.hash = 'plan-i-escalated'");
      expect(await page.locator('#plan-i-escalated + tr.story').isVisible()).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      if (screen === desk) expect(await closedStories(page)).toEqual([]);
      expect(troubles).toEqual([]);
      await page.close();
    },
  );

  it('opens the story of a plan by a click on its row, and by Tab and Enter', async () => {
    const { page, troubles } = await visit(browser, fileOf('each', oneOfEach), desk);
    const story = page.locator('#plan-i-avoided + tr.story');
    expect(await story.isVisible()).toBe(false);
    await page.locator('.drawing.wide a[href="#plan-i-avoided"]').click();
    expect(await story.isVisible()).toBe(true);
    expect(await story.innerText()).toContain('ECS announced event e-avoided.');
    await story.getByRole('link', { name: 'Back to the chart' }).click();
    expect(await story.isVisible()).toBe(false);

    // The first two in the list of those that need a person are links, too; then comes the summary of the first chart.
    await page.goto(`${page.url().replace(/#.*$/, '')}#region-1`);
    const focused: string[] = [];
    for (let press = 0; press < 5; press += 1) {
      await page.keyboard.press('Tab');
      focused.push(
        await page.evaluate(
          "document.activeElement.getAttribute('href') ?? document.activeElement.localName",
        ),
      );
    }
    expect(focused).toEqual([
      'summary',
      '#plan-i-awaiting',
      '#plan-i-preparing',
      '#plan-i-rebooting',
      '#plan-i-awaiting',
    ]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#plan-i-rebooting + tr.story').isVisible()).toBe(true);
    expect(await closedStories(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('would not pass these checks with a script, a request, a dialog, a fault of accessibility or a dead link', async () => {
    const file = join(folder, 'wrong.html');
    writeFileSync(
      file,
      '<html><script>alert(1); x()</script><img src="http://127.0.0.1:1/a.png"><table><tr class="plan" id="a"><td><tr><td></table>',
    );
    const { page, troubles } = await visit(browser, file);
    expect(troubles.map((trouble) => trouble.split(':')[0]).sort()).toEqual([
      'console',
      'dialog',
      'error',
      'request',
    ]);
    expect((await accessibilityFaults(page)).map((fault) => fault.split(':')[0])).toContain('image-alt');
    expect(await closedStories(page)).toEqual(['a']);
    await page.close();
  });

  it('needs no script', async () => {
    const { page } = await visit(browser, fileOf('each', oneOfEach), { ...desk, javaScriptEnabled: false });
    await page.locator('.drawing.wide a[href="#plan-i-missed"]').click();
    expect(await page.locator('#plan-i-missed + tr.story').isVisible()).toBe(true);
    await page.close();
  });

  it('tells the states by shapes as well as by colours', async () => {
    const { page } = await visit(browser, fileOf('each', oneOfEach), desk);
    const shapes = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.definitions symbol')].map(({ innerHTML }) => innerHTML.replace(/--state-\\w+/g, 'colour'))",
    );
    expect(shapes).toHaveLength(11);
    expect(new Set(shapes).size).toBe(11);
    await page.close();
  });

  it('shows one drawing at a time, and nothing wider than a phone', async () => {
    const file = fileOf('each', oneOfEach);
    const { page } = await visit(browser, file, phone);
    expect([await seen(page, '.drawing.wide'), await seen(page, '.drawing.narrow')]).toEqual([0, 3]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.setViewportSize(desk.viewport);
    expect([await seen(page, '.drawing.wide'), await seen(page, '.drawing.narrow')]).toEqual([3, 0]);
    await page.close();
  });

  it('is light on paper, and shows closed charts there', async () => {
    const { page } = await visit(browser, fileOf('each', oneOfEach), { ...desk, colorScheme: 'dark' });
    const paper = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.evaluate("document.querySelector('details').open = false");
    expect(await paper()).toBe('rgb(13, 17, 23)');
    expect(await seen(page, '.drawing.wide')).toBe(2);
    await page.emulateMedia({ media: 'print' });
    expect(await paper()).toBe('rgb(255, 255, 255)');
    expect(await seen(page, '.drawing.wide')).toBe(3);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.close();
  });

  it('shows names, reasons and whatever else is not ours as text', async () => {
    const evil = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '</style><b>',
    ];
    const plans = evil.flatMap((text, index) => [
      planOf(`a${index}`, {
        name: text,
        group: text,
        reason: text,
        status: text,
        needsPerson: true,
        hold: text,
      }),
      planOf(text, { regionId: text, facts: [[text, text]], entries: [{ by: text, text }], faults: [text] }),
    ]);
    const { page, troubles } = await visit(browser, fileOf('evil', plans), desk);
    const added = 'script, img, b, [onerror], a:not([href^="#plan-"]):not([href^="#chart-"])';
    expect(await page.locator(added).count()).toBe(0);
    const text = await page.evaluate<string>('document.body.textContent');
    for (const one of evil) expect(text.split(one).length).toBeGreaterThan(8);
    expect(await closedStories(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('stays usable with 2,000 plans: charts are closed, and a link opens the one that it leads into', async () => {
    const plans = Array.from({ length: 2_000 }, (_, index) =>
      planOf(`host-${index + 1}`, index === 1_999 ? { status: 'Escalated', needsPerson: true } : {}),
    );
    const { page, troubles } = await visit(browser, fileOf('many', plans), desk);
    expect(await page.locator('tr.plan').count()).toBe(2_000);
    // 34 parts of 59 rows at most. The last one has the plan that needs a person.
    expect(await page.locator('details').count()).toBe(34);
    expect(await page.locator('details[open]').count()).toBe(1);
    await page.locator('summary').first().click();
    await page.locator('.drawing.wide a[href="#plan-i-host-7"]').click();
    expect(await page.locator('#plan-i-host-7 + tr.story').isVisible()).toBe(true);
    // As a notice or a colleague would link it.
    await page.goto(`${page.url().replace(/#.*$/, '')}#plan-i-host-1000`);
    expect(await page.locator('#plan-i-host-1000 + tr.story').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
