// Plans the instances of one region together. Each reboot takes its slot in the region and in its group. Plans keep the
// slots that they have. New plans take what is free. A more urgent plan that finds no free slot takes one from the least
// urgent plan that can move.
import { byRank, type Rank } from '../spacing/rank.ts';
import { Bookings } from '../spacing/bookings.ts';
import { bookRow, isMovable, occupiesSlot, rankOfRow } from '../spacing/row-slots.ts';
import { rebootEventType } from '../event.ts';
import type { Sighting } from './sighting.ts';
import type { Plan } from '../plan.ts';
import { planInstance } from './plan-instance.ts';
import { unchanged, type Proposal } from './proposal.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import type { Stamp } from '../change.ts';

/** One instance: what was seen of it, and its row. */
export interface Subject {
  sighting: Sighting;
  row: Plan | undefined;
  /** True where ECS could not be asked about its events: its row keeps its slot and stands as it is. */
  isUnknown?: boolean;
}

/** The planning of one region at one moment. The caller plans each subject once, in `order`. */
export interface RegionPlanning {
  /** The most urgent first. */
  order: readonly Subject[];
  plan: (subject: Subject) => Proposal;
}

/** Opens a region: the plans that stand as they are hold their slots. */
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
  const planAlone = (subject: Subject): Proposal =>
    subject.isUnknown === true
      ? unchanged()
      : planInstance({
          sighting: subject.sighting,
          row: subject.row,
          settings,
          stamp,
          slotsOf: slotsOf(subject),
        });
  const tryPlan = (subject: Subject): Proposal | undefined => {
    try {
      return planAlone(subject);
    } catch {
      // It throws again in its own turn, and is reported there.
      return undefined;
    }
  };
  // A pinned row that is about to end holds no slot.
  for (const subject of order) {
    const { row } = subject;
    const isHeld = row !== undefined && !isMovable(row) && tryPlan(subject)?.kind !== 'ended';
    if (isHeld) bookRow(bookings, row, { rank: rankOfRow(row), slot, now: stamp.at });
  }
  const standing = new Map<Subject, Proposal>();
  for (const subject of order) {
    const { row } = subject;
    const proposal = row !== undefined && isMovable(row) ? tryPlan(subject) : undefined;
    // A plan that would change keeps no slot.
    if (row === undefined || proposal?.kind !== 'unchanged') continue;
    standing.set(subject, proposal);
    bookRow(bookings, row, { rank: rank(subject), slot, now: stamp.at });
  }
  return {
    order,
    plan: (subject) => {
      const { instanceId } = subject.sighting;
      const stood = standing.get(subject);
      // It still holds its slot, or needs none.
      if (stood !== undefined && (bookings.holds(instanceId) || !occupiesSlot(subject.row, slot, stamp.at))) {
        return stood;
      }
      bookings.release(instanceId);
      const proposal = planAlone(subject);
      const plan = proposal.kind === 'unchanged' ? subject.row : proposal.plan;
      if (plan !== undefined) bookRow(bookings, plan, { rank: rank(subject), slot, now: stamp.at });
      return proposal;
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
