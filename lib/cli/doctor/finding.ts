// What doctor says: one finding for each thing that was looked at.

/** What is looked at. */
export type CheckName =
  | 'clock'
  | 'endpoints'
  | 'credentials'
  | 'tables'
  | 'functions'
  | 'triggers'
  | 'start-room'
  | 'async'
  | 'concurrency'
  | 'permissions'
  | 'windows'
  | 'tags'
  | 'managed'
  | 'runs'
  | 'rows'
  | 'stop'
  | 'holds'
  | 'notices';

/** One thing that was looked at, in words. */
export type Finding = { check: CheckName; what: string } & (
  | { level: 'ok' }
  /** Something to know. It keeps nothing from working. */
  | { level: 'warning'; mend: string }
  /** Something is wrong. `mend` says what to do. */
  | { level: 'fault'; mend: string }
  /** Nobody knows: it is never counted as well. */
  | { level: 'not-checked'; mend?: string }
);

/** All is as it should be. */
export function well(check: CheckName, what: string): Finding {
  return { check, level: 'ok', what };
}

/** Something to know. */
export function warning(check: CheckName, what: string, mend: string): Finding {
  return { check, level: 'warning', what, mend };
}

/** Something is wrong. */
export function fault(check: CheckName, what: string, mend: string): Finding {
  return { check, level: 'fault', what, mend };
}

/** The check could not be made. */
export function notChecked(check: CheckName, why: string, mend?: string): Finding {
  return { check, level: 'not-checked', what: why, ...(mend === undefined ? {} : { mend }) };
}
