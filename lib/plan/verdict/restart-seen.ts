// Whether the restart itself was seen. Right after RebootInstance ECS may still show the instance Running, and the event
// Avoided already: such a look proves nothing.
import { elapsed, isAfter, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import type { Sighting } from '../planning/sighting.ts';
import { stepOf, type Step } from '../steps.ts';
import type { SeenAfter } from '../watching.ts';

/** True where every event of the plan is Avoided or Canceled, at least one Avoided, and the instance Running. */
export function isAvoidedAndRunning({ eventIds }: Plan, { events, instance }: Sighting): boolean {
  const statuses = eventIds.map((id) => events.find(({ eventId }) => eventId === id)?.status);
  const isAnswered = statuses.every((status) => status === 'Avoided' || status === 'Canceled');
  return isAnswered && statuses.includes('Avoided') && instance?.status === 'Running';
}

/**
 * True where the restart itself was seen: the instance was not Running since the intent, or it has another StartTime. Where
 * neither was seen, looks a minute apart that show the events Avoided and the instance Running are enough: ECS begins a
 * restart that it accepted within seconds.
 */
export function wasRestarted(plan: Plan, { instance }: Sighting, now: Instant): boolean {
  if (plan.seenDownAt !== undefined || hasStarted(plan, instance?.startedAt)) return true;
  return plan.avoidedSeenAt !== undefined && elapsed(plan.avoidedSeenAt, now) >= settledMs;
}

/**
 * ECS's clock and ours differ, and StartTime has only minutes: compared with the StartTime before the restart it needs no
 * clock. Where that is not known, it must lie after the intent, by our clock.
 */
function hasStarted({ intent, startedBefore }: Plan, startedAt: Instant | undefined): boolean {
  const before = startedBefore ?? intent?.at;
  return startedAt !== undefined && before !== undefined && isAfter(startedAt, before);
}

/**
 * The steps of a plan that ends although nothing shows its restart: no event is answered, and the instance is Running since
 * before the restart was sent. What its pre-command did is still there. Undefined where there is nothing to note.
 */
export function stepsWithoutRestart(plan: Plan, sighting: Sighting): readonly Step[] | undefined {
  const step = stepOf(plan, 'pre-command');
  if (step === undefined || plan.seenDownAt !== undefined || isRestartShown(plan, sighting)) return undefined;
  return plan.steps?.map((one) => (one === step ? { ...one, unrestarted: true } : one));
}

/** ECS lists no instance that was released. It is not read where an event Failed. */
function isRestartShown(plan: Plan, { events, instance }: Sighting): boolean {
  const statuses = events
    .filter(({ eventId }) => plan.eventIds.includes(eventId))
    .map(({ status }) => status);
  if (statuses.some((status) => ['Avoided', 'Executing', 'Executed'].includes(status))) return true;
  if (instance === undefined) return !statuses.includes('Failed');
  // StartTime has only minutes: compared with our clock, it may seem to lie before the intent.
  const before = plan.startedBefore ?? (plan.intent && plus(plan.intent.at, -startTimeStep));
  const { status, startedAt } = instance;
  return (
    status !== 'Running' || (startedAt !== undefined && before !== undefined && isAfter(startedAt, before))
  );
}

const startTimeStep: Milliseconds = 60_000;

/** How long the events are Avoided and the instance Running before that alone is a proof. */
const settledMs: Milliseconds = 60_000;

/** What the looks have seen so far, with this one. An instance that was not read, or is unreadable, shows nothing. */
export function seenAfter(plan: Plan, sighting: Sighting, now: Instant): SeenAfter {
  const { avoidedSeenAt } = plan;
  const status = sighting.instance?.status;
  const isDown = status !== undefined && status !== 'Running';
  const seenDownAt = plan.seenDownAt ?? (isDown ? now : undefined);
  // A time ahead of this look was edited, or a clock was set back.
  const since = avoidedSeenAt !== undefined && !isAfter(avoidedSeenAt, now) ? avoidedSeenAt : now;
  return {
    ...(seenDownAt === undefined ? {} : { seenDownAt }),
    ...(isAvoidedAndRunning(plan, sighting) ? { avoidedSeenAt: since } : {}),
  };
}
