// The transition that undoing a pre-command writes. The plan keeps its status: it has ended, or waits for another interval.
import { change, type Stamp } from './change.ts';
import type { Plan } from './plan.ts';
import { state, withAlso, type Statement } from './statement.ts';
import { stepOf, withStep, type Step } from './steps.ts';
import { undoStatement } from './draining.ts';
import { bareReason } from './told-waits.ts';

/** What the undoing of a pre-command found or did. */
export interface UndoNews {
  /** The entry of the timeline; absent where there is none. */
  what?: Statement | undefined;
  requestId?: string | undefined;
}

/** A step of the undoing: the pre-command has ended, or the undo-command begins, continues or ends. */
export function recordUndo(plan: Plan, stamp: Stamp, step: Step, { what, requestId }: UndoNews): Plan {
  const steps = withStep(plan, step);
  // What is told of a hold or an approval comes before it again.
  const reason = saidOfUndo(bareReason(plan.reason), { ...plan, steps }, what);
  return change('recordUndo', plan, stamp, {
    patch: { steps, reason },
    ...(what === undefined ? {} : { what }),
    requestId,
  });
}

/** A look showed whether the restart came. `steps`: as it did not come; undefined where it did, or may have. */
export function recordCheck(plan: Plan, stamp: Stamp, steps: readonly Step[] | undefined): Plan {
  const { commandId = '' } = stepOf(plan, 'pre-command') ?? {};
  const what = state('pre-command-checked', { commandId, isRestarted: steps === undefined });
  const owed = steps === undefined ? undefined : undoStatement({ ...plan, steps });
  return change('recordUndo', plan, stamp, {
    patch: { reason: withSaidOfUndo(plan.reason, [owed]), ...(steps === undefined ? {} : { steps }) },
    drop: ['verifyUntil'],
    what,
  });
}

/** Statements about a pre-command that no restart follows. A new one replaces an earlier one. */
const codesOfUndo: readonly string[] = [
  'undo-owed',
  'undone',
  'undo-failed',
  'undo-pre-command',
  'drained-until',
  'pre-command-check',
];

/** The reason, with what is said of the undoing now. */
function saidOfUndo(reason: Statement, plan: Plan, what: Statement | undefined): Statement {
  return withSaidOfUndo(reason, sayings(plan, what));
}

function sayings(plan: Plan, what: Statement | undefined): readonly (Statement | undefined)[] {
  const undo = stepOf(plan, 'undo-command');
  const { commandId = '', undelivered } = stepOf(plan, 'pre-command') ?? {};
  if (undo?.state === 'done') return [state('undone', { commandId, undoId: undo.commandId ?? '' })];
  const owed = undoStatement(plan);
  if (owed?.code === 'undo-pre-command') return [what, owed];
  // The pre-command turned out not to have run: nothing is to be undone.
  return owed === undefined && undelivered !== undefined ? [what] : [owed];
}

/** The reason, and after it what is said of the pre-command now. */
export function withSaidOfUndo(reason: Statement, said: readonly (Statement | undefined)[]): Statement {
  const { also = [], ...head } = reason;
  return withAlso(head, [...also.filter(({ code }) => !codesOfUndo.includes(code)), ...said]);
}

/** True where the reason says what becomes of the pre-command. */
export function saysOfUndo({ also = [] }: Statement): boolean {
  return also.some(({ code }) => codesOfUndo.includes(code));
}
