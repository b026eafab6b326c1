// The limits at the time of execution, counted from what is really under way, whatever the schedule had foreseen.
import type { Limits } from './slots.ts';

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

  constructor(limits: Limits, begun: readonly Member[]) {
    this.#limits = limits;
    for (const member of begun) this.add(member);
  }

  copy(): UnderWay {
    return new UnderWay(this.#limits, [...this.#members.values()]);
  }

  /** Counts the instance as one that is under way, or about to be. */
  add(member: Member): void {
    this.#members.set(member.instanceId, member);
  }

  /** What the instance must wait for, in words; undefined where it may begin, or has begun. */
  whyWait(member: Member): string | undefined {
    const others = [...this.#members.values()].filter(({ instanceId }) => instanceId !== member.instanceId);
    const isMate = ({ group, isOfAnyGroup }: Member): boolean =>
      member.group !== undefined && (group === member.group || isOfAnyGroup === true);
    const mates = others.filter(isMate);
    if (mates.length >= this.#limits.group) {
      const ids = mates.map(({ instanceId }) => instanceId).sort();
      return `Waits for ${ids.join(', ')} of group ${member.group ?? ''}: at most ${this.#limits.group} may be down at once (GROUP_LIMIT).`;
    }
    if (others.length < this.#limits.region) return undefined;
    return `Waits for its turn: of the region at most ${this.#limits.region} may be down at once (MAX_CONCURRENT_REBOOTS).`;
  }
}
