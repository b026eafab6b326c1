// The row of a plan that this execution claimed, read again after something failed on the way.
import type { Plan } from '../plan/plan.ts';
import type { Execution } from './execution.ts';

/**
 * The row as it stands: a step may have been written since the claim. Undefined where it is not ours any more, and where it
 * records an intent: it then goes on to verification.
 */
export async function readHeld(
  { owner, store }: Execution,
  { regionId, instanceId }: Plan,
): Promise<Plan | undefined> {
  const [row] = await store.readByInstance(regionId, [instanceId]);
  if (row?.kind !== 'plan') return undefined;
  const { status, lease, intent } = row.plan;
  const isHeld = status === 'Preparing' && lease?.owner === owner && intent === undefined;
  return isHeld ? row.plan : undefined;
}
