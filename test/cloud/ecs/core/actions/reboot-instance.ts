// RebootInstance: asynchronous. It has no region, no event id and no client token.
import { EcsError, instanceNotFound } from '../ecs-errors.ts';
import { restartByApi } from '../event-life.ts';
import { flag, required } from '../params.ts';
import { rebootRefused, type RebootRefusal } from '../reboot-refusals.ts';
import type { Instance } from '../account.ts';
import type { Action } from './action.ts';

/**
 * Restarts a Running instance, which answers its Scheduled reboot events. When the instance is Running again, it
 * accepts the next call. A dry run makes the same checks and fails with DryRunOperation if they pass.
 */
export const rebootInstance: Action = (account, { params, at, requestId }) => {
  const id = required(params, 'InstanceId');
  const forced = flag(params, 'ForceStop');
  const dryRun = flag(params, 'DryRun');
  const instance = account.instance(id);
  if (instance === undefined) throw instanceNotFound(id);
  const refusal = refusalOf(instance, at);
  if (refusal !== undefined) throw rebootRefused(refusal);
  if (dryRun) {
    throw new EcsError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
  }
  restartByApi(account, instance, at, { cause: 'api', forced, requestId });
  return {};
};

function refusalOf(instance: Instance, at: number): RebootRefusal | undefined {
  if (instance.operationLocks.includes('security')) return 'InstanceLockedForSecurity';
  if (instance.status === 'Pending') return 'IncorrectInstanceStatus.Initializing';
  if (instance.status !== 'Running') return 'IncorrectInstanceStatus';
  if (at < instance.bootedAt) return 'IncorrectInstanceStatus.Initializing';
  return instance.nature.refusesReboot;
}
