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
      { why: 'ask Li', notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai', instanceId: 'i-1' },
      'An operator holds the plan: ask Li. Nothing is restarted until you empty the column hold (or: npx reboot-plans resume i-1). If it stays, ECS restarts the instance at NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai.',
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
    [
      {
        instanceId: 'i-1',
        until: '2026-12-01T20:45:00Z',
        notBefore: '2026-12-03T02:00:00Z',
        timeZone: 'Asia/Shanghai',
      },
      'The plan waits for an approval, until Wed 2026-12-02 04:45 Asia/Shanghai. To approve it, set approval to granted (or: npx reboot-plans approve i-1). To refuse it, set status to Skipped (or: npx reboot-plans skip i-1). Without an answer it waits for another time before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai, if there is one. After that ECS restarts the instance.',
    ],
  ],
  'pre-command-check': [
    [
      { commandId: 'c-drain', ...at },
      'The pre-command c-drain has begun, and a restart may have been sent. At Wed 2026-12-02 02:00 Asia/Shanghai the planner looks whether it came. If it did not, the command is undone, or the row says that you must undo it.',
    ],
  ],
  'pre-command-checked': [
    [
      { commandId: 'c-drain', isRestarted: true },
      'The restart after the pre-command c-drain came. Nothing is to be undone.',
    ],
    [
      { commandId: 'c-drain', isRestarted: false },
      'The restart after the pre-command c-drain did not come. What the command did is to be undone.',
    ],
  ],
  'next-steps': [
    [
      { instanceId: 'i-1', planId: 'e-1', isRetriable: true, isUnproven: true },
      'To try again while its event is open, set retry to e-1 (or: npx reboot-plans retry i-1). To let others go on although this restart is not proven, set acknowledged to yes (or: npx reboot-plans acknowledge i-1).',
    ],
    [
      { instanceId: 'i-1', planId: 'e-1.7', isRetriable: true, isUnproven: false },
      'To try again while its event is open, set retry to e-1.7 (or: npx reboot-plans retry i-1).',
    ],
    [
      { instanceId: 'i-1', planId: 'e-1', isRetriable: false, isUnproven: true },
      'To let others go on although this restart is not proven, set acknowledged to yes (or: npx reboot-plans acknowledge i-1).',
    ],
  ],
  'ended-by-hand': [
    [
      { by: 'operator:Li', status: 'Skipped', notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' },
      'operator:Li set status to Skipped. The planner does nothing more for this event. If the event is still open at NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai, ECS restarts the instance.',
    ],
    [
      { by: 'operator', status: 'Cleared', timeZone: 'UTC' },
      'operator set status to Cleared. The planner does nothing more for this event.',
    ],
  ],
  'taken-back': [[{}, 'Somebody took the end of the plan back.']],
  'latest-start-by-hand': [[{}, 'latest_start was edited, and not pinned.']],
  'latest-start-refused': [
    [
      {},
      'Somebody edited latest_start. The rules choose it. If you want your own time, set pinned to true, too.',
    ],
  ],
  'local-time-by-hand': [
    [
      { column: 'execute_at_local', text: '2026-12-02 04:00' },
      'Somebody wrote "2026-12-02 04:00" into execute_at_local. That column only repeats another one. To choose a time, write it into execute_at and set pinned to true.',
    ],
  ],
  'acknowledged-by-hand': [
    [
      { words: 'yes, ticket 12' },
      'Acknowledged: yes, ticket 12. Others may go on although the restart of this instance is not proven.',
    ],
  ],
  'acknowledgement-withdrawn': [
    [{}, 'The acknowledgement was taken back. Others wait again until the restart is proven.'],
  ],
  'acknowledge-unclear': [
    [
      { words: 'not yet' },
      'acknowledged was set to "not yet", which is no yes. Nothing is acknowledged. If others may go on, set it to yes, and then your words.',
    ],
  ],
  'acknowledge-unneeded': [
    [
      { words: 'yes' },
      'acknowledged was set to "yes", but no restart of this instance is unproven now. That counts for nothing. Set it again if a proof fails.',
    ],
  ],
  'retry-refused': [
    [
      { words: 'e-1', planId: 'e-1', why: 'not-ended' },
      'retry was set to "e-1". Plan e-1 has not ended, so nothing is tried again.',
    ],
    [
      { words: 'e-1', planId: 'e-1', why: 'not-retried' },
      'retry was set to "e-1". Only a plan that is Escalated, or that a person skipped, is tried again. Plan e-1 is neither.',
    ],
    [
      { words: 'yes', planId: 'e-1.4', why: 'other-plan' },
      'retry was set to "yes". That is not the id of the plan. To try again, set it to e-1.4.',
    ],
    [
      { words: 'e-1', planId: 'e-1', why: 'nothing-open' },
      'retry was set to "e-1". ECS lists no open event of plan e-1 that still waits, so nothing is tried again. If the instance needs a restart, restart it yourself.',
    ],
  ],
  'pin-without-time': [
    [
      {},
      'pinned was set to true, but execute_at has no time. Nothing is pinned. Set execute_at first, and then pinned.',
    ],
  ],
  'wish-too-late': [
    [
      { columns: ['hold'] },
      'hold was edited after RebootInstance may have been sent. That cannot be taken back. A hold and approval = required count for the next plan of the instance.',
    ],
    [
      { columns: ['approval', 'execute_at'] },
      'approval, execute_at were edited after RebootInstance may have been sent. That cannot be taken back. A hold and approval = required count for the next plan of the instance.',
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
