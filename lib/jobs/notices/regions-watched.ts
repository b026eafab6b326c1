// Which regions one run of the plan function could read: people are told of those that it could not.
import { messageOf } from '../../failures.ts';
import type { UnreadRegion } from '../../wording/digest.ts';
import type { RegionsSeen } from './tell-news.ts';

/** Watches the work on each region. */
export class RegionsWatched {
  readonly #regions: readonly string[];
  readonly #unread: UnreadRegion[] = [];

  constructor(regions: readonly string[]) {
    this.#regions = regions;
  }

  /** What it saw so far. */
  get seen(): RegionsSeen {
    const failed = new Set(this.#unread.map(({ regionId }) => regionId));
    return { worked: this.#regions.filter((region) => !failed.has(region)), unread: this.#unread };
  }

  /** Does the work, and passes on what it throws. */
  async watching<T>(regionId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      this.#unread.push({ regionId, message: messageOf(thrown) });
      throw thrown;
    }
  }
}
