// RebootInstance: asynchronous. It has no region, no event id and no client token.
import { EcsError, instanceNotFound } from '../ecs-errors.ts';
import { restartByApi } from '../event-life.ts';
import { flag, required } from '../params.ts';
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
  if (instance.operationLocks.includes('security')) {
    throw new EcsError(
      403,
      'InstanceLockedForSecurity',
      'The specified operation is denied as your instance is locked for security reasons.',
    );
  }
  if (instance.status !== 'Running') {
    throw new EcsError(
      403,
      'IncorrectInstanceStatus',
      'The current status of the resource does not support this operation.',
    );
  }
  if (dryRun) {
    throw new EcsError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
  }
  restartByApi(account, instance, at, { cause: 'api', forced, requestId });
  return {};
};
