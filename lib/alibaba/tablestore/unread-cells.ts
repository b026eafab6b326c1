// What may have begun for a row that is not read as a plan, from its cells as they stand. In doubt it has.
import { shown, type Fault } from '../../plan/fault.ts';
import { state, type Statement } from '../../plan/statement.ts';
import { isFinalText } from '../../plan/status.ts';
import { preCommandToUndo } from '../../plan/draining.ts';
import type { Step } from '../../plan/steps.ts';
import type { Cell, Cells } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { decodeSteps } from './runbook-cells.ts';

/** Whether a restart was sent, whether a pre-command has begun, and whether the post-command failed. */
export interface Beginning {
  mayHaveSent: boolean;
  mayBeDrained: boolean;
  mayHaveFailedCheck?: true;
  undo?: Statement<'undo-pre-command'>;
}

/** Reads the cells that record what has begun. */
export function beginningOf(cells: Cells): Beginning {
  const status = typeof cells['status'] === 'string' ? cells['status'] : '';
  const mayHaveSent = mayHaveBeenSent(cells);
  const drained = drainedBy(cells['steps'], status) ?? drainedByTime(cells);
  return {
    mayHaveSent,
    mayBeDrained: drained !== undefined && !isFinalText(status),
    ...(mayHaveFailedCheck(cells['steps']) ? { mayHaveFailedCheck: true } : {}),
    ...(drained === undefined || mayHaveSent ? {} : { undo: drained }),
  };
}

/** True where any column says that a restart may have been sent, even if somebody removed the others. */
function mayHaveBeenSent(cells: Cells): boolean {
  const { status, intent_at: at, intent_outcome: outcome, verify_until: until, sent_event_ids: ids } = cells;
  const saysSo = status === 'Rebooting' || status === 'Verifying' || status === 'Avoided';
  return saysSo || [at, outcome, until, ids].some((cell) => cell !== undefined);
}

/** The steps of the cell: none where there is no cell, and undefined where they cannot be read. */
function stepsIn(cell: Cell | undefined): readonly Step[] | undefined {
  if (cell === undefined) return [];
  return typeof cell === 'string' ? decodeSteps(parseJson(cell)) : undefined;
}

/** Steps that cannot be read may hold a post-command that failed. */
function mayHaveFailedCheck(cell: Cell | undefined): boolean {
  return stepsIn(cell)?.some(({ name, state: how }) => name === 'post-command' && how === 'failed') ?? true;
}

/** The pre-command that may have begun and did not fail. Steps that cannot be read may hold one, without its id. */
function drainedBy(cell: Cell | undefined, status: string): Beginning['undo'] {
  const steps = stepsIn(cell);
  return steps === undefined
    ? state('undo-pre-command', { commandId: '' })
    : preCommandToUndo({ status, steps: withoutHelp(steps) });
}

/** Somebody removed the pre-command from the steps. The other column still says that it has begun. */
function drainedByTime(cells: Cells): Beginning['undo'] {
  return forgottenStep(cells).length === 0 ? undefined : state('undo-pre-command', { commandId: '' });
}

/**
 * The fault of a row that says when its pre-command began, and whose steps have none: nobody would undo it. None for any other
 * row.
 */
export function forgottenStep({ steps: cell, drained_since: since }: Cells): Fault[] {
  const steps = stepsIn(cell);
  if (since === undefined || steps === undefined || steps.some(({ name }) => name === 'pre-command'))
    return [];
  const expected =
    'the pre-command that began at drained_since (once that is undone, remove drained_since from the row)';
  return [{ what: 'Column steps', ...(cell === undefined ? {} : { value: shown(cell) }), expected }];
}

/** No function undoes anything for a row that it cannot read: a person must, unless it is done. */
function withoutHelp(steps: readonly Step[]): readonly Step[] {
  return steps
    .filter(({ name, state: how }) => name !== 'undo-command' || how === 'done')
    .map((step) => {
      const alone = { ...step };
      delete alone.undoId;
      return alone;
    });
}
