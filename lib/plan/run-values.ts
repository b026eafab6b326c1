// The values of the statements about the runs of the functions: whether each of them still does its work.

/** The functions that timers start. */
export const functionNames = ['plan', 'execute', 'review'] as const;
/** One of them. */
export type FunctionName = (typeof functionNames)[number];

/** Words of a service or of an error. */
type Message = { message: string };

/** Their codes, and the values of their sentences. */
export interface RunValues {
  /**
   * `endedAt`: the end of its last run that went well; absent where none is known. `beganAt` and `failure`: its last run, where
   * that one failed.
   */
  'function-silent': {
    functionName: FunctionName;
    endedAt?: string;
    beganAt?: string;
    failure?: string;
    timeZone: string;
  };
  'runs-unreadable': Message;
  'run-not-recorded': Message;
}
