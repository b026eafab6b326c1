// RedeployInstance: migrates an instance to another host. It has no region, no dry run and no client token.
import { instanceNotFound } from '../ecs-errors.ts';
import { redeployByApi } from '../event-life.ts';
import { flag, required } from '../params.ts';
import { rebootRefused } from '../reboot-refusals.ts';
import type { Action } from './action.ts';

/** Redeploys a Running or Stopped instance, which answers its events of redeployment and of reboot. */
export const redeployInstance: Action = (account, { params, at, requestId }) => {
  const id = required(params, 'InstanceId');
  const forced = flag(params, 'ForceStop');
  const instance = account.instance(id);
  if (instance === undefined) throw instanceNotFound(id);
  if (instance.operationLocks.includes('security')) throw rebootRefused('InstanceLockedForSecurity');
  // The owner's restarts do not count as RebootInstance.
  if (!redeployByApi(account, instance, at, { cause: 'owner', forced, requestId })) {
    throw rebootRefused('IncorrectInstanceStatus');
  }
  return {};
};
