// After the restart: is it proven? A list of clauses answers: the first verdict wins. Success means that every event shows
// Avoided, that the instance is Running, and that it was restarted. An event that is merely gone proves nothing, nor does a
// status that ECS has not changed yet.
import { elapsed, isBefore, type Instant } from '../calendar/instant.ts';
import { rebootEventType, type EventStatus, type SystemEvent } from '../event.ts';
import type { Fault } from '../fault.ts';
import type { Plan } from '../plan.ts';
import { idsOf } from '../planning/judgement-case.ts';
import { answerLag, type Sighting } from '../planning/sighting.ts';
import { state, type Statement } from '../statement.ts';
import type { Step } from '../steps.ts';
import { isAvoidedAndRunning, wasRestarted } from './restart-seen.ts';

/** What a look after the restart says. */
export type VerdictAfter =
  | {
      kind: 'end';
      status: 'Avoided' | 'Cleared' | 'Missed' | 'Escalated';
      reason: Statement;
      /** The steps of the plan, where one of them is what ends it. */
      steps?: readonly Step[];
    }
  | { kind: 'watch'; reason: Statement };

/** One look at one plan. */
interface Look {
  plan: Plan;
  sighting: Sighting;
  now: Instant;
  /** The events of the plan that ECS lists. */
  events: readonly SystemEvent[];
  /** The ids of those that it does not list, or that cannot be read. */
  unlisted: readonly string[];
}

/** One clause, by name. */
export interface AfterClause {
  name: string;
  judge: (look: Look) => VerdictAfter | undefined;
}

/** The clauses that rest on the events of the plan alone. */
export const eventClauses: readonly AfterClause[] = [
  { name: 'ECS carried an event out', judge: executed },
  { name: 'an event Failed', judge: failed },
  { name: 'not every event is answered, and there is time left', judge: unanswered },
];

/** The clauses that need the instance, too. The last one always has a verdict. */
export const instanceClauses: readonly AfterClause[] = [
  { name: 'ECS canceled every event', judge: canceled },
  { name: 'an event announced meanwhile may show its answer later', judge: lagging },
  { name: 'every event is answered, and the instance was restarted and is Running', judge: avoided },
  { name: 'it is not proven', judge: unproven },
];

/** Judges a plan in Verifying by its events alone. Undefined where the verdict depends on the instance. */
export function judgeEvents(plan: Plan, sighting: Sighting, now: Instant): VerdictAfter | undefined {
  return firstOf(eventClauses, lookAt(plan, sighting, now));
}

/** Judges a plan in Verifying. `sighting` holds its events by id, whatever their status, and its instance. */
export function judgeAfterReboot(plan: Plan, sighting: Sighting, now: Instant): VerdictAfter {
  const look = lookAt(plan, sighting, now);
  return firstOf([...eventClauses, ...instanceClauses], look) ?? unproven(look);
}

function firstOf(clauses: readonly AfterClause[], look: Look): VerdictAfter | undefined {
  for (const { judge } of clauses) {
    const verdict = judge(look);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function lookAt(plan: Plan, sighting: Sighting, now: Instant): Look {
  const events = sighting.events.filter((event) => plan.eventIds.includes(event.eventId));
  const unlisted = plan.eventIds.filter((id) => !events.some((event) => event.eventId === id));
  return { plan, sighting, now, events, unlisted };
}

function executed(look: Look): VerdictAfter | undefined {
  const eventIds = idsIn(look, 'Executed');
  if (eventIds.length === 0) return undefined;
  const reason = state('executed-by-ecs', { eventIds, sent: sentOf(look) });
  return { kind: 'end', status: 'Missed', reason };
}

function failed(look: Look): VerdictAfter | undefined {
  const eventIds = idsIn(look, 'Failed');
  if (eventIds.length === 0) return undefined;
  const reason = state('event-failed', { eventIds, sent: sentOf(look) });
  return { kind: 'end', status: 'Escalated', reason };
}

function unanswered(look: Look): VerdictAfter | undefined {
  if (isAnswered(look) || !isTimeLeft(look)) return undefined;
  // The instance is not read for this verdict, and does not change it.
  return { kind: 'watch', reason: state('not-proven-yet', { ...seenOf(look), sent: sentOf(look) }) };
}

function canceled(look: Look): VerdictAfter | undefined {
  const isCanceled = look.events.length > 0 && isAnswered(look) && idsIn(look, 'Avoided').length === 0;
  if (!isCanceled || look.sighting.instance?.status !== 'Running') return undefined;
  const reason = state('events-canceled', { eventIds: idsOf(look.events), sent: sentOf(look) });
  return { kind: 'end', status: 'Cleared', reason };
}

/**
 * An event that was announced before the instance restarted is answered by the restart, too. ECS may show that later. An
 * intent far ahead was edited: nobody waits for it, or the plan would not end for as long.
 */
function lagging(look: Look): VerdictAfter | undefined {
  const { plan, sighting, now } = look;
  const mayFollow = plan.intent !== undefined && Math.abs(elapsed(plan.intent.at, now)) < answerLag;
  if (!isAnswered(look) || !mayFollow) return undefined;
  const events = sighting.events.filter(
    (event) =>
      plan.laterEventIds.includes(event.eventId) &&
      event.type === rebootEventType &&
      event.status === 'Scheduled',
  );
  if (events.length === 0) return undefined;
  return { kind: 'watch', reason: state('later-events-lag', { eventIds: idsOf(events) }) };
}

function avoided(look: Look): VerdictAfter | undefined {
  const eventIds = idsIn(look, 'Avoided');
  if (!isAvoidedAndRunning(look.plan, look.sighting)) return undefined;
  if (wasRestarted(look.plan, look.sighting, look.now))
    return { kind: 'end', status: 'Avoided', reason: state('avoided', { eventIds }) };
  // The time for the proof does not end this: a look a minute later does.
  return { kind: 'watch', reason: state('restart-unseen', { eventIds }) };
}

function unproven(look: Look): VerdictAfter {
  const { instance, instanceFaults = [] } = look.sighting;
  const seen = seenOf(look);
  const values = {
    ...seen,
    faults: [...seen.faults, ...instanceFaults],
    instance: instance?.status ?? (instanceFaults.length > 0 ? 'unreadable' : 'unlisted'),
    sent: sentOf(look),
  };
  if (isTimeLeft(look)) return { kind: 'watch', reason: state('not-proven-yet', values) };
  const { intent } = look.plan;
  const isPast = intent !== undefined && !isBefore(look.now, intent.at);
  const waited = isPast ? { waitedMs: elapsed(intent.at, look.now) } : {};
  return { kind: 'end', status: 'Escalated', reason: state('not-proven', { ...values, ...waited }) };
}

function idsIn({ events }: Look, ...statuses: EventStatus[]): string[] {
  return idsOf(events.filter(({ status }) => statuses.includes(status)));
}

/** True where ECS lists every event of the plan, and each is Avoided or Canceled. */
function isAnswered(look: Look): boolean {
  return look.unlisted.length === 0 && idsIn(look, 'Avoided', 'Canceled').length === look.events.length;
}

function isTimeLeft({ plan, now }: Look): boolean {
  return plan.verifyUntil !== undefined && isBefore(now, plan.verifyUntil);
}

function sentOf({ plan }: Look): 'accepted' | 'unknown' {
  return plan.intent?.outcome === 'accepted' ? 'accepted' : 'unknown';
}

function seenOf({ events, unlisted, sighting }: Look): {
  events: { eventId: string; status: string }[];
  unlisted: string[];
  faults: readonly Fault[];
} {
  const odd = sighting.odd.filter(({ eventId }) => eventId !== undefined && unlisted.includes(eventId));
  return {
    events: events.map(({ eventId, status }) => ({ eventId, status })),
    unlisted: unlisted.filter((id) => !odd.some(({ eventId }) => eventId === id)),
    faults: odd.flatMap(({ faults }) => faults),
  };
}
