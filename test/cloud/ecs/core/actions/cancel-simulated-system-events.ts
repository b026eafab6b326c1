// CancelSimulatedSystemEvents. It accepts only simulated events that are Scheduled or Executing.
import { eventNotFound, wrongEventStatus } from '../ecs-errors.ts';
import { region, requiredList } from '../params.ts';
import type { Action } from './action.ts';

/** Cancels all the events, or none if one of them cannot be cancelled. A real event counts as not found. */
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
    // A call may name the same id twice.
    if (event.status !== 'Canceled') account.setEvent(event, 'Canceled', at);
  }
  return {};
};
