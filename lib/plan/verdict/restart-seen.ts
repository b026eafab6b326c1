// Whether the restart itself was seen. Right after RebootInstance ECS may still show the instance Running, and the event
// Avoided already: such a look proves nothing.
import { elapsed, isAfter, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import type { Sighting } from '../planning/sighting.ts';
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
