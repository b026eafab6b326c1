// A plan whose windows in ECS could not be read goes by those of the settings at its last moment. Right before that, its windows
// are read once more: planning may have had no chance to write what it read since.
import { quickReadMs } from '../../constants.ts';
import { plus } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { readEcsWindows } from '../ecs-windows.ts';
import type { Execution } from '../execution.ts';
import type { Facts } from '../facts.ts';

/**
 * The facts, with the windows in ECS of those plans whose rows do not know them. Sends no call where there are none. Where they
 * cannot be read soon, they stay unknown: a read that fails for hours must not cost a plan its last moment.
 */
export async function withGuessedWindows(
  execution: Execution,
  plans: readonly Plan[],
  facts: Facts,
): Promise<Facts> {
  const guessed = plans.filter(({ rules, pinned }) => !pinned && rules?.ecsWindow === 'unread');
  const instances = guessed.flatMap((plan) => facts.of(plan).instance ?? []);
  if (instances.length === 0) return facts;
  const giveUpAt = plus(execution.clock.now(), quickReadMs);
  const windowOf = await readEcsWindows(execution, instances, giveUpAt);
  const ids = new Set(instances.map(({ instanceId }) => instanceId));
  return {
    at: facts.at,
    of: (plan) => ({ ...facts.of(plan), ...(ids.has(plan.instanceId) ? windowOf(plan.instanceId) : {}) }),
  };
}
