// What the planner would see of an instance that a call of `preview` describes: it runs, and has scheduled reboots.
import type { EcsWindow } from '../plan/calendar/ecs-window.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import { rebootEventType } from '../plan/event.ts';
import type { Sighting } from '../plan/planning/sighting.ts';
import { isMeantForUs, tagPrefix } from '../plan/planning/tag-keys.ts';

/** One instance, as the call describes it. */
export interface Described {
  instanceId: string;
  /** One per event; at least one. */
  notBefores: readonly Instant[];
  tags: ReadonlyMap<string, string>;
  /** Undefined where the owner set none. */
  ecsWindow: EcsWindow | undefined;
}

/** The instance as one look at ECS would show it. */
export function sightingOf({ instanceId, notBefores, tags, ecsWindow }: Described): Sighting {
  return {
    regionId: 'preview',
    instanceId,
    instance: { instanceId, status: 'Running', locks: [], tags },
    events: notBefores.map((notBefore, index) => ({
      eventId: `e-${index + 1}`,
      instanceId,
      type: rebootEventType,
      status: 'Scheduled',
      notBefore,
    })),
    odd: [],
    ecsWindow: ecsWindow ?? 'none',
  };
}

/** The key of a tag as instances have it. People may leave out the prefix. */
export function tagKey(name: string): string {
  return isMeantForUs(name) ? name : `${tagPrefix}${name}`;
}
