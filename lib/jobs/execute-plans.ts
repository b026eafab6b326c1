// The execute function's job: picks up the rows that are due, restarts what may be restarted, and watches until the
// events show Avoided. An idle run is one range read a region.
import { nextLookMs } from '../defaults.ts';
import { isAfter, plus } from '../plan/instant.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { beginVerifying, confirmEdit, end } from '../plan/transitions.ts';
import { attempt } from './attempt.ts';
import { record, stampOf, type ExecutePorts, type ExecuteReport, type Execution } from './execution.ts';
import { escalateUnreadable } from './poison.ts';
import { inEveryRegion, Problems } from './report.ts';
import { watch } from './watch.ts';

/**
 * Executes what is due in every region.
 * @throws AggregateError when nothing could be done in any region.
 */
export async function executePlans(
  ports: ExecutePorts,
  settings: PlannerSettings,
  regions: readonly string[],
): Promise<ExecuteReport> {
  const problems = new Problems(ports.log);
  const report = { due: 0, rebooted: 0, avoided: 0, waiting: 0, escalated: 0, problems: problems.all };
  await inEveryRegion(regions, problems, (regionId) =>
    executeRegion({ ...ports, regionId, settings, report, problems }),
  );
  return report;
}

async function executeRegion(execution: Execution): Promise<void> {
  const { store, clock, regionId, report, problems } = execution;
  const rows = await store.readDue(regionId, clock.now());
  report.due += rows.length;
  const toAttempt: Plan[] = [];
  const toWatch: Plan[] = [];
  for (const row of rows) {
    if (row.kind === 'unreadable') {
      if (await escalateUnreadable(execution, row, problems)) report.escalated += 1;
      continue;
    }
    report.waiting += 1;
    const { plan } = row;
    switch (plan.status) {
      case 'Planned':
        toAttempt.push(plan);
        break;
      case 'Preparing':
        if (isLapsed(execution, plan)) toAttempt.push(plan);
        break;
      case 'Rebooting':
        if (isLapsed(execution, plan)) toWatch.push(...(await takeOverRebooting(execution, plan)));
        break;
      case 'Verifying':
        toWatch.push(plan);
        break;
      case 'AwaitingApproval':
        await endUnapproved(execution, plan);
        break;
      case 'Avoided':
      case 'Cleared':
      case 'Skipped':
      case 'Missed':
      case 'Escalated':
        // Somebody set the status by hand and left due_at behind: the edit counts.
        report.waiting -= 1;
        await record(execution, confirmEdit(plan, stampOf(execution)), plan);
    }
  }
  await watch(execution, toWatch, await attempt(execution, toAttempt));
}

function isLapsed(execution: Execution, plan: Plan): boolean {
  return plan.lease === undefined || !isAfter(plan.lease.until, execution.clock.now());
}

/** Its execution is gone, and whether it sent anything is not known: on to verification, never back to due. */
async function takeOverRebooting(execution: Execution, plan: Plan): Promise<Plan[]> {
  const stamp = stampOf(execution);
  const verifying = beginVerifying(
    plan,
    stamp,
    'unknown',
    'The execution that was to send RebootInstance did not finish; whether it was sent is not known.',
    {
      nextLook: plus(stamp.at, nextLookMs),
      verifyUntil: plus(plan.intent?.at ?? stamp.at, execution.settings.verifyTimeout),
    },
  );
  const outcome = await record(execution, verifying, plan);
  return outcome.kind === 'written' ? [verifying] : [];
}

async function endUnapproved(execution: Execution, plan: Plan): Promise<void> {
  const { latestStart } = plan;
  const stamp = stampOf(execution);
  if (latestStart !== undefined && isAfter(latestStart, stamp.at)) {
    await record(execution, confirmEdit(plan, stamp), plan);
    return;
  }
  const reason =
    'Nobody approved the plan before its latest start. Restart the instance yourself before NotBefore, or leave it to ECS.';
  await record(execution, end(plan, stamp, 'Escalated', reason, 'unapproved'), plan);
}
