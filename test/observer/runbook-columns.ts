// The columns `runbook` and `steps` as an observer reads them: what the row demanded, and what it said was done.
import type { RowState } from './evidence.ts';

/** What a row demands before and after its restart. */
export interface RunbookColumn {
  /** `required` or `optional`. */
  backup?: string;
  preCommand?: string;
  postCommand?: string;
}

/** One step as a row tells of it. */
export interface StepColumn {
  name: string;
  state: string;
  commandId?: string;
  ids: string[];
}

/** The row's runbook; one without demands where there is none that can be read. */
export function runbookIn(state: RowState | undefined): RunbookColumn {
  const parsed = parsedIn(state, 'runbook');
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}

/** The row's step of this name; undefined where it tells of none. */
export function stepIn(state: RowState | undefined, name: string): StepColumn | undefined {
  const parsed = parsedIn(state, 'steps');
  return Array.isArray(parsed) ? (parsed as StepColumn[]).find((step) => step.name === name) : undefined;
}

function parsedIn(state: RowState | undefined, column: string): unknown {
  const text = state?.[column];
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
