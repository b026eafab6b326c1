// The one way to say that something cannot be read: "X is V, expected E."
import type { Fault } from '../plan/fault.ts';

/** One sentence: what it is, its value, and what was expected. */
export function faultText({ what, value, expected, at }: Fault): string {
  const place = at === undefined ? '' : ` (at ${JSON.stringify(at)})`;
  return `${what} is ${value ?? 'missing'}, expected ${expected}${place}.`;
}
