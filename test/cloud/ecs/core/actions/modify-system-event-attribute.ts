// ModifySystemEventAttribute: an owner moves a Scheduled event, but never past its initial NotBefore.
import {
  eventNotFound,
  invalidParameter,
  missingParameter,
  notBeforePassed,
  wrongEventStatus,
} from '../ecs-errors.ts';
import { move } from '../event-life.ts';
import { isoSeconds } from '../iso.ts';
import { instant, region, required } from '../params.ts';
import type { Action } from './action.ts';

/** Sets a new NotBefore between now and the initial one. */
export const modifySystemEventAttribute: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  const id = required(params, 'EventId');
  const instanceId = required(params, 'InstanceId');
  const notBefore = instant(params, 'NotBefore');
  if (notBefore === undefined) throw missingParameter('NotBefore');
  const event = account.events.get(id);
  if (event?.regionId !== regionId || event.instanceId !== instanceId) throw eventNotFound(id);
  if (event.status !== 'Scheduled') throw wrongEventStatus(id, event.status);
  if (notBefore < at) throw notBeforePassed();
  if (notBefore > event.initialNotBefore) {
    throw invalidParameter('NotBefore', `no later than the initial ${isoSeconds(event.initialNotBefore)}`);
  }
  move(account, event, notBefore, at);
  return {};
};
