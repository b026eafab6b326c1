// Keeps events that are over, in batches, while their pages come. ECS forgets them after 30 days. What a run does not get to is
// kept by one of the next runs: a weekly timer has four tries.
import { readBudgetMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { isBefore, plus } from '../../plan/calendar/instant.ts';
import { overAt, type EpochMs, type RecordedEvent } from '../../plan/review/records.ts';
import { keptName } from '../../plan/review/sources.ts';
import { state } from '../../plan/statement.ts';
import type { ReviewRun } from './review-ports.ts';

/** One BatchWriteRow. */
const eventsABatch = 200;

/** Keeps the events of one region that are not kept yet. */
export class Keeper {
  readonly #run: ReviewRun;
  readonly #regionId: string;
  /** Also what this run took already: an event can stand on two pages, and no batch may hold a row twice. */
  readonly #kept: Set<string>;
  #waiting: RecordedEvent[] = [];
  /** The batch that is being written while the next page is read: one at a time, which bounds the memory. It never throws. */
  #writing: Promise<void> = Promise.resolve();
  #left = 0;
  #why: string | undefined;

  private constructor(run: ReviewRun, regionId: string, kept: Set<string>) {
    this.#run = run;
    this.#regionId = regionId;
    this.#kept = kept;
  }

  /** @param since no event that ECS lists was over before this */
  static async open(run: ReviewRun, regionId: string, since: EpochMs): Promise<Keeper> {
    let kept = new Set<string>();
    try {
      if (run.question.isKeeping) kept = new Set(await run.reviews.keptNames(regionId, since));
    } catch (thrown) {
      // All are written again, which changes nothing.
      run.problems.add({ regionId }, state('kept-unreadable', { message: messageOf(thrown) }), thrown);
    }
    return new Keeper(run, regionId, kept);
  }

  /** Takes the events of one page. It waits only where the batch before this one is not written yet. */
  async take(events: readonly RecordedEvent[]): Promise<void> {
    if (!this.#run.question.isKeeping) return;
    for (const event of events) {
      const over = overAt(event);
      const name = over === undefined ? undefined : keptName(event.eventId, over);
      if (name === undefined || this.#kept.has(name)) continue;
      this.#kept.add(name);
      this.#waiting.push(event);
    }
    while (this.#waiting.length >= eventsABatch) await this.#begin(this.#waiting.splice(0, eventsABatch));
  }

  /** Keeps the rest, and reports what could not be kept. */
  async end(): Promise<void> {
    if (this.#waiting.length > 0) await this.#begin(this.#waiting.splice(0));
    await this.#writing;
    if (this.#left === 0) return;
    const what = state('events-not-kept', { events: this.#left, message: this.#why ?? '' });
    this.#run.problems.add({ regionId: this.#regionId }, what);
  }

  async #begin(events: readonly RecordedEvent[]): Promise<void> {
    await this.#writing;
    this.#writing = this.#keep(events);
  }

  async #keep(events: readonly RecordedEvent[]): Promise<void> {
    const { clock, deadline, reviews } = this.#run;
    if (deadline !== undefined && isBefore(deadline, plus(clock.now(), readBudgetMs))) {
      this.#why ??= 'The time of the run was over.';
    }
    // Where one batch could not be written, the next ones would take as long to fail.
    if (this.#why !== undefined) {
      this.#left += events.length;
      return;
    }
    const { failed, message } = await reviews.keep(this.#regionId, events);
    this.#left += failed;
    this.#why = message;
  }
}
