// Plans whose time has come: judged, claimed, judged again right before, and handed one by one to the irreversible step.
import { leaseMs, rebootBudgetMs, sendsAtOnce, staleFactsMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { elapsed, isAfter, isBefore, type Instant } from '../../plan/calendar/instant.ts';
import { dueAt, type Plan } from '../../plan/plan.ts';
import { claim, confirmEdit, end, withdraw } from '../../plan/transitions.ts';
import { isBackingUp } from '../../plan/steps.ts';
import type { VerdictBefore } from '../../plan/verdict/before-reboot.ts';
import { guarded, record, recordAll, stampOf, type Execution } from '../execution.ts';
import { judgeBeside, readNeighbours, yieldToOthers, type Neighbours } from './neighbours.ts';
import { prepare } from '../steps/prepare.ts';
import { rebootOnce } from './reboot-once.ts';
import { readFacts, type Facts } from '../sightings.ts';
import { holdBack, takeBatch } from './turns.ts';

/** Tries every plan, as far as the limits and the invocation's time go; gives back those whose restart was sent. */
export async function attempt(execution: Execution, plans: readonly Plan[]): Promise<Plan[]> {
  const sent: Plan[] = [];
  if (plans.length === 0) return sent;
  const { regionId, problems } = execution;
  const queue = [...plans].sort(byUrgency);
  // What was claimed is taken up again after its lease; what was sent is watched. The others are still due.
  const tell = (count: number, thrown: unknown): void => {
    const problem = `${count} due plans could not all be attempted: ${messageOf(thrown)}`;
    problems.add({ regionId, problem }, thrown);
  };
  const neighbours = await readNeighbours(execution).catch((thrown: unknown) => {
    tell(queue.length, thrown);
  });
  if (neighbours === undefined) return sent;
  while (hasTimeToBegin(execution)) {
    const batch = takeBatch(execution, queue, neighbours.underWay);
    if (batch.length === 0) break;
    try {
      queue.push(...(await attemptBatch(execution, batch, neighbours, sent)));
      queue.sort(byUrgency);
    } catch (thrown) {
      tell(batch.length, thrown);
    }
  }
  const held = await holdBack(execution, queue, neighbours.underWay);
  if (queue.length > held) {
    problems.add({
      regionId,
      problem: `${queue.length - held} due plans are left to the next tick: the invocation's time is up.`,
    });
  }
  return sent;
}

/** Gives back those whose backup is there by now: they wait for their turn like all others. */
async function attemptBatch(
  execution: Execution,
  plans: readonly Plan[],
  neighbours: Neighbours,
  sent: Plan[],
): Promise<Plan[]> {
  const before = await readFacts(execution, execution.regionId, plans);
  const claimed = await claimReady(execution, plans, before, neighbours);
  if (claimed.length === 0) return [];
  const kept = await yieldToOthers(execution, claimed);
  for (const plan of kept) if (!isBackingUp(plan)) neighbours.underWay.add(plan);
  // Read after the rows and before the claims: had another execution restarted one meanwhile, its claim was lost.
  const facts = isFresh(before, execution.clock.now()) ? before : await readAgain(execution, kept);
  if (facts === undefined) return [];
  const prepared: Plan[] = [];
  await withWorkers(sendsAtOnce, kept, async (plan) => {
    const next = await guarded(execution, plan, () => attemptOne(execution, plan, facts, neighbours));
    if (next?.status === 'Planned') prepared.push(next);
    else if (next !== undefined) sent.push(next);
  });
  return prepared;
}

/** Where they cannot be read, what was claimed goes back to waiting: nobody else could begin with it before its lease ends. */
async function readAgain(execution: Execution, claimed: readonly Plan[]): Promise<Facts | undefined> {
  const { regionId, problems } = execution;
  try {
    return await readFacts(execution, regionId, claimed);
  } catch (thrown) {
    const why = `The facts could not be read again right before the restart; nothing was sent: ${messageOf(thrown)}`;
    problems.add(
      { regionId, problem: `Claimed plans that are left to the next tick: ${claimed.length}. ${why}` },
      thrown,
    );
    await withWorkers(sendsAtOnce, claimed, async (plan) => {
      await guarded(execution, plan, () => giveBack(execution, plan, why));
    });
    return undefined;
  }
}

/** Those that may be restarted now, each claimed by us: a plan that must wait costs no claim. */
async function claimReady(
  execution: Execution,
  plans: readonly Plan[],
  facts: Facts,
  neighbours: Neighbours,
): Promise<Plan[]> {
  const ready: { plan: Plan; from: Plan }[] = [];
  for (const from of plans) {
    await guarded(execution, from, async () => {
      const verdict = await judgeBeside(execution, from, facts, neighbours);
      if (verdict.kind === 'go' || verdict.kind === 'prepare') {
        ready.push({ plan: claim(from, stampOf(execution), execution.owner, leaseMs), from });
      } else await putOff(execution, from, verdict);
    });
  }
  const outcomes = await recordAll(execution, ready);
  return ready.flatMap(({ plan }, index) => (outcomes[index]?.kind === 'written' ? [plan] : []));
}

/** Gives back the plan where its restart was sent, or where it is Planned and due again, its backup being there. */
async function attemptOne(
  execution: Execution,
  claimed: Plan,
  batch: Facts,
  neighbours: Neighbours,
): Promise<Plan | undefined> {
  let plan = claimed;
  let facts = batch;
  let isAdmitted = false;
  for (;;) {
    if (!hasTimeToBegin(execution)) return giveBack(execution, plan, tooLittleTime);
    if (!isFresh(facts, execution.clock.now())) {
      const again = await readAgain(execution, [plan]);
      if (again === undefined) return undefined;
      facts = again;
      if (!hasTimeToBegin(execution)) return giveBack(execution, plan, tooLittleTime);
      if (!isFresh(facts, execution.clock.now())) return giveBack(execution, plan, tooSlowToRead);
    }
    const verdict = await judgeBeside(execution, plan, facts, neighbours);
    if (verdict.kind === 'go') {
      if (isAdmitted) return rebootOnce(execution, plan);
      const throttledUntil = await execution.ecs.turnToReboot(execution.regionId);
      if (throttledUntil !== undefined) return giveBack(execution, plan, throttled, throttledUntil);
      // The wait may have been long: all is judged once more.
      isAdmitted = true;
      continue;
    }
    if (verdict.kind !== 'prepare') {
      await putOff(execution, plan, verdict);
      return undefined;
    }
    const prepared = await prepare(execution, plan, verdict);
    if (prepared === undefined) return undefined;
    if (verdict.step === 'backup') return backInLine(execution, prepared);
    plan = prepared;
  }
}

/** While its backup was made the plan counted against no limit; from here on it does. */
async function backInLine(execution: Execution, plan: Plan): Promise<Plan | undefined> {
  const stamp = stampOf(execution);
  const isTime = plan.executeAt !== undefined && !isBefore(stamp.at, plan.executeAt);
  const why = isTime ? 'Prepared.' : 'Prepared; its time has not come.';
  const next = withdraw(plan, stamp, why, undefined);
  const outcome = await record(execution, next, plan);
  return isTime && outcome.kind === 'written' ? next : undefined;
}

const tooLittleTime = 'Too little of the invocation was left to begin.';
const throttled = 'ECS throttles restarts in this region; nothing was sent.';
const tooSlowToRead = 'Reading the facts took so long that they no longer count; nothing was sent.';

/** Back to waiting, for the next tick to try, or for the first from `until` on. */
async function giveBack(execution: Execution, plan: Plan, why: string, until?: Instant): Promise<undefined> {
  const stamp = stampOf(execution);
  await record(execution, withdraw(plan, stamp, why, until ?? stamp.at), plan);
}

/** A clock that was set back tells no age. */
function isFresh(facts: Facts, now: Instant): boolean {
  const age = elapsed(facts.at, now);
  return age >= 0 && age <= staleFactsMs;
}

function hasTimeToBegin(execution: Execution): boolean {
  return elapsed(execution.clock.now(), execution.deadline) >= rebootBudgetMs;
}

/** Writes what the verdict says; the plan is waiting or ours to prepare, so nothing was sent. */
async function putOff(
  execution: Execution,
  plan: Plan,
  verdict: Exclude<VerdictBefore, { kind: 'go' | 'prepare' }>,
): Promise<void> {
  switch (verdict.kind) {
    case 'unapproved': {
      // At its latest start itself it is rightly due; what is due before that was edited.
      const due = dueAt(plan);
      if (due === undefined || !isAfter(due, execution.clock.now())) return;
      await record(execution, confirmEdit(plan, stampOf(execution)), plan);
      return;
    }
    case 'later':
      await record(execution, withdraw(plan, stampOf(execution), verdict.reason, verdict.until), plan);
      return;
    case 'observed':
      await record(execution, end(plan, stampOf(execution), 'Skipped', verdict.reason, 'observe'), plan);
      return;
    case 'replan': {
      const { regionId, instanceId } = plan;
      for (const problem of verdict.planning.problems)
        execution.problems.add({ regionId, instanceId, problem });
      await record(execution, verdict.planning.plan, plan);
    }
  }
}

/** The one that must start soonest comes first, then the one that ECS would restart first; ids settle ties. */
function byUrgency(a: Plan, b: Plan): number {
  const ms = (instant: Instant | undefined): number => instant?.epochMilliseconds ?? 0;
  return (
    ms(a.latestStart ?? a.notBefore) - ms(b.latestStart ?? b.notBefore) ||
    ms(a.notBefore) - ms(b.notBefore) ||
    (a.instanceId < b.instanceId ? -1 : 1)
  );
}

/** Works through the items in order, so many at a time. `work` handles its own errors. */
async function withWorkers<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}
