// The parameters that hold ids as a JSON array (`DiskIds`, `SnapshotIds`).
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Params } from './params.ts';

/** The ids, up to 100 (403 Invalid<name>.Malformed); undefined where absent. An empty array is one that nothing is in. */
export function idArray(params: Params, name: string): string[] | undefined {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const malformed = new EcsError(
    400,
    `Invalid${name}.ValueNotSupported`,
    `The specified parameter "${name}" is not valid: expected a JSON array of strings.`,
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed;
  }
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) throw malformed;
  if (value.length > 100) {
    throw new EcsError(403, `Invalid${name}.Malformed`, `The amount of specified ${name} exceeds the limit.`);
  }
  return value;
}
