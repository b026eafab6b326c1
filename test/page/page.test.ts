// What the pages say and hold, as far as no browser is needed to see it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { chartsOf } from '../../lib/page/charts.ts';
import { newMaker } from '../../lib/page/dom.ts';
import { planPage } from '../../lib/page/page.ts';
import { statusOrder } from '../../lib/page/states.ts';
import { pageWords, speechOf } from '../../lib/page/words/speech.ts';
import { instant, now, oneOfEach, planOf } from './fleet.ts';

const style = { language: 'en', timeZone: 'Asia/Shanghai', now } as const;

/** What of the page has this form. A whole page would fill the output of a test that fails. */
const found = (page: string, form: RegExp): string[] => page.match(form) ?? [];

describe('the page', () => {
  it('is one file without a script or an address, under a policy that allows neither', () => {
    const page = planPage(oneOfEach, style);
    expect(page.slice(0, 32)).toBe('<!DOCTYPE html><html lang="en"><');
    const policies = page.match(/<meta [^>]*Content-Security-Policy[^>]*>/g) ?? [];
    expect(policies.map((tag) => /content="([^"]*)"/.exec(tag)?.[1])).toEqual([
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    ]);
    expect(page.match(/<script|https?:|\burl\((?!#)|@import|javascript:/g)).toBeNull();
  });

  it('is the same for the same plans', () => {
    expect(planPage(oneOfEach, style) === planPage(oneOfEach, style)).toBe(true);
  });

  it('names each zone: that of the axis, and that of a plan with another one', () => {
    const abroad = planOf('1', { calendar: { ...planOf('1').calendar, timeZone: 'America/New_York' } });
    const page = planPage([planOf('2'), abroad], style);
    expect(found(page, /Times in [^<]*/g)).toContain('Times in Asia/Shanghai (UTC+08:00)');
    const times = found(page, /<time [^>]*>[^<]*/g).map((tag) => tag.replace(/^.*>/, ''));
    expect(times).toContain('Mon 11-30 19:30 America/New_York');
    expect(times).toContain('Wed 12-02 02:00');
    expect(found(page, /datetime="2026-12-01T18:00:00Z"/g)).toHaveLength(2);
  });

  it.each([
    ['en', 'Tue 2025-12-02 02:00', 'Thu 01-07 02:00'],
    ['zh', '2025-12-02 周二 02:00', '01-07 周四 02:00'],
  ] as const)(
    'in %s names the year of a time of another one, and not that of next month',
    (language, old, soon) => {
      const times = [instant('2025-12-01T18:00:00Z'), instant('2027-01-06T18:00:00Z')] as const;
      const entries = [{ at: times[0], by: 'plan', text: 'ECS announced it.' }];
      const page = planPage([planOf('1', { executeAt: times[0], notBefore: times[1], entries })], {
        ...style,
        language,
      });
      const shown = found(page, /<time [^>]*>[^<]*/g).map((tag) => tag.replace(/^.*>/, ''));
      expect(shown).toEqual([old, expect.anything(), soon, old]);
    },
  );

  it('names each row once, whatever people made of its id', () => {
    const page = planPage([planOf('a b'), planOf('a_b'), planOf('a_b', { regionId: 'cn-shanghai' })], style);
    expect(found(page, /id="plan-[^"]*(?<!\.story)"/g)).toEqual([
      'id="plan-i-a_b"',
      'id="plan-i-a_b.2"',
      'id="plan-i-a_b.3"',
    ]);
  });

  it('says so where there is no plan', () => {
    expect(found(planPage([], style), /<p>[^<]*/g)).toContain('<p>There are no plans.');
  });
});

it('the charts of another page lead to the story of each plan, as those of our own do', () => {
  const maker = newMaker();
  const markup = chartsOf(oneOfEach, maker, style)
    .map((element) => element.outerHTML)
    .join('');
  const page = planPage(oneOfEach, style);
  const links = /<a [^>]*href="[^"]*"/g;
  const rows = /<tr [^>]*id="plan-[^"]*(?<!-story)"/g;
  expect(markup.match(/<figure/g)).toHaveLength(3);
  expect(found(markup, rows)).toEqual(found(page, rows));
  expect(found(markup, links).length).toBeGreaterThan(oneOfEach.length);
  expect(found(markup, /<script|<style/g)).toEqual([]);
  const none = chartsOf([], maker, style).map((element) => element.outerHTML);
  expect(none).toEqual(['<p>There are no plans.</p>']);
});

describe('times of the hour that the clock shows twice', () => {
  it.each([
    ['en', 'Sun 10-25 02:30+01:00', 'Sun 10-25'],
    ['zh', '10-25 周日 02:30+01:00', '10-25 周日'],
  ] as const)('have their offset, but on the axis, which says all offsets: %s', (language, short, day) => {
    const speech = speechOf(language);
    const at = Temporal.Instant.from('2026-10-25T01:30:00Z');
    const said = [speech.short, speech.day, speech.clock].map((say) => say(at, 'Europe/Berlin'));
    expect(said).toEqual([short, day, '02:30']);
  });
});

describe('the words of the page', () => {
  const { en, zh } = pageWords;
  const names = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

  it.each(Object.keys(en) as (keyof typeof en)[])('have the same names in both languages: %s', (key) => {
    expect(names(zh[key])).toEqual(names(en[key]));
  });

  it('are Chinese in Chinese, but for the name that ECS gives', () => {
    const spoken = (Object.keys(en) as (keyof typeof en)[]).filter((key) =>
      /[a-z]{3}/.test(en[key].replace(/\{\w+\}/g, '')),
    );
    const hasChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
    expect(spoken.filter((key) => !hasChinese(zh[key]))).toEqual(['not-before', 'row-deadline']);
    expect(Object.values(en).some(hasChinese)).toBe(false);
  });

  it('are all used', () => {
    const sources = readdirSync('lib/page')
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join('lib/page', file), 'utf8'))
      .join('\n');
    const isStatus = (key: string): boolean => statusOrder.includes(key);
    expect(Object.keys(en).filter((key) => !isStatus(key) && !sources.includes(`'${key}'`))).toEqual([]);
  });
});
