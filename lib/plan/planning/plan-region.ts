// The instances of one region, planned beside each other: each reboot takes its slot in the region and in its group. Plans
// keep the slots that they have; new ones take what is free, and a more urgent one that finds nothing takes a slot from
// the least urgent plan that can move.
import { byRank, type Rank } from '../spacing/booking.ts';
import { Bookings } from '../spacing/bookings.ts';
import { bookRow, isMovable, occupiesSlot, rankOfRow } from '../spacing/row-slots.ts';
import { rebootEventType } from '../event.ts';
import type { Sighting } from './sighting.ts';
import type { Plan } from '../plan.ts';
import { planInstance } from './plan-instance.ts';
import { unchanged, type Planning } from './proposal.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import type { Stamp } from '../transitions.ts';

/** One instance: what was seen of it, and its row. */
export interface Subject {
  sighting: Sighting;
  row: Plan | undefined;
  /** True where too little was seen of it to judge its row, which keeps its slot and stands as it is. */
  isUntold?: boolean;
}

/** Planning of one region at one moment. Each subject is to be planned once, in `order`. */
export interface RegionPlanning {
  /** The most urgent first, whatever order they came in. */
  order: readonly Subject[];
  plan: (subject: Subject) => Planning;
}

/** Begins with the slots of the plans that stand as they are. */
export function openRegion(
  subjects: readonly Subject[],
  settings: PlannerSettings,
  stamp: Stamp,
): RegionPlanning {
  const bookings = new Bookings(settings.limits);
  const ranks = new Map(subjects.map((subject) => [subject, rankOf(subject)]));
  const rank = (subject: Subject): Rank => ranks.get(subject) ?? rankOf(subject);
  const order = [...subjects].sort((a, b) => byRank(rank(a), rank(b)));
  const { slot } = settings.rules;
  const slotsOf =
    (subject: Subject): SlotsOf =>
    (group, length) =>
      bookings.slotsFor(rank(subject), group, length);
  const planAlone = (subject: Subject): Planning =>
    subject.isUntold === true
      ? unchanged()
      : planInstance(subject.sighting, subject.row, settings, stamp, slotsOf(subject));
  const tryPlan = (subject: Subject): Planning | undefined => {
    try {
      return planAlone(subject);
    } catch {
      // It throws again in its own turn, where it is told.
      return undefined;
    }
  };
  // A pinned row that is about to end holds no slot.
  for (const subject of order) {
    const { row } = subject;
    const isHeld = row !== undefined && !isMovable(row) && tryPlan(subject)?.kind !== 'ended';
    if (isHeld) bookRow(bookings, row, rankOfRow(row), slot, stamp.at);
  }
  const standing = new Map<Subject, Planning>();
  for (const subject of order) {
    const { row } = subject;
    const planning = row !== undefined && isMovable(row) ? tryPlan(subject) : undefined;
    // One that would change beside those that are booked already keeps no slot.
    if (row === undefined || planning?.kind !== 'unchanged') continue;
    standing.set(subject, planning);
    bookRow(bookings, row, rank(subject), slot, stamp.at);
  }
  return {
    order,
    plan: (subject) => {
      const { instanceId } = subject.sighting;
      const stood = standing.get(subject);
      // Its slot is still its own, or it needs none.
      if (stood !== undefined && (bookings.holds(instanceId) || !occupiesSlot(subject.row, slot, stamp.at))) {
        return stood;
      }
      bookings.release(instanceId);
      const planning = planAlone(subject);
      const plan = planning.kind === 'unchanged' ? subject.row : planning.plan;
      if (plan !== undefined) bookRow(bookings, plan, rank(subject), slot, stamp.at);
      return planning;
    },
  };
}

function rankOf({ sighting, row }: Subject): Rank {
  const notBefores = sighting.events
    .filter(({ type, status }) => type === rebootEventType && status === 'Scheduled')
    .map(({ notBefore }) => notBefore.epochMilliseconds);
  if (notBefores.length === 0 && row !== undefined) return rankOfRow(row);
  return { instanceId: sighting.instanceId, notBefore: Math.min(...notBefores, Infinity) };
}
