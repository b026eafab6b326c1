// Who of a group was restarted a short time ago. Both functions heed the pause of a group.
import { plus } from '../plan/calendar/instant.ts';
import { lastRestartEnd } from '../plan/plan.ts';
import type { Limits } from '../plan/limits.ts';
import type { Pausing } from '../plan/spacing/under-way.ts';
import type { Clock, PlanStore } from '../ports.ts';

/** Reads nothing where the settings have no pause. */
export async function readPausing(
  { clock, regionId, store }: { clock: Clock; regionId: string; store: PlanStore },
  { groupPause = 0 }: Limits,
): Promise<Pausing[]> {
  if (groupPause === 0) return [];
  const plans = await store.readRestartedSince(regionId, plus(clock.now(), -groupPause));
  return plans.flatMap((plan) => {
    const { instanceId, group } = plan;
    const ended = lastRestartEnd(plan);
    return group === undefined || ended === undefined
      ? []
      : [{ instanceId, group, until: plus(ended, groupPause) }];
  });
}
