// The part of Function Compute 3.0 that commands read, with types. sdk-api.ts asks it through Alibaba's SDK.

/** What came of a question. It is never thrown. */
export type FcAnswer<T> =
  | { kind: 'found'; value: T }
  /** Function Compute says that there is none. */
  | { kind: 'none' }
  /** The caller lacks this right, as in `fc:GetFunction`. */
  | { kind: 'denied'; right: string }
  | { kind: 'failed'; message: string };

/** A function as it is deployed. What Function Compute does not say is absent. */
export interface FcFunction {
  /** As in Active, Pending or Failed. */
  state?: string;
  stateReason?: string;
  /** As in Successful, InProgress or Failed. */
  lastUpdateStatus?: string;
  lastUpdateStatusReason?: string;
  /** The ARN. */
  role?: string;
  environment: Readonly<Record<string, string>>;
  /** Seconds. */
  timeout?: number;
  /** MB. */
  memorySize?: number;
  /** How many invocations one instance takes at once. */
  instanceConcurrency?: number;
  /** ISO 8601. */
  createdTime?: string;
}

/** A trigger of a function. */
export interface FcTrigger {
  name: string;
  /** As in `timer`. */
  type: string;
  /** Only of a timer whose configuration can be read. */
  timer?: { expression: string; isEnabled: boolean };
}

/** What a function answered to a call by hand. */
export interface FcInvocation {
  /** True where the function threw. The text then says what. */
  isError: boolean;
  text: string;
}

/** Function Compute in one region. Nothing is repeated, and nothing is thrown. */
export interface FunctionCompute {
  functionOf: (name: string) => Promise<FcAnswer<FcFunction>>;
  triggersOf: (name: string) => Promise<FcAnswer<readonly FcTrigger[]>>;
  /** `retries`: how often a run that failed is repeated; absent for the default of Function Compute. */
  asyncConfigOf: (name: string) => Promise<FcAnswer<{ retries?: number }>>;
  /** `reserved`: how many instances the function has for itself. */
  concurrencyOf: (name: string) => Promise<FcAnswer<{ reserved?: number }>>;
  /** The functions whose names begin so. */
  functionNames: (prefix: string) => Promise<FcAnswer<readonly string[]>>;
  /** Calls a function and waits for its answer. */
  invoke: (name: string, event: string) => Promise<FcAnswer<FcInvocation>>;
}
