// Cuts the text of windows into tokens: days, times, dashes and separators, as English and Chinese texts write them. What may
// follow what is left to window-grammar.ts.
import { halfWidth } from './half-width.ts';

/** One token. `from` and `to` are positions in the text as written. */
export type Token = { from: number; to: number } & (
  | { kind: 'day'; day: number }
  | { kind: 'days'; days: readonly number[] }
  /** `minutes` after midnight; undefined where no day has such a time. */
  | { kind: 'time'; minutes: number | undefined }
  | { kind: 'always' | 'next-day' | '-' | ',' | ';' | ':' | 'unknown' }
);

type Found = Token extends infer T ? (T extends Token ? Omit<T, 'from' | 'to'> : never) : never;

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const workdays = [1, 2, 3, 4, 5];
const weekend = [6, 7];

/** The words of one day: Mon, Monday, Mondays, and the other short forms that people use. */
const dayWords = [
  /^mon(day)?s?$/,
  /^tue(s|sday|sdays)?$/,
  /^wed(s|nesday|nesdays)?$/,
  /^thu(r|rs|rsday|rsdays)?$/,
  /^fri(day)?s?$/,
  /^sat(s|urday|urdays)?$/,
  /^sun(day)?s?$/,
];

const words = new Map<string, Found>([
  ['daily', { kind: 'days', days: everyDay }],
  ['everyday', { kind: 'days', days: everyDay }],
  ['weekday', { kind: 'days', days: workdays }],
  ['weekdays', { kind: 'days', days: workdays }],
  ['workday', { kind: 'days', days: workdays }],
  ['workdays', { kind: 'days', days: workdays }],
  ['weekend', { kind: 'days', days: weekend }],
  ['weekends', { kind: 'days', days: weekend }],
  ['always', { kind: 'always' }],
  ['to', { kind: '-' }],
  ['and', { kind: ',' }],
]);

/** Chinese names of days: `周一`, `星期天`, `礼拜日`. */
const chineseDays = '一二三四五六日';

/**
 * What may begin at a position, in this order. A result of undefined is a word without a meaning of its own. The patterns are
 * strings, because the bundle is plain ASCII, and it escapes strings only.
 */
const readers = (
  [
    ['[^\\S\n]+', () => undefined],
    ['[;\n]', () => ({ kind: ';' })],
    ['[,、&和及与]', () => ({ kind: ',' })],
    ['(?:[-~‐-―−∼〜]|至|到)+', () => ({ kind: '-' })],
    ['(\\d{1,2}):(\\d{2})(?![\\d:a-z])', ([, hours, minutes]) => timeOf(hours, minutes)],
    [
      '(\\d{1,2})[点點时時](?:(\\d{2})分?|(\\d)分|(半)|整)?(?![\\d半])',
      ([, hours, two, one, half]) => timeOf(hours, half === undefined ? (two ?? one ?? '0') : '30'),
    ],
    [':', () => ({ kind: ':' })],
    ['每[天日]', () => ({ kind: 'days', days: everyDay })],
    ['(?:每个?)?工作日', () => ({ kind: 'days', days: workdays })],
    ['(?:每个?)?[周週]末', () => ({ kind: 'days', days: weekend })],
    ['每?(?:[周週]|星期|礼拜)([一二三四五六日天])', ([, day = '']) => chineseDay(day)],
    ['次日|翌日|第二天|next\\s{1,9}day(?![a-z])', () => ({ kind: 'next-day' })],
    ['every\\s{0,9}day(?![a-z])', () => ({ kind: 'days', days: everyDay })],
    ['(?:every|each)(?=\\s{1,9}[a-z])', () => undefined],
    ['([a-z]+)(?![a-z/_+])\\.?', ([, word = '']) => wordOf(word)],
    // A zone, or days with a slash.
    ['[a-z][\\w/+-]*', () => unknown],
    ['\\d[^\\s,;、]*', () => unknown],
    ['[^\\s\\w,;:、~至到-]+|[^]', () => unknown],
  ] satisfies [string, (found: RegExpExecArray) => Found | undefined][]
).map(([source, read]): [RegExp, (found: RegExpExecArray) => Found | undefined] => [
  new RegExp(source, 'iy'),
  read,
]);

const unknown: Found = { kind: 'unknown' };

/** Cuts the whole text. Every character belongs to a token, except white space and words without a meaning. */
export function tokensOf(written: string): Token[] {
  const text = halfWidth(written);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const bare = bareDay(text, at, tokens);
    const [length, found] = bare === undefined ? next(text, at) : [1, bare];
    if (found !== undefined) tokens.push({ ...found, from: at, to: at + length });
    at += length;
  }
  return tokens;
}

function next(text: string, at: number): [number, Found | undefined] {
  for (const [pattern, read] of readers) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) return [found[0].length, read(found)];
  }
  return [1, unknown];
}

/** In `周一至五` and `周一、三、五` the later days have only their number. */
function bareDay(text: string, at: number, before: readonly Token[]): Found | undefined {
  const [day, separator] = before.slice(-2);
  const follows = day?.kind === 'day' && (separator?.kind === '-' || separator?.kind === ',');
  const sign = text.charAt(at);
  const isDay = (found: string): boolean => found !== '' && `${chineseDays}天`.includes(found);
  return follows && isDay(text.charAt(day.to - 1)) && isDay(sign) ? chineseDay(sign) : undefined;
}

function chineseDay(sign: string): Found {
  return { kind: 'day', day: chineseDays.indexOf(sign === '天' ? '日' : sign) + 1 };
}

function wordOf(word: string): Found {
  const lower = word.toLowerCase();
  const day = dayWords.findIndex((pattern) => pattern.test(lower)) + 1;
  return day > 0 ? { kind: 'day', day } : (words.get(lower) ?? unknown);
}

function timeOf(hours: string | undefined, minutes: string | undefined): Found {
  const total = Number(hours) * 60 + Number(minutes);
  return { kind: 'time', minutes: Number(minutes) < 60 && total <= 24 * 60 ? total : undefined };
}
