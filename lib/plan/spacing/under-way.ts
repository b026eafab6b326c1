// The limits at the time of execution, counted from what is really under way, whatever the schedule had foreseen.
import type { Limits } from '../limits.ts';

/** What is told apart of an instance. */
export interface Member {
  instanceId: string;
  /** Absent for instances that belong to no group. */
  group?: string;
  /** True where nobody can tell which group it belongs to: it counts in each. */
  isOfAnyGroup?: boolean;
}

/** The instances of one region that are down, or about to be. */
export class UnderWay {
  readonly #limits: Limits;
  readonly #members = new Map<string, Member>();
  /** The ids of each group's members. */
  readonly #groups = new Map<string, Set<string>>();
  readonly #ofAnyGroup = new Set<string>();

  constructor(limits: Limits, begun: Iterable<Member>) {
    this.#limits = limits;
    for (const member of begun) this.add(member);
  }

  copy(): UnderWay {
    return new UnderWay(this.#limits, this.#members.values());
  }

  /** Counts the instance as one that is under way, or about to be. */
  add(member: Member): void {
    const { instanceId, group, isOfAnyGroup = false } = member;
    const former = this.#members.get(instanceId)?.group;
    if (former !== undefined) this.#groups.get(former)?.delete(instanceId);
    this.#ofAnyGroup.delete(instanceId);
    this.#members.set(instanceId, member);
    if (isOfAnyGroup) this.#ofAnyGroup.add(instanceId);
    if (group === undefined) return;
    const mates = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, mates.add(instanceId));
  }

  /** True where the instance may begin, or has begun. */
  hasRoomFor(member: Member): boolean {
    return this.#hasRoomInGroup(member) && this.#hasRoomInRegion(member);
  }

  /** What the instance must wait for, in words; undefined where it may begin, or has begun. */
  whyWait(member: Member): string | undefined {
    if (!this.#hasRoomInGroup(member)) {
      const ids = this.#matesOf(member).sort();
      return `Waits for ${ids.join(', ')} of group ${member.group ?? ''}: at most ${this.#limits.group} may be down at once (GROUP_LIMIT).`;
    }
    if (this.#hasRoomInRegion(member)) return undefined;
    return `Waits for its turn: of the region at most ${this.#limits.region} may be down at once (MAX_CONCURRENT_REBOOTS).`;
  }

  #hasRoomInGroup(member: Member): boolean {
    return this.#setsOf(member).reduce((sum, ids) => sum + without(ids, member), 0) < this.#limits.group;
  }

  #hasRoomInRegion(member: Member): boolean {
    return without(this.#members, member) < this.#limits.region;
  }

  #matesOf(member: Member): string[] {
    return this.#setsOf(member)
      .flatMap((ids) => [...ids])
      .filter((id) => id !== member.instanceId);
  }

  /** The ids that count in the member's group. */
  #setsOf({ group }: Member): ReadonlySet<string>[] {
    return group === undefined ? [] : [this.#groups.get(group) ?? new Set<string>(), this.#ofAnyGroup];
  }
}

/** How many there are beside the member itself. */
function without(
  ids: { readonly size: number; has: (id: string) => boolean },
  { instanceId }: Member,
): number {
  return ids.size - (ids.has(instanceId) ? 1 : 0);
}
