// AcceptInquiredSystemEvent: the owner lets ECS carry out an Inquiring event, which it does at once.
import { eventNotFound, wrongEventStatus } from '../ecs-errors.ts';
import { accept } from '../event-life.ts';
import { region, required } from '../params.ts';
import type { Action } from './action.ts';

/** Makes an Inquiring event Executing. */
export const acceptInquiredSystemEvent: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  const id = required(params, 'EventId');
  const event = account.events.get(id);
  if (event?.regionId !== regionId) throw eventNotFound(id);
  if (event.status !== 'Inquiring') throw wrongEventStatus(id, event.status);
  accept(account, event, at);
  return {};
};
