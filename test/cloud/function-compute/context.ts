// The second argument of a handler, as the documents of Function Compute describe it. It has no deadline.

/** What an invocation knows of its function. */
export interface InvokedFunction {
  functionName: string;
  handler: string;
  /** MB. */
  memorySize: number;
  /** Seconds. */
  timeout: number;
  region: string;
}

/** The key of the role of the function. Empty: it has no role. */
export interface RoleCredentials {
  accessKeyId?: string;
  accessKeySecret?: string;
  securityToken?: string;
}

/** Makes the context of one invocation. `onLog` gets every line that the function logs. */
export function contextOf(
  { functionName, handler, memorySize, timeout, region }: InvokedFunction,
  {
    requestId,
    accountId,
    credentials,
    onLog,
  }: {
    requestId: string;
    accountId: string;
    credentials: RoleCredentials;
    onLog: (level: string, line: string) => void;
  },
): object {
  const log =
    (level: string) =>
    (line: string): void =>
      onLog(level, line);
  return {
    requestId,
    credentials,
    function: { name: functionName, handler, memory: memorySize, timeout },
    service: {},
    region,
    accountId,
    logger: {
      debug: log('debug'),
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
      log: log('info'),
    },
    retryCount: 0,
    tracing: {},
  };
}
