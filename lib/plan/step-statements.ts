// What is said of backups and commands: a part of the statements in statement.ts.

type Nothing = Readonly<Record<string, never>>;
/** Words of a service or of an error. */
type Message = { message: string };
type Answer = Message & { errorCode: string };
type At = { at: string; timeZone: string };
type Command = { step: string; commandId: string };
type Backup = { ids: readonly string[] };
/** `commandId` is the pre-command, `undoId` the undo-command. */
type Undo = { commandId: string; undoId: string };

/** The codes whose values hold no other statement, and the values of their sentences. */
export interface StepStatements {
  'backup-begins': { diskIds: readonly string[]; method: 'group' | 'snapshots' };
  'backup-runs': Backup & { method: 'group' | 'snapshots' };
  'backup-incomplete': Backup;
  'backup-complete': Backup & { days?: number };
  /** What a backup that counts for nothing leaves: `ids` are its snapshots, `unfinished` those still being made. */
  'backup-left': Backup & { unfinished: readonly string[] };
  'backup-expired': Backup & { days: number };
  'backup-failed': Backup;
  'backup-without-disks': Nothing;
  'backup-refused': Answer;
  'backup-delayed': Answer;
  'backup-unknown': Message;
  'backup-unreadable': Message;
  'backup-kept': Backup & Message;
  'command-begins': Command;
  'command-runs': Command & { invokeId: string };
  'command-still-runs': Command & { message?: string };
  'command-succeeded': Command & { output: string };
  'command-failed': Command & { status: string; exitCode?: number; error?: string; output: string };
  /** `since`: when it was tried first. */
  'command-undelivered': Command & { errorCode: string; isTriedAgain: boolean; since?: At };
  'command-overdue': Command & { limitMs: number };
  'command-refused': Command & Answer & { isTriedAgain: boolean };
  'command-unknown': Command & Message & { isTriedAgain: boolean };
  /** `limitMs` is COMMAND_TIMEOUT. `isPutOff`: the plan has another interval. */
  'pre-command-too-late': { commandId: string; limitMs: number; startRoomMs: number; isPutOff: boolean };
  // A pre-command that no restart follows.
  'undo-pre-command': { commandId: string };
  'drained-until': At & { commandId: string };
  'undo-owed': Undo;
  'undo-first': Undo;
  undone: Undo;
}
