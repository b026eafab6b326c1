// The settings that planning goes by. How they are written in s.yaml is lib/settings' business.
import type { Milliseconds } from './calendar/instant.ts';
import type { RunbookSettings } from './runbook.ts';
import type { Rules } from './rules.ts';
import type { ExecutionLimits } from './limits.ts';
import type { Timers } from './runs.ts';

/** `approval`: each plan waits for an operator. `observe`: plans only, never reboots. */
export type Mode = 'auto' | 'approval' | 'observe';

/** The settings of the planner, apart from where its tables are. */
export interface PlannerSettings {
  mode: Mode;
  /** The event types that are looked for; only SystemMaintenance.Reboot is ever answered. */
  eventTypes: readonly string[];
  /** The rules of every instance whose tags do not say otherwise. */
  rules: Rules;
  /** What is done before and after each restart. */
  runbook: RunbookSettings;
  /** How many may be down at once, and how many restarts may fail. */
  limits: ExecutionLimits;
  /** How long after the restart its proof may take. */
  verifyTimeout: Milliseconds;
  /** How long the row of a plan stays after its end. */
  keepFinished: Milliseconds;
  /** When the functions run. If absent, neither of them watches the other. */
  timers?: Timers;
}
