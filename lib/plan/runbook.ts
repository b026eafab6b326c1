// What is done to one instance before and after its restart: a backup, commands. The settings say it for all, tags for one.
import type { Milliseconds } from './calendar/instant.ts';
import type { Parsed } from './calendar/parsed.ts';

/** The id of a Cloud Assistant command, as in `c-hz0abc123`. */
export type CommandId = `${string}-${string}`;

/** True for a text that may be an id; nothing else is ever handed to Cloud Assistant. */
export function isCommandId(text: string): text is CommandId {
  return /^[A-Za-z]-[A-Za-z0-9]{1,60}$/.test(text);
}

/** The runbook of one instance. */
export interface Runbook {
  /** Snapshots before the restart; absent where none are wanted. */
  backup?: {
    /** True: without a backup no restart. False: without one where it cannot be had in time. */
    isRequired: boolean;
    retentionDays: number;
  };
  /** Ids of Cloud Assistant commands. */
  preCommand?: CommandId;
  postCommand?: CommandId;
  /** Undoes the pre-command where no restart follows it. Absent where there is no pre-command. */
  undoCommand?: CommandId;
  /** How long a command may run. */
  commandTimeout: Milliseconds;
  /** How long before `execute_at` the backup begins. */
  prepareLead: Milliseconds;
}

/** What the settings ask for on every instance. */
export interface RunbookSettings {
  backup: 'none' | 'snapshot';
  isBackupRequired: boolean;
  retentionDays: number;
  preCommand: CommandId | 'none';
  postCommand: CommandId | 'none';
  undoCommand: CommandId | 'none';
  commandTimeout: Milliseconds;
  prepareLead: Milliseconds;
}

/** What one instance's tags ask for; `none` calls off what the settings ask for. */
export interface RunbookWishes {
  backup?: BackupWish;
  preCommand?: CommandId | 'none';
  postCommand?: CommandId | 'none';
  undoCommand?: CommandId | 'none';
}

/** `snapshot` leaves to the settings whether it is required. */
export type BackupWish = (typeof backupWishes)[number];
const backupWishes = ['none', 'snapshot', 'required', 'optional'] as const;

/** The runbook of one instance; undefined where nothing is to be done before or after. */
export function ownRunbook(settings: RunbookSettings, wishes: RunbookWishes): Runbook | undefined {
  const wish = wishes.backup ?? settings.backup;
  const preCommand = wishes.preCommand ?? settings.preCommand;
  const postCommand = wishes.postCommand ?? settings.postCommand;
  const undoCommand = preCommand === 'none' ? 'none' : (wishes.undoCommand ?? settings.undoCommand);
  if (wish === 'none' && preCommand === 'none' && postCommand === 'none') return undefined;
  const { retentionDays, commandTimeout, prepareLead } = settings;
  const isRequired = wish === 'snapshot' ? settings.isBackupRequired : wish === 'required';
  return {
    ...(wish === 'none' ? {} : { backup: { isRequired, retentionDays } }),
    ...(preCommand === 'none' ? {} : { preCommand }),
    ...(postCommand === 'none' ? {} : { postCommand }),
    ...(undoCommand === 'none' ? {} : { undoCommand }),
    commandTimeout,
    prepareLead,
  };
}

/** True where both ask for the same. */
export function isSameRunbook(a: Runbook | undefined, b: Runbook | undefined): boolean {
  return (
    a?.backup?.isRequired === b?.backup?.isRequired &&
    a?.backup?.retentionDays === b?.backup?.retentionDays &&
    a?.preCommand === b?.preCommand &&
    a?.postCommand === b?.postCommand &&
    a?.undoCommand === b?.undoCommand &&
    a?.commandTimeout === b?.commandTimeout &&
    a?.prepareLead === b?.prepareLead
  );
}

/**
 * How long the interval of a restart must be. START_ROOM is the time that ticks need to begin something. Before a restart
 * with a pre-command they begin two things: the command, and the restart once its time limit is over.
 */
export function roomFor(startRoom: Milliseconds, runbook: Runbook | undefined): Milliseconds {
  return runbook?.preCommand === undefined ? startRoom : startRoom + runbook.commandTimeout + startRoom;
}

/** Reads the id of a Cloud Assistant command, or `none`. A text that is no id is never taken for a command. */
export function parseCommandId(text: string): Parsed<CommandId | 'none'> {
  if (text === 'none') return { ok: true, value: text };
  return isCommandId(text)
    ? { ok: true, value: text }
    : { ok: false, expected: 'the id of a Cloud Assistant command as in c-hz0abc123, or none' };
}

/** Reads the tag `backup`. */
export function parseBackupWish(text: string): Parsed<BackupWish> {
  const value = backupWishes.find((word) => word === text.toLowerCase());
  return value === undefined
    ? { ok: false, expected: `one of ${backupWishes.join(', ')}` }
    : { ok: true, value };
}
