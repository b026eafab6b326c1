// What persons wish in the columns of a row, and what becomes of it.
import { state } from '../../../lib/plan/statement.ts';
import type { Cases } from './cases.ts';
import { faults, message } from './values.ts';

const at = { at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai' };

export const wishes = {
  held: [
    [
      { why: 'ask Li', notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' },
      'An operator holds the plan: ask Li. Nothing is restarted until you empty the column hold. If it stays, ECS restarts the instance at NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai.',
    ],
    [
      { why: 'ask Li', timeZone: 'Asia/Shanghai' },
      'An operator holds the plan: ask Li. Nothing is restarted until you empty the column hold. If it stays, ECS restarts the instance at NotBefore.',
    ],
  ],
  'waits-for-approval': [
    [
      {},
      'The plan waits for an approval. To approve it, set approval to granted. To refuse it, set status to Skipped.',
    ],
    [
      { askedBy: 'operator:Li' },
      'The plan waits for an approval, which operator:Li asked for. To approve it, set approval to granted. To refuse it, set status to Skipped.',
    ],
  ],
  'drained-while-waiting': [
    [
      { commandId: 'c-drain' },
      'The pre-command c-drain has begun. The service may be down while the plan waits. If you do not want the restart any more, set status to Skipped and undo what the command did.',
    ],
  ],
  stopped: [
    [
      {
        why: 'the month is being closed',
        by: 'Li',
        at: '2026-12-01T18:31:00Z',
        timeZone: 'Asia/Shanghai',
        faults: [],
      },
      'Everything is stopped since Wed 2026-12-02 02:31 Asia/Shanghai by Li: the month is being closed. Nothing is restarted until you take the stop away: reboot-plans resume --all. ECS restarts at NotBefore what was not restarted before.',
    ],
    [
      { regionId: 'cn-hangzhou', why: '7', timeZone: 'UTC', faults },
      'Region cn-hangzhou is stopped: 7. Tag reboot-planner:window is "Mo 2-5", expected times. It counts as a stop. Nothing is restarted until you take the stop away: reboot-plans resume --all --region cn-hangzhou. ECS restarts at NotBefore what was not restarted before.',
    ],
    [
      { why: '', timeZone: 'UTC', faults: [] },
      'Everything is stopped. Nothing is restarted until you take the stop away: reboot-plans resume --all. ECS restarts at NotBefore what was not restarted before.',
    ],
  ],
  'stop-unreadable': [
    [
      { message },
      'It could not be read whether everything is stopped (The connection broke.). Nothing is restarted until it can be read.',
    ],
  ],
  'was-held': [[{ why: 'ask Li' }, 'An operator held the plan: ask Li.']],
  'preparation-stopped': [
    [{}, 'The preparation of the restart stopped, because a person decides. It goes on from there.'],
  ],
  'hold-set': [[{ why: 'ask Li' }, 'The plan is held: ask Li.']],
  'hold-lifted': [[{}, 'The plan is no longer held.']],
  approved: [
    [{ eventIds: ['e-1'], decision: 'window' }, 'Approved for event e-1, in a window.'],
    [
      { eventIds: ['e-1', 'e-2'], decision: 'last-resort' },
      'Approved for events e-1, e-2, as a last resort.',
    ],
    [{ eventIds: ['e-1'], decision: 'soonest' }, 'Approved for event e-1, as soon as possible.'],
    [{ eventIds: ['e-1'], decision: 'pinned' }, 'Approved for event e-1, at the pinned time.'],
    [{ eventIds: ['e-1'] }, 'Approved for event e-1.'],
  ],
  'approval-asked': [[{}, 'An approval was asked for: approval was set to required.']],
  'approval-waived': [
    [{}, 'approval was set to not-required. That counts as far as MODE and the tags allow it.'],
  ],
  'approval-required-now': [[{}, 'The plan needs an approval now.']],
  'approval-not-required-now': [[{}, 'The plan needs no approval any more.']],
  'approval-unclear': [
    [
      {},
      'Somebody edited the row, and it waits for an approval. To approve the plan, set approval to granted.',
    ],
  ],
  'status-by-hand': [[{ from: 'Planned', to: 'Skipped' }, 'The status was set from Planned to Skipped.']],
  'pinned-by-hand': [[at, 'The restart was pinned to Wed 2026-12-02 02:00 Asia/Shanghai.']],
  'unpinned-by-hand': [[{}, 'The restart is no longer pinned.']],
  'asked-again': [
    [
      { by: 'operator:Li', planId: 'e-1', eventIds: ['e-1'] },
      'operator:Li asked to try again after plan e-1, for event e-1.',
    ],
  ],
  'time-by-hand': [[at, 'execute_at was set to Wed 2026-12-02 02:00 Asia/Shanghai, and not pinned.']],
  'grant-outdated': [
    [
      { eventIds: ['e-2'], granted: 'window', decision: 'window' },
      'The approval counts no longer: it was given for a restart in a window, and not for event e-2. Approve the plan again if you want the restart.',
    ],
    [
      { eventIds: [], granted: 'window', decision: 'last-resort' },
      'The approval counts no longer: it was given for a restart in a window, and this one is as a last resort. Approve the plan again if you want the restart.',
    ],
  ],
  'time-refused': [
    [
      at,
      'The rules do not allow Wed 2026-12-02 02:00 Asia/Shanghai, which somebody wrote into the row. If you want that time all the same, set pinned to true, too.',
    ],
  ],
  'pin-refused': [
    [
      { ...at, why: state('as-written', { text: 'It is late.' }) },
      'Wed 2026-12-02 02:00 Asia/Shanghai, which an operator pinned, is refused. It is late. The plan keeps no pinned time.',
    ],
  ],
  'pinned-in-past': [[{}, 'The pinned time was in the past already.']],
  'pinned-too-late': [
    [{}, 'The pinned time is after the deadline, which is SAFETY_MARGIN before NotBefore.'],
  ],
  'looked-at-earlier': [[{}, 'A newer version looks at the row from execute_at on.']],
} satisfies Partial<Cases>;
