// The colours of a status. Red needs a person, yellow waits for one, green is proven.
import { createColors } from 'picocolors';

/** Paints a text by the status that it shows. */
export type Paint = (status: string, text: string) => string;

/** Paints nothing where colours are not welcome. */
export function painter(hasColours: boolean): Paint {
  const { red, yellow, green, cyan, dim } = createColors(hasColours);
  const colours: Readonly<Record<string, (text: string) => string>> = {
    Escalated: red,
    Missed: red,
    '?': red,
    AwaitingApproval: yellow,
    Planned: cyan,
    Preparing: cyan,
    Rebooting: cyan,
    Verifying: cyan,
    Avoided: green,
    Cleared: dim,
    Skipped: dim,
  };
  return (status, text) => (Object.hasOwn(colours, status) ? (colours[status]?.(text) ?? text) : text);
}

/** NO_COLOR and a dumb terminal want none. FORCE_COLOR wins. */
export function wantsColours(
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTerminal && TERM !== 'dumb';
}
