// One region's execution: its ports, its settings, and where it keeps what it did.
import { messageOf } from '../failures.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { Stamp } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { state } from '../plan/statement.ts';
import type { Backups, Clock, Commands, Ecs, Log, NewerPlan, PlanStore, UnreadablePlan } from '../ports.ts';
import type { Language } from '../wording/languages.ts';
import type { Ledger } from './ledger.ts';
import type { Problems } from './report.ts';
import type { StopAt } from './stops.ts';

/** What the execute job needs of the world. */
export interface ExecutePorts {
  ecs: Ecs;
  backups: Backups;
  commands: Commands;
  store: PlanStore;
  clock: Clock;
  log: Log;
  /** A name that no other execution has, not even a repetition of the same invocation. */
  owner: string;
  /** When Function Compute ends this invocation. */
  deadline: Instant;
  /** Of problems and the log: English, unless it is given. */
  language?: Language;
}

/** One region's execution. */
export interface Execution extends ExecutePorts {
  regionId: string;
  settings: PlannerSettings;
  ledger: Ledger;
  problems: Problems;
  /** The due rows that could not be read when this run began. */
  unread: readonly (UnreadablePlan | NewerPlan)[];
  /** Whether a person stopped everything, as this run began. It is read again before a restart. */
  stop: StopAt;
}

/** The stamp of what an execution does now. */
export function stampOf(execution: Execution): Stamp {
  return { at: execution.clock.now(), by: 'execute' };
}

/** Does `work` for one plan. What it throws becomes a problem of that plan, and stops no other. */
export async function guarded<T>(
  execution: Execution,
  plan: Plan,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    execution.problems.add(plan, state('plan-not-worked-on', { message: messageOf(thrown) }), thrown);
    return undefined;
  }
}
