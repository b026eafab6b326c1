// The execute function's job: picks up the rows that are due, restarts what may be restarted, and watches until the
// events show Avoided. An idle run is one range read a region.
import { nextLookMs } from '../../constants.ts';
import { isAfter, plus } from '../../plan/calendar/instant.ts';
import { isFinal, type Plan } from '../../plan/plan.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { beginVerifying, confirmEdit } from '../../plan/transitions.ts';
import { attempt } from './attempt.ts';
import {
  guarded,
  record,
  stampOf,
  type ExecutePorts,
  type ExecuteReport,
  type Execution,
} from '../execution.ts';
import { escalateUnreadable } from '../unreadable-rows.ts';
import { inEveryRegion, Problems } from '../report.ts';
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
      if (await escalateUnreadable(execution, row, true, problems)) report.escalated += 1;
      continue;
    }
    const { plan } = row;
    if (!isFinal(plan.status)) report.waiting += 1;
    const next = await guarded(execution, plan, () => sortDue(execution, plan));
    if (next === 'attempt') toAttempt.push(plan);
    else if (next !== undefined && next !== 'nothing') toWatch.push(next);
  }
  const sent = await attempt(execution, toAttempt);
  await watch(execution, toWatch, sent);
}

/** What is to be done about one due plan; a plan to be watched is given back as it stands by now. */
async function sortDue(execution: Execution, plan: Plan): Promise<'attempt' | 'nothing' | Plan> {
  switch (plan.status) {
    case 'Planned':
    case 'AwaitingApproval':
      return 'attempt';
    case 'Preparing':
      return isLapsed(execution, plan) ? 'attempt' : 'nothing';
    case 'Rebooting':
      return isLapsed(execution, plan) ? takeOverRebooting(execution, plan) : 'nothing';
    case 'Verifying':
      return plan;
    case 'Avoided':
    case 'Cleared':
    case 'Skipped':
    case 'Missed':
    case 'Escalated':
      // Somebody set the status by hand and left due_at behind: the edit counts.
      await record(execution, confirmEdit(plan, stampOf(execution)), plan);
      return 'nothing';
  }
}

function isLapsed(execution: Execution, plan: Plan): boolean {
  return plan.lease === undefined || !isAfter(plan.lease.until, execution.clock.now());
}

/** Its execution is gone, and whether it sent anything is not known: on to verification, never back to due. */
async function takeOverRebooting(execution: Execution, plan: Plan): Promise<'nothing' | Plan> {
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
  return outcome.kind === 'written' ? verifying : 'nothing';
}
