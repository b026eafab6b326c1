// A plan whose course broke off gives its claim back, so that the next run may begin with it. Without that it would stay
// blocked until its lease ends.
import { messageOf } from '../../failures.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import { readHeld } from '../held.ts';

/**
 * Does `work` for one claimed plan. What it throws becomes a problem of that plan, and the claim is given back where its row
 * is still ours and records no intent.
 */
export async function givenBack<T>(
  execution: Execution,
  plan: Plan,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const why = state('plan-not-worked-on', { message: messageOf(thrown) });
    execution.problems.add(plan, why, thrown);
    await guarded(execution, plan, async () => {
      const held = await readHeld(execution, plan);
      if (held === undefined) return;
      const stamp = stampOf(execution);
      await execution.ledger.write(waitAgain(held, stamp, why, stamp.at), held);
    });
    return undefined;
  }
}
