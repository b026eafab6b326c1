// The other plans of the region: how many are under way, and which slots they hold.
import type { Instant } from '../../plan/calendar/instant.ts';
import { drainedSince } from '../../plan/draining.ts';
import { hasBegun, isSuspended, type Plan } from '../../plan/plan.ts';
import { RowSlots } from '../../plan/spacing/row-slots.ts';
import { waitsFor } from '../../plan/spacing/waits-for.ts';
import { memberOf, UnderWay, type Member, type Pausing } from '../../plan/spacing/under-way.ts';
import { begunStatuses, isFinalText } from '../../plan/status.ts';
import { isBackingUp, isUndelivered } from '../../plan/steps.ts';
import { postpone } from '../../plan/transitions.ts';
import type { PlanRead } from '../../ports.ts';
import { readAround, type AroundAt } from '../around.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import { isFresh } from '../facts.ts';
import { readPausing } from '../pausing.ts';
import { readStop, type StopAt } from '../stops.ts';

/** What the other rows of the region leave room for. */
export interface Neighbours {
  /** Also counts what this execution claims, and who is down around. */
  underWay: UnderWay;
  /**
   * Who is down around, read again where it was read too long ago. Throws where it cannot be read: then nobody knows who is
   * down.
   */
  around: () => Promise<AroundAt>;
  /** Whether a person stopped everything, read again where it was read too long ago. */
  stop: () => Promise<StopAt>;
  pausing: readonly Pausing[];
  /** The slots that they hold. Read when they are first needed, because that takes every unfinished row. */
  slots: () => Promise<RowSlots>;
}

/** Reads the rows that are under way. `ours` are the plans of this run: each is judged by tags that were just read. */
export async function readNeighbours(execution: Execution, ours: readonly Plan[]): Promise<Neighbours> {
  const { settings } = execution;
  const begun = begunAmong(await readBegun(execution));
  const pausing = await readPausing(execution, settings.limits);
  const underWay = new UnderWay(settings.limits, begun, pausing);
  const own = new Set(ours.map(({ instanceId }) => instanceId));
  const others = begun.filter(({ instanceId }) => !own.has(instanceId));
  const around = aroundOf(execution, underWay, others);
  let slots: Promise<RowSlots> | undefined;
  return {
    underWay,
    around,
    stop: shared(execution, () => readStop(execution), execution.stop),
    pausing,
    slots: () => (slots ??= readSlots(execution)),
  };
}

function aroundOf(execution: Execution, underWay: UnderWay, others: readonly Member[]): Neighbours['around'] {
  return shared(execution, async () => {
    const around = await readAround(execution, others);
    underWay.see(around);
    return around;
  });
}

/** Plans that run side by side share one reading. One that failed is read again. */
function shared<T extends { at: Instant }>(
  { clock }: Execution,
  read: () => Promise<T>,
  first?: T,
): () => Promise<T> {
  let last: { at: Instant; reading: Promise<T> } | undefined;
  if (first !== undefined) last = { at: first.at, reading: Promise.resolve(first as Awaited<T>) };
  const reading = async (): Promise<T> => {
    try {
      return await read();
    } catch (thrown) {
      last = undefined;
      throw thrown;
    }
  };
  return () => {
    const now = clock.now();
    const current = last !== undefined && isFresh(last, now) ? last : { at: now, reading: reading() };
    last = current;
    return current.reading;
  };
}

/**
 * The rows that may be under way. A row that could not be read at the beginning of the run counts as it was then: this run
 * sets it to Escalated, and what its plan had begun is not over with that.
 */
async function readBegun({ regionId, store, unread }: Execution): Promise<readonly PlanRead[]> {
  return [...(await store.readUnderWay(regionId)), ...unread];
}

async function readSlots({ clock, regionId, settings, store }: Execution): Promise<RowSlots> {
  const rows = await store.readByInstance(regionId, await store.unfinishedInstances(regionId));
  const plans = rows.flatMap((row) => (row.kind === 'plan' ? [row.plan] : []));
  return new RowSlots(plans, settings.limits, settings.rules.slot, clock.now());
}

/**
 * The members that are under way. A row that is not read as a plan counts where it may be under way, and in every group
 * where it names none: a restart beside it would rest on a guess. So does a row that was never planned and that a person
 * set to be under way: a row has its group only from its planning on. Where such a row may be drained and says nothing of an
 * execution, it counts like a drained plan that waits.
 */
function begunAmong(rows: readonly PlanRead[]): Member[] {
  return rows.flatMap((row): Member[] => {
    if (row.kind === 'plan') {
      const { plan } = row;
      const isOfAnyGroup = plan.group === undefined && plan.executeAt === undefined;
      const member = { ...memberOf(plan), isOfAnyGroup };
      // While no agent answers, nothing has run on the instance: its mates go first.
      const isIdle = isBackingUp(plan) || (isSuspended(plan) && isUndelivered(plan));
      if (hasBegun(plan) && !isIdle) return [member];
      // The plan was put off, or ended, after its pre-command: its service is down until that is undone.
      return drainedSince(plan) === undefined ? [] : [{ ...member, isWaiting: true }];
    }
    // A person ended the plan.
    if (isFinalText(row.status)) return [];
    const saysSo = (begunStatuses as readonly (string | undefined)[]).includes(row.status);
    const hasBegunToo = saysSo || row.mayHaveSent;
    if (!hasBegunToo && !row.mayBeDrained) return [];
    return [{ ...row, isOfAnyGroup: row.group === undefined, isWaiting: !hasBegunToo }];
  });
}

/**
 * Executions that overlap may have claimed at the same time. Each one claims first and looks then, so that at least one of
 * them sees the other. The one that sees too many gives its own claims back. Returns the plans that are kept.
 */
export async function yieldToOthers(
  execution: Execution,
  claimed: readonly Plan[],
  { pausing, around }: Pick<Neighbours, 'pausing' | 'around'>,
): Promise<Plan[]> {
  if (claimed.length === 0) return [];
  const ours = new Set(claimed.map(({ instanceId }) => instanceId));
  const begun = begunAmong(await readBegun(execution));
  const others = begun.filter(({ instanceId }) => !ours.has(instanceId));
  const underWay = new UnderWay(execution.settings.limits, others, pausing);
  underWay.see(await around());
  const kept: Plan[] = [];
  for (const plan of claimed) {
    const member = memberOf(plan);
    const wait = isBackingUp(plan) ? undefined : underWay.whyWait(member);
    if (wait === undefined) {
      if (!isBackingUp(plan)) underWay.add(member);
      kept.push(plan);
    } else {
      await guarded(execution, plan, () => {
        const next = postpone(
          plan,
          stampOf(execution),
          waitsFor(wait, execution.settings.rules.calendar.timeZone),
          undefined,
        );
        return execution.ledger.write(next, plan);
      });
    }
  }
  return kept;
}
