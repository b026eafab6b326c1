// Copies plans for which a restart may have been sent to the history: with the intent, once it was sent, and when they end. The
// history then knows their events, whatever becomes of the row.
import { messageOf } from '../failures.ts';
import { mayHaveSent, type Plan } from '../plan/plan.ts';
import { state } from '../plan/statement.ts';
import type { PlanStore } from '../ports.ts';
import type { Problems } from './report.ts';

interface ArchivePorts {
  store: PlanStore;
  problems: Problems;
}

/** Copies those of the plans that were sent. What fails is a problem. Never rejects. */
export async function archiveSent(ports: ArchivePorts, plans: readonly Plan[]): Promise<void> {
  await archive(ports, plans.filter(mayHaveSent));
}

/** Replaces the copy of an intent by the plan as it is now: nothing was sent. */
export async function archiveUnsent(ports: ArchivePorts, plan: Plan): Promise<void> {
  await archive(ports, [plan]);
}

async function archive(ports: ArchivePorts, plans: readonly Plan[]): Promise<void> {
  const { problems } = ports;
  try {
    await copyToHistory(ports, plans, 'not-kept');
  } catch (thrown) {
    for (const plan of plans) problems.add(plan, state('not-kept', { message: messageOf(thrown) }), thrown);
  }
}

/**
 * Copies plans to the history. Returns those that are there; each other one is a problem of this code.
 * @throws what the store throws
 */
export async function copyToHistory(
  { store, problems }: ArchivePorts,
  plans: readonly Plan[],
  code: 'not-kept' | 'not-archived',
): Promise<Plan[]> {
  if (plans.length === 0) return [];
  const outcomes = await store.archive(plans);
  return plans.filter((plan, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind === 'written') return true;
    const message = outcome?.kind === 'failed' ? outcome.message : 'nobody knows whether it was written';
    problems.add(plan, state(code, { message }));
    return false;
  });
}
