// A broken promise.

export interface Violation {
  /** 1 never twice, 2 never at a wrong time, 3 never dropped, 4 never on hearsay, 5 fails closed. */
  promise: 1 | 2 | 3 | 4 | 5;
  instanceId: string;
  /** Other instances that are involved. */
  others?: readonly string[];
  what: string;
}
