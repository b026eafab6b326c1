// Watches restarted instances until the events themselves prove the success: all of them with one read of a hundred
// events a look, with growing pauses while the invocation lasts, and at the next tick from then on. Instances are read
// only where their events are answered.
import { closingBudgetMs, nextLookMs, watchLimitMs, watchPausesMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { elapsed, plus } from '../../plan/calendar/instant.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import type { Plan } from '../../plan/plan.ts';
import { isPostCommandOpen } from '../../plan/steps.ts';
import { change, end, keepWatching } from '../../plan/transitions.ts';
import { judgeAfterReboot, judgeEvents, type VerdictAfter } from '../../plan/verdict/after-reboot.ts';
import { guarded, recordAll, stampOf, type Execution } from '../execution.ts';
import { isProven, openProofs } from '../steps/proof.ts';
import { readEventsFirst } from '../sightings.ts';

/**
 * Watches plans in Verifying as long as this invocation may; what is left is due again by its row. `due` are looked at
 * at once, `sent` (just now) only after the first pause.
 */
export async function watch(
  execution: Execution,
  due: readonly Plan[],
  sent: readonly Plan[],
): Promise<void> {
  const { clock, deadline } = execution;
  const begin = clock.now();
  let left = [...(await look(execution, due)), ...sent];
  for (let turn = 0; left.length > 0; turn += 1) {
    const pause = watchPausesMs[Math.min(turn, watchPausesMs.length - 1)] ?? nextLookMs;
    const now = clock.now();
    const isTimeUp =
      elapsed(now, deadline) < pause + closingBudgetMs || elapsed(begin, now) + pause > watchLimitMs;
    if (isTimeUp) break;
    await clock.sleep(pause);
    left = await look(execution, left);
  }
}

/** One look at all of them; gives back those that are not proven and still ours to watch. */
async function look(execution: Execution, plans: readonly Plan[]): Promise<Plan[]> {
  if (plans.length === 0) return [];
  let facts;
  try {
    facts = await readEventsFirst(
      execution,
      execution.regionId,
      plans,
      (plan, sighting, at) => judgeEvents(plan, sighting, at) === undefined,
    );
  } catch (thrown) {
    const problem = `${plans.length} restarted instances could not be looked at: ${messageOf(thrown)}`;
    execution.problems.add({ regionId: execution.regionId, problem }, thrown);
    return [...plans];
  }
  const verdicts = plans.map((plan) => ({
    plan,
    sighting: facts.of(plan),
    verdict: judgeAfterReboot(plan, facts.of(plan), facts.at),
  }));
  const proofs = await openProofs(
    execution,
    verdicts.filter(({ verdict }) => isProven(verdict)).map(({ plan }) => plan),
  );
  const finish = async (judged: typeof verdicts): Promise<Plan[]> => {
    const looked: Looked[] = [];
    for (const { plan, sighting, verdict } of judged) {
      await guarded(execution, plan, async () => {
        const proof = isProven(verdict) ? await proofs.of(plan, verdict) : { plan, verdict };
        if (proof === undefined) return;
        looked.push({ from: proof.plan, plan: afterLook(execution, proof.plan, sighting, proof.verdict) });
      });
    }
    return recordLooks(execution, looked);
  };
  // A command may take as long as ECS lets it: what is known by then must not be lost with the invocation.
  const isSlow = ({ plan, verdict }: (typeof verdicts)[number]): boolean =>
    isProven(verdict) && isPostCommandOpen(plan);
  const left = await finish(verdicts.filter((one) => !isSlow(one)));
  for (const one of verdicts.filter(isSlow)) left.push(...(await finish([one])));
  return left;
}

/** A plan before and after a look; the same where there was nothing new. */
interface Looked {
  from: Plan;
  plan: Plan;
}

/** Writes what is new; gives back what is still ours to watch. */
async function recordLooks(execution: Execution, looked: readonly Looked[]): Promise<Plan[]> {
  const changes = looked.filter(({ from, plan }) => plan !== from);
  const left = looked.filter(({ from, plan }) => plan === from).map(({ plan }) => plan);
  const outcomes = await recordAll(execution, changes);
  for (const [index, { from, plan }] of changes.entries()) {
    const kind = outcomes[index]?.kind;
    // A lost write means that somebody else looked too, or a person edited: the row as it is now is not ours.
    if (kind === 'failed') left.push(from);
    else if (kind === 'written' && plan.status === 'Verifying') left.push(plan);
  }
  return left;
}

function afterLook(execution: Execution, plan: Plan, sighting: Sighting, verdict: VerdictAfter): Plan {
  const stamp = stampOf(execution);
  if (verdict.kind === 'watch') return keepWatching(plan, stamp, verdict.reason, plus(stamp.at, nextLookMs));
  const laterEvents = sighting.events.filter((event) => plan.laterEventIds.includes(event.eventId));
  const answered = laterEvents.filter(({ status }) => status === 'Avoided').map(({ eventId }) => eventId);
  const struck = laterEvents.filter(({ status }) => ['Executing', 'Executed', 'Failed'].includes(status));
  const told = [
    ...(answered.length > 0 ? [`The same restart answered ${answered.join(', ')}.`] : []),
    ...struck.map(
      ({ eventId, status }) => `Event ${eventId}, announced meanwhile, is ${status}; look at the instance.`,
    ),
  ];
  for (const { eventId, status } of struck) {
    const problem = `Event ${eventId}, announced while the instance was being restarted, is ${status}.`;
    execution.problems.add({ regionId: plan.regionId, instanceId: plan.instanceId, problem });
  }
  const ended = end(plan, stamp, verdict.status, verdict.reason);
  // Later events that are still open are forgotten here, so that the plan function finds them new.
  const laterEventIds = struck.map(({ eventId }) => eventId);
  const steps = verdict.steps === undefined ? {} : { steps: verdict.steps };
  const patch = { eventIds: [...plan.eventIds, ...answered], laterEventIds, ...steps };
  if (told.length === 0) return { ...ended, ...patch };
  return { ...change(ended, stamp, patch, told.join(' ')), version: ended.version };
}
