// Looks whether the restart of a plan came that a person ended after it may have been sent. Where it did not come, what its
// pre-command did is still there, and is undone like that of any other plan.
import { messageOf } from '../../failures.ts';
import { preCommandToUndo } from '../../plan/draining.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { recordCheck } from '../../plan/undo.ts';
import { stepsWithoutRestart } from '../../plan/verdict/restart-seen.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import { readFacts, type Facts } from '../facts.ts';

/** Looks once. What cannot be read is a problem, and is looked at again at the next run. */
export async function checkRestarts(execution: Execution, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  let facts: Facts;
  try {
    facts = await readFacts(execution, plans);
  } catch (thrown) {
    const values = { plans: plans.length, message: messageOf(thrown) };
    execution.problems.add({ regionId: execution.regionId }, state('not-looked-at', values), thrown);
    return;
  }
  for (const plan of plans) await guarded(execution, plan, () => checkOne(execution, plan, facts));
}

async function checkOne(execution: Execution, plan: Plan, facts: Facts): Promise<void> {
  const sighting = facts.of(plan);
  const faults = [...sighting.odd.flatMap((event) => event.faults), ...(sighting.instanceFaults ?? [])];
  if (faults.length > 0) {
    execution.problems.add(plan, state('instance-unreadable-now', { faults }));
    return;
  }
  const checked = recordCheck(plan, stampOf(execution), stepsWithoutRestart(plan, sighting));
  const left = preCommandToUndo(checked);
  if ((await execution.ledger.write(checked, plan)) && left !== undefined) {
    execution.problems.add(checked, left);
  }
}
