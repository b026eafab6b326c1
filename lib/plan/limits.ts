// The limits at the time of execution, counted from what is really under way, whatever the schedule had foreseen.
import { hasBegun, type Plan } from './plan.ts';
import type { Limits } from './slots.ts';
import { isBackingUp } from './steps.ts';

/** The plans of one region whose instances are down, or about to be. */
export class UnderWay {
  readonly #limits: Limits;
  readonly #plans = new Map<string, Plan>();

  /** Of `rows`, only those that have begun count, and not while their backup is made. */
  constructor(limits: Limits, rows: readonly Plan[]) {
    this.#limits = limits;
    for (const row of rows) if (hasBegun(row) && !isBackingUp(row)) this.add(row);
  }

  copy(): UnderWay {
    return new UnderWay(this.#limits, [...this.#plans.values()]);
  }

  /** Counts the plan as one that is under way, or about to be. */
  add(plan: Plan): void {
    this.#plans.set(plan.instanceId, plan);
  }

  /** What the plan must wait for, in words; undefined where it may begin, or has begun. */
  whyWait(plan: Plan): string | undefined {
    const others = [...this.#plans.values()].filter(({ instanceId }) => instanceId !== plan.instanceId);
    const mates = others.filter(({ group }) => group !== undefined && group === plan.group);
    if (mates.length >= this.#limits.group) {
      const ids = mates.map(({ instanceId }) => instanceId).sort();
      return `Waits for ${ids.join(', ')} of group ${plan.group ?? ''}: at most ${this.#limits.group} may be down at once (GROUP_LIMIT).`;
    }
    if (others.length < this.#limits.region) return undefined;
    return `Waits for its turn: of the region at most ${this.#limits.region} may be down at once (MAX_CONCURRENT_REBOOTS).`;
  }
}
