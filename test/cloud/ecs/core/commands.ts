// The types of Cloud Assistant: commands, and their runs on instances. All times are epoch milliseconds.
import type { Undeliverable } from './nature.ts';
import type { Interruption } from './types.ts';

/**
 * InvocationStatus of a run on one instance. The documented statuses Invalid, Cancelled, Stopping, Terminated and
 * Scheduled are missing, because StopInvocation and scheduled commands are not implemented.
 */
export type RunStatus = 'Pending' | 'Running' | 'Success' | 'Failed' | 'Error' | 'Timeout' | 'Aborted';

/** ErrorCode of a run. Empty for a run without an error. */
export type RunErrorCode =
  | ''
  | 'ExitCodeNonzero'
  | 'ExecutionTimeout'
  | 'ExecutionException'
  | 'ExecutionInterrupted'
  | 'InstanceNotRunning'
  | 'InstanceReleased'
  | Undeliverable;

/** How a run goes. */
export interface RunOutcome {
  /** Time from Running to the end. Default: the core's option. */
  ms?: number;
  /** Default: 0. */
  exitCode?: number;
  /** Default: empty. */
  output?: string;
  /** True: the agent cannot run it, and the run ends as Error. */
  exception?: boolean;
}

/** A command to add. */
export interface CommandSpec {
  id?: string;
  /** The region of the command. Default: every region. */
  regionId?: string;
  /** The outcomes of its runs, in order. Later runs repeat the last one. */
  outcomes?: readonly RunOutcome[];
  /** The timeout of invocations without a Timeout. Default: 60. */
  timeoutSeconds?: number;
  /** The names of its custom parameters. Without them, an invocation with Parameters is refused. */
  parameters?: readonly string[];
}

/** The run of a command on one instance, as an observer sees it. */
export interface InvocationView {
  /** The same for all instances of a call. */
  readonly invokeId: string;
  readonly commandId: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly creationTime: number;
  /** The request id of the call that started it. */
  readonly requestId: string;
  readonly status: RunStatus;
  /** When it started to run on the instance. */
  readonly startTime: number | undefined;
  readonly finishTime: number | undefined;
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly errorCode: RunErrorCode;
  /** What happened to its instance and ended it. */
  readonly interruptedBy: Interruption | undefined;
}

/** A command as the cloud keeps it. */
export interface Command {
  readonly id: string;
  readonly regionId: string | undefined;
  readonly outcomes: readonly RunOutcome[];
  readonly timeoutMs: number;
  readonly parameters: readonly string[] | undefined;
  /** The number of runs so far. */
  runs: number;
}

/** A run as the cloud keeps it. */
export interface CommandRun extends Mutable<InvocationView> {
  readonly order: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
