// The sentences about the irreversible step.
import type { Cases } from './cases.ts';
import { timeZone, at, notBefore, answer, why } from './values.ts';

export const irreversibleStep = {
  preparing: [[{}, 'An execution prepares the restart.']],
  'preparing-again': [[{}, 'An execution continues to prepare the restart.']],
  'took-over': [[{}, 'An execution took over from one that did not finish.']],
  sending: [[{}, 'The intent is recorded. RebootInstance may have been sent. It is never sent again.']],
  'stale-intent': [
    [
      { waitedMs: 45_000 },
      'Nothing was sent. 45s passed between reading the facts, the intent and the sending. That is too long to rely on what was read.',
    ],
    [
      {},
      'Nothing was sent. An unknown time passed between reading the facts, the intent and the sending. That is too long to rely on what was read.',
    ],
  ],
  'outside-interval': [
    [
      { at, timeZone },
      'Nothing was sent: Wed 2026-12-02 02:00 Asia/Shanghai is outside the interval of the plan.',
    ],
  ],
  refused: [
    [answer, 'ECS refused RebootInstance (Throttling: Too many requests). The instance was not restarted.'],
  ],
  'refused-for-good': [
    [
      answer,
      'ECS refused RebootInstance (Throttling: Too many requests). The instance was not restarted. Remove the cause, or restart the instance yourself before NotBefore.',
    ],
  ],
  accepted: [
    [
      {},
      'ECS accepted RebootInstance. The plan waits until its events are Avoided and the instance is Running.',
    ],
  ],
  'outcome-unknown': [
    [
      { message: 'ServiceUnavailable: try later' },
      'RebootInstance was sent, and its outcome is unknown (ServiceUnavailable: try later). It is not sent again. The events will show it.',
    ],
  ],
  'sender-vanished': [
    [
      {},
      'The execution that recorded the intent did not finish. It is unknown whether RebootInstance was sent. It is not sent again. The events will show it.',
    ],
  ],
  'undo-pre-command': [
    [
      { commandId: 'c-drain' },
      'The pre-command c-drain began, and the instance was not restarted. Undo what the command did.',
    ],
    [
      { commandId: '' },
      'A pre-command may have begun, and the instance was not restarted. Undo what the command did.',
    ],
  ],
  'drained-until': [
    [
      { commandId: 'c-drain', at, timeZone },
      'The pre-command c-drain has begun, and there is no undo-command. The service may be down until the restart at Wed 2026-12-02 02:00 Asia/Shanghai, before which the command runs again. Undo what it did, or pin an earlier time.',
    ],
  ],
  'undo-owed': [
    [
      { commandId: 'c-drain', undoId: 'c-undrain' },
      'The pre-command c-drain began, and no restart followed. The undo-command c-undrain undoes it.',
    ],
  ],
  'undo-first': [
    [
      { commandId: 'c-drain', undoId: 'c-undrain' },
      'The undo-command c-undrain first undoes the pre-command c-drain.',
    ],
  ],
  undone: [
    [
      { commandId: 'c-drain', undoId: 'c-undrain' },
      'The undo-command c-undrain undid the pre-command c-drain.',
    ],
  ],
  'undo-failed': [[{ commandId: 'c-drain', why }, 'The pre-command c-drain is not undone. This is why.']],
  'restart-by-hand': [
    [
      { notBefore, timeZone },
      'Restart the instance yourself before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai, or leave it to ECS.',
    ],
    [{ timeZone }, 'Restart the instance yourself before NotBefore, or leave it to ECS.'],
  ],
} satisfies Partial<Cases>;
