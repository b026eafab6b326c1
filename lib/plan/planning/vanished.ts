// What became of a waiting plan whose events are no longer open: told from the events themselves, never from their
// absence.
import type { SystemEvent } from '../event.ts';
import { isAfter, type Instant } from '../calendar/instant.ts';
import { names } from './judgement.ts';
import type { Sighting } from './sighting.ts';
import type { Cause, Plan } from '../plan.ts';

/** How the plan ends, or that it waits since ECS does not say. A plain ending needs nobody's attention. */
export type Vanished =
  | {
      kind: 'end';
      status: 'Cleared' | 'Missed' | 'Escalated';
      reason: string;
      cause: Cause;
      isPlain: boolean;
    }
  | { kind: 'wait'; problem: string };

/** Judges a plan none of whose events is open in `sighting`. */
export function endingOfVanished(plan: Plan, sighting: Sighting, now: Instant): Vanished {
  const ids = new Set(plan.eventIds);
  const events = sighting.events.filter((event) => ids.has(event.eventId));
  const untold = plan.eventIds.filter((id) => !events.some((event) => event.eventId === id));
  if (untold.length > 0) return endingOfUntold(plan, sighting, untold, now);
  const of = (status: SystemEvent['status']): SystemEvent[] =>
    events.filter((event) => event.status === status);
  if (of('Executed').length > 0) {
    return {
      kind: 'end',
      isPlain: false,
      status: 'Missed',
      cause: 'too-late',
      reason: `ECS carried out ${names(of('Executed'))} by itself before we could.`,
    };
  }
  if (of('Failed').length > 0) {
    return {
      kind: 'end',
      isPlain: false,
      status: 'Escalated',
      cause: 'gone',
      reason: `ECS reports ${names(of('Failed'))} as Failed. Look at the instance and at the event in the ECS console.`,
    };
  }
  const avoided = of('Avoided');
  const canceled = of('Canceled');
  const parts = [
    ...(avoided.length > 0 ? [`somebody else restarted the instance, which answered ${names(avoided)}`] : []),
    ...(canceled.length > 0 ? [`ECS cancelled ${names(canceled)}`] : []),
  ];
  return {
    kind: 'end',
    isPlain: true,
    status: 'Cleared',
    cause: 'gone',
    reason: `Nothing left to do: ${parts.join('; ')}.`,
  };
}

function endingOfUntold(plan: Plan, sighting: Sighting, untold: readonly string[], now: Instant): Vanished {
  const what = names(untold.map((eventId) => ({ eventId })));
  const faults = sighting.odd.map((event) => ` ${event.fault}`).join('');
  if (sighting.instance === undefined && sighting.odd.length === 0) {
    return {
      kind: 'end',
      isPlain: false,
      status: 'Cleared',
      cause: 'gone',
      reason: `ECS knows neither the instance nor ${what} any more; the instance was probably released.`,
    };
  }
  if (plan.notBefore === undefined || isAfter(now, plan.notBefore)) {
    return {
      kind: 'end',
      isPlain: false,
      status: 'Escalated',
      cause: 'odd-event',
      reason: `ECS no longer tells of ${what} and NotBefore has passed; nothing was rebooted.${faults} Look at the event in the ECS console.`,
    };
  }
  return {
    kind: 'wait',
    problem: `ECS no longer tells of ${what}; nothing is rebooted unless it does.${faults}`,
  };
}
