// The queue of due plans: which of them may be under way together, and what the others wait for.
import { messageOf } from '../../failures.ts';
import { earliest, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { memberOf, type UnderWay, type WaitFor } from '../../plan/spacing/under-way.ts';
import { waitsFor } from '../../plan/spacing/waits-for.ts';
import { withoutRefusals } from '../../plan/refusals.ts';
import { isSameStatement, state } from '../../plan/statement.ts';
import { isBackupOpen, isUndelivered } from '../../plan/steps.ts';
import { postpone } from '../../plan/transitions.ts';
import { isBeginnable } from '../../plan/verdict/before-clauses.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import { reportBreakers } from '../around.ts';
import type { RowChange } from '../ledger.ts';
import { hasTimeToBegin, runBatch } from './course.ts';
import { readNeighbours, type Neighbours } from './neighbours.ts';

/** Plans judged on one batch of reads: ECS takes 100 ids per call. */
const batchSize = 100;

/** Runs every due plan, as far as the limits and the invocation's time allow. Returns those whose restart was sent. */
export async function runQueue(execution: Execution, plans: readonly Plan[]): Promise<Plan[]> {
  if (plans.length === 0) return [];
  const { regionId, problems } = execution;
  // What was claimed is taken up again after its lease. What was sent is watched. The others are still due.
  const reportFailure = (count: number, thrown: unknown): void => {
    problems.add({ regionId }, state('not-attempted', { plans: count, message: messageOf(thrown) }), thrown);
  };
  const neighbours = await readAll(execution, plans).catch((thrown: unknown) => {
    reportFailure(plans.length, thrown);
  });
  if (neighbours === undefined) return [];
  const sent: Plan[] = [];
  let queue = [...plans].sort(byLatestStart);
  while (hasTimeToBegin(execution)) {
    const { batch, rest } = takeBatch(execution, queue, neighbours.underWay);
    if (batch.length === 0) break;
    queue = rest;
    try {
      const result = await runBatch(execution, batch, neighbours);
      sent.push(...result.sent);
      queue = [...rest, ...result.inLineAgain].sort(byLatestStart);
    } catch (thrown) {
      reportFailure(batch.length, thrown);
    }
  }
  const held = await holdBack(execution, queue, neighbours.underWay);
  if (queue.length > held) {
    problems.add({ regionId }, state('out-of-time', { plans: queue.length - held }));
  }
  return sent;
}

/** Who is down around is read only where a plan may begin. An open breaker is told in every run that it holds up. */
async function readAll(execution: Execution, plans: readonly Plan[]): Promise<Neighbours> {
  const neighbours = await readNeighbours(execution, plans);
  if (!plans.some((plan) => mayBegin(execution, plan))) return neighbours;
  const { failed } = await neighbours.around();
  reportBreakers(execution, failed);
  return neighbours;
}

/** The plans that may be under way together, the most urgent first, and the rest of the queue. */
function takeBatch(
  execution: Execution,
  queue: readonly Plan[],
  underWay: UnderWay,
): { batch: Plan[]; rest: Plan[] } {
  const together = underWay.copy();
  const batch: Plan[] = [];
  const rest: Plan[] = [];
  for (const plan of queue) {
    const isCandidate = mayBegin(execution, plan);
    if (batch.length >= batchSize || (isCandidate && !together.hasRoomFor(memberOf(plan)))) {
      rest.push(plan);
      continue;
    }
    if (isCandidate) together.add(memberOf(plan));
    batch.push(plan);
  }
  return { batch, rest };
}

/** A plan that cannot begin, or begins with a backup, takes nobody's place and waits for nobody. */
function mayBegin({ settings, clock }: Execution, plan: Plan): boolean {
  const waits = plan.status === 'AwaitingApproval' || plan.hold !== undefined;
  const isAllowed = !waits && settings.mode !== 'observe';
  return isAllowed && !isBackupOpen(plan) && isBeginnable(plan, clock.now());
}

/** Writes into the rows of waiting plans what they wait for. Returns how many wait. */
async function holdBack(execution: Execution, queue: readonly Plan[], underWay: UnderWay): Promise<number> {
  const stamp = stampOf(execution);
  const changes: RowChange[] = [];
  let waiting = 0;
  for (const from of queue) {
    const wait = mayBegin(execution, from) ? underWay.whyWait(memberOf(from)) : undefined;
    if (wait === undefined) continue;
    waiting += 1;
    const why = waitsFor(wait, execution.settings.rules.calendar.timeZone);
    if (from.status === 'Planned' && isSameStatement(withoutRefusals(from.reason), why)) continue;
    await guarded(execution, from, () =>
      changes.push({ plan: postpone(from, stamp, why, waitUntil(wait, from, stamp.at) ?? stamp.at), from }),
    );
  }
  await execution.ledger.writeAll(changes);
  return waiting;
}

/**
 * A pause ends at a time that is known. Every other limit is looked at again in each run. A row that waits for more than an
 * hour looks like one that was edited: a long pause is looked at again before.
 */
function waitUntil(wait: WaitFor, from: Plan, now: Instant): Instant | undefined {
  return wait.kind === 'pause' ? earliest(wait.until, plus(now, longestPauseLook)) : from.waitUntil;
}

const longestPauseLook: Milliseconds = 50 * 60_000;

/**
 * The plan that must start first comes first, then the one that ECS would restart first. Ids break ties. A plan whose agent
 * does not answer comes last: it tries only where nobody else wants its place.
 */
function byLatestStart(a: Plan, b: Plan): number {
  const ms = (instant: Instant | undefined): number => instant?.epochMilliseconds ?? 0;
  return (
    Number(isUndelivered(a)) - Number(isUndelivered(b)) ||
    ms(a.latestStart ?? a.notBefore) - ms(b.latestStart ?? b.notBefore) ||
    ms(a.notBefore) - ms(b.notBefore) ||
    (a.instanceId < b.instanceId ? -1 : 1)
  );
}
