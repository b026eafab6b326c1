// What the parts of the execute function's job share within one region: its ports, what it counts, and the one way in
// which it writes.
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import { isFinal, type Plan } from '../plan/plan.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { leftBehind } from '../plan/steps.ts';
import type { Stamp } from '../plan/transitions.ts';
import type { Backups, Clock, Commands, Ecs, Log, PlanStore, WriteOutcome } from '../ports.ts';
import type { Problem, Problems } from './report.ts';

/** What the execute function returns. */
export interface ExecuteReport {
  /** Rows that were due. */
  due: number;
  /** RebootInstance calls sent: accepted, or with an outcome that nobody can tell. */
  rebooted: number;
  avoided: number;
  /** Plans that were looked at and have not ended. */
  waiting: number;
  escalated: number;
  problems: Problem[];
}

export interface ExecutePorts {
  ecs: Ecs;
  backups: Backups;
  commands: Commands;
  store: PlanStore;
  clock: Clock;
  log: Log;
  /** A name that no other execution has, not even a repetition of the same invocation. */
  owner: string;
  /** When this invocation will be cut off. */
  deadline: Instant;
}

/** One region's execution. */
export interface Execution extends ExecutePorts {
  regionId: string;
  settings: PlannerSettings;
  report: ExecuteReport;
  problems: Problems;
}

/** The stamp of what an execution does now. */
export function stampOf(execution: Execution): Stamp {
  return { at: execution.clock.now(), by: 'execute' };
}

/** Writes one change and accounts for it. */
export async function record(execution: Execution, plan: Plan, from: Plan): Promise<WriteOutcome> {
  const outcome = await execution.store.write({ plan, from });
  account(execution, plan, from, outcome);
  return outcome;
}

/** Writes many changes, two hundred a call, and accounts for each. Outcomes in the order given. */
export async function recordAll(
  execution: Execution,
  changes: readonly { plan: Plan; from: Plan }[],
): Promise<WriteOutcome[]> {
  const outcomes = await execution.store.writeAll(changes);
  return changes.map(({ plan, from }, index) => {
    const outcome = outcomes[index] ?? noOutcome;
    account(execution, plan, from, outcome);
    return outcome;
  });
}

/** For a write of a batch that the store said nothing of. */
const noOutcome: WriteOutcome = {
  kind: 'failed',
  message: 'the store gave no outcome for the write',
};

/** Counts a written change, logs it, and reports one that failed. An ending that a person set is not counted as ours. */
function account(execution: Execution, plan: Plan, from: Plan, outcome: WriteOutcome): void {
  const { report, problems, log } = execution;
  const { regionId, instanceId, planId, status, reason } = plan;
  switch (outcome.kind) {
    case 'written':
      log.info(`${status}: ${reason}`, { regionId, instanceId, planId });
      if (isFinal(from.status) || !isFinal(status)) return;
      report.waiting -= 1;
      if (status === 'Avoided') report.avoided += 1;
      if (status === 'Escalated') report.escalated += 1;
      if (status === 'Escalated' || leftBehind(plan) !== undefined) {
        problems.add({ regionId, instanceId, problem: reason });
      }
      return;
    case 'lost':
      log.info(`Another execution or a person changed the row first; ${status} was not written.`, {
        regionId,
        instanceId,
        planId,
      });
      return;
    case 'failed':
      problems.add({ regionId, instanceId, problem: `${status} could not be written: ${outcome.message}` });
  }
}

/** Does `work` for one plan; what it throws becomes a problem of that plan and stops no other. */
export async function guarded<T>(
  execution: Execution,
  plan: Plan,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const { regionId, instanceId } = plan;
    const problem = `The plan could not be worked on: ${messageOf(thrown)}`;
    execution.problems.add({ regionId, instanceId, problem }, thrown);
    return undefined;
  }
}
