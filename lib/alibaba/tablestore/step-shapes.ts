// The shapes of what is said of backups and commands: a part of those in statement-shapes.ts.
import * as v from 'valibot';
import type { Statement, StatementValues } from '../../plan/statement.ts';
import type { StepStatements } from '../../plan/step-statements.ts';
import { answer, at, flag, message, number, text, texts, type ShapesOf } from './shape-parts.ts';

/** The codes of this file. */
type StepCode =
  | keyof StepStatements
  | 'backup-unfinished'
  | 'backup-too-slow'
  | 'backup-missing'
  | 'backup-waived'
  | 'pre-command-failed'
  | 'post-command-failed'
  | 'undo-failed';

const method = v.picklist(['group', 'snapshots']);
const since = v.exactOptional(v.strictObject(at));
const command = { step: text, commandId: text };
const backup = { ids: texts };
const nothing = {};
const undo = { commandId: text, undoId: text };

/** The shapes. `statement` is the schema of a statement inside another one. */
export function stepShapes(
  statement: v.GenericSchema<unknown, Statement>,
): ShapesOf<Pick<StatementValues, StepCode>> {
  return {
    'backup-begins': { diskIds: texts, method },
    'backup-runs': { ...backup, method },
    'backup-incomplete': backup,
    'backup-complete': { ...backup, days: v.exactOptional(number) },
    'backup-unfinished': { ...backup, why: statement },
    'backup-left': { ...backup, unfinished: texts },
    'backup-expired': { ...backup, days: number },
    'backup-failed': backup,
    'backup-without-disks': nothing,
    'backup-refused': answer,
    'backup-delayed': answer,
    'backup-unknown': message,
    'backup-unreadable': message,
    'backup-kept': { ...backup, ...message },
    'backup-too-slow': { why: statement },
    'backup-missing': { why: statement },
    'backup-waived': { why: statement, isOptional: flag },
    'command-begins': command,
    'command-runs': { ...command, invokeId: text },
    'command-still-runs': { ...command, message: v.exactOptional(text) },
    'command-succeeded': { ...command, output: text },
    'command-failed': {
      ...command,
      status: text,
      exitCode: v.exactOptional(number),
      error: v.exactOptional(text),
      output: text,
    },
    'command-undelivered': { ...command, errorCode: text, isTriedAgain: flag, since },
    'command-overdue': { ...command, limitMs: number },
    'command-refused': { ...command, ...answer, isTriedAgain: flag },
    'command-unknown': { ...command, ...message, isTriedAgain: flag },
    'pre-command-too-late': { commandId: text, limitMs: number, startRoomMs: number, isPutOff: flag },
    'pre-command-failed': { why: statement },
    'post-command-failed': { verdict: statement, why: statement },
    'undo-pre-command': { commandId: text },
    'drained-until': { ...at, commandId: text },
    'undo-owed': undo,
    'undo-first': undo,
    undone: undo,
    'undo-failed': { commandId: text, why: statement },
  };
}
