// Reads maintenance windows as people write them, in English or Chinese: `Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00`,
// `工作日 ２：００～５：００`, `Fri 22:00-Mon 06:00`, `always`. What could mean two things is refused. calendar.ts turns windows
// into instants.
import { misread, type Misreading, type Parsed } from './parsed.ts';
import { remembered } from './remembered.ts';
import { readItem, type Clause } from './window-item.ts';
import { normalWindows } from './window-text.ts';
import { tokensOf, type Token } from './window-tokens.ts';
import type { PlacedFault } from './window-words.ts';
import type { Windows, WrittenWindows } from './windows.ts';

/** Reads the whole setting. Everything that cannot be read has a fault of its own. */
export function parseWindows(text: string): Parsed<Windows> {
  const parsed = parseWrittenWindows(text);
  return parsed.ok ? { ok: true, value: parsed.value.windows } : parsed;
}

/** Reads windows and gives their normal form. Reasons quote it, and a changed text shows that the windows changed. */
export const parseWrittenWindows = remembered(readWindows);

function readWindows(text: string): Parsed<WrittenWindows> {
  const tokens = tokensOf(text);
  const [first, ...more] = tokens.filter(({ kind }) => kind !== ',' && kind !== ';');
  if (first?.kind === 'always' && more.length === 0)
    return { ok: true, value: { text: 'always', windows: 'always' } };
  const items = itemsOf(tokens).map((item) => readItem(item, text, windowsExpected));
  const clauses = items.flatMap((item) => item.clauses);
  const faults = [...items.flatMap((item) => item.faults), ...bareFaults(clauses)]
    .sort((a, b) => a.from - b.from)
    .map(({ expected, at }): Misreading => ({ expected, ...(at === undefined ? {} : { at }) }));
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

/** Times without days are daily. Next to ranges with days, they might belong to those days, so they are refused. */
function bareFaults(clauses: readonly Clause[]): PlacedFault[] {
  const timed = clauses.filter(({ hasTimes }) => hasTimes);
  if (!timed.some(({ hasDays }) => hasDays === true)) return [];
  return timed
    .filter(({ hasDays }) => hasDays === false)
    .map(({ at, from }) => ({
      from,
      expected: 'days in front of these times, too, as in "daily 02:00-05:00"',
      at,
    }));
}
