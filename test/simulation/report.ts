// What `npm run simulate` prints on a terminal, as lines.
import type { ExhaustiveReport } from './exhaustive.ts';
import type { Tally } from './many.ts';
import type { NeverMet } from './never-met.ts';
import { commandFor } from './options.ts';
import type { Outcome } from './play.ts';
import type { ShrunkWorld } from './shrink.ts';

/** Printed when nothing broke. */
export const held = 'Every promise held in every world.';

/** The result of many worlds. */
export function tallyLines({ worlds, reboots, worldsWith, statuses }: Tally, seed: number): string[] {
  const list = (counts: Partial<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, number]) => `${number ?? 0} ${name}`)
      .join(', ');
  return [
    `${worlds} worlds from seed ${seed}; ${reboots} restarts sent.`,
    `Worlds with each fault: ${list(worldsWith)}.`,
    `Plans ended: ${list(statuses)}.`,
  ];
}

/** What the worlds never met: one line per sort. */
export function neverMetLines({ statusPairs, faultPairs, reasonCodes }: NeverMet): string[] {
  const line = (what: string, missing: readonly string[]): string =>
    `  ${what}: ${missing.length === 0 ? 'none' : `${missing.length} (${missing.join(', ')})`}`;
  return [
    'Never met:',
    line('changes of status', statusPairs),
    line('pairs of faults in one world', faultPairs),
    line('reason codes', reasonCodes),
  ];
}

/** How many worlds broke a promise, and the first of them, shrunk. */
export function brokenLines(
  violations: number,
  broken: Outcome,
  shrunk: ShrunkWorld,
  sabotage: string | undefined,
): string[] {
  const { original, left, outcome, tries } = shrunk;
  const count = (kind: 'instances' | 'events' | 'incidents'): string =>
    `${left[kind].length} of ${original[kind].length} ${kind}`;
  return [
    `${violations} of the worlds broke a promise. The first has seed ${broken.seed}:`,
    ...violationLines(broken),
    `Shrunk to ${count('instances')}, ${count('events')} and ${count('incidents')} (${tries} tries). The incidents left:`,
    ...left.incidents.map(({ number, text }) => `  ${number}  ${text}`),
    'What happened in the shrunk world:',
    ...outcome.trace.map((line) => `  ${line}`),
    ...violationLines(outcome),
    'To play the shrunk world, and the whole world:',
    `  ${commandFor(broken.seed, sabotage, left)}`,
    `  ${commandFor(broken.seed, sabotage)}`,
  ];
}

/** What happened in one world. */
export function traceLines(outcome: Outcome): string[] {
  return [
    `What happened in the world of seed ${outcome.seed}:`,
    ...outcome.trace.map((line) => `  ${line}`),
    ...(outcome.violations.length === 0 ? ['Every promise held.'] : violationLines(outcome)),
  ];
}

/** The result of the exhaustive worlds. */
export function exhaustiveLines({
  crashPoints,
  singles,
  pairs,
  violations,
  trace,
}: ExhaustiveReport): string[] {
  const [first] = violations;
  return [
    `${crashPoints} crash points: ${singles} worlds with one kill, ${pairs} with two.`,
    ...(first === undefined
      ? [held]
      : [
          `${violations.length} violations. The first, in the ${first.world} world, killed at ${first.kills.join(' and ')}:`,
          ...trace.map((line) => `  ${line}`),
          `BROKEN: promise ${first.promise}, ${first.instanceId}: ${first.what}`,
        ]),
  ];
}

function violationLines({ seed, violations }: Outcome): string[] {
  return violations.map(
    ({ promise, instanceId, what }) => `BROKEN: promise ${promise}, seed ${seed}, ${instanceId}: ${what}`,
  );
}
