// Reads lists from ECS: retries, pages, batches of ids. Never used for RebootInstance (reboots.ts) or for calls that start
// something (starts.ts): those are sent once.
import pMap from 'p-map';
import { EcsReadFailed } from '../../failures.ts';
import { elapsed, isAfter, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import type { Clock } from '../../ports.ts';
import type { Page } from './answers.ts';
import type { EcsAction, EcsApi, EcsParameters } from './api.ts';
import { isAboutIds, isThrottled, mayPass, readFault, wordsOf, type EcsFault } from './error-codes.ts';
import { Throttling } from './throttling.ts';

/** Ids and results per call: the most that ECS takes. */
export const idsACall = 100;

/** A list with more pages than this would never end. */
const mostPages = 2_000;

/** Batches of one list that are read at the same time. */
const batchesAtOnce = 8;

/** Pauses between the attempts of a read. A failure that lasts longer is left to the next run. */
const pausesMs = [500, 1_500, 4_000] as const;

/** Sends a read, and repeats it if that may help. Returns the answer's body; throws an EcsReadFailed when it gives up. */
export type Read = <A extends EcsAction>(
  regionId: string,
  action: A,
  parameters: EcsParameters[A],
) => Promise<unknown>;

/** The clock of reads, and their limit. */
export interface ReadTiming {
  clock: Clock;
  /** No attempt begins later than this: what follows a read needs the rest of the invocation. Absent for no limit. */
  giveUpAt?: Instant;
}

/**
 * Reads with these calls. While ECS throttles an API in a region, all its reads wait for the next minute. If that is too
 * late, they fail.
 */
export function readsOf(api: EcsApi, { clock, giveUpAt }: ReadTiming): Read {
  const throttling = new Throttling();

  const sleepBefore = async (ms: Milliseconds, otherwise: () => EcsReadFailed): Promise<void> => {
    if (giveUpAt !== undefined && isAfter(plus(clock.now(), ms), giveUpAt)) throw otherwise();
    await clock.sleep(ms);
  };
  const throttledMs = (regionId: string, action: EcsAction): Milliseconds | undefined => {
    const now = clock.now();
    const until = throttling.until(regionId, action, now);
    return until && elapsed(now, until);
  };

  return async (regionId, action, parameters) => {
    for (let attempt = 0; ; attempt += 1) {
      const held = throttledMs(regionId, action);
      if (held !== undefined) await sleepBefore(held, () => tooLate(action));
      await api.turn(regionId, action);
      try {
        return await api.call(regionId, action, parameters);
      } catch (thrown) {
        const fault = readFault(thrown);
        if (isThrottled(fault)) throttling.begin(regionId, action, clock.now());
        const failed = (): EcsReadFailed => readFailed(action, fault, thrown);
        const pause = pausesMs[attempt];
        if (pause === undefined || !mayPass(fault)) throw failed();
        if (!isThrottled(fault)) await sleepBefore(pause, failed);
      }
    }
  };
}

function tooLate(action: EcsAction): EcsReadFailed {
  return new EcsReadFailed(
    `ECS throttles ${action} until the next minute, when too little of the invocation would be left.`,
  );
}

function readFailed(action: EcsAction, { code, message }: EcsFault, cause: unknown): EcsReadFailed {
  return new EcsReadFailed(`ECS ${action} failed: ${code === undefined ? '' : `${code}: `}${message}`, {
    cause,
  });
}

/**
 * Reads these ids in one call. If ECS refuses the call because of an id, that id must not hide the others: each half is read
 * by itself, down to the single id that ECS refuses. `why` is the same for each such answer, so that rows can be compared.
 */
export async function readApart<T>(
  ids: string[],
  read: (ids: string[]) => Promise<T>,
  refused: (id: string, why: string) => T,
): Promise<T[]> {
  try {
    return [await read(ids)];
  } catch (thrown) {
    const fault = readFault(thrown instanceof EcsReadFailed ? thrown.cause : thrown);
    if (!isAboutIds(fault)) throw thrown;
    const [first] = ids;
    if (ids.length <= 1 || first === undefined) return ids.map((id) => refused(id, wordsOf(fault)));
    const middle = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, middle), ids.slice(middle)].map((half) => readApart(half, read, refused));
    return (await Promise.all(halves)).flat();
  }
}

/** The items of each page, until a page has no token. */
export async function* pagesOf<T>(
  fetch: (nextToken: { nextToken?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let nextToken: string | undefined;
  const seen = new Set<string>();
  for (let count = 0; count < mostPages; count += 1) {
    const page = await fetch(nextToken === undefined ? {} : { nextToken });
    yield page.items;
    if (page.nextToken === undefined) return;
    if (seen.has(page.nextToken)) {
      throw new EcsReadFailed(`ECS gave the same NextToken twice: ${page.nextToken}`);
    }
    seen.add(page.nextToken);
    nextToken = page.nextToken;
  }
  throw new EcsReadFailed(`ECS listed more than ${mostPages} pages`);
}

/** All items of all pages. */
export async function allOf<T>(
  fetch: (nextToken: { nextToken?: string }) => Promise<Page<readonly T[]>>,
): Promise<T[]> {
  const found: T[] = [];
  for await (const items of pagesOf(fetch)) found.push(...items);
  return found;
}

/** Reads these ids, each once, a hundred per call, a few calls at a time. */
export function inBatches<T>(
  ids: readonly string[],
  read: (ids: string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const unique = [...new Set(ids)];
  const batches = Array.from({ length: Math.ceil(unique.length / idsACall) }, (_, index) =>
    unique.slice(index * idsACall, (index + 1) * idsACall),
  );
  return pMap(batches, read, { concurrency: batchesAtOnce }).then((lists) => lists.flat());
}
