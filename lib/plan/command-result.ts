// What came of a command on an instance.

/** The result of a command. */
export type CommandResult =
  | { kind: 'running' }
  /** Cloud Assistant could not deliver the command: the error code proves that nothing ran. */
  | { kind: 'undelivered'; errorCode: string }
  /** It ended. `isSuccess` only for exit code 0. */
  | {
      kind: 'over';
      isSuccess: boolean;
      /** ECS's word: Success, Failed, Timeout, Error, Aborted … */
      status: string;
      /** Absent where ECS ended the command. */
      exitCode?: number;
      /** The end of its output, decoded. */
      output: string;
      /** ECS's own words; absent where it has none. */
      error?: string;
    };
