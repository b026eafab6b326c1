// Plans the instances of one region together. Each reboot takes its slot in the region and in its group. Plans keep the
// slots that they have. A plan moves only where another one finds its place by it.
import type { Stamp } from '../change.ts';
import { isScheduled, rebootEventType } from '../event.ts';
import { hasBegun, type Plan } from '../plan.ts';
import type { PlannerSettings } from '../settings.ts';
import { byRank, type Rank } from '../spacing/rank.ts';
import { isAboutToBegin, rankOfRow } from '../spacing/row-slots.ts';
import { alone, chooseFirst, type Place, type Slots, type SlotsOf } from '../spacing/slots.ts';
import type { Pausing } from '../spacing/under-way.ts';
import { saysFull, withFreeSlot } from './full-reason.ts';
import type { PastPlan } from './past.ts';
import { planInstance } from './plan-instance.ts';
import { unchanged, type Proposal } from './proposal.ts';
import { RegionSlots, type Claim } from './region-slots.ts';
import type { Sighting } from './sighting.ts';

/** One instance: what was seen of it, and its row. */
export interface Subject {
  sighting: Sighting;
  row: Plan | undefined;
  /** True where ECS, or the history, could not be asked about its events: its row keeps its slot and stands as it is. */
  isUnknown: boolean;
  /** Its plans in the history. Absent where they were not read: its row knows each event. */
  past?: readonly PastPlan[];
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
  pausing: readonly Pausing[] = [],
): RegionPlanning {
  const ranked = subjects.map((subject) => ({ subject, rank: rankOf(subject) }));
  const order = ranked.sort((a, b) => byRank(a.rank, b.rank)).map(({ subject }) => subject);
  const region = new Region(order, settings, stamp, pausing);
  return { order, plan: (subject) => region.plan(subject) };
}

/** What a subject would be if each slot were free. */
interface Look {
  proposal: Proposal | undefined;
  wish: Claim['wish'];
}

/** The slots of one region, and the plans that stand. */
class Region {
  readonly #settings: PlannerSettings;
  readonly #stamp: Stamp;
  readonly #slots: RegionSlots;
  /** The subjects that may move, with what they hold or want. */
  readonly #claims = new Map<Subject, Claim>();
  /** The subjects whose rows stay as they are, if they keep their slots. */
  readonly #standing = new Map<Subject, Proposal>();
  /** Those of them whose reason says that no slot is free, while one is. */
  readonly #withSlot = new Set<Subject>();

  constructor(
    order: readonly Subject[],
    settings: PlannerSettings,
    stamp: Stamp,
    pausing: readonly Pausing[],
  ) {
    this.#settings = settings;
    this.#stamp = stamp;
    const rows = { pinned: new Array<Plan>(), next: new Array<Plan>(), begun: new Array<Plan>() };
    for (const subject of order) {
      const { row } = subject;
      const look = this.#look(subject);
      const stands = look.proposal?.kind === 'unchanged' ? row : undefined;
      const kind = row && this.#kindOf(row, look);
      if (row !== undefined && kind !== undefined) rows[kind].push(row);
      else this.#claims.set(subject, claimOf(subject, stands, look.wish));
      if (stands !== undefined && look.proposal !== undefined) this.#standing.set(subject, look.proposal);
    }
    const terms = { limits: settings.limits, slot: settings.rules.slot, now: stamp.at };
    this.#slots = new RegionSlots(terms, { ...rows, pausing, claims: [...this.#claims.values()] });
    for (const [subject, claim] of this.#claims)
      if (!this.#slots.keeps(claim)) this.#standing.delete(subject);
    for (const subject of this.#standing.keys())
      if (saysFull(subject.row) && this.#hasSlot(subject)) this.#withSlot.add(subject);
  }

  plan(subject: Subject): Proposal {
    const stood = this.#standing.get(subject);
    const { row } = subject;
    if (stood !== undefined && row !== undefined && this.#withSlot.has(subject)) {
      return withFreeSlot(row, this.#stamp, stood.problems);
    }
    if (stood !== undefined) return stood;
    const { instanceId } = subject.sighting;
    this.#slots.release(instanceId);
    const proposal = this.#planAlone(subject, (group, slot) => this.#slots.slotsOf(instanceId, group, slot));
    const plan = proposal.kind === 'unchanged' ? subject.row : proposal.plan;
    if (plan !== undefined) this.#slots.book(plan);
    return proposal;
  }

  /** True for a waiting row whose slot is free. An execution may have a row that is about to begin. */
  #hasSlot({ row, isUnknown }: Subject): boolean {
    const isWaiting = row?.status === 'Planned' || row?.status === 'AwaitingApproval';
    return isWaiting && !isUnknown && !this.#isNext(row) && this.#slots.hasSlot(row);
  }

  #isNext(row: Plan): boolean {
    return isAboutToBegin(row, this.#stamp.at, this.#settings.rules.startRoom);
  }

  /** Why the row does not move; undefined where it may. What is about to end, or to be planned anew, is no reason. */
  #kindOf(row: Plan, look: Look): 'pinned' | 'next' | 'begun' | undefined {
    if (staysBegun(row, look)) return 'begun';
    const { proposal } = look;
    if (row.pinned) return proposal?.kind === 'ended' ? undefined : 'pinned';
    return proposal?.kind === 'unchanged' && this.#isNext(row) ? 'next' : undefined;
  }

  /** Undefined where the subject cannot be planned. It throws again in its own turn, and is reported there. */
  #look(subject: Subject): Look {
    let wish: Claim['wish'];
    const slotsOf: SlotsOf = (group, slot) => ({
      ...alone(group, slot),
      choose: (places) => {
        const all = [...places];
        wish = { group, places: all };
        return chooseFor(subject.row, all);
      },
    });
    try {
      const proposal = this.#planAlone(subject, slotsOf);
      return { proposal, wish };
    } catch {
      return { proposal: undefined, wish: undefined };
    }
  }

  #planAlone(subject: Subject, slotsOf: SlotsOf): Proposal {
    if (subject.isUnknown) return unchanged();
    const { sighting, row, past = [] } = subject;
    return planInstance({ sighting, row, past, settings: this.#settings, stamp: this.#stamp, slotsOf });
  }
}

/** A plan that waits for a step may be planned anew: then it waits with the others. */
function staysBegun(row: Plan, { proposal }: Look): boolean {
  const next = proposal === undefined || proposal.kind === 'unchanged' ? row : proposal.plan;
  return hasBegun(row) && hasBegun(next);
}

/** A plan outside of the windows stands until a place in one is found. */
function chooseFor(row: Plan | undefined, places: readonly Place[]): ReturnType<Slots['choose']> {
  const isOutside = row?.decision !== undefined && row.decision !== 'window';
  return isOutside ? undefined : chooseFirst(places, (from) => from);
}

function claimOf(subject: Subject, standing: Plan | undefined, wish: Claim['wish']): Claim {
  return {
    rank: rankOf(subject),
    ...(standing === undefined ? {} : { standing }),
    ...(wish === undefined ? {} : { wish }),
  };
}

function rankOf({ sighting, row }: Subject): Rank {
  const notBefores = sighting.events
    .filter(isScheduled)
    .filter(({ type }) => type === rebootEventType)
    .map(({ notBefore }) => notBefore.epochMilliseconds);
  if (notBefores.length === 0 && row !== undefined) return rankOfRow(row);
  return { instanceId: sighting.instanceId, notBefore: Math.min(...notBefores, Infinity) };
}
