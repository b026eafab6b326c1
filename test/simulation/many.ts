// Plays many worlds in several processes. The result does not depend on the number of processes.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FaultKind } from './chaos.ts';
import { Met } from './never-met.ts';
import type { Outcome } from './play.ts';

export interface Tally {
  worlds: number;
  /** Worlds that broke a promise. */
  violations: number;
  /** In how many worlds each kind of fault took effect. */
  worldsWith: Partial<Record<FaultKind, number>>;
  /** Restarts that ECS carried out for us. */
  reboots: number;
  /** How many plans ended in each status. */
  statuses: Record<string, number>;
  /** The broken world with the smallest seed. */
  firstBroken?: Outcome;
}

/** The result of many worlds: what to count, and what they met. */
export interface ManyWorlds {
  tally: Tally;
  met: Met;
}

export interface WorldRange {
  /** The seed of the first world. The others have the seeds after it. */
  firstSeed: number;
  worlds: number;
  sabotage?: string | undefined;
}

export interface Chunk extends WorldRange {
  /** Whether to stop after the first broken world. */
  stopAtFirst: boolean;
}

/** How many worlds a process gets at a time. */
const chunkSize = 25;

/** Plays the worlds in `processes` processes. With `stopAtFirst` it ends soon after it has found a broken world. */
export async function playMany(
  range: WorldRange,
  processes: number,
  stopAtFirst: boolean,
  onProgress: (done: number) => void,
): Promise<ManyWorlds> {
  const tally = emptyTally();
  const met = new Met();
  const chunks = chunksOf(range, stopAtFirst);
  await Promise.all(
    Array.from({ length: processes }, () =>
      withWorker(async (play) => {
        for (const chunk of chunks) {
          if (stopAtFirst && tally.violations > 0) return;
          for (const outcome of await play(chunk)) {
            count(tally, outcome);
            met.add(outcome);
          }
          onProgress(tally.worlds);
        }
      }),
    ),
  );
  return { tally, met };
}

/** The tally of one world. */
export function tallyOf(outcome: Outcome): Tally {
  const tally = emptyTally();
  count(tally, outcome);
  return tally;
}

function emptyTally(): Tally {
  return { worlds: 0, violations: 0, worldsWith: {}, reboots: 0, statuses: {} };
}

function* chunksOf(range: WorldRange, stopAtFirst: boolean): Generator<Chunk> {
  const { firstSeed, worlds } = range;
  for (let done = 0; done < worlds; done += chunkSize) {
    const size = Math.min(chunkSize, worlds - done);
    yield { ...range, firstSeed: firstSeed + done, worlds: size, stopAtFirst };
  }
}

async function withWorker(use: (play: (chunk: Chunk) => Promise<Outcome[]>) => Promise<void>): Promise<void> {
  const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const play = (chunk: Chunk): Promise<Outcome[]> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`a process of the simulation ended with ${code}`));
      worker.once('exit', ended);
      worker.once('message', (outcomes) => {
        worker.off('exit', ended);
        resolve(outcomes as Outcome[]);
      });
      worker.send(chunk);
    });
  try {
    await use(play);
  } finally {
    worker.kill();
  }
}

function count(tally: Tally, outcome: Outcome): void {
  tally.worlds += 1;
  tally.reboots += outcome.reboots;
  for (const kind of outcome.faults) tally.worldsWith[kind] = (tally.worldsWith[kind] ?? 0) + 1;
  for (const [status, number] of Object.entries(outcome.statuses)) {
    tally.statuses[status] = (tally.statuses[status] ?? 0) + number;
  }
  if (outcome.violations.length === 0) return;
  tally.violations += 1;
  if (tally.firstBroken === undefined || outcome.seed < tally.firstBroken.seed) tally.firstBroken = outcome;
}
