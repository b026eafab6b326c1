// How each status looks: a shape and a colour, so that neither is needed to know the other. style.ts has the colours.
import { isFinalText } from '../plan/status.ts';

/** The names of Plot's symbols that are used. */
export type Shape =
  | ('circle' | 'diamond' | 'triangle' | 'square' | 'hexagon' | 'star' | 'triangle2' | 'plus')
  | ('times' | 'asterisk');

/** The look of one status. */
export interface Look {
  /** As in the CSS variable `--state-avoided`. */
  name: string;
  shape: Shape;
  /** Filled shapes have ended. */
  isFilled: boolean;
}

const shapes: Readonly<Record<string, Shape>> = {
  Escalated: 'star',
  Missed: 'triangle2',
  AwaitingApproval: 'diamond',
  Planned: 'circle',
  Preparing: 'square',
  Rebooting: 'triangle',
  Verifying: 'hexagon',
  Avoided: 'circle',
  Cleared: 'plus',
  Skipped: 'times',
};

/** The statuses in the order of a legend: what needs a person first. */
export const statusOrder: readonly string[] = Object.keys(shapes);

/** The look. Whatever else stands in a row is not readable. */
export function lookOf(status: string): Look {
  const shape = Object.hasOwn(shapes, status) ? shapes[status] : undefined;
  if (shape === undefined) return { name: 'unreadable', shape: 'asterisk', isFilled: false };
  // Plus and times are lines: there is nothing to fill.
  const hasInside = shape !== 'plus' && shape !== 'times';
  return { name: status.toLowerCase(), shape, isFilled: isFinalText(status) && hasInside };
}

/** The colour, for an attribute. */
export function colourOf({ name }: Look): string {
  return `var(--state-${name})`;
}
