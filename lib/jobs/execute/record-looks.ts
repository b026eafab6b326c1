// Writes what a look after the restart found.
import { nextLookMs } from '../../constants.ts';
import { plus } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { idsOf } from '../../plan/planning/judgement-case.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import { state, withAlso, type Statement } from '../../plan/statement.ts';
import { isFinal } from '../../plan/status.ts';
import { end } from '../../plan/transitions.ts';
import type { VerdictAfter } from '../../plan/verdict/after-reboot.ts';
import { seenAfter, stepsWithoutRestart } from '../../plan/verdict/restart-seen.ts';
import { keepWatching } from '../../plan/watching.ts';
import { archiveSent } from '../archive.ts';
import { stampOf, type Execution } from '../execution.ts';

/** A plan before and after a look; the same plan where the look found nothing new. */
export interface Looked {
  from: Plan;
  plan: Plan;
  problems: readonly Statement[];
}

/** Writes what is new. Returns the plans that are still ours to watch. */
export async function recordLooks(execution: Execution, looked: readonly Looked[]): Promise<Plan[]> {
  for (const { plan, problems } of looked) for (const what of problems) execution.problems.add(plan, what);
  const changes = looked.filter(({ from, plan }) => plan !== from);
  const left = looked.filter(({ from, plan }) => plan === from).map(({ plan }) => plan);
  const outcomes = await execution.ledger.outcomesOf(changes);
  const ended = changes.filter(
    ({ plan }, index) => isFinal(plan.status) && outcomes[index]?.kind === 'written',
  );
  await archiveSent(
    execution,
    ended.map(({ plan }) => plan),
  );
  for (const [index, { from, plan }] of changes.entries()) {
    const kind = outcomes[index]?.kind;
    // Lost: somebody else looked too, or a person edited. The row as it is now is not ours.
    if (kind === 'failed') left.push(from);
    else if (kind === 'written' && plan.status === 'Verifying') left.push(plan);
  }
  return left;
}

/** The plan after a look. */
export function afterLook(
  execution: Execution,
  { plan, sighting, verdict }: { plan: Plan; sighting: Sighting; verdict: VerdictAfter },
): Pick<Looked, 'plan' | 'problems'> {
  const stamp = stampOf(execution);
  if (verdict.kind === 'watch') {
    const seen = seenAfter(plan, sighting, stamp.at);
    const nextLook = plus(stamp.at, nextLookMs);
    const watched = keepWatching(plan, stamp, verdict.reason, { ...seen, nextLook });
    return { plan: watched, problems: [] };
  }
  const later = sighting.events.filter((event) => plan.laterEventIds.includes(event.eventId));
  const answered = idsOf(later.filter(({ status }) => status === 'Avoided'));
  const struck = later.filter(({ status }) => ['Executing', 'Executed', 'Failed'].includes(status));
  const problems = struck.map(({ eventId, status }) => state('later-event-struck', { eventId, status }));
  const also = answered.length === 0 ? [] : [state('also-answered', { eventIds: answered })];
  const steps =
    stepsWithoutRestart({ ...plan, steps: verdict.steps ?? plan.steps ?? [] }, sighting) ?? verdict.steps;
  const ended = end(plan, stamp, {
    status: verdict.status,
    reason: withAlso(verdict.reason, [...also, ...problems]),
    // Later events that are still open are forgotten here, so that the plan function plans them.
    about: {
      eventIds: [...plan.eventIds, ...answered],
      laterEventIds: idsOf(struck),
      notBefore: plan.notBefore,
    },
    ...(steps === undefined ? {} : { steps }),
  });
  return { plan: ended, problems };
}
