// Reads the API's flat parameters (`EventId.1`, `NotBefore.Start`, `Tag.1.Key`). An empty value counts as absent.
// Parameters that no action asks for are ignored, as the real service does.
import { EcsError, invalidParameter, missingParameter } from './ecs-errors.ts';
import { parseIsoSeconds } from './iso.ts';
import type { Account } from './account.ts';

/** The parameters of a call, as they came. */
export type Params = Readonly<Record<string, string>>;

/** The value, or undefined where it is absent or empty. */
export function optional(params: Params, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return value === '' ? undefined : value;
}

/** The value; throws MissingParameter. */
export function required(params: Params, name: string): string {
  const value = optional(params, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

/** `name.1`, `name.2`, … in order; undefined where there is none; throws where there are more than `max`. */
export function list(params: Params, name: string, max: number): string[] | undefined {
  const found: { n: number; value: string }[] = [];
  for (const [key, value] of Object.entries(params)) {
    const n = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : '';
    if (/^[1-9]\d*$/.test(n) && value !== '') found.push({ n: Number(n), value });
  }
  if (found.length > max) throw invalidParameter(name, `at most ${max} values`);
  if (found.length === 0) return undefined;
  return found.sort((a, b) => a.n - b.n).map(({ value }) => value);
}

/** The list; throws MissingParameter where it is empty. */
export function requiredList(params: Params, name: string, max: number): string[] {
  const values = list(params, name, max);
  if (values === undefined) throw missingParameter(`${name}.1`);
  return values;
}

/** `true` or `false` in any case; false where absent. */
export function flag(params: Params, name: string): boolean {
  const value = optional(params, name)?.toLowerCase();
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw invalidParameter(name, 'true or false');
  }
  return value === 'true';
}

/** A whole number in a range; undefined where absent. */
export function integer(params: Params, name: string, min: number, max: number): number | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw invalidParameter(name, `an integer from ${min} to ${max}`);
  return value;
}

/** A time in `yyyy-MM-ddTHH:mm:ssZ`, as epoch milliseconds; undefined where absent. */
export function instant(params: Params, name: string): number | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const ms = parseIsoSeconds(text);
  if (ms === undefined) throw invalidParameter(name, 'a UTC time as yyyy-MM-ddTHH:mm:ssZ');
  return ms;
}

/** Whether a time lies in `name.Start` … `name.End`, both included; undefined where neither is given. */
export function range(params: Params, name: string): ((ms: number) => boolean) | undefined {
  const start = instant(params, `${name}.Start`);
  const end = instant(params, `${name}.End`);
  if (start === undefined && end === undefined) return undefined;
  if (start !== undefined && end !== undefined && start > end) {
    throw invalidParameter(name, 'a Start that is not after the End');
  }
  return (ms) => ms >= (start ?? -Infinity) && ms <= (end ?? Infinity);
}

/** RegionId, which must exist: 400 MissingParameter, 404 InvalidRegionId.NotFound. */
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

/** Whether tags satisfy every `Tag.N.Key` (and `Tag.N.Value` where given), N up to 20. */
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

/** Refuses documented filters that are not built here: ignoring one would answer too much. */
export function refuseUnbuilt(params: Params, names: readonly string[]): void {
  for (const name of Object.keys(params)) {
    const stem = name.split('.')[0] ?? name;
    if (names.includes(stem)) {
      throw invalidParameter(stem, 'nothing: the local cloud does not build this parameter');
    }
  }
}
