// What the operator's commands need of the world, as one object.
import type { CallerIdentity } from '../../alibaba/caller-identity.ts';
import type { HandRow, HandRows } from '../../alibaba/tablestore/hand-edits.ts';
import type { HandStops } from '../../alibaba/tablestore/hand-stops.ts';
import type { Resumed } from '../../alibaba/tablestore/resumed-channels.ts';
import type { Instant, Milliseconds } from '../../plan/calendar/instant.ts';
import type { Rules } from '../../plan/rules.ts';
import type { EpochMs } from '../../plan/review/records.ts';
import type { RunRecord, Timers } from '../../plan/runs.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import type { CommandOutput } from '../run-command.ts';

/** The account that the options of a command name. */
export interface Account {
  rows: HandRows;
  /** The plans of an instance in the history, the last one first. */
  past: (instanceId: string) => Promise<readonly HandRow[]>;
  /** The plans in the history that ended since then. */
  ended: (since: EpochMs) => Promise<readonly HandRow[]>;
  /** What is stopped. */
  stops: HandStops;
  /** What the functions recorded of their runs. */
  runs: () => Promise<readonly RunRecord[]>;
  /** Takes away the pauses of these channels of notices. Never throws. */
  resumeChannels: (names: readonly string[]) => Promise<Resumed>;
  /** When the functions run; undefined where the settings do not say. */
  timers: Timers | undefined;
  /** The regions in which they run; empty where the settings do not say. */
  regions: readonly string[];
  /** The settings by which a time is judged, as far as a row does not say them. */
  rules: Rules;
  /** Asks once whose key it is. Never throws. */
  identity: () => Promise<CallerIdentity>;
  /** Closes the connections. */
  close: () => void;
}

/** Options that say which account, and as whom. */
export interface AccountOptions {
  /** The s.yaml whose settings count, in place of the environment. */
  from?: string;
  profile?: string;
}

/** Everything outside of the commands. */
export interface OperatorPorts extends CommandOutput {
  /** Prints one line on stderr: progress and warnings. */
  err: (line: string) => void;
  now: () => Instant;
  sleep: (ms: Milliseconds) => Promise<void>;
  /** Opens the account. Throws a ConfigurationError with every fault. */
  open: (options: AccountOptions) => Promise<Account>;
  /** Asks on the terminal; undefined where there is none. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** Writes a text into a file. Rejects where that fails. */
  writeFile: (path: string, text: string) => Promise<void>;
  /** Ids, one a line, for the id `-`. */
  readIds: () => Promise<readonly string[]>;
  /** Where a language may be named. */
  environment: Environment;
  /** The person at the terminal, where the system knows. */
  userName: string | undefined;
  /** The width of the terminal; undefined where there is none. */
  columns: number | undefined;
  /** The height of the terminal. */
  rows: number | undefined;
  /** True where colours are welcome on stdout. */
  hasColours: boolean;
}
