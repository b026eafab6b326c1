// Many worlds, side by side in processes; what comes out does not depend on how many.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FaultKind } from './chaos.ts';
import type { Outcome } from './play.ts';

export interface Tally {
  worlds: number;
  /** Worlds in which something was broken. */
  violations: number;
  /** Worlds in which each kind of fault befell something. */
  worldsWith: Partial<Record<FaultKind, number>>;
  /** Restarts that ECS carried out for us. */
  reboots: number;
  /** How many plans ended in each status. */
  statuses: Record<string, number>;
  /** The first broken world: the one with the smallest seed. */
  firstBroken?: Outcome;
}

export interface WorldRange {
  /** The seed of the first world; the others follow. */
  firstSeed: number;
  worlds: number;
  sabotage?: string;
}

export interface Chunk extends WorldRange {
  /** Gives up after the first broken world. */
  stopAtFirst: boolean;
}

/** Worlds given to a process at a time. */
const chunkSize = 25;

/** Plays the worlds in `processes` processes. With `stopAtFirst` it ends soon after a broken world was found. */
export async function playMany(
  range: WorldRange,
  processes: number,
  stopAtFirst: boolean,
  onProgress: (done: number) => void,
): Promise<Tally> {
  const tally: Tally = { worlds: 0, violations: 0, worldsWith: {}, reboots: 0, statuses: {} };
  const chunks = chunksOf(range, stopAtFirst);
  await Promise.all(
    Array.from({ length: processes }, () =>
      withWorker(async (play) => {
        for (const chunk of chunks) {
          if (stopAtFirst && tally.violations > 0) return;
          for (const outcome of await play(chunk)) add(tally, outcome);
          onProgress(tally.worlds);
        }
      }),
    ),
  );
  return tally;
}

function* chunksOf({ firstSeed, worlds, sabotage }: WorldRange, stopAtFirst: boolean): Generator<Chunk> {
  for (let done = 0; done < worlds; done += chunkSize) {
    yield {
      firstSeed: firstSeed + done,
      worlds: Math.min(chunkSize, worlds - done),
      stopAtFirst,
      ...(sabotage === undefined ? {} : { sabotage }),
    };
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

function add(tally: Tally, outcome: Outcome): void {
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
