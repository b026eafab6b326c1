// The other plans of the region: how many are under way, and which slots they hold.
import { UnderWay } from '../plan/limits.ts';
import type { Plan } from '../plan/plan.ts';
import { RowSlots } from '../plan/row-slots.ts';
import { isBackingUp } from '../plan/steps.ts';
import { withdraw, type Stamp } from '../plan/transitions.ts';
import { judgeBeforeReboot, type VerdictBefore } from '../plan/verdict-before.ts';
import { record, stampOf, type Execution } from './execution.ts';
import type { Facts } from './sightings.ts';

/** What the other rows of the region leave room for. */
export interface Neighbours {
  /** Kept up with what this execution claims. */
  underWay: UnderWay;
  slots: RowSlots;
}

export async function readNeighbours(execution: Execution): Promise<Neighbours> {
  const { clock, settings } = execution;
  const rows = await readUnfinishedPlans(execution);
  return {
    underWay: new UnderWay(settings.limits, rows),
    slots: new RowSlots(rows, settings.limits, settings.rules.slot, clock.now()),
  };
}

async function readUnfinishedPlans({ store, regionId }: Execution): Promise<Plan[]> {
  const rows = await store.readUnfinished(regionId);
  return rows.flatMap((row) => (row.kind === 'plan' ? [row.plan] : []));
}

/**
 * Executions that overlap may have claimed at the same time. Each claims first and looks then, so at least one of them
 * sees the other; whoever sees too many gives its own claims back.
 */
export async function yieldToOthers(execution: Execution, claimed: readonly Plan[]): Promise<Plan[]> {
  const ours = new Set(claimed.map(({ instanceId }) => instanceId));
  const rows = await readUnfinishedPlans(execution);
  const others = rows.filter(({ instanceId }) => !ours.has(instanceId));
  const underWay = new UnderWay(execution.settings.limits, others);
  const kept: Plan[] = [];
  for (const plan of claimed) {
    const why = isBackingUp(plan) ? undefined : underWay.whyWait(plan);
    if (why === undefined) {
      if (!isBackingUp(plan)) underWay.add(plan);
      kept.push(plan);
    } else await record(execution, withdraw(plan, stampOf(execution), why, undefined), plan);
  }
  return kept;
}

/** Judges one plan beside the others: where it must be planned again, it finds a slot that they leave free. */
export function judgeBeside(
  execution: Execution,
  plan: Plan,
  facts: Facts,
  { slots }: Neighbours,
  stamp: Stamp,
): VerdictBefore {
  return slots.beside(plan, (slotsOf) =>
    judgeBeforeReboot(plan, facts.of(plan), execution.settings, stamp, slotsOf),
  );
}
