// What happens to due plans, step by step:
//
//   facts → judge → claim → neighbours → health → turn → facts if old → judge → prepare → judge → intent → send
//
// and then watch.ts. The first judgement saves a claim that would be given back. The one before the intent decides: between
// the two lie other plans, waits and steps. A plan whose step has ended goes through its course again.
import pMap from 'p-map';
import { leaseMs, rebootBudgetMs, sendsAtOnce } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { earliest, elapsed, isBefore, type Instant } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, type Statement } from '../../plan/statement.ts';
import type { StopSeen } from '../../plan/stop.ts';
import { memberOf } from '../../plan/spacing/under-way.ts';
import { isBackingUp, isBackupOpen, isUnderWay, stepOf } from '../../plan/steps.ts';
import { claim, postpone } from '../../plan/transitions.ts';
import type { VerdictBefore } from '../../plan/verdict/before-verdict.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import type { Health } from '../../ports.ts';
import { archiveSent } from '../archive.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import { isFresh, readFacts, type Facts } from '../facts.ts';
import type { RowChange } from '../ledger.ts';
import { prepare } from '../steps/prepare.ts';
import { givenBack } from './given-back.ts';
import { withGuessedWindows } from './guessed-windows.ts';
import { judgeBeside } from './judge-beside.ts';
import { yieldToOthers, type Neighbours } from './neighbours.ts';
import { putOff } from './put-off.ts';
import { rebootOnce } from './reboot-once.ts';

/** What came of a plan's course. Undefined: it waits, has ended, or is not ours. */
type Result =
  /** A restart was sent: the plan is to be watched. */
  | { kind: 'sent'; plan: Plan }
  /** Its backup is complete: it returns to the queue. */
  | { kind: 'in line again'; plan: Plan }
  | undefined;

/** What came of a batch. */
export interface BatchResult {
  sent: readonly Plan[];
  inLineAgain: readonly Plan[];
}

const nothingBegan: BatchResult = { sent: [], inLineAgain: [] };

/** Takes a batch of due plans through the steps above. */
export async function runBatch(
  execution: Execution,
  plans: readonly Plan[],
  neighbours: Neighbours,
): Promise<BatchResult> {
  const [facts, stop] = await Promise.all([readFacts(execution, plans), neighbours.stop()]);
  const seen = await withGuessedWindows(execution, plans, facts);
  const ready = await judgeAll(execution, plans, { facts: seen, neighbours, stop: stop.seen });
  const claimed = await claimAll(execution, ready);
  const kept = await yieldOrGiveBack(execution, claimed, neighbours);
  if (kept.length === 0) return nothingBegan;
  for (const plan of kept) if (!isBackingUp(plan)) neighbours.underWay.add(memberOf(plan));
  const healths = await healthBefore(execution, kept);
  const ground = await groundIfOld(execution, kept, { facts, neighbours });
  if (ground === undefined) return nothingBegan;
  const results = await pMap(
    kept,
    (plan) => givenBack(execution, plan, () => runCourse(execution, plan, { ...ground, healths })),
    { concurrency: sendsAtOnce },
  );
  const plansOf = (kind: 'sent' | 'in line again'): Plan[] =>
    results.flatMap((result) => (result?.kind === kind ? [result.plan] : []));
  const sent = plansOf('sent');
  await archiveSent(execution, sent);
  return { sent, inLineAgain: plansOf('in line again') };
}

/** What a judgement rests on. */
interface Ground {
  facts: Facts;
  neighbours: Neighbours;
  stop: StopSeen;
}

/** The facts are absent after a pre-command: whatever was read before it no longer counts. */
type CourseGround = Pick<Ground, 'neighbours'> & {
  facts: Facts | undefined;
  /** The health of the instances before their restarts. */
  healths: ReadonlyMap<string, Health>;
};

/** The plans that may begin. What the others wait for is written. */
async function judgeAll(execution: Execution, plans: readonly Plan[], ground: Ground): Promise<Plan[]> {
  const ready: Plan[] = [];
  for (const plan of plans) {
    await guarded(execution, plan, async () => {
      const verdict = await judgeBeside(execution, plan, ground);
      if (verdict.kind === 'go' || verdict.kind === 'prepare') ready.push(plan);
      else await putOff(execution, plan, verdict);
    });
  }
  return ready;
}

/** Claims these plans. Returns those that are ours, as claimed. */
async function claimAll(execution: Execution, plans: readonly Plan[]): Promise<Plan[]> {
  const changes: RowChange[] = [];
  for (const from of plans) {
    await guarded(execution, from, () =>
      changes.push({ plan: claim(from, stampOf(execution), execution.owner, leaseMs), from }),
    );
  }
  const isOurs = await execution.ledger.writeAll(changes);
  return changes.flatMap(({ plan }, index) => (isOurs[index] === true ? [plan] : []));
}

/**
 * The health of the instances right before their restarts, so that the proof can tell what a restart made worse. Where it
 * cannot be read, the proof takes each instance for well: that is the stricter way.
 */
async function healthBefore(
  { ecs, regionId, problems }: Execution,
  claimed: readonly Plan[],
): Promise<ReadonlyMap<string, Health>> {
  const ids = claimed.filter((plan) => !isBackingUp(plan)).map(({ instanceId }) => instanceId);
  if (ids.length === 0) return new Map();
  try {
    return await ecs.healthOf(regionId, ids);
  } catch (thrown) {
    problems.add({ regionId }, state('health-unreadable', { message: messageOf(thrown) }), thrown);
    return new Map();
  }
}

/**
 * The facts as they are while they count, or read again, who is down around, and whether everything is stopped. Where they
 * cannot be read, the claimed plans wait again: nobody else could begin with them before the lease ends.
 */
async function groundIfOld(
  execution: Execution,
  claimed: readonly Plan[],
  { facts, neighbours }: Pick<CourseGround, 'facts' | 'neighbours'>,
): Promise<(Ground & { at: Instant }) | undefined> {
  const read = async (): Promise<Ground & { at: Instant }> => {
    const isOld = facts === undefined || !isFresh(facts, execution.clock.now());
    // Side by side, so that neither grows old while the other is read.
    const [current, around, stop] = await Promise.all([
      isOld ? readFacts(execution, claimed) : facts,
      neighbours.around(),
      neighbours.stop(),
    ]);
    const at = earliest(earliest(current.at, around.at), stop.at);
    return { facts: current, neighbours, stop: stop.seen, at };
  };
  try {
    const ground = await read();
    // The process may have been frozen in between.
    return isFresh(ground, execution.clock.now()) ? ground : await read();
  } catch (thrown) {
    await giveAllBack(execution, claimed, thrown);
    return undefined;
  }
}

/** The claims that the neighbours leave. Where they cannot be read, the claimed plans wait again. */
async function yieldOrGiveBack(
  execution: Execution,
  claimed: readonly Plan[],
  neighbours: Neighbours,
): Promise<Plan[]> {
  try {
    return await yieldToOthers(execution, claimed, neighbours);
  } catch (thrown) {
    await giveAllBack(execution, claimed, thrown);
    return [];
  }
}

async function giveAllBack(execution: Execution, claimed: readonly Plan[], thrown: unknown): Promise<void> {
  const why = state('facts-unreadable', { message: messageOf(thrown) });
  for (const plan of claimed) {
    execution.problems.add(plan, why, thrown);
    await guarded(execution, plan, () => giveBack(execution, plan, why));
  }
}

/** One claimed plan, from its turn to the irreversible step. */
async function runCourse(
  execution: Execution,
  plan: Plan,
  { facts, neighbours, healths }: CourseGround,
): Promise<Result> {
  const { clock, ecs, regionId } = execution;
  if (!hasTimeToBegin(execution)) return giveBack(execution, plan, state('too-little-time', {}));
  // The wait for a turn may be long. Everything is judged after it. A backup needs no turn, nor a command that runs: after
  // it the plan takes its course again.
  const isTurnNeeded = !isBackupOpen(plan) && !isUnderWay(stepOf(plan, 'pre-command'));
  const throttledUntil = isTurnNeeded ? await ecs.turnToReboot(regionId) : undefined;
  if (throttledUntil !== undefined) return giveBack(execution, plan, state('throttled', {}), throttledUntil);
  const ground = await groundIfOld(execution, [plan], { facts, neighbours });
  if (ground === undefined) return undefined;
  if (!hasTimeToBegin(execution)) return giveBack(execution, plan, state('too-little-time', {}));
  if (!isFresh(ground, clock.now())) return giveBack(execution, plan, state('facts-too-old', {}));
  const verdict = await judgeBeside(execution, plan, ground);
  switch (verdict.kind) {
    case 'go': {
      const seen = {
        factsAt: ground.at,
        healthBefore: healths.get(plan.instanceId)?.status,
        startedBefore: ground.facts.of(plan).instance?.startedAt,
      };
      const sent = await rebootOnce(execution, plan, seen);
      return sent && { kind: 'sent', plan: sent };
    }
    case 'prepare':
      return afterPreparing(execution, await prepare(execution, plan, verdict), verdict, neighbours);
    default:
      await putOff(execution, plan, verdict);
      return undefined;
  }
}

/** After its pre-command the plan goes on at once. After its backup it gets in line: it counted against no limit so far. */
async function afterPreparing(
  execution: Execution,
  plan: Plan | undefined,
  verdict: VerdictBefore & { kind: 'prepare' },
  neighbours: Neighbours,
): Promise<Result> {
  if (plan === undefined) return undefined;
  if (verdict.step === 'pre-command') {
    // A command takes minutes: what was read before it is old.
    const healths = await healthBefore(execution, [plan]);
    return runCourse(execution, plan, { facts: undefined, neighbours, healths });
  }
  const stamp = stampOf(execution);
  const isTime = plan.executeAt !== undefined && !isBefore(stamp.at, plan.executeAt);
  const next = postpone(plan, stamp, state('prepared', { isTime }), undefined);
  const isWritten = await execution.ledger.write(next, plan);
  return isTime && isWritten ? { kind: 'in line again', plan: next } : undefined;
}

/**
 * The plan waits again: the next run tries it, or the first one from `until` on. Once its pre-command has begun it stays in
 * Preparing without a lease: its service may be down, and it counts against the limits.
 */
async function giveBack(
  execution: Execution,
  plan: Plan,
  why: Statement,
  until?: Instant,
): Promise<undefined> {
  const stamp = stampOf(execution);
  await execution.ledger.write(waitAgain(plan, stamp, why, until ?? stamp.at), plan);
}

/** True where the invocation has time for a restart and for writing what came of it. */
export function hasTimeToBegin({ clock, deadline }: Execution): boolean {
  return elapsed(clock.now(), deadline) >= rebootBudgetMs;
}
