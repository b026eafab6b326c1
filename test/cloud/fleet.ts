// A fleet of instances with scheduled reboot events. The same seed gives the same fleet. By default it has only plain cases.
import type { EcsCore } from './ecs/core/core.ts';
import { fraction } from './ecs/core/chance.ts';
import { drawNature, type NatureShares } from './natures.ts';

const minute = 60_000;

export interface FleetSpec {
  seed: number;
  regions: readonly string[];
  instances: number;
  /** The instances get events in turn. With more events than instances, some instances get several. */
  events: number;
  /** Epoch milliseconds of the first publications. */
  start: number;
  /** The events are published within this time after the start. With 0, all are published at once. */
  publishedWithinMs: number;
  /** The shortest and the longest time from publication to NotBefore. ECS announces 24 to 48 hours ahead. */
  notBeforeInMs: readonly [number, number];
  /** The shares of instances with each inconvenience of real fleets. Default: none. */
  natures?: NatureShares;
}

const services = ['web', 'api', 'db', 'cache', 'queue', 'batch', 'search', 'auth'] as const;

/** Adds the fleet and returns the ids of the instances that get an event. */
export function addFleet(core: EcsCore, spec: FleetSpec): string[] {
  const ids = Array.from({ length: spec.instances }, (_, index) => {
    const regionId = spec.regions[index % spec.regions.length] ?? 'cn-hangzhou';
    const name = `${services[index % services.length] ?? 'web'}-${String(index + 1).padStart(3, '0')}`;
    // A start of a few minutes ago could count as the answer to an event, so all starts are 30 days old.
    const startTime = spec.start - 30 * 24 * 60 * minute;
    const id = idOf('i', spec.seed, index);
    return core.addInstance({
      id,
      nature: drawNature(spec.natures ?? {}, spec.seed, id),
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

/** An id that looks like one of ECS: `i-bp1…`. */
function idOf(kind: 'i' | 'e', seed: number, index: number): string {
  const text = Math.floor(fraction(`${seed} ${kind} ${index}`) * 36 ** 6)
    .toString(36)
    .padStart(6, '0');
  return `${kind}-bp1${text}${index.toString(36).padStart(4, '0')}`;
}

/** A random number of whole minutes below `most`, in milliseconds. */
function whole(most: number, seed: number, name: string): number {
  return Math.floor((fraction(`${seed} ${name}`) * most) / minute) * minute;
}
