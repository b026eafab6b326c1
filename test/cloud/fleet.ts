// A fleet of instances with scheduled reboot events, the same for the same seed. Plain cases only: whoever wants a
// story adds it.
import type { EcsCore } from './ecs/core/core.ts';
import { fraction } from './ecs/core/chance.ts';

const minute = 60_000;

export interface FleetSpec {
  seed: number;
  regions: readonly string[];
  instances: number;
  /** Spread over the instances in turn; more events than instances give some instances several. */
  events: number;
  /** Epoch milliseconds of the first publications. */
  start: number;
  /** The events are published within this time from the start on; all at once for 0. */
  publishedWithinMs: number;
  /** From publication to NotBefore, at the least and at the most. ECS announces 24 to 48 hours ahead. */
  notBeforeInMs: readonly [number, number];
}

const services = ['web', 'api', 'db', 'cache', 'queue', 'batch', 'search', 'auth'] as const;

/** Adds the fleet, and gives back the ids of the instances that get an event. */
export function addFleet(core: EcsCore, spec: FleetSpec): string[] {
  const ids = Array.from({ length: spec.instances }, (_, index) => {
    const regionId = spec.regions[index % spec.regions.length] ?? 'cn-hangzhou';
    const name = `${services[index % services.length] ?? 'web'}-${String(index + 1).padStart(3, '0')}`;
    // Started long ago: a machine that was started minutes ago may have answered its events by that.
    const startTime = spec.start - 30 * 24 * 60 * minute;
    return core.addInstance({
      id: idOf('i', spec.seed, index),
      regionId,
      name,
      startTime,
      creationTime: startTime,
    });
  });
  const affected = new Set<string>();
  for (let index = 0; index < spec.events; index += 1) {
    const instanceId = ids[index % ids.length];
    if (instanceId === undefined) break;
    affected.add(instanceId);
    const publishAt = spec.start + whole(spec.publishedWithinMs, spec.seed, `publish ${index}`);
    const [least, most] = spec.notBeforeInMs;
    const lead = least + whole(most - least, spec.seed, `lead ${index}`);
    core.addEvent({
      id: idOf('e', spec.seed, index),
      instanceId,
      publishAt,
      notBefore: publishAt + lead,
    });
  }
  return [...affected];
}

/** An id in the manner of ECS's: `i-bp1…`. */
function idOf(kind: 'i' | 'e', seed: number, index: number): string {
  const text = Math.floor(fraction(`${seed} ${kind} ${index}`) * 36 ** 6)
    .toString(36)
    .padStart(6, '0');
  return `${kind}-bp1${text}${index.toString(36).padStart(4, '0')}`;
}

/** Whole minutes of chance, below `most`. */
function whole(most: number, seed: number, name: string): number {
  return Math.floor((fraction(`${seed} ${name}`) * most) / minute) * minute;
}
