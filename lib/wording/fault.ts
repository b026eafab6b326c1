// The one way to say that something cannot be read: "X is V, expected E."
import { shown, type Fault } from '../plan/fault.ts';

/** What it is, its value and what was expected; then what follows from it. */
export function faultText(fault: Fault): string {
  const sentence = faultSentence(fault);
  return fault.consequence === undefined ? sentence : `${sentence} ${fault.consequence}`;
}

/** The same, without what follows from it. */
export function faultSentence({ what, value, expected, at }: Fault): string {
  const place = at === undefined || at === '' ? '' : ` (at ${shown(at)})`;
  return `${what} is ${value ?? 'missing'}, expected ${expected}${place}.`;
}
