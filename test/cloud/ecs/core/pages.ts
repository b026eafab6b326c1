// The API's two ways of paging. Tokens carry the place of the last item, so that what is added or goes away
// between two pages neither repeats nor hides another item.
import { fraction } from './chance.ts';
import { invalidParameter } from './ecs-errors.ts';
import { integer, optional } from './params.ts';
import type { Params } from './params.ts';

/** One page, and the paging fields of its answer. */
export interface Page<T> {
  items: T[];
  fields: Record<string, string | number>;
}

/** How many items a page may have where MaxResults and NextToken are used. */
export interface PageSizes {
  least: number;
  most: number;
  /** What becomes of a MaxResults beyond them: it counts as the nearest, or is refused. */
  beyond: 'nearest' | 'refused';
}

/** Whether the call asks for the newer way. */
export function usesTokens(params: Params): boolean {
  return optional(params, 'MaxResults') !== undefined || optional(params, 'NextToken') !== undefined;
}

/** PageNumber (default 1) and PageSize (1 to 100 unless another maximum is given, default 10). */
export function pageByNumber<T>(items: readonly T[], params: Params, most = 100): Page<T> {
  const number = integer(params, 'PageNumber', 1, 2 ** 31 - 1) ?? 1;
  const size = integer(params, 'PageSize', 1, most) ?? 10;
  return {
    items: items.slice((number - 1) * size, number * size),
    fields: { TotalCount: items.length, PageNumber: number, PageSize: size },
  };
}

/**
 * MaxResults and NextToken. `place` must grow along the items; `scope` names action and region, in which alone a
 * token is good. Unless other sizes are given, MaxResults below 10 counts as 10 and above 100 as 100, as documented for
 * instances and events. TotalCount, PageNumber and PageSize mean nothing: they are 0, so that nobody leans on them.
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
  const rest = items.filter((item) => place(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const next = rest.length > size && last !== undefined ? { NextToken: tokenFor(place(last), scope) } : {};
  return { items: page, fields: { ...next, TotalCount: 0, PageNumber: 0, PageSize: 0 } };
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
