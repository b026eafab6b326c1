// What a run of many worlds never met. The simulation does not test what no world meets.
import { calm, type FaultKind } from './chaos.ts';
import type { Outcome } from './play.ts';

/**
 * The changes of status that the functions may write, from the meaning of each status in the design. This list is written
 * by hand and not read from the code under test, so that it can disagree with the code. `new` stands before the first status
 * of a plan.
 */
export const designedPairs: readonly string[] = [
  ...from('new', ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated']),
  ...from('Planned', ['AwaitingApproval', 'Preparing', 'Cleared', 'Skipped', 'Missed', 'Escalated']),
  ...from('AwaitingApproval', ['Planned', 'Cleared', 'Skipped', 'Missed', 'Escalated']),
  ...from('Preparing', ['Planned', 'Rebooting', 'Cleared', 'Skipped', 'Missed', 'Escalated']),
  // Back to Planned when nothing was sent, or when ECS refused.
  ...from('Rebooting', ['Planned', 'Verifying', 'Escalated']),
  ...from('Verifying', ['Avoided', 'Cleared', 'Missed', 'Escalated']),
  // A finished plan whose event is still open is judged again when the event or the rules change.
  ...from('Skipped', ['Planned', 'AwaitingApproval', 'Missed', 'Escalated']),
  ...from('Missed', ['Planned', 'Skipped', 'Escalated']),
  ...from('Escalated', ['Planned', 'Skipped']),
  // A person wrote something that makes no sense into a finished row.
  ...from('Avoided', ['Escalated']),
  ...from('Cleared', ['Escalated']),
];

function from(status: string, next: readonly string[]): string[] {
  return next.map((to) => `${status} → ${to}`);
}

export interface NeverMet {
  /** Designed changes of status that no function wrote, as `Planned → Preparing`. */
  statusPairs: string[];
  /** Kinds of faults that no world had both of, as `crash + freeze`. */
  faultPairs: string[];
  /** Reason codes that no function wrote or reported. */
  reasonCodes: string[];
}

/** Fewer worlds than this miss so much that a list of it says nothing. */
const enoughWorlds = 100;

/** Collects what the worlds of a run met. */
export class Met {
  readonly #statusPairs = new Set<string>();
  readonly #faultPairs = new Set<string>();
  readonly #reasonCodes = new Set<string>();
  #worlds = 0;

  add({ statusPairs, reasonCodes, faults }: Pick<Outcome, 'statusPairs' | 'reasonCodes' | 'faults'>): void {
    this.#worlds += 1;
    for (const pair of statusPairs) this.#statusPairs.add(pair);
    for (const code of reasonCodes) this.#reasonCodes.add(code);
    for (const pair of pairsOf(faults)) this.#faultPairs.add(pair);
  }

  /** What no world met. `reasonCodes` are all codes of the code under test. Undefined after so few worlds that it says nothing. */
  never(reasonCodes: readonly string[]): NeverMet | undefined {
    if (this.#worlds < enoughWorlds) return undefined;
    return {
      statusPairs: designedPairs.filter((pair) => !this.#statusPairs.has(pair)),
      faultPairs: pairsOf(Object.keys(calm) as FaultKind[]).filter((pair) => !this.#faultPairs.has(pair)),
      reasonCodes: reasonCodes.filter((code) => !this.#reasonCodes.has(code)),
    };
  }
}

function pairsOf(kinds: readonly FaultKind[]): string[] {
  const sorted = [...kinds].sort();
  return sorted.flatMap((kind, index) => sorted.slice(index + 1).map((other) => `${kind} + ${other}`));
}
