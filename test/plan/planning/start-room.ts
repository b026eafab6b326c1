// Settings with START_ROOM. The only place where the tests of whole fleets say how it is set.
import type { Rules } from '../../../lib/plan/rules.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { minute } from '../samples.ts';

/** The settings, and how much room a place needs between execute_at and latest_start. */
export function withStartRoom(settings: PlannerSettings, startRoom: number = 3 * minute): PlannerSettings {
  const rules: Rules & { startRoom: number } = { ...settings.rules, startRoom };
  return { ...settings, rules };
}
