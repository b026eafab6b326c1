// The words of Cloud Assistant: commands, and their runs on instances. All times are epoch milliseconds.
import type { Interruption } from './types.ts';

/**
 * InvocationStatus of a run on one instance. Of the documented ones, Invalid, Cancelled, Stopping, Terminated and
 * Scheduled come of what is not built: StopInvocation, and commands that run by a schedule.
 */
export type RunStatus = 'Pending' | 'Running' | 'Success' | 'Failed' | 'Error' | 'Timeout' | 'Aborted';

/** ErrorCode of a run; empty for one that went well. */
export type RunErrorCode =
  | ''
  | 'ExitCodeNonzero'
  | 'ExecutionTimeout'
  | 'ExecutionException'
  | 'ExecutionInterrupted'
  | 'InstanceNotRunning'
  | 'InstanceReleased'
  | 'ClientNotRunning';

/** How a run goes. */
export interface RunOutcome {
  /** From Running to its end; the core's option unless said otherwise. */
  ms?: number;
  /** 0 unless said otherwise. */
  exitCode?: number;
  /** Empty unless said otherwise. */
  output?: string;
  /** It ends as Error instead: the agent could not run it. */
  exception?: boolean;
}

/** A command to be added; what is left out gets a plain value. */
export interface CommandSpec {
  id?: string;
  /** The region that has it; every region unless said otherwise. */
  regionId?: string;
  /** How its runs go, in turn; the last one is repeated. */
  outcomes?: readonly RunOutcome[];
  /** The Timeout of invocations that name none; 60 unless said otherwise. */
  timeoutSeconds?: number;
  /** The names of its custom parameters; without them an invocation with Parameters is refused. */
  parameters?: readonly string[];
}

/** What an observer sees of a command's run on one instance. */
export interface InvocationView {
  /** One for all the instances of a call. */
  readonly invokeId: string;
  readonly commandId: string;
  readonly instanceId: string;
  readonly regionId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly creationTime: number;
  /** The call that asked for it. */
  readonly requestId: string;
  readonly status: RunStatus;
  /** When it began to run on the instance. */
  readonly startTime: number | undefined;
  readonly finishTime: number | undefined;
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly errorCode: RunErrorCode;
  /** What of its instance ended it. */
  readonly interruptedBy: Interruption | undefined;
}

/** A command as the cloud keeps it. */
export interface Command {
  readonly id: string;
  readonly regionId: string | undefined;
  readonly outcomes: readonly RunOutcome[];
  readonly timeoutMs: number;
  readonly parameters: readonly string[] | undefined;
  /** Runs so far. */
  runs: number;
}

/** A run as the cloud keeps it. */
export interface CommandRun extends Mutable<InvocationView> {
  readonly order: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
