// The fleets of the benchmark: plain instances that have run for a long time, each with one scheduled reboot event.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { addFleet } from '../cloud/fleet.ts';

const hour = 3_600_000;

/**
 * Adds this number of instances, spread over the regions, with one event each. All events are announced at once and due in
 * one to two days.
 */
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
