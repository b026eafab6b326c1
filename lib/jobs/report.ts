// What both jobs report: problems with their place. And how both run regions side by side, so that none holds up another.
import { isExpected, messageOf } from '../failures.ts';
import { keyOf, state, type Statement, type StatementCode } from '../plan/statement.ts';
import type { Log } from '../ports.ts';
import { inLanguage, type Language } from '../wording/languages.ts';

/** Something that an operator should know. */
export interface Problem {
  code: StatementCode;
  /** The sentence: what is wrong, and what was done about it. */
  problem: string;
  regionId: string;
  /** Absent where the problem is about the whole region. */
  instanceId?: string;
}

/** Where a problem is. */
export interface Place {
  regionId: string;
  instanceId?: string;
}

/** Collects the problems of one run, and logs each at once. */
export class Problems {
  readonly all: Problem[] = [];
  readonly #said = new Set<string>();
  readonly #log: Log;
  readonly #language: Language;

  /** @param language of the sentences: English, unless it is given */
  constructor(log: Log, language: Language = 'en') {
    this.#log = log;
    this.#language = language;
  }

  /** The statement in the language of this run. */
  say(what: Statement): string {
    return inLanguage(this.#language, what);
  }

  /**
   * Adds a problem. What is said about one instance is said once.
   * @param thrown what led to the problem. The log shows the stack of an error that nobody expected.
   */
  add({ regionId, instanceId }: Place, what: Statement, thrown?: unknown): void {
    const place = { regionId, ...(instanceId === undefined ? {} : { instanceId }) };
    const problem: Problem = { code: what.code, problem: this.say(what), ...place };
    if (instanceId !== undefined) {
      const key = `${regionId} ${instanceId} ${keyOf(what)}`;
      if (this.#said.has(key)) return;
      this.#said.add(key);
    }
    this.all.push(problem);
    if (thrown === undefined || isExpected(thrown)) this.#log.warn(problem.problem, { ...problem });
    else this.#log.error(problem.problem, { ...problem, error: thrown });
  }
}

/**
 * Does `work` for every region at the same time. A region that fails becomes a problem; the others return their results.
 * @throws AggregateError when every region failed: then nothing could be done at all.
 */
export async function inEveryRegion<T>(
  regions: readonly string[],
  problems: Problems,
  work: (regionId: string) => Promise<T>,
): Promise<T[]> {
  const results = await Promise.allSettled(regions.map((regionId) => work(regionId)));
  const errors: unknown[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    errors.push(result.reason);
    const message = messageOf(result.reason);
    problems.add({ regionId: regions[index] ?? '' }, state('region-failed', { message }), result.reason);
  }
  if (errors.length === regions.length && errors.length > 0) {
    throw new AggregateError(
      errors,
      `Nothing could be done in any region: ${errors.map(messageOf).join('; ')}`,
    );
  }
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
