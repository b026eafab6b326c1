// CancelSimulatedSystemEvents: simulated events in the Scheduled or Executing state only.
import { eventNotFound, wrongEventStatus } from '../ecs-errors.ts';
import { region, requiredList } from '../params.ts';
import type { Action } from './action.ts';

/** Cancels all the events, or none where one of them cannot be. A real event counts as not found. */
export const cancelSimulatedSystemEvents: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  const events = requiredList(params, 'EventId', 100).map((id) => {
    const event = account.events.get(id);
    if (event?.regionId !== regionId || !event.simulated) throw eventNotFound(id);
    if (event.status !== 'Scheduled' && event.status !== 'Executing') {
      throw wrongEventStatus(id, event.status);
    }
    return event;
  });
  for (const event of events) {
    // The same id may be named twice.
    if (event.status !== 'Canceled') account.setEvent(event, 'Canceled', at);
  }
  return {};
};
