// The limits at execution. They count the reboots that are really under way, and the instances that are down for whatever
// reason, whatever planning had foreseen. Which rows are under way is decided by the caller.
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import type { ExecutionLimits } from '../limits.ts';
import type { Plan } from '../plan.ts';
import { isDrained } from '../draining.ts';
import type { StepsOf } from '../steps.ts';
import { nobodyAround, type Around, type Down, type RestartByEcs } from './around.ts';
import { breakerFor, type Open } from './breaker.ts';

/** What the limits need to know about an instance. */
export interface Member {
  instanceId: string;
  /** Absent for instances that belong to no group. */
  group?: string;
  /** True where the group cannot be determined: the instance then counts in every group. */
  isOfAnyGroup?: boolean;
  /** True where its pre-command has begun: its service may be down. */
  isDrained?: boolean;
  /** True where no execution has begun with it, and it counts only because it is drained. */
  isWaiting?: boolean;
}

/** Those that count although no plan of theirs is under way. Their ids are among the mates. */
export interface DownMates {
  /** Not Running, as ECS shows. Absent where there are none. */
  notRunning?: readonly Pick<Down, 'instanceId' | 'status'>[];
  /** Their restarts were not proven. Absent where there are none. */
  unproven?: readonly string[];
  /** ECS itself takes them down about now. Absent where there are none. */
  byEcs?: readonly Pick<RestartByEcs, 'instanceId' | 'notBefore'>[];
}

/** What the instance waits for. */
export type WaitFor =
  /** GROUP_LIMIT. `mates` are the instance ids that count in the group, sorted. */
  | ({ kind: 'group'; group: string; limit: number; mates: readonly string[] } & DownMates)
  /** GROUP_PAUSE. `mates` were restarted a short time ago; `until` is when one more may begin. */
  | { kind: 'pause'; group: string; pauseMs: Milliseconds; mates: readonly string[]; until: Instant }
  /** MAX_CONCURRENT_REBOOTS. */
  | ({ kind: 'region'; limit: number } & DownMates)
  | Open;

/** The plan as the limits see it. */
export function memberOf(plan: Pick<Plan, 'instanceId' | 'group'> & StepsOf): Member {
  const { instanceId, group } = plan;
  return { instanceId, ...(group === undefined ? {} : { group }), isDrained: isDrained(plan) };
}

/** An instance of a group that was restarted a short time ago. It keeps its place in the group until then. */
export interface Pausing {
  instanceId: string;
  group: string;
  until: Instant;
}

/**
 * The instances of one region that are down, or about to be. A drained instance that waits counts against every other one,
 * but not against another drained one: two of them would wait for each other, and both services would stay down.
 */
export class UnderWay {
  readonly #limits: ExecutionLimits;
  readonly #begun = new Map<string, Member>();
  readonly #pausing: readonly Pausing[];
  #around: Around = nobodyAround;
  /** The ids that count in the region, in each group, and in every group. */
  readonly #region = new Set<string>();
  readonly #groups = new Map<string, Set<string>>();
  readonly #ofAnyGroup = new Set<string>();
  /** Those of them that count by what is around, too. */
  #seen: ReadonlySet<string> = new Set();
  /** Those that are still up, and that ECS takes down about now. */
  #soon: ReadonlySet<string> = new Set();

  constructor(limits: ExecutionLimits, begun: Iterable<Member>, pausing: readonly Pausing[] = []) {
    this.#limits = limits;
    this.#pausing = pausing;
    for (const member of begun) this.add(member);
  }

  /** An independent copy: what is added to it does not count here. */
  copy(): UnderWay {
    const copy = new UnderWay(this.#limits, this.#begun.values(), this.#pausing);
    copy.see(this.#around);
    return copy;
  }

  /** Counts the instance as under way. An instance that is added again counts once, with its new group. */
  add(member: Member): void {
    const { instanceId } = member;
    const isKnown = this.#begun.has(instanceId);
    this.#begun.set(instanceId, member);
    if (isKnown) {
      this.#count();
      return;
    }
    this.#countInGroups(member);
    this.#region.add(instanceId);
  }

  /** Who is down around, as it was read last. It replaces what was seen before. */
  see(around: Around): void {
    this.#around = around;
    this.#count();
  }

  /** Counts all anew. An instance may be under way in one group and have the tag of another: then it counts in both. */
  #count(): void {
    const { down, failed, byEcs, moved } = this.#around;
    this.#region.clear();
    this.#groups.clear();
    this.#ofAnyGroup.clear();
    const members = [...this.#begun.values(), ...down, ...failed, ...byEcs, ...moved];
    for (const member of members) this.#countInGroups(member);
    for (const id of this.#begun.keys()) this.#region.add(id);
    for (const { instanceId } of [...down.filter(({ hasPlan }) => hasPlan), ...failed]) {
      this.#region.add(instanceId);
    }
    this.#seen = new Set([...down, ...failed].map(({ instanceId }) => instanceId));
    const others = byEcs.map(({ instanceId }) => instanceId);
    this.#soon = new Set(others.filter((id) => !this.#seen.has(id) && !this.#begun.has(id)));
  }

  #countInGroups({ instanceId, group, isOfAnyGroup }: Member): void {
    if (isOfAnyGroup === true) this.#ofAnyGroup.add(instanceId);
    if (group === undefined) return;
    const mates = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, mates.add(instanceId));
  }

  /** True where the limits let the instance begin. An instance does not wait for itself. */
  hasRoomFor(member: Member): boolean {
    return (
      this.#breakerOf(member) === undefined &&
      this.#hasRoomInGroup(member) &&
      this.#pauseOf(member) === undefined &&
      this.#hasRoomInRegion(member)
    );
  }

  /** What the instance waits for: a breaker, its group, the region. Undefined where it may begin. */
  whyWait(member: Member): WaitFor | undefined {
    const breaker = this.#breakerOf(member);
    if (breaker !== undefined) return breaker;
    const { group } = member;
    if (group !== undefined && !this.#hasRoomInGroup(member)) {
      const mates = this.#matesOf(member).sort();
      return { kind: 'group', group, limit: this.#limits.group, mates, ...this.#downAmong(mates) };
    }
    const pause = this.#pauseOf(member);
    if (pause !== undefined) return pause;
    if (this.#hasRoomInRegion(member)) return undefined;
    const others = [...this.#region].filter((id) => this.#countsFor(member, id));
    return { kind: 'region', limit: this.#limits.region, ...this.#downAmong(others) };
  }

  #breakerOf({ group }: Member): Open | undefined {
    return breakerFor(group, this.#around.failed, this.#limits.failedProofs);
  }

  /** Whoever is under way is down because of that: nothing more is to be said. */
  #downAmong(ids: readonly string[]): DownMates {
    const others = new Set(ids.filter((id) => !this.#begun.has(id)));
    const { down, failed, byEcs } = this.#around;
    const unproven = new Set(failed.map(({ instanceId }) => instanceId).filter((id) => others.has(id)));
    const notRunning = down
      .filter(({ instanceId }) => others.has(instanceId))
      .map(({ instanceId, status }) => ({ instanceId, status }))
      .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    const soon = byEcs
      .filter(({ instanceId }) => others.has(instanceId) && this.#soon.has(instanceId))
      .map(({ instanceId, notBefore }) => ({ instanceId, notBefore }))
      .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    return {
      ...(notRunning.length === 0 ? {} : { notRunning }),
      ...(soon.length === 0 ? {} : { byEcs: soon }),
      ...(unproven.size === 0 ? {} : { unproven: [...unproven].sort() }),
    };
  }

  #hasRoomInGroup(member: Member): boolean {
    return this.#countInGroup(member) < this.#limits.group;
  }

  #countInGroup(member: Member): number {
    const { group } = member;
    if (group === undefined) return 0;
    const mates = this.#groups.get(group) ?? new Set();
    const strays = [...this.#ofAnyGroup].filter((id) => !mates.has(id) && this.#countsFor(member, id));
    return this.#countFor(member, mates) + strays.length;
  }

  /** What is under way and what pauses share the places of the group. */
  #pauseOf(member: Member): WaitFor | undefined {
    const { instanceId, group } = member;
    const mates = this.#pausing
      .filter(
        (one) => one.group === group && one.instanceId !== instanceId && !this.#begun.has(one.instanceId),
      )
      .sort((a, b) => a.until.epochMilliseconds - b.until.epochMilliseconds);
    const surplus = this.#countInGroup(member) + mates.length - this.#limits.group;
    const next = mates[surplus];
    if (group === undefined || next === undefined) return undefined;
    const { groupPause: pauseMs = 0 } = this.#limits;
    const ids = mates.map((mate) => mate.instanceId);
    return { kind: 'pause', group, pauseMs, mates: ids.sort(), until: next.until };
  }

  #hasRoomInRegion(member: Member): boolean {
    return this.#countFor(member, this.#region) < this.#limits.region;
  }

  #matesOf(member: Member): string[] {
    if (member.group === undefined) return [];
    const ids = new Set([...(this.#groups.get(member.group) ?? []), ...this.#ofAnyGroup]);
    return [...ids].filter((id) => this.#countsFor(member, id));
  }

  /** What is drained is down already: its restart ends that soonest, whatever ECS is about to begin. */
  #countsFor({ instanceId, isDrained = false }: Member, id: string): boolean {
    if (isDrained && this.#soon.has(id)) return false;
    const isPeer = isDrained && this.#begun.get(id)?.isWaiting === true && !this.#seen.has(id);
    return id !== instanceId && !isPeer;
  }

  /** How many of the ids count against the member. Thousands of plans may be due: only a drained one looks at each id. */
  #countFor(member: Member, ids: ReadonlySet<string>): number {
    const { instanceId, isDrained = false } = member;
    if (!isDrained) return ids.size - (ids.has(instanceId) ? 1 : 0);
    return [...ids].filter((id) => this.#countsFor(member, id)).length;
  }
}
