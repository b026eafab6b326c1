// The other plans of the region: how many are under way, and which slots they hold.
import { UnderWay, type Member } from '../../plan/spacing/under-way.ts';
import { isAfter } from '../../plan/calendar/instant.ts';
import { begunStatuses, hasBegun, type Plan } from '../../plan/plan.ts';
import { RowSlots } from '../../plan/spacing/row-slots.ts';
import { isBackingUp } from '../../plan/steps.ts';
import { withdraw, type Stamp } from '../../plan/transitions.ts';
import { judgeBeforeReboot, type VerdictBefore } from '../../plan/verdict/before-reboot.ts';
import type { PlanRead } from '../../ports.ts';
import { record, stampOf, type Execution } from '../execution.ts';
import type { Facts } from '../sightings.ts';

/** What the other rows of the region leave room for. */
export interface Neighbours {
  /** Kept up with what this execution claims. */
  underWay: UnderWay;
  /** The slots that they hold; read when first asked for, since that takes every unfinished row. */
  slots: () => Promise<RowSlots>;
}

export async function readNeighbours(execution: Execution): Promise<Neighbours> {
  const { regionId, settings, store } = execution;
  const rows = await store.readUnderWay(regionId);
  let slots: Promise<RowSlots> | undefined;
  return {
    underWay: new UnderWay(settings.limits, begunAmong(rows)),
    slots: () => (slots ??= readSlots(execution)),
  };
}

async function readSlots({ clock, regionId, settings, store }: Execution): Promise<RowSlots> {
  const rows = await store.readByInstance(regionId, await store.unfinishedInstances(regionId));
  const plans = rows.flatMap((row) => (row.kind === 'plan' ? [row.plan] : []));
  return new RowSlots(plans, settings.limits, settings.rules.slot, clock.now());
}

/**
 * A row that cannot be read counts where it may be under way, in every group where it names none: a restart beside it
 * would rest on a guess. So does one that was never planned and that a person set to be under way: rows tell their group
 * from their planning on.
 */
function begunAmong(rows: readonly PlanRead[]): Member[] {
  return rows.flatMap((row): Member[] => {
    if (row.kind === 'plan') {
      const { plan } = row;
      const isOfAnyGroup = plan.group === undefined && plan.executeAt === undefined;
      return hasBegun(plan) && !isBackingUp(plan) ? [{ ...plan, isOfAnyGroup }] : [];
    }
    const saysSo = (begunStatuses as readonly (string | undefined)[]).includes(row.status);
    return saysSo || row.mayHaveSent ? [{ ...row, isOfAnyGroup: row.group === undefined }] : [];
  });
}

/**
 * Executions that overlap may have claimed at the same time. Each claims first and looks then, so at least one of them
 * sees the other; whoever sees too many gives its own claims back.
 */
export async function yieldToOthers(execution: Execution, claimed: readonly Plan[]): Promise<Plan[]> {
  const ours = new Set(claimed.map(({ instanceId }) => instanceId));
  const rows = await execution.store.readUnderWay(execution.regionId);
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
export async function judgeBeside(
  execution: Execution,
  plan: Plan,
  facts: Facts,
  neighbours: Neighbours,
): Promise<VerdictBefore> {
  const sighting = facts.of(plan);
  const { settings } = execution;
  const stamp = stampOf(execution);
  const verdict = judgeBeforeReboot(plan, sighting, settings, stamp);
  if (!dependsOnSlots(verdict, plan, stamp)) return verdict;
  const slots = await neighbours.slots();
  const now = stampOf(execution);
  const beside = slots.beside(plan, (slotsOf) => judgeBeforeReboot(plan, sighting, settings, now, slotsOf));
  if (beside.kind === 'replan') slots.take(beside.planning.plan);
  return beside;
}

/**
 * True where the slots of others may make a difference: where the plan would be planned again, may end for want of
 * another window, or waits for its time, which others may have taken. One that is due keeps its interval as it is.
 */
function dependsOnSlots(verdict: VerdictBefore, { executeAt }: Plan, { at }: Stamp): boolean {
  const isDue = executeAt !== undefined && !isAfter(executeAt, at);
  return !isDue || verdict.kind === 'replan' || verdict.kind === 'prepare';
}
