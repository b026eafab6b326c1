// Sorts the unknown words of windows by what they seem to be, so that each has its own fault, and the rest of the text is
// read all the same.
import { halfWidth } from './half-width.ts';
import type { Misreading } from './parsed.ts';
import { isTimeZone } from './time-zone.ts';
import type { Token } from './window-tokens.ts';

/** A fault, and where it begins in the text. */
export type PlacedFault = Misreading & { from: number };

type Known = Exclude<Token, { kind: 'unknown' | 'time' }>;

/** A token, or an unknown word in the place of one. */
export type Lexeme =
  | Known
  | ({ from: number; to: number } & (
      | { kind: 'time'; minutes: number | undefined; isUnclear?: boolean }
      /** A whole range that cannot be read, as in `9-10`. */
      | { kind: 'times' }
      /** Most likely meant as a day. */
      | { kind: 'word' }
    ));

export const daysExpected = 'daily, or days of the week as in Mon-Fri or Sat,Sun';
export const timesExpected = 'times as in 02:00-05:00';
const noZoneExpected = 'days and times alone: TIME_ZONE, or the tag time-zone, has the zone';

/** The lexemes of an item, and a fault for each unknown word. */
export function lexemesOf(
  item: readonly Token[],
  text: string,
): { lexemes: Lexeme[]; faults: PlacedFault[] } {
  const lexemes: Lexeme[] = [];
  const faults: PlacedFault[] = [];
  for (const token of item) {
    if (token.kind !== 'unknown') {
      lexemes.push(token);
      continue;
    }
    const { from, to } = token;
    const at = text.slice(from, to);
    const word = halfWidth(at);
    if (/^[ap]\.?m\.?$/i.test(word)) {
      faults.push({ from, expected: timesExpected, at });
      const before = lexemes.at(-1);
      if (before?.kind === 'time') lexemes.splice(-1, 1, { ...before, isUnclear: true });
    } else if (/^\d/.test(word)) {
      faults.push({ from, expected: timesExpected, at });
      lexemes.push(hasDash(word) ? { kind: 'times', from, to } : { kind: 'time', ...unclear, from, to });
    } else if (isTimeZone(at) || /^(?:UTC|GMT)[+-]/i.test(at)) {
      faults.push({ from, expected: noZoneExpected, at });
    } else {
      faults.push({ from, expected: daysExpected, at });
      lexemes.push({ kind: 'word', from, to });
    }
  }
  return { lexemes, faults };
}

/** A time that has its fault already: no other one is found in it. */
const unclear = { minutes: 0, isUnclear: true } as const;

/** A string, because the bundle is plain ASCII, and it escapes strings only. */
const dash = new RegExp('[-~‐-―−∼〜至到]');

function hasDash(word: string): boolean {
  return dash.test(word);
}
