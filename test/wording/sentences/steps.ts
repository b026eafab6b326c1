// The sentences about backups and commands.
import type { Cases } from './cases.ts';
import { message, answer, why, verdict, drain } from './values.ts';

export const steps = {
  'backup-begins': [
    [
      { diskIds: ['d-1', 'd-2'], method: 'group' },
      'The backup of d-1, d-2 begins: one consistent group of snapshots.',
    ],
    [{ diskIds: ['d-1'], method: 'snapshots' }, 'The backup of d-1 begins: a snapshot.'],
    [{ diskIds: ['d-1', 'd-2'], method: 'snapshots' }, 'The backup of d-1, d-2 begins: a snapshot of each.'],
  ],
  'backup-runs': [
    [{ ids: ['ssg-1'], method: 'group' }, 'ECS makes snapshot group ssg-1.'],
    [{ ids: ['s-1'], method: 'snapshots' }, 'ECS makes snapshot s-1.'],
    [{ ids: ['s-1', 's-2'], method: 'snapshots' }, 'ECS makes snapshots s-1, s-2.'],
  ],
  'backup-incomplete': [[{ ids: ['s-1', 's-2'] }, 'The backup s-1, s-2 is not complete yet.']],
  'backup-complete': [
    [{ ids: ['s-1'], days: 1 }, 'The backup is complete: s-1, kept for 1 day.'],
    [{ ids: ['s-1', 's-2'], days: 7 }, 'The backup is complete: s-1, s-2, kept for 7 days.'],
    [{ ids: ['ssg-1'] }, 'The backup is complete: ssg-1, kept until you delete it.'],
  ],
  'backup-unfinished': [
    [
      { why, ids: ['s-1'] },
      'This is why. ECS still makes s-1. The restart waits, because it would make it fail.',
    ],
    [
      { why, ids: ['s-1', 's-2'] },
      'This is why. ECS still makes s-1, s-2. The restart waits, because it would make them fail.',
    ],
  ],
  'backup-left': [
    [
      { ids: ['s-1', 's-2'], unfinished: [] },
      'The backup is not complete, and leaves s-1, s-2. Delete what you do not need.',
    ],
    [
      { ids: ['s-1', 's-2'], unfinished: ['s-2'] },
      'The backup is not complete, and leaves s-1, s-2. ECS still makes s-2. A restart makes it fail. Delete what you do not need.',
    ],
    [
      { ids: ['s-1', 's-2'], unfinished: ['s-1', 's-2'] },
      'The backup is not complete, and leaves s-1, s-2. ECS still makes s-1, s-2. A restart makes them fail. Delete what you do not need.',
    ],
  ],
  'backup-expired': [
    [
      { ids: ['s-1'], days: 7 },
      'The backup s-1 is kept for 7 days, which end before the restart. It is made again.',
    ],
  ],
  'backup-failed': [[{ ids: ['s-1', 's-2'] }, 'The backup failed: s-1, s-2.']],
  'backup-without-disks': [[{}, 'The backup failed: ECS lists no disk of the instance.']],
  'backup-refused': [[answer, 'ECS refused the backup (Throttling: Too many requests).']],
  'backup-delayed': [[answer, 'ECS does not begin the backup yet (Throttling: Too many requests).']],
  'backup-unknown': [
    [
      { message: 'ServiceUnavailable: try later' },
      'It is unknown whether the backup began (ServiceUnavailable: try later).',
    ],
  ],
  'backup-unreadable': [[{ message }, 'The backup could not be read: The connection broke.']],
  'backup-kept': [
    [
      { ids: ['s-1'], message },
      'The retention of the backup could not be set (The connection broke.). The backup s-1 is kept until you delete it.',
    ],
  ],
  'backup-too-slow': [
    [
      { why },
      'This is why. NotBefore is too near to wait longer. A snapshot that is not complete fails when the instance restarts.',
    ],
  ],
  'backup-missing': [[{ why }, 'This is why. Nothing was restarted, because the backup is required.']],
  'backup-waived': [
    [{ why, isOptional: true }, 'This is why. The restart goes on without a backup, because it is optional.'],
    [
      { why, isOptional: false },
      'This is why. The restart goes on without a backup, because none is wanted any more.',
    ],
  ],
  'command-begins': [[drain, 'The pre-command c-drain begins.']],
  'command-runs': [[{ ...drain, invokeId: 't-1' }, 'The pre-command c-drain runs as t-1.']],
  'command-still-runs': [
    [drain, 'The pre-command c-drain still runs.'],
    [
      { ...drain, message },
      'The pre-command c-drain still runs. Its result could not be read: The connection broke.',
    ],
  ],
  'command-succeeded': [
    [{ ...drain, output: '' }, 'The pre-command c-drain succeeded.'],
    [
      { ...drain, output: 'drained\n' },
      'The pre-command c-drain succeeded. The end of its output: "drained".',
    ],
  ],
  'command-failed': [
    [
      { ...drain, status: 'Failed', exitCode: 3, output: '7 sessions stay' },
      'The pre-command c-drain failed: exit code 3. The end of its output: "7 sessions stay".',
    ],
  ],
  'command-undelivered': [
    [
      { ...drain, errorCode: 'ClientNotRunning', isTriedAgain: true },
      'The agent of Cloud Assistant did not receive the pre-command c-drain (ClientNotRunning). It is tried again.',
    ],
    [
      {
        ...drain,
        errorCode: 'ClientNotRunning',
        isTriedAgain: true,
        since: { at: '2026-12-01T18:30:00Z', timeZone: 'Asia/Shanghai' },
      },
      'The agent of Cloud Assistant did not receive the pre-command c-drain (ClientNotRunning). It has been tried since Wed 2026-12-02 02:30 Asia/Shanghai, and is tried again.',
    ],
    [
      { ...drain, errorCode: 'ClientNotRunning', isTriedAgain: false },
      'The agent of Cloud Assistant did not receive the pre-command c-drain (ClientNotRunning).',
    ],
  ],
  'command-overdue': [[{ ...drain, limitMs: 300_000 }, 'The pre-command c-drain did not end within 5m.']],
  'command-refused': [
    [
      { ...drain, ...answer, isTriedAgain: false },
      'ECS refused the pre-command c-drain (Throttling: Too many requests).',
    ],
    [
      { ...drain, ...answer, isTriedAgain: true },
      'ECS refused the pre-command c-drain (Throttling: Too many requests). It is tried again.',
    ],
  ],
  'command-unknown': [
    [
      { ...drain, message: 'ServiceUnavailable: try later', isTriedAgain: false },
      'It is unknown whether the pre-command c-drain began (ServiceUnavailable: try later).',
    ],
    [
      { ...drain, message: 'ServiceUnavailable: try later', isTriedAgain: true },
      'It is unknown whether the pre-command c-drain began (ServiceUnavailable: try later). It is tried again.',
    ],
  ],
  'pre-command-too-late': [
    [
      { commandId: 'c-drain', limitMs: 300_000, startRoomMs: 180_000, isPutOff: true },
      'The pre-command c-drain does not begin: COMMAND_TIMEOUT, 5m, and START_ROOM, 3m, no longer fit before latest_start. The plan waits for its next interval.',
    ],
    [
      { commandId: 'c-drain', limitMs: 300_000, startRoomMs: 180_000, isPutOff: false },
      'The pre-command c-drain does not begin: COMMAND_TIMEOUT, 5m, and START_ROOM, 3m, no longer fit before latest_start. Nothing was restarted, because no restart goes without the pre-command.',
    ],
  ],
  'pre-command-failed': [
    [{ why }, 'This is why. Nothing was restarted. Check what the command left behind.'],
  ],
  'post-command-failed': [[{ verdict, why }, 'This is the verdict. This is why. Look at the instance.']],
} satisfies Partial<Cases>;
