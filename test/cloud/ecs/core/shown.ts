// An event as the reads show it: its status may lag behind what is true.
import { isOpen } from './account.ts';
import type { Account, SystemEvent } from './account.ts';

/** The event itself, or the event with its earlier status if the statuses of its instance lag. */
export function shown(account: Account, event: SystemEvent, at: number): SystemEvent {
  const lagMs = account.instances.get(event.instanceId)?.nature.statusesLagMs ?? 0;
  if (lagMs <= 0) return event;
  const cycle = account.journal.cycleOf(event.id);
  const status = (cycle.findLast((entry) => entry.at <= at - lagMs) ?? cycle[0])?.to ?? event.status;
  return { ...event, status, finishTime: isOpen({ status }) ? undefined : event.finishTime };
}
