// What is deployed, as plain data that tests set up and change. The fields have the names of the API (2023-03-30).

/** What a handler is called with. */
export type Invoke = (event: Buffer, context: object) => Promise<unknown>;

/** A function and what belongs to it. */
export interface DeployedState {
  /** Every field that GetFunction answers, except the ARN. */
  function: FunctionFields;
  triggers: TriggerState[];
  /** Absent: there is none, and Function Compute's own defaults count. */
  asyncInvokeConfig?: Readonly<Record<string, unknown>>;
  /** Absent: no concurrency is reserved. */
  reservedConcurrency?: number;
  /** What InvokeFunction calls. Absent: each invocation is answered as failed. */
  invoke?: Invoke;
}

/** The fields that the local Function Compute uses itself, and any others. */
export interface FunctionFields {
  functionName: string;
  handler: string;
  runtime: string;
  /** Seconds. */
  timeout: number;
  /** MB. */
  memorySize: number;
  /** As in `acs:ram::1000000000000001:role/NAME`. Absent or empty: the function has no role. */
  role?: string;
  environmentVariables?: Readonly<Record<string, string>>;
  /** Pending, Active (the default) or Failed. */
  state?: string;
  /** InProgress, Successful (the default) or Failed. */
  lastUpdateStatus?: string;
  [field: string]: unknown;
}

/** A trigger. */
export interface TriggerState {
  triggerName: string;
  triggerType: string;
  /** JSON, as the API has it. */
  triggerConfig: string;
  [field: string]: unknown;
}
