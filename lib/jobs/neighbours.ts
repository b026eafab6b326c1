// The other plans of the region: how many are under way, and which slots they hold.
import { UnderWay, type Member } from '../plan/limits.ts';
import { begunStatuses, hasBegun, type Plan } from '../plan/plan.ts';
import { RowSlots } from '../plan/row-slots.ts';
import { isBackingUp } from '../plan/steps.ts';
import { withdraw, type Stamp } from '../plan/transitions.ts';
import { judgeBeforeReboot, type VerdictBefore } from '../plan/verdict-before.ts';
import type { PlanRead } from '../ports.ts';
import { record, stampOf, type Execution } from './execution.ts';
import type { Facts } from './sightings.ts';

/** What the other rows of the region leave room for. */
export interface Neighbours {
  /** Kept up with what this execution claims. */
  underWay: UnderWay;
  slots: RowSlots;
}

export async function readNeighbours(execution: Execution): Promise<Neighbours> {
  const { clock, regionId, settings, store } = execution;
  const rows = await store.readUnfinished(regionId);
  const plans = rows.flatMap((row) => (row.kind === 'plan' ? [row.plan] : []));
  return {
    underWay: new UnderWay(settings.limits, begunAmong(rows)),
    slots: new RowSlots(plans, settings.limits, settings.rules.slot, clock.now()),
  };
}

/** A row that cannot be read counts where it may be under way: a restart beside it would rest on a guess. */
function begunAmong(rows: readonly PlanRead[]): Member[] {
  return rows.flatMap((row): Member[] => {
    if (row.kind === 'plan') return hasBegun(row.plan) && !isBackingUp(row.plan) ? [row.plan] : [];
    const saysSo = (begunStatuses as readonly (string | undefined)[]).includes(row.status);
    return saysSo || row.mayHaveSent ? [row] : [];
  });
}

/**
 * Executions that overlap may have claimed at the same time. Each claims first and looks then, so at least one of them
 * sees the other; whoever sees too many gives its own claims back.
 */
export async function yieldToOthers(execution: Execution, claimed: readonly Plan[]): Promise<Plan[]> {
  const ours = new Set(claimed.map(({ instanceId }) => instanceId));
  const rows = await execution.store.readUnfinished(execution.regionId);
  const others = begunAmong(rows).filter(({ instanceId }) => !ours.has(instanceId));
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
  const verdict = slots.beside(plan, (slotsOf) =>
    judgeBeforeReboot(plan, facts.of(plan), execution.settings, stamp, slotsOf),
  );
  if (verdict.kind === 'replan') slots.take(verdict.planning.plan);
  return verdict;
}
