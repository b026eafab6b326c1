// The sentences about rows and runs.
import type { Cases } from './cases.ts';
import { message, faults } from './values.ts';

export const rowsAndRuns = {
  'row-unreadable': [
    [
      { faults, mayHaveSent: false },
      'The row cannot be read. Tag reboot-planner:window is "Mo 2-5", expected times. Nothing was restarted for it. Correct the row and set status to Planned, or delete the row so that the instance is planned again.',
    ],
    [
      { faults, mayHaveSent: true },
      'The row cannot be read. Tag reboot-planner:window is "Mo 2-5", expected times. A restart may have been sent for it (intent_at). No second one is sent. Check the instance and its event in the ECS console.',
    ],
  ],
  'row-newer': [
    [
      { format: 2 },
      'The row has format 2, which a newer version wrote. It is left as it is. Deploy the newer version.',
    ],
  ],
  'events-not-planned': [
    [
      { eventIds: ['e-1'] },
      'ECS lists event e-1. Nothing is planned for it because of this row. Correct the row, or restart the instance yourself before NotBefore.',
    ],
    [
      { eventIds: ['e-1'], isUndated: true },
      'ECS lists event e-1. Nothing is planned for it because of this row. Correct the row, or restart the instance yourself.',
    ],
    [
      { eventIds: ['e-1'], mayBeAnswered: true },
      'ECS lists event e-1. Nothing is planned for it because of this row. A restart may have answered it. ECS may show that only later. Check the instance first. Then correct the row, or restart the instance yourself before NotBefore.',
    ],
    [
      { eventIds: ['e-1', 'e-2'] },
      'ECS lists events e-1, e-2. Nothing is planned for them because of this row. Correct the row, or restart the instance yourself before NotBefore.',
    ],
  ],
  'row-not-escalated': [[{ message }, 'The row could not be set to Escalated: The connection broke.']],
  'region-failed': [[{ message }, 'Nothing could be done in the region: The connection broke.']],
  'function-silent': [
    [
      { functionName: 'plan', endedAt: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai' },
      'The plan function has not done its work in this region since Wed 2026-12-02 02:00 Asia/Shanghai. Its timer should have started it three times in that time. New events get no plan until it runs. In the console of Function Compute, look at its log, and whether its trigger is enabled.',
    ],
    [
      {
        functionName: 'execute',
        endedAt: '2026-12-01T18:00:00Z',
        beganAt: '2026-12-01T18:30:00Z',
        failure: message,
        timeZone: 'Asia/Shanghai',
      },
      'The execute function has not done its work in this region since Wed 2026-12-02 02:00 Asia/Shanghai. Its timer should have started it three times in that time. Its last run, at Wed 2026-12-02 02:30 Asia/Shanghai, failed: The connection broke. Nothing is restarted and nothing is proven until it runs. In the console of Function Compute, look at its log, and whether its trigger is enabled.',
    ],
    [
      { functionName: 'review', endedAt: '2026-11-23T01:00:00Z', timeZone: 'Asia/Shanghai' },
      "The review function has not done its work in this region since Mon 2026-11-23 09:00 Asia/Shanghai. Its timer should have started it at least once in that time. No restart waits for it. But ECS forgets an event 30 days after its end, and nothing keeps the event until the review runs. Run it by hand: npx s review-job invoke -e '{}'. In the console of Function Compute, look at its log, and whether its trigger is enabled.",
    ],
    [
      { functionName: 'execute', failure: message, timeZone: 'UTC' },
      'The execute function has not done its work in this region yet. Its timer should have started it three times in that time. Its last run failed: The connection broke. Nothing is restarted and nothing is proven until it runs. In the console of Function Compute, look at its log, and whether its trigger is enabled.',
    ],
  ],
  'runs-unreadable': [
    [{ message }, 'It could not be read whether the functions still run (The connection broke.).'],
  ],
  'run-not-recorded': [
    [
      { message },
      'The end of this run could not be recorded (The connection broke.). If that goes on, the other function says that this one does not run.',
    ],
  ],
  'region-unserved': [
    [
      { plans: 1 },
      '1 plan of this region is unfinished, but the region is not in REGIONS. Nothing is restarted there. Add the region to REGIONS, or handle its events by hand. The rest ends by itself: what waits an hour after its latest_start, what was begun an hour after NotBefore. Where another deployment shares the tables and has this region, there is nothing to do.',
    ],
    [
      { plans: 2 },
      '2 plans of this region are unfinished, but the region is not in REGIONS. Nothing is restarted there. Add the region to REGIONS, or handle its events by hand. The rest ends by itself: what waits an hour after its latest_start, what was begun an hour after NotBefore. Where another deployment shares the tables and has this region, there is nothing to do.',
    ],
  ],
  'plan-unserved': [
    [
      { status: 'Verifying' },
      'The plan is Verifying, but its region is not in REGIONS, so nobody goes on with it. Check the instance and its event in the ECS console, or add the region to REGIONS.',
    ],
  ],
  'regions-unreadable': [
    [{ message }, 'It could not be read whether rows of other regions are left: The connection broke.'],
  ],
  'notice-not-taken': [
    [
      {
        channel: 'dingtalk-3f2a91c0',
        problem: 'keyword-missing',
        answer: 'errcode 310000',
        timeZone: 'Asia/Shanghai',
      },
      'The channel dingtalk-3f2a91c0 of NOTIFY did not take the notice (errcode 310000). It takes only messages with a keyword. Add the keyword ecs-reboot-planner to the robot.',
    ],
    [
      { channel: 'slack-01234567', problem: 'busy', at: '2026-12-01T18:05:00Z', timeZone: 'Asia/Shanghai' },
      'The channel slack-01234567 of NOTIFY did not take the notice. It is busy or has a fault. The next try is not before Wed 2026-12-02 02:05 Asia/Shanghai.',
    ],
  ],
  'notices-not-told': [
    [{ message }, 'Nobody could be told what happened. The next run tries again: The connection broke.'],
  ],
  'channels-not-recorded': [
    [
      { message },
      'Notices were sent, but what the channels answered could not be recorded. They may hear some of it again: The connection broke.',
    ],
  ],
  'told-not-recorded': [
    [
      { message },
      'People were told of this instance, but the row does not show it. They may hear it again: The connection broke.',
    ],
  ],
  'history-unreadable': [
    [
      { instances: 2, message },
      'The history of 2 instances could not be read (The connection broke.). Their new events are planned at a later run, once it can be read: a restart may have been sent for them before.',
    ],
  ],
  'events-incomplete': [[{ message }, 'Some events of the region could not be read: The connection broke.']],
  'vanished-unreadable': [
    [
      { events: 1, instances: 2, message },
      'The outcome of 1 event that ECS no longer lists could not be read (The connection broke.). The plans of 2 instances stay as they are.',
    ],
  ],
  'ecs-windows-unreadable': [
    [
      { which: 'own', message },
      "Instances' own maintenance windows in ECS could not be read (The connection broke.). Plans keep the windows that they know. New plans wait until the windows can be read, as long as NotBefore allows.",
    ],
    [
      { which: 'om', message },
      'The O&M windows in ECS could not be read (The connection broke.). Plans keep the windows that they know. New plans wait until the windows can be read, as long as NotBefore allows.',
    ],
  ],
  'odd-event': [
    [{ faults }, 'Tag reboot-planner:window is "Mo 2-5", expected times. The event is not planned.'],
  ],
  'ecs-window-faults': [[{ faults }, 'Tag reboot-planner:window is "Mo 2-5", expected times.']],
  'plan-not-possible': [[{ message }, 'The instance could not be planned: The connection broke.']],
  'plan-not-worked-on': [[{ message }, 'The plan could not be executed: The connection broke.']],
  'not-attempted': [[{ plans: 3, message }, '3 due plans could not be executed: The connection broke.']],
  'not-looked-at': [[{ plans: 1, message }, '1 restart could not be verified: The connection broke.']],
  'out-of-time': [[{ plans: 1 }, '1 plan left for the next run: out of time.']],
  'not-written': [[{ status: 'Avoided', message }, 'Avoided could not be written: The connection broke.']],
  'not-removed': [
    [
      { message },
      'The plan ended long ago and is in the history, but its row could not be removed: The connection broke.',
    ],
  ],
  'rows-not-removed': [
    [
      { message },
      'Rows of plans that ended long ago could not be moved to the history: The connection broke.',
    ],
  ],
  'not-archived': [
    [{ message }, 'The finished plan could not be moved to the history: The connection broke.'],
  ],
  'not-kept': [
    [
      { message },
      'The plan could not be copied to the history (The connection broke.). Do not delete its row and do not rename PLANS_TABLE while its events are open: the restart would be forgotten.',
    ],
  ],
  'impossible-write': [
    [
      { message: 'The version after 3 is 3.' },
      'Nothing was written, because of a fault in the planner. Report it: The version after 3 is 3.',
    ],
  ],
  'as-written': [[{ text: 'The instance moves.' }, 'The instance moves.']],
} satisfies Partial<Cases>;
