// How lists are read from ECS: tries again, pages, batches of ids. Nothing here is for RebootInstance, nor for what
// starts something (starts.ts): those are sent once.
import { EcsReadFailed } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Page } from './answers.ts';
import type { EcsAction, EcsApi, EcsParameters } from './api.ts';
import { mayPass, readFault } from './errors.ts';

/** Ids and results a call, the most that ECS takes. */
export const idsACall = 100;

/** A list that goes on beyond this does not end by itself. */
const mostPages = 2_000;

/**
 * Pauses between attempts of a read. Throttling lasts until the next minute; what has not passed after these is left to
 * the next tick.
 */
const pausesMs = [500, 1_500, 4_000] as const;

/** Sends a read, and again where that may help; gives back the answer's body. Throws an EcsReadFailed. */
export type Read = <A extends EcsAction>(
  regionId: string,
  action: A,
  parameters: EcsParameters[A],
) => Promise<unknown>;

/** Reads by way of these calls, with pauses by this clock. */
export function readsOf(api: EcsApi, clock: Clock): Read {
  return (regionId, action, parameters) =>
    retrying(clock, action, () => api.call(regionId, action, parameters));
}

async function retrying<T>(clock: Clock, action: EcsAction, send: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (thrown) {
      const fault = readFault(thrown);
      const pause = pausesMs[attempt];
      if (pause === undefined || !mayPass(fault)) {
        const code = fault.code === undefined ? '' : `${fault.code}: `;
        throw new EcsReadFailed(`ECS ${action} failed: ${code}${fault.message}`, { cause: thrown });
      }
      await clock.sleep(pause);
    }
  }
}

/**
 * Reads these ids in one call. Where ECS refuses the call for what it says, one bad id must not hide the others: the
 * halves are read apart, down to the id that it refuses by itself.
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
    const isAboutIds = fault.status !== undefined && aboutIds.test(fault.code ?? '');
    if (!isAboutIds) throw thrown;
    const [first] = ids;
    if (ids.length <= 1 || first === undefined) return ids.map((id) => refused(id, fault.message));
    const middle = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, middle), ids.slice(middle)].map((half) => readApart(half, read, refused));
    return (await Promise.all(halves)).flat();
  }
}

/** Codes by which ECS refuses a call for one of its ids. */
const aboutIds = /^Invalid(Parameter\.)?(InstanceId|EventId)/;

/** The items of every page, until one names no next. */
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

/** The ids in batches, each id once. */
export function chunked(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  return Array.from({ length: Math.ceil(unique.length / idsACall) }, (_, index) =>
    unique.slice(index * idsACall, (index + 1) * idsACall),
  );
}
