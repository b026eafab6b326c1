// From what was seen of an instance and what its row says to what its row should say. The plan function asks this for
// every instance with open events or a waiting plan; the execute function asks it where a plan no longer fits.
import { isOpen, type SystemEvent } from '../event.ts';
import { planFinished } from './plan-finished.ts';
import { isAfter, plus, type Milliseconds } from '../calendar/instant.ts';
import { names } from './judgement.ts';
import type { Sighting } from './sighting.ts';
import { newPlan } from './plan-new.ts';
import { dueAt, hasBegun, isFinal, isSuspended, type Plan } from '../plan.ts';
import { unchanged, type Planning } from './proposal.ts';
import type { PlannerSettings } from '../settings.ts';
import { alone, type SlotsOf } from '../spacing/slots.ts';
import { change, type Stamp } from '../transitions.ts';
import { planWaiting } from './plan-waiting.ts';

/**
 * Plans one instance, now being `stamp.at`. `row` is its row as read, absent where it has none; `slotsOf` tells of the
 * others in its region.
 */
export function planInstance(
  sighting: Sighting,
  row: Plan | undefined,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf = alone,
): Planning {
  const former = new Set(row?.formerEventIds);
  const isChapterClosed = ({ eventId }: { eventId?: string }): boolean => former.has(eventId ?? '');
  const ecsWindow = sighting.ecsWindow ?? row?.ecsWindow;
  const current: Sighting = {
    ...sighting,
    ...(ecsWindow === undefined ? {} : { ecsWindow }),
    events: sighting.events.filter((event) => !isChapterClosed(event)),
    odd: sighting.odd.filter((event) => !isChapterClosed(event)),
  };
  if (row === undefined) {
    const isQuiet = !current.events.some(isOpen) && current.odd.length === 0;
    return isQuiet ? unchanged() : newPlan(current, undefined, settings, stamp, slotsOf);
  }
  if (isSuspended(row) && !isDueMuchLater(row, stamp)) {
    const planning = planWaiting(current, { ...row, status: 'Planned' }, settings, stamp, slotsOf);
    // The row as it was read: the store knows it by itself.
    return planning.kind === 'updated' || planning.kind === 'ended' ? { ...planning, from: row } : planning;
  }
  if (hasBegun(row)) return planBegun(current, row, stamp);
  if (isFinal(row.status)) return planFinished(current, row, settings, stamp, slotsOf);
  return planWaiting(current, row, settings, stamp, slotsOf);
}

/** Leases and looks lie minutes ahead; a row that waits longer was edited by hand. */
const longestLease: Milliseconds = 3_600_000;

function isDueMuchLater(row: Plan, stamp: Stamp): boolean {
  const due = dueAt(row);
  return due !== undefined && isAfter(due, plus(stamp.at, longestLease));
}

/**
 * A plan under way is not disturbed. Events announced meanwhile are noted, and looked at when it ends; not before it is
 * being verified, since a write would void the condition of the execution that is about to restart the instance.
 */
function planBegun(sighting: Sighting, row: Plan, stamp: Stamp): Planning {
  if (isDueMuchLater(row, stamp)) {
    const { lease } = row;
    const patch = {
      nextLook: stamp.at,
      ...(lease === undefined ? {} : { lease: { ...lease, until: stamp.at } }),
    };
    const what = 'The row was edited by hand to be looked at only much later; it is looked at now.';
    return { kind: 'updated', plan: change(row, stamp, patch, what), from: row, problems: [what] };
  }
  const known = new Set([...row.eventIds, ...row.laterEventIds]);
  const fresh = sighting.events.filter((event: SystemEvent) => isOpen(event) && !known.has(event.eventId));
  const problems = sighting.odd.map((event) => event.fault);
  if (fresh.length === 0) return unchanged(problems);
  if (row.status !== 'Verifying') {
    const what = `ECS announced ${names(fresh)} just as the instance is being restarted; looked at at the next tick.`;
    return unchanged([...problems, what]);
  }
  const laterEventIds = [...row.laterEventIds, ...fresh.map((event) => event.eventId)];
  const what = `ECS announced ${names(fresh)} while the restart was under way; looked at when it ends.`;
  return { kind: 'updated', plan: change(row, stamp, { laterEventIds }, what), from: row, problems };
}
