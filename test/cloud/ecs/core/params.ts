// Reads the flat parameters of the API (`EventId.1`, `NotBefore.Start`, `Tag.1.Key`). An empty value counts as absent.
// Unknown parameters are ignored, as in the real service.
import { EcsError, invalidParameter, missingParameter } from './ecs-errors.ts';
import { parseIsoSeconds } from './iso.ts';
import type { Account } from './account.ts';

/** The parameters of a call, unchanged. */
export type Params = Readonly<Record<string, string>>;

/** The value, or undefined if it is absent or empty. */
export function optional(params: Params, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return value === '' ? undefined : value;
}

/** The value. Throws MissingParameter if it is absent. */
export function required(params: Params, name: string): string {
  const value = optional(params, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

/** `name.1`, `name.2`, … in order, or undefined if there is none. Throws `tooMany` if there are more than `max`. */
export function list(
  params: Params,
  name: string,
  max: number,
  tooMany: () => EcsError = () => invalidParameter(name, `at most ${max} values`),
): string[] | undefined {
  const found: { n: number; value: string }[] = [];
  for (const [key, value] of Object.entries(params)) {
    const n = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : '';
    if (/^[1-9]\d*$/.test(n) && value !== '') found.push({ n: Number(n), value });
  }
  if (found.length > max) throw tooMany();
  if (found.length === 0) return undefined;
  return found.sort((a, b) => a.n - b.n).map(({ value }) => value);
}

/** The list. Throws MissingParameter if it is empty. */
export function requiredList(params: Params, name: string, max: number): string[] {
  const values = list(params, name, max);
  if (values === undefined) throw missingParameter(`${name}.1`);
  return values;
}

/** `true` or `false`, in upper or lower case. False if absent. */
export function flag(params: Params, name: string): boolean {
  const value = optional(params, name)?.toLowerCase();
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw invalidParameter(name, 'true or false');
  }
  return value === 'true';
}

/** A whole number in a range, or undefined if absent. */
export function integer(params: Params, name: string, min: number, max: number): number | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw invalidParameter(name, `an integer from ${min} to ${max}`);
  return value;
}

/** A time in `yyyy-MM-ddTHH:mm:ssZ` as epoch milliseconds, or undefined if absent. */
export function instant(params: Params, name: string): number | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const ms = parseIsoSeconds(text);
  if (ms === undefined) throw invalidParameter(name, 'a UTC time as yyyy-MM-ddTHH:mm:ssZ');
  return ms;
}

/** Tests whether a time lies from `name.Start` to `name.End`, both included. Undefined if both are absent. */
export function range(params: Params, name: string): ((ms: number) => boolean) | undefined {
  const start = instant(params, `${name}.Start`);
  const end = instant(params, `${name}.End`);
  if (start === undefined && end === undefined) return undefined;
  if (start !== undefined && end !== undefined && start > end) {
    throw new EcsError(
      403,
      'InvalidParameter.TimeEndBeforeStart',
      'The specified End is earlier than the specified Start.',
    );
  }
  return (ms) => ms >= (start ?? -Infinity) && ms <= (end ?? Infinity);
}

/** The RegionId of an existing region. Throws 400 MissingParameter or 404 InvalidRegionId.NotFound. */
export function region(account: Account, params: Params): string {
  const regionId = required(params, 'RegionId');
  if (!account.options.regions.includes(regionId)) {
    throw new EcsError(
      404,
      'InvalidRegionId.NotFound',
      'The specified RegionId does not exist in our records.',
    );
  }
  return regionId;
}

/** Tests whether tags match every `Tag.N.Key` and every given `Tag.N.Value`, with N up to 20. */
export function tagFilter(params: Params): (tags: Readonly<Record<string, string>>) => boolean {
  const wanted = new Set<string>();
  for (const key of Object.keys(params)) {
    const n = /^Tag\.([1-9]\d*)\.(?:Key|Value)$/.exec(key)?.[1];
    if (n !== undefined) wanted.add(n);
  }
  if (wanted.size > 20) throw invalidParameter('Tag', 'at most 20 tags');
  const pairs = [...wanted].map((n) => ({
    key: required(params, `Tag.${n}.Key`),
    value: optional(params, `Tag.${n}.Value`),
  }));
  return (tags) =>
    pairs.every(({ key, value }) => Object.hasOwn(tags, key) && (value === undefined || tags[key] === value));
}

/** Refuses documented filters that are not implemented: an ignored filter would return too many items. */
export function refuseUnbuilt(params: Params, names: readonly string[]): void {
  for (const name of Object.keys(params)) {
    const stem = name.split('.')[0] ?? name;
    if (names.includes(stem)) {
      throw invalidParameter(stem, 'no value: the local cloud does not implement this parameter');
    }
  }
}
