// The columns `runbook` and `steps` as an observer reads them: what the row demands, and what it says was done.
import type { RowState } from './evidence.ts';

/** What a row demands before and after its restart. */
export interface RunbookColumn {
  /** `required` or `optional`. */
  backup?: string;
  preCommand?: string;
  postCommand?: string;
}

/** One step in a row. */
export interface StepColumn {
  name: string;
  state: string;
  commandId?: string;
  ids: string[];
}

/** The runbook of the row; empty when there is none or it cannot be read. */
export function runbookIn(state: RowState | undefined): RunbookColumn {
  const parsed = parsedIn(state, 'runbook');
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}

/** The step with this name in the row; undefined when the row has none. */
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
