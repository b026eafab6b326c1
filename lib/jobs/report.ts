// What the jobs report: problems with their place, and running regions side by side so that none holds up another.
import { isExpected, messageOf } from '../failures.ts';
import type { Log } from '../ports.ts';

/** Something an operator should know. */
export interface Problem {
  regionId: string;
  /** Absent where the whole region is concerned. */
  instanceId?: string;
  /** In words: what is wrong, and what was done about it. */
  problem: string;
}

/** Collects problems, and logs each as it comes up. */
export class Problems {
  readonly all: Problem[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param thrown what it came of; where nobody expected that, the log tells its stack */
  add(problem: Problem, thrown?: unknown): void {
    this.all.push(problem);
    if (thrown === undefined || isExpected(thrown)) this.#log.warn(problem.problem, { ...problem });
    else this.#log.error(problem.problem, { ...problem, error: thrown });
  }
}

/**
 * Does `work` for every region at the same time. A region that fails becomes a problem.
 * @throws AggregateError when every region failed: then nothing could be done at all.
 */
export async function inEveryRegion(
  regions: readonly string[],
  problems: Problems,
  work: (regionId: string) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(regions.map((regionId) => work(regionId)));
  const errors: unknown[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    errors.push(result.reason);
    problems.add({ regionId: regions[index] ?? '', problem: messageOf(result.reason) }, result.reason);
  }
  if (errors.length === regions.length && errors.length > 0) {
    throw new AggregateError(
      errors,
      `Nothing could be done in any region: ${errors.map(messageOf).join('; ')}`,
    );
  }
}
