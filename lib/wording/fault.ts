// The one way to say that something cannot be read: "X is V, expected E."
import type { Fault } from '../plan/fault.ts';

/** What it is, its value and what was expected; then what follows from it. */
export function faultText({ what, value, expected, at, consequence }: Fault): string {
  const place = at === undefined || at === '' ? '' : ` (at ${JSON.stringify(at)})`;
  const sentence = `${what} is ${value ?? 'missing'}, expected ${expected}${place}.`;
  return consequence === undefined ? sentence : `${sentence} ${consequence}`;
}
