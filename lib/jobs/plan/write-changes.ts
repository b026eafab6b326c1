// Writes what planning a region changed, and tells what came of each write. A finished plan whose instance gets a new one is
// moved to the history first.
import type { Changed, PlanPorts, PlanReport } from './plan-run.ts';
import type { Problems } from '../report.ts';

/** Writes the changes, and counts them in the report. */
export async function writeChanges(
  ports: PlanPorts,
  changes: readonly Changed[],
  report: PlanReport,
  problems: Problems,
): Promise<void> {
  const kept: Changed[] = [];
  const replaced = changes.flatMap((change) =>
    change.kind === 'created' && change.replaces ? [change.replaces] : [],
  );
  const archived = new Map(
    (await ports.store.archive(replaced)).map((outcome, index) => [replaced[index]?.instanceId, outcome]),
  );
  for (const change of changes) {
    const outcome =
      change.kind === 'created' && change.replaces ? archived.get(change.replaces.instanceId) : undefined;
    if (outcome?.kind === 'failed') {
      const { regionId, instanceId } = change.plan;
      problems.add({
        regionId,
        instanceId,
        problem: `The finished plan could not be moved to the history: ${outcome.message}`,
      });
    } else kept.push(change);
  }
  const outcomes = await ports.store.writeAll(
    kept.map((change) => ({
      plan: change.plan,
      from: change.kind === 'created' ? change.replaces : change.from,
    })),
  );
  for (const [index, outcome] of outcomes.entries()) {
    const change = kept[index];
    if (change === undefined) continue;
    count(change, report, outcome.kind === 'written');
    const { regionId, instanceId, status, reason } = change.plan;
    if (outcome.kind === 'written')
      ports.log.info(`${change.kind}: ${status}. ${reason}`, { regionId, instanceId });
    if (outcome.kind === 'failed') {
      problems.add({ regionId, instanceId, problem: `The plan could not be written: ${outcome.message}` });
    }
  }
}

function count(change: Changed, report: PlanReport, isWritten: boolean): void {
  if (!isWritten) report.unchanged += 1;
  else report[change.kind] += 1;
}
