// English, third part: backups and commands.
import { formatDuration } from '../../plan/calendar/duration.ts';
import type { Catalogue } from '../sentence.ts';
import { answered, counted, endText, printedText, wallTime } from '../words.ts';

function triedText(since: { at: string; timeZone: string } | undefined): string {
  if (since === undefined) return ' It is tried again.';
  return ` It has been tried since ${wallTime(since.at, since.timeZone)}, and is tried again.`;
}

/** The sentences of backups and commands. */
export const steps = {
  'backup-begins': ({ diskIds, method }) =>
    `The backup of ${diskIds.join(', ')} begins: ${method === 'group' ? 'one consistent group of snapshots' : diskIds.length === 1 ? 'a snapshot' : 'a snapshot of each'}.`,
  'backup-runs': ({ ids, method }) =>
    `ECS makes ${method === 'group' ? 'snapshot group' : ids.length === 1 ? 'snapshot' : 'snapshots'} ${ids.join(', ')}.`,
  'backup-incomplete': ({ ids }) => `The backup ${ids.join(', ')} is not complete yet.`,
  'backup-complete': ({ ids, days }) =>
    `The backup is complete: ${ids.join(', ')}, kept ${days === undefined ? 'until you delete it' : `for ${counted(days, 'day')}`}.`,
  'backup-unfinished': ({ why, ids }, tell) =>
    `${tell(why)} ECS still makes ${ids.join(', ')}. The restart waits, because it would make ${ids.length === 1 ? 'it' : 'them'} fail.`,
  'backup-left': ({ ids, unfinished }) =>
    `The backup is not complete, and leaves ${ids.join(', ')}.${unfinished.length === 0 ? '' : ` ECS still makes ${unfinished.join(', ')}. A restart makes ${unfinished.length === 1 ? 'it' : 'them'} fail.`} Delete what you do not need.`,
  'backup-expired': ({ ids, days }) =>
    `The backup ${ids.join(', ')} is kept for ${counted(days, 'day')}, which end before the restart. It is made again.`,
  'backup-failed': ({ ids }) => `The backup failed: ${ids.join(', ')}.`,
  'backup-without-disks': () => 'The backup failed: ECS lists no disk of the instance.',
  'backup-refused': (answer) => `ECS refused the backup ${answered(answer)}.`,
  'backup-delayed': (answer) => `ECS does not begin the backup yet ${answered(answer)}.`,
  'backup-unknown': ({ message }) => `It is unknown whether the backup began (${message}).`,
  'backup-unreadable': ({ message }) => `The backup could not be read: ${message}`,
  'backup-kept': ({ ids, message }) =>
    `The retention of the backup could not be set (${message}). The backup ${ids.join(', ')} is kept until you delete it.`,
  'backup-too-slow': ({ why }, tell) =>
    `${tell(why)} NotBefore is too near to wait longer. A snapshot that is not complete fails when the instance restarts.`,
  'backup-missing': ({ why }, tell) => `${tell(why)} Nothing was restarted, because the backup is required.`,
  'backup-waived': ({ why, isOptional }, tell) =>
    `${tell(why)} The restart goes on without a backup, because ${isOptional ? 'it is optional' : 'none is wanted any more'}.`,
  'command-begins': ({ step, commandId }) => `The ${step} ${commandId} begins.`,
  'command-runs': ({ step, commandId, invokeId }) => `The ${step} ${commandId} runs as ${invokeId}.`,
  'command-still-runs': ({ step, commandId, message }) =>
    `The ${step} ${commandId} still runs.${message === undefined ? '' : ` Its result could not be read: ${message}`}`,
  'command-succeeded': ({ step, commandId, output }) =>
    `The ${step} ${commandId} succeeded.${printedText(output)}`,
  'command-failed': (v) => `The ${v.step} ${v.commandId} failed: ${endText(v)}.${printedText(v.output)}`,
  'command-undelivered': (v) =>
    `The agent of Cloud Assistant did not receive the ${v.step} ${v.commandId} (${v.errorCode}).${v.isTriedAgain ? triedText(v.since) : ''}`,
  'command-overdue': ({ step, commandId, limitMs }) =>
    `The ${step} ${commandId} did not end within ${formatDuration(limitMs)}.`,
  'command-refused': (v) =>
    `ECS refused the ${v.step} ${v.commandId} ${answered(v)}.${v.isTriedAgain ? ' It is tried again.' : ''}`,
  'command-unknown': ({ step, commandId, message, isTriedAgain }) =>
    `It is unknown whether the ${step} ${commandId} began (${message}).${isTriedAgain ? ' It is tried again.' : ''}`,
  'pre-command-too-late': ({ commandId, limitMs, startRoomMs, isPutOff }) =>
    `The pre-command ${commandId} does not begin: COMMAND_TIMEOUT, ${formatDuration(limitMs)}, and START_ROOM, ${formatDuration(startRoomMs)}, no longer fit before latest_start. ${isPutOff ? 'The plan waits for its next interval.' : 'Nothing was restarted, because no restart goes without the pre-command.'}`,
  'pre-command-failed': ({ why }, tell) =>
    `${tell(why)} Nothing was restarted. Check what the command left behind.`,
  'post-command-failed': ({ verdict, why }, tell) => `${tell(verdict)} ${tell(why)} Look at the instance.`,

  'undo-pre-command': ({ commandId }) =>
    `${commandId === '' ? 'A pre-command may have begun' : `The pre-command ${commandId} began`}, and the instance was not restarted. Undo what the command did.`,
  'drained-until': ({ commandId, at, timeZone }) =>
    `The pre-command ${commandId} has begun, and there is no undo-command. The service may be down until the restart at ${wallTime(at, timeZone)}, before which the command runs again. Undo what it did, or pin an earlier time.`,
  'undo-owed': ({ commandId, undoId }) =>
    `The pre-command ${commandId} began, and no restart followed. The undo-command ${undoId} undoes it.`,
  'undo-first': ({ commandId, undoId }) =>
    `The undo-command ${undoId} first undoes the pre-command ${commandId}.`,
  undone: ({ commandId, undoId }) => `The undo-command ${undoId} undid the pre-command ${commandId}.`,
  'undo-failed': ({ commandId, why }, tell) => `The pre-command ${commandId} is not undone. ${tell(why)}`,
} satisfies Partial<Catalogue>;
