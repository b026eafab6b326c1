// Plans the instances of one region together. Each reboot takes its slot in the region and in its group. Plans keep the
// slots that they have. New plans take what is free. A more urgent plan that finds no free slot takes one from the least
// urgent plan that can move.
import type { Stamp } from '../change.ts';
import { isScheduled, rebootEventType } from '../event.ts';
import type { Plan } from '../plan.ts';
import type { PlannerSettings } from '../settings.ts';
import { Bookings } from '../spacing/bookings.ts';
import { byRank, type Rank } from '../spacing/rank.ts';
import { bookRow, isMovable, occupiesSlot, rankOfRow } from '../spacing/row-slots.ts';
import { planInstance } from './plan-instance.ts';
import { unchanged, type Proposal } from './proposal.ts';
import type { Sighting } from './sighting.ts';

/** One instance: what was seen of it, and its row. */
export interface Subject {
  sighting: Sighting;
  row: Plan | undefined;
  /** True where ECS could not be asked about its events: its row keeps its slot and stands as it is. */
  isUnknown: boolean;
}

/** The planning of one region at one moment. */
export interface RegionPlanning {
  /** The most urgent first. */
  order: readonly Subject[];
  /** Plans one subject. The caller calls it once for each, in `order`. */
  plan: (subject: Subject) => Proposal;
}

/** Opens a region: the plans that stand as they are hold their slots. */
export function openRegion(
  subjects: readonly Subject[],
  settings: PlannerSettings,
  stamp: Stamp,
): RegionPlanning {
  const ranked = subjects.map((subject) => ({ subject, rank: rankOf(subject) }));
  const order = ranked.sort((a, b) => byRank(a.rank, b.rank)).map(({ subject }) => subject);
  const region = new Region(settings, stamp);
  region.bookHeld(order);
  region.bookStanding(order);
  return { order, plan: (subject) => region.plan(subject) };
}

/** The slots of one region, and the plans that stand. */
class Region {
  readonly #settings: PlannerSettings;
  readonly #stamp: Stamp;
  readonly #bookings: Bookings;
  readonly #standing = new Map<Subject, Proposal>();

  constructor(settings: PlannerSettings, stamp: Stamp) {
    this.#settings = settings;
    this.#stamp = stamp;
    this.#bookings = new Bookings(settings.limits);
  }

  /** The plans that cannot move hold their slots. A pinned plan that is about to end holds none. */
  bookHeld(order: readonly Subject[]): void {
    for (const subject of order) {
      const { row } = subject;
      const isHeld = row !== undefined && !isMovable(row) && this.#tryPlan(subject)?.kind !== 'ended';
      if (isHeld) this.#book(row, rankOfRow(row));
    }
  }

  /** The plans that stand as they are hold their slots. A plan that would change holds none. */
  bookStanding(order: readonly Subject[]): void {
    for (const subject of order) {
      const { row } = subject;
      const proposal = row !== undefined && isMovable(row) ? this.#tryPlan(subject) : undefined;
      if (row === undefined || proposal?.kind !== 'unchanged') continue;
      this.#standing.set(subject, proposal);
      this.#book(row, rankOf(subject));
    }
  }

  plan(subject: Subject): Proposal {
    const { instanceId } = subject.sighting;
    const stood = this.#standing.get(subject);
    if (stood !== undefined && this.#stillFits(subject)) return stood;
    this.#bookings.release(instanceId);
    const proposal = this.#planAlone(subject);
    const plan = proposal.kind === 'unchanged' ? subject.row : proposal.plan;
    if (plan !== undefined) this.#book(plan, rankOf(subject));
    return proposal;
  }

  /** True where a standing plan still holds its slot, or needs none. */
  #stillFits({ sighting, row }: Subject): boolean {
    const { slot } = this.#settings.rules;
    return this.#bookings.holds(sighting.instanceId) || !occupiesSlot(row, slot, this.#stamp.at);
  }

  #planAlone(subject: Subject): Proposal {
    if (subject.isUnknown) return unchanged();
    const rank = rankOf(subject);
    return planInstance({
      sighting: subject.sighting,
      row: subject.row,
      settings: this.#settings,
      stamp: this.#stamp,
      slotsOf: (group, length) => this.#bookings.slotsFor(rank, group, length),
    });
  }

  /** Undefined where the subject cannot be planned. It throws again in its own turn, and is reported there. */
  #tryPlan(subject: Subject): Proposal | undefined {
    try {
      return this.#planAlone(subject);
    } catch {
      return undefined;
    }
  }

  #book(row: Plan, rank: Rank): void {
    bookRow(this.#bookings, row, { rank, slot: this.#settings.rules.slot, now: this.#stamp.at });
  }
}

function rankOf({ sighting, row }: Subject): Rank {
  const notBefores = sighting.events
    .filter(isScheduled)
    .filter(({ type }) => type === rebootEventType)
    .map(({ notBefore }) => notBefore.epochMilliseconds);
  if (notBefores.length === 0 && row !== undefined) return rankOfRow(row);
  return { instanceId: sighting.instanceId, notBefore: Math.min(...notBefores, Infinity) };
}
