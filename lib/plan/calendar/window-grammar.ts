// Reads maintenance windows as people write them, in English or Chinese: `Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00`,
// `工作日 ２：００～５：００`, `Fri 22:00-Mon 06:00`, `always`. What could mean two things is refused. calendar.ts turns windows
// into instants.
import { halfWidth } from './half-width.ts';
import { misread, misreadingsOf, type Misreading, type Parsed } from './parsed.ts';
import { remembered } from './remembered.ts';
import { isTimeZone } from './time-zone.ts';
import { readItem, type Clause } from './window-item.ts';
import { normalWindows } from './window-text.ts';
import { tokensOf, type Token } from './window-tokens.ts';
import type { Windows, WrittenWindows } from './windows.ts';

/** Reads the whole setting. Each part that cannot be read has a fault. */
export function parseWindows(text: string): Parsed<Windows> {
  const parsed = parseWrittenWindows(text);
  return parsed.ok ? { ok: true, value: parsed.value.windows } : parsed;
}

/** Reads windows and gives their normal form. Reasons quote it, and a changed text shows that the windows changed. */
export const parseWrittenWindows = remembered(readWindows);

function readWindows(text: string): Parsed<WrittenWindows> {
  const items = itemsOf(tokensOf(text));
  const [first, ...more] = items.map((item) => item.map(({ kind }) => kind).join());
  if (first === 'always' && more.length === 0)
    return { ok: true, value: { text: 'always', windows: 'always' } };
  const readings = items.map((item) => readTokens(item, text));
  const faults = readings.flatMap((reading) => (reading.ok ? [] : misreadingsOf(reading)));
  const clauses = readings.flatMap((reading) => (reading.ok ? reading.value : []));
  faults.push(...bareFaults(clauses));
  if (clauses.length === 0 && faults.length === 0) faults.push({ expected: windowsExpected, at: '' });
  const [fault, ...others] = faults;
  if (fault !== undefined) return misread(fault, ...others);
  return { ok: true, value: normalWindows(clauses.flatMap(({ ranges }) => ranges)) };
}

const windowsExpected =
  'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"';

/** The tokens between semicolons. A semicolon too many is no fault. */
function itemsOf(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === ';') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.some(({ kind }) => kind !== ','));
}

function readTokens(item: readonly Token[], text: string): Parsed<Clause[]> {
  const unknown = item.filter(({ kind }) => kind === 'unknown').map((token) => unknownWord(token, text));
  const [first, ...others] = unknown;
  if (first !== undefined) return misread(first, ...others);
  return readItem(item, text, windowsExpected);
}

function unknownWord({ from, to }: Token, text: string): Misreading {
  const at = text.slice(from, to);
  if (/^\d|^[ap]\.?m\.?$/i.test(halfWidth(at))) return { expected: 'times as in 02:00-05:00', at };
  if (isTimeZone(at) || /^(?:UTC|GMT)[+-]/i.test(at)) {
    return { expected: 'days and times alone: TIME_ZONE, or the tag time-zone, has the zone', at };
  }
  return { expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun', at };
}

/** Times without days are daily. Next to ranges with days, they might belong to those days, so they are refused. */
function bareFaults(clauses: readonly Clause[]): Misreading[] {
  const bare = clauses.filter(({ hasDays }) => !hasDays);
  if (bare.length === clauses.length) return [];
  return bare.map(({ at }) => ({
    expected: 'days in front of these times, too, as in "daily 02:00-05:00"',
    at,
  }));
}
