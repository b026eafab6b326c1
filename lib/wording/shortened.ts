// A sentence that is short enough for a notice. What is long in a sentence are the words of others: the output of a command, the
// answer of a service. They are cut, and never what a person is to do.
import type { Statement } from '../plan/statement.ts';

/** How much of each text of others is kept where the sentence is too long, in UTF-16 units. */
const kept = 100;

/** What the planner says of a fault. */
const ours: readonly string[] = ['code', 'what', 'expected', 'consequence'];

/**
 * The sentence; where it is longer than `most` UTF-16 units, with the texts of others cut. One that is too long even so loses its
 * middle: what is the case stands at its beginning, and what to do at its end.
 */
export function shortened(what: Statement, most: number, say: (what: Statement) => string): string {
  const whole = say(what);
  if (whole.length <= most) return whole;
  const short = say(withShortTexts(what) as Statement);
  return short.length <= most ? short : withoutMiddle(short, most);
}

function withShortTexts(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return ours.includes(key) ? value : cut(value);
  if (Array.isArray(value)) return value.map((item: unknown) => withShortTexts(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withShortTexts(item, name)]));
}

function cut(text: string): string {
  return text.length <= kept ? text : `${beginning(text, kept)}…`;
}

function withoutMiddle(text: string, most: number): string {
  const half = Math.floor((most - 3) / 2);
  return `${beginning(text, half)} … ${text.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}

/** Not with half of a code point. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
