// The fleets of the benchmark: plain instances that have run for long, each with one scheduled reboot event.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { addFleet } from '../cloud/fleet.ts';

const hour = 3_600_000;

/** Adds so many instances with an event each, spread over the regions, announced at once and due in a day or two. */
export function addAffected(core: EcsCore, regions: readonly string[], events: number, now: number): void {
  addFleet(core, {
    seed: 1,
    regions,
    instances: events,
    events,
    start: now,
    publishedWithinMs: 0,
    notBeforeInMs: [24 * hour, 48 * hour],
  });
}
