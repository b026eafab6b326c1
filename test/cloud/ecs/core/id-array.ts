// The parameters that hold ids as a JSON array (`DiskIds`, `SnapshotIds`).
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Params } from './params.ts';

/** Reads up to 100 ids (403 Invalid<name>.Malformed above). Undefined if absent. An empty array matches nothing. */
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
