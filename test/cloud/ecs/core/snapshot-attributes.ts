// The name, description and retention of a snapshot in a call, with the limits from the SDK's models.
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import { isDescription, isName } from './snapshot-admission.ts';
import type { Params } from './params.ts';

/** An absent or empty parameter is undefined. */
export interface SnapshotAttributes {
  name: string | undefined;
  description: string | undefined;
  retentionDays: number | undefined;
}

/**
 * Throws 400 InvalidSnapshotName.Malformed, 404 InvalidDescription.Malformed or 400 InvalidRetentionDays.Malformed.
 */
export function snapshotAttributes(params: Params): SnapshotAttributes {
  const [name, description, days] = ['SnapshotName', 'Description', 'RetentionDays'].map((key) =>
    optional(params, key),
  );
  if (name !== undefined && (!isName(name) || name.startsWith('auto'))) {
    throw new EcsError(400, 'InvalidSnapshotName.Malformed', 'The specified SnapshotName is wrongly formed.');
  }
  if (description !== undefined && !isDescription(description)) {
    throw new EcsError(404, 'InvalidDescription.Malformed', 'The specified description is wrongly formed.');
  }
  if (days !== undefined && !(/^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= 65_536)) {
    throw new EcsError(400, 'InvalidRetentionDays.Malformed', 'The specified RetentionDays is not valid.');
  }
  return { name, description, retentionDays: days === undefined ? undefined : Number(days) };
}
