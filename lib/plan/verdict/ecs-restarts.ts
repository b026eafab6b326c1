// Which instances ECS itself takes down about now, while no plan of ours does so before: they count in their groups like
// instances that are down. Their rows, and their groups, may say anything or be missing: ECS acts all the same.
import { isAfter, isBefore, plus, type Instant, type Milliseconds } from '../calendar/instant.ts';
import type { DatedEvent, SystemEvent } from '../event.ts';
import type { InstanceReport } from '../instance.ts';
import { hasBegun } from '../plan.ts';
import { instanceIdOf, type PlanRead } from '../plan-read.ts';
import { readWishes } from '../planning/tags.ts';
import type { RestartByEcs } from '../spacing/around.ts';

/**
 * The events that ECS carries out now, or whose NotBefore is at most `slot` away. Where ECS has not begun a slot after NotBefore,
 * nobody knows when it does, and nobody waits for it: then the plans of the group would miss their own events.
 */
export function eventsAboutNow(
  events: readonly SystemEvent[],
  now: Instant,
  slot: Milliseconds,
): readonly DatedEvent[] {
  return events.filter((event): event is DatedEvent => {
    const { status, notBefore } = event;
    if (status === 'Executing') return true;
    if (status !== 'Scheduled') return false;
    return !isAfter(notBefore, plus(now, slot)) && !isBefore(plus(notBefore, slot), now);
  });
}

/** Those of these events that no plan of ours answers before, one for each instance that ECS lists: its earliest. */
export function restartsByEcs(
  events: readonly DatedEvent[],
  { instances, odd }: InstanceReport,
  rows: readonly PlanRead[],
  now: Instant,
): RestartByEcs[] {
  const ours = new Set(rows.filter((row) => mayStillRestart(row, now)).map(instanceIdOf));
  const sorted = [...events].sort((a, b) => a.notBefore.epochMilliseconds - b.notBefore.epochMilliseconds);
  const firstOf = (instanceId: string | undefined): DatedEvent | undefined =>
    sorted.find((event) => event.instanceId === instanceId && !ours.has(event.instanceId));
  const readable = instances.flatMap(({ instanceId, tags }): RestartByEcs[] => {
    const event = firstOf(instanceId);
    const { group } = readWishes(tags);
    return event === undefined || group === undefined
      ? []
      : [{ instanceId, group, notBefore: event.notBefore }];
  });
  const strays = odd.flatMap(({ instanceId }): RestartByEcs[] => {
    const event = firstOf(instanceId);
    return event === undefined
      ? []
      : [{ instanceId: event.instanceId, isOfAnyGroup: true, notBefore: event.notBefore }];
  });
  return [...readable, ...strays];
}

/**
 * True where a restart of ours is under way, or may still begin before NotBefore: of two plans that wait for each other, neither
 * would go. A plan that waits for a person is not counted on.
 */
function mayStillRestart(row: PlanRead, now: Instant): boolean {
  if (row.kind !== 'plan') return false;
  const { status, hold, latestStart } = row.plan;
  if (status === 'Rebooting' || status === 'Verifying') return true;
  const isWaiting = status === 'Planned' || hasBegun(row.plan);
  return isWaiting && hold === undefined && latestStart !== undefined && !isAfter(now, latestStart);
}
