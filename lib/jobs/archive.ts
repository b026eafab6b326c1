// Copies plans for which a restart may have been sent to the history: once it was sent, and when they end. The history then
// knows their events, whatever becomes of the row.
import { messageOf } from '../failures.ts';
import { mayHaveSent, type Plan } from '../plan/plan.ts';
import { state } from '../plan/statement.ts';
import type { PlanStore } from '../ports.ts';
import type { Problems } from './report.ts';

/** Copies those of the plans that were sent. What fails is a problem. */
export async function archiveSent(
  { store, problems }: { store: PlanStore; problems: Problems },
  plans: readonly Plan[],
): Promise<void> {
  const sent = plans.filter(mayHaveSent);
  if (sent.length === 0) return;
  try {
    const outcomes = await store.archive(sent);
    for (const [index, plan] of sent.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'failed') problems.add(plan, state('not-kept', { message: outcome.message }));
    }
  } catch (thrown) {
    for (const plan of sent) problems.add(plan, state('not-kept', { message: messageOf(thrown) }), thrown);
  }
}
