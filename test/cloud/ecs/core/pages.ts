// The two ways of paging in the API. A token contains the place of the last item, so items that come or go between two
// pages neither repeat nor hide other items.
import { fraction } from './chance.ts';
import { invalidParameter } from './ecs-errors.ts';
import { integer, optional } from './params.ts';
import type { Params } from './params.ts';

/** One page, and the paging fields of its answer. */
export interface Page<T> {
  items: T[];
  fields: Record<string, string | number>;
}

/** The size limits of a page with MaxResults and NextToken. */
export interface PageSizes {
  least: number;
  most: number;
  /** Whether a MaxResults outside the limits counts as the nearest limit, or is refused. */
  beyond: 'nearest' | 'refused';
}

/** Whether the call uses the newer way: tokens. */
export function usesTokens(params: Params): boolean {
  return optional(params, 'MaxResults') !== undefined || optional(params, 'NextToken') !== undefined;
}

/** Pages with PageNumber (default 1) and PageSize (1 to `most`, default 10). */
export function pageByNumber<T>(items: readonly T[], params: Params, most = 100): Page<T> {
  const number = integer(params, 'PageNumber', 1, 2 ** 31 - 1) ?? 1;
  const size = integer(params, 'PageSize', 1, most) ?? 10;
  return {
    items: items.slice((number - 1) * size, number * size),
    fields: { TotalCount: items.length, PageNumber: number, PageSize: size },
  };
}

/**
 * Pages with MaxResults and NextToken. `place` must grow from item to item. `scope` names action and region: a token is
 * valid only in its scope. By default, MaxResults below 10 counts as 10 and above 100 as 100, as documented for
 * instances and events. TotalCount, PageNumber and PageSize have no meaning here. They are 0, so that no caller can
 * rely on them.
 */
export function pageByToken<T>(
  items: readonly T[],
  params: Params,
  scope: string,
  place: (item: T) => number,
  { least, most, beyond }: PageSizes = { least: 10, most: 100, beyond: 'nearest' },
): Page<T> {
  const limit = beyond === 'refused' ? most : 2 ** 31 - 1;
  const asked = integer(params, 'MaxResults', 1, limit) ?? 10;
  const size = Math.min(most, Math.max(least, asked));
  const token = optional(params, 'NextToken');
  const after = token === undefined ? -Infinity : placeOf(token, scope);
  const rest = items.slice(firstBeyond(items, after, place));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const next = rest.length > size && last !== undefined ? { NextToken: tokenFor(place(last), scope) } : {};
  return { items: page, fields: { ...next, TotalCount: 0, PageNumber: 0, PageSize: 0 } };
}

/** The index of the first item beyond this place, by halves: a list may have tens of thousands. */
function firstBeyond<T>(items: readonly T[], after: number, place: (item: T) => number): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const item = items[middle];
    if (item !== undefined && place(item) > after) to = middle;
    else from = middle + 1;
  }
  return from;
}

function tokenFor(place: number, scope: string): string {
  const check = Math.floor(fraction(`${scope}/${place}`) * 0xffff_ffff).toString(16);
  return Buffer.from(`${place}/${check}`).toString('base64url');
}

function placeOf(token: string, scope: string): number {
  const place = Number(Buffer.from(token, 'base64url').toString().split('/')[0]);
  if (!Number.isFinite(place) || tokenFor(place, scope) !== token) {
    throw invalidParameter('NextToken', 'the NextToken of an earlier answer to the same query');
  }
  return place;
}
