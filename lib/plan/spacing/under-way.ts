// The limits at execution. They count the reboots that are really under way, whatever planning had foreseen. Which rows
// are under way is decided by the caller.
import type { Instant, Milliseconds } from '../calendar/instant.ts';
import type { Limits } from '../limits.ts';

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

/** The limit that an instance waits for. */
export type WaitFor =
  /** GROUP_LIMIT. `mates` are the instance ids that count in the group, sorted. */
  | { kind: 'group'; group: string; limit: number; mates: readonly string[] }
  /** GROUP_PAUSE. `mates` were restarted a short time ago; `until` is when one more may begin. */
  | { kind: 'pause'; group: string; pauseMs: Milliseconds; mates: readonly string[]; until: Instant }
  /** MAX_CONCURRENT_REBOOTS. */
  | { kind: 'region'; limit: number };

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
  readonly #limits: Limits;
  readonly #members = new Map<string, Member>();
  /** The instance ids of each group. */
  readonly #groups = new Map<string, Set<string>>();
  readonly #ofAnyGroup = new Set<string>();
  readonly #pausing: readonly Pausing[];

  constructor(limits: Limits, begun: Iterable<Member>, pausing: readonly Pausing[] = []) {
    this.#limits = limits;
    this.#pausing = pausing;
    for (const member of begun) this.add(member);
  }

  /** An independent copy: what is added to it does not count here. */
  copy(): UnderWay {
    return new UnderWay(this.#limits, this.#members.values(), this.#pausing);
  }

  /** Counts the instance as under way. An instance that is added again counts once, with its new group. */
  add(member: Member): void {
    const { instanceId, group, isOfAnyGroup } = member;
    const former = this.#members.get(instanceId)?.group;
    if (former !== undefined) this.#groups.get(former)?.delete(instanceId);
    this.#ofAnyGroup.delete(instanceId);
    this.#members.set(instanceId, member);
    if (isOfAnyGroup === true) this.#ofAnyGroup.add(instanceId);
    if (group === undefined) return;
    const mates = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, mates.add(instanceId));
  }

  /** True where the limits let the instance begin. An instance does not wait for itself. */
  hasRoomFor(member: Member): boolean {
    return (
      this.#hasRoomInGroup(member) && this.#pauseOf(member) === undefined && this.#hasRoomInRegion(member)
    );
  }

  /** The limit that the instance waits for, its group's first; undefined where it may begin. */
  whyWait(member: Member): WaitFor | undefined {
    const { group } = member;
    if (group !== undefined && !this.#hasRoomInGroup(member)) {
      return { kind: 'group', group, limit: this.#limits.group, mates: this.#matesOf(member).sort() };
    }
    const pause = this.#pauseOf(member);
    if (pause !== undefined) return pause;
    return this.#hasRoomInRegion(member) ? undefined : { kind: 'region', limit: this.#limits.region };
  }

  #hasRoomInGroup(member: Member): boolean {
    return this.#countInGroup(member) < this.#limits.group;
  }

  #countInGroup(member: Member): number {
    const counts = this.#setsOf(member).map((ids) => this.#countFor(member, ids));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** What is under way and what pauses share the places of the group. */
  #pauseOf(member: Member): WaitFor | undefined {
    const { instanceId, group } = member;
    const mates = this.#pausing
      .filter(
        (one) => one.group === group && one.instanceId !== instanceId && !this.#members.has(one.instanceId),
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
    return this.#countFor(member, this.#members) < this.#limits.region;
  }

  #matesOf(member: Member): string[] {
    return this.#setsOf(member)
      .flatMap((ids) => [...ids])
      .filter((id) => this.#countsFor(member, id));
  }

  #countsFor({ instanceId, isDrained = false }: Member, id: string): boolean {
    const isPeer = isDrained && this.#members.get(id)?.isWaiting === true;
    return id !== instanceId && !isPeer;
  }

  /** How many of the ids count against the member. Thousands of plans may be due: only a drained one looks at each id. */
  #countFor(member: Member, ids: Ids): number {
    const { instanceId, isDrained = false } = member;
    if (!isDrained) return ids.size - (ids.has(instanceId) ? 1 : 0);
    return [...ids.keys()].filter((id) => this.#countsFor(member, id)).length;
  }

  /** The sets of instance ids that count in the member's group. None for a member without a group. */
  #setsOf({ group }: Member): ReadonlySet<string>[] {
    return group === undefined ? [] : [this.#groups.get(group) ?? new Set<string>(), this.#ofAnyGroup];
  }
}

/** A set of instance ids, or a map by them. */
type Ids = Pick<ReadonlyMap<string, unknown>, 'size' | 'has'> & { keys: () => Iterable<string> };
