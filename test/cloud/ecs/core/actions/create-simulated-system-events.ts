// CreateSimulatedSystemEvents. A Redeploy event keeps the NotBefore of the call. The real ECS would choose one.
import {
  EcsError,
  instanceNotFound,
  invalidParameter,
  missingParameter,
  notBeforePassed,
} from '../ecs-errors.ts';
import { publish } from '../publish.ts';
import { flag, instant, region, required, requiredList } from '../params.ts';
import { isOpen } from '../account.ts';
import type { Action } from './action.ts';

const types = [
  'SystemMaintenance.Reboot',
  'SystemMaintenance.Redeploy',
  'SystemMaintenance.Stop',
  'SystemFailure.Reboot',
  'SystemFailure.Redeploy',
  'SystemFailure.Stop',
  'InstanceFailure.Reboot',
];

/** Creates one event per instance: all of them, or none. With TriggerRealOps, ECS carries them out like real ones. */
export const createSimulatedSystemEvents: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  const type = required(params, 'EventType');
  const ids = requiredList(params, 'InstanceId', 100);
  const notBefore = instant(params, 'NotBefore');
  const realOps = flag(params, 'TriggerRealOps');
  if (notBefore === undefined) throw missingParameter('NotBefore');
  if (!types.includes(type)) throw invalidParameter('EventType', types.join(', '));
  if (notBefore <= at) throw notBeforePassed();
  for (const id of ids) {
    if (account.instance(id)?.regionId !== regionId) throw instanceNotFound(id);
  }
  const open = [...account.events.values()].filter((event) => event.simulated && isOpen(event)).length;
  if (open + ids.length > account.options.simulatedEventLimit) {
    throw new EcsError(
      403,
      'SimulatedEventLimitExceeded',
      'The maximum number of simulated events is exceeded.',
    );
  }
  const eventIds = ids.map((instanceId) =>
    publish(account, { instanceId, type, notBefore, simulated: true, realOps }, at),
  );
  return { EventIdSet: { EventId: eventIds } };
};
