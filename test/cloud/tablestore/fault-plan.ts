// What each fault means for a call to Tablestore: whether the work is done, and what the caller sees.
import type { Fault } from '../faults.ts';
import { documentedMessage, TablestoreError } from './core/ots-errors.ts';

/** What the caller sees. */
export type Outcome =
  /** The result of the work. */
  | { kind: 'result' }
  | { kind: 'error'; error: TablestoreError }
  | { kind: 'html'; status: number }
  | { kind: 'empty' }
  /** The headers and half of the body. */
  | { kind: 'half' }
  | { kind: 'reset' }
  | { kind: 'silence' };

/** What to do with a call. */
export interface FaultPlan {
  doesWork: boolean;
  outcome: Outcome;
  /** Milliseconds of the cloud's clock. */
  delayMs: number;
}

/** Makes the plan for a fault, or for a call without a fault. */
export function planFor(fault: Fault | undefined): FaultPlan {
  if (fault === undefined) return { doesWork: true, outcome: { kind: 'result' }, delayMs: 0 };
  switch (fault.kind) {
    case 'error': {
      const { status, code, message = documentedMessage(code) } = fault;
      const error = new TablestoreError(status, code, message);
      return { doesWork: false, outcome: { kind: 'error', error }, delayMs: 0 };
    }
    case 'html':
      return { doesWork: false, outcome: { kind: 'html', status: fault.status }, delayMs: 0 };
    case 'empty':
      return { doesWork: true, outcome: { kind: 'empty' }, delayMs: 0 };
    case 'reset':
      return { doesWork: fault.when === 'after', outcome: { kind: 'reset' }, delayMs: 0 };
    case 'stall':
      return { doesWork: fault.when === 'after', outcome: { kind: 'silence' }, delayMs: 0 };
    case 'truncate':
      return { doesWork: true, outcome: { kind: 'half' }, delayMs: 0 };
    case 'delay':
      return { doesWork: true, outcome: { kind: 'result' }, delayMs: fault.ms };
  }
}
