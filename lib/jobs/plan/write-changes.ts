// Writes what planning a region changed, and reports what came of each write. A finished plan whose instance gets a new one
// is moved to the history first.
import type { Plan } from '../../plan/plan.ts';
import type { ProposedChange } from '../../plan/planning/proposal.ts';
import { state } from '../../plan/statement.ts';
import { copyToHistory } from '../archive.ts';
import { writeGuarded } from '../guarded-writes.ts';
import { summed, type PlanCounts, type PlanRun } from './plan-report.ts';

/** What came of the changes: the counts, and the plans that were written as ended. What was not written is unchanged. */
export interface Written {
  counts: PlanCounts;
  ended: readonly Plan[];
}

/** Writes the changes. */
export async function writeChanges(run: PlanRun, changes: readonly ProposedChange[]): Promise<Written> {
  const { store, log, problems } = run;
  const replacing = changes.flatMap((change) => replacedBy(change) ?? []);
  const archived = new Set(await copyToHistory(run, replacing, 'not-archived'));
  const kept = changes.filter((change) => {
    const replaced = replacedBy(change);
    return replaced === undefined || archived.has(replaced);
  });
  const writes = kept.map((change) => ({
    plan: change.plan,
    from: change.kind === 'created' ? change.replaces : change.from,
  }));
  const outcomes = await writeGuarded(store, writes, problems);
  const ended: Plan[] = [];
  const counts = kept.map((change, index): Partial<PlanCounts> => {
    const outcome = outcomes[index];
    const { regionId, instanceId, status, reason } = change.plan;
    if (outcome?.kind === 'failed') {
      problems.add(change.plan, state('not-written', { status, message: outcome.message }));
    }
    if (outcome?.kind !== 'written') return { unchanged: 1 };
    const place = { regionId, instanceId, code: reason.code };
    log.info(`${change.kind}: ${status}. ${problems.say(reason)}`, place);
    if (change.kind === 'ended') ended.push(change.plan);
    return { [change.kind]: 1 };
  });
  return { counts: summed(counts), ended };
}

function replacedBy(change: ProposedChange): Plan | undefined {
  return change.kind === 'created' && change.isKept !== true ? change.replaces : undefined;
}
