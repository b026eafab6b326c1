// Watches restarted instances until the events themselves prove the success: all of them with one batch of reads a
// look, with growing pauses while the invocation lasts, and at the next tick from then on.
import { closingBudgetMs, nextLookMs, watchLimitMs, watchPausesMs } from '../defaults.ts';
import { messageOf } from '../errors.ts';
import { elapsed, plus } from '../plan/instant.ts';
import type { Sighting } from '../plan/judgement.ts';
import type { Plan } from '../plan/plan.ts';
import { change, end, keepWatching } from '../plan/transitions.ts';
import { judgeAfterReboot } from '../plan/verdict-after.ts';
import { record, stampOf, type Execution } from './execution.ts';
import { readFacts } from './sightings.ts';

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
    facts = await readFacts(execution, execution.regionId, plans);
  } catch (thrown) {
    const problem = `${plans.length} restarted instances could not be looked at: ${messageOf(thrown)}`;
    execution.problems.add({ regionId: execution.regionId, problem });
    return [...plans];
  }
  const left: Plan[] = [];
  for (const plan of plans) {
    const next = afterLook(execution, plan, facts.of(plan));
    const outcome = next === plan ? ({ kind: 'written' } as const) : await record(execution, next, plan);
    // A lost write means that somebody else looked too, or a person edited: the row as it is now is not ours.
    if (outcome.kind === 'written' && next.status === 'Verifying') left.push(next);
    if (outcome.kind === 'failed') left.push(plan);
  }
  return left;
}

function afterLook(execution: Execution, plan: Plan, sighting: Sighting): Plan {
  const stamp = stampOf(execution);
  const verdict = judgeAfterReboot(plan, sighting, stamp.at);
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
  const patch = { eventIds: [...plan.eventIds, ...answered], laterEventIds };
  if (told.length === 0) return { ...ended, ...patch };
  return { ...change(ended, stamp, patch, told.join(' ')), version: ended.version };
}
