// The part of one process in playing many worlds.
import type { Chunk } from './many.ts';
import { playWorld, type Outcome } from './play.ts';
import { sabotages } from './sabotage.ts';

// Thousands of faults are thrown on purpose. Nobody reads their stacks.
Error.stackTraceLimit = 0;

async function playChunk({ firstSeed, worlds, sabotage, stopAtFirst }: Chunk): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = firstSeed; seed < firstSeed + worlds; seed += 1) {
    const outcome = await playWorld(seed, { newSabotage: sabotages[sabotage ?? '']?.make });
    outcomes.push(outcome);
    if (stopAtFirst && outcome.violations.length > 0) break;
  }
  return outcomes;
}

process.on('message', (chunk: Chunk) => {
  void playChunk(chunk).then((outcomes) => process.send?.(outcomes));
});
