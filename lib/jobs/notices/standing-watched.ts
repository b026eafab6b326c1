// What one run sees of what stands in the way of the planner: a region that cannot be read, a function that does not run, a stop
// that plans wait for. Nothing is told here.
import { messageOf } from '../../failures.ts';
import type { FunctionName } from '../../plan/run-values.ts';
import { standingKey, type Standing, type StandingPlace, type StandingSeen } from '../../plan/standing.ts';
import { saysStopped, type StopSeen } from '../../plan/stop.ts';
import type { StopsRead } from '../stops.ts';

/** What the regions of one run share. */
export interface RegionsOfRun {
  standing: StandingWatched;
  /** The read of what is stopped with which the run began: one for all its regions. */
  firstStops: () => StopsRead;
}

/** Watches the work of one run of a function. */
export class StandingWatched {
  readonly #functionName: FunctionName;
  readonly #standing = new Map<string, Standing>();
  readonly #over = new Set<string>();
  readonly #read = new Set<string>();

  constructor(functionName: FunctionName) {
    this.#functionName = functionName;
  }

  /** What it saw so far. */
  get seen(): StandingSeen {
    const standing = [...this.#standing.values()];
    return {
      functionName: this.#functionName,
      standing,
      over: [...this.#over].filter((key) => !this.#standing.has(key)),
      isNothingDone: this.#read.size === 0 && standing.some(({ kind }) => kind === 'region-unread'),
    };
  }

  /** It stands in the way. */
  stands(standing: Standing): void {
    this.#standing.set(standingKey(standing), standing);
  }

  /** It does not. */
  isOver(place: StandingPlace): void {
    this.#over.add(standingKey(place));
  }

  /** Does the work of the plan function on a region, and passes on what it throws. */
  async reading<T>(regionId: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#read.add(regionId);
      this.isOver({ kind: 'region-unread', regionId });
      return result;
    } catch (thrown) {
      this.stands({ kind: 'region-unread', regionId, message: messageOf(thrown) });
      throw thrown;
    }
  }

  /**
   * What a region shows of the stops. A stop stands in the way once a plan waits for it; until then it is nothing that people
   * must hear of.
   */
  stop(seen: StopSeen, of: { regionId: string; timeZone: string; isWaitedFor: boolean }): void {
    if (seen.kind === 'unread') return;
    const stop = seen.kind === 'set' ? seen.stop : undefined;
    if (stop === undefined || stop.regionId !== undefined) this.isOver({ kind: 'emergency-stop' });
    if (stop === undefined) this.isOver({ kind: 'emergency-stop', regionId: of.regionId });
    const why = saysStopped(seen, of.timeZone);
    if (stop === undefined || why === undefined || !of.isWaitedFor) return;
    const where = stop.regionId === undefined ? {} : { regionId: stop.regionId };
    this.stands({ kind: 'emergency-stop', ...where, why });
  }
}
