// The English catalogue: the one place that asserts its sentences. One test per code, with every branch of its sentence.
// Statements inside statements are `as-written`, so that a change of one sentence fails one test.
import { describe, expect, it } from 'vitest';
import { state, type Statement, type StatementCode, type StatementValues } from '../../lib/plan/statement.ts';
import { inEnglish, statementCodes } from '../../lib/wording/english.ts';

/** The values and the sentence of each branch. The type makes a code without a case an error of the compiler. */
type Cases = { [C in StatementCode]: readonly (readonly [StatementValues[C], string])[] };

const timeZone = 'Asia/Shanghai';
/** Wednesday, 02:00 in Shanghai. */
const at = '2026-12-01T18:00:00Z';
/** Thursday, 10:00 in Shanghai. */
const notBefore = '2026-12-03T02:00:00Z';
const one = { eventIds: ['e-1'] };
const two = { eventIds: ['e-1', 'e-2'] };
const message = 'The connection broke.';
/** Services that answer with a code say their message without a full stop. */
const answer = { errorCode: 'Throttling', message: 'Too many requests' };
const faults = [{ what: 'Tag reboot-planner:window', value: '"Mo 2-5"', expected: 'times' }];
const noStatus = { what: 'Status of instance i-1', value: 'null', expected: 'a status' };
const noRoom = { window: 'Sun 02:00-05:00', slotMs: 900_000, notBefore, timeZone };
const seen = {
  events: [{ eventId: 'e-1', status: 'Scheduled' }],
  unlisted: [],
  faults: [],
  instance: 'Starting',
};
const why = state('as-written', { text: 'This is why.' });
const verdict = state('as-written', { text: 'This is the verdict.' });
const drain = { step: 'pre-command', commandId: 'c-drain' };

const cases: Cases = {
  'in-window': [
    [
      { window: 'daily 02:00-05:00', at, timeZone },
      'In the window daily 02:00-05:00: Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
  ],
  'last-resort': [
    [
      { ...noRoom, at, isMoved: false, isFull: false },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=last-resort: the restart is planned as late as allowed, Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
    [
      { ...noRoom, at, isMoved: true, isFull: true },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=last-resort: the restart is planned for the first free slot before the deadline, Wed 2026-12-02 02:00 Asia/Shanghai. At that time no slot is free either. The restart waits until others are done.',
    ],
  ],
  soonest: [
    [
      { ...noRoom, at, isNow: true, isFull: false },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=soonest: the restart is planned at once.',
    ],
    [
      { ...noRoom, at, isNow: false, isFull: true },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=soonest: the restart is planned for the first free slot, Wed 2026-12-02 02:00 Asia/Shanghai. At that time no slot is free either. The restart waits until others are done.',
    ],
  ],
  'left-to-ecs': [
    [
      noRoom,
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=leave: ECS restarts the instance.',
    ],
  ],
  'too-late': [
    [
      { marginMs: 1_800_000, notBefore, timeZone },
      'Too late: less than the safety margin of 30m is left before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai.',
    ],
  ],
  'observe-mode': [[{}, 'MODE=observe: the plan is written, and nothing is restarted.']],
  'window-too-short': [
    [
      { window: 'daily 02:00-02:10 UTC', slotMs: 900_000, startRoomMs: 180_000 },
      'The window daily 02:00-02:10 UTC has no range as long as SLOT, 15m, and START_ROOM, 3m, together. No reboot ever fits into it.',
    ],
  ],
  'tag-faults': [[{ faults }, 'Tag reboot-planner:window is "Mo 2-5", expected times.']],
  'possibly-answered': [
    [
      { at: '2026-12-01T18:10:00Z', timeZone },
      'Our last restart may have answered the event already. If it did, ECS shows that by Wed 2026-12-02 02:10 Asia/Shanghai. The plan waits until then.',
    ],
  ],

  'unknown-instance': [
    [
      one,
      'ECS announces event e-1 but does not list the instance. Nothing is restarted. Check whether the instance was released and whether the RAM role of the functions may read it.',
    ],
  ],
  'instance-unreadable': [
    [
      { ...one, faults: [noStatus] },
      'Status of instance i-1 is null, expected a status. Nothing is restarted for event e-1, because the instance cannot be read. Look at the instance in the ECS console.',
    ],
  ],
  'opted-out': [
    [
      {},
      'The owner opted the instance out (tag reboot-planner:enabled=false). ECS restarts the instance at NotBefore.',
    ],
  ],
  'unclear-tags': [
    [
      { faults },
      'Tag reboot-planner:window is "Mo 2-5", expected times. It is unclear what the owner wants. Nothing is restarted until the tag is corrected.',
    ],
  ],
  'ecs-executing': [[two, 'ECS is carrying out events e-1, e-2.']],
  'no-readable-event': [
    [
      { faults: [{ what: 'NotBefore of event e-1', expected: 'an ISO 8601 time' }] },
      'NotBefore of event e-1 is missing, expected an ISO 8601 time. Nothing is restarted. Look at the event in the ECS console.',
    ],
  ],
  inquiring: [
    [
      one,
      'ECS waits for an answer to event e-1 and does nothing until then. Nothing is restarted. If you accept an event in the ECS console, ECS starts it at once: choose the time yourself.',
    ],
  ],
  'other-events': [
    [
      { types: ['SystemMaintenance.Redeploy', 'SystemMaintenance.Stop'] },
      'A restart does not answer SystemMaintenance.Redeploy, SystemMaintenance.Stop. The event is only recorded. Handle it by hand.',
    ],
  ],
  unapproved: [
    [
      {},
      'Nobody approved the plan in time. Restart the instance yourself before NotBefore, or leave it to ECS.',
    ],
  ],
  'executed-before-us': [[one, 'ECS carried out event e-1 before the planned restart.']],
  'failed-before-us': [
    [one, 'ECS reports event e-1 as Failed. Look at the instance and the event in the ECS console.'],
  ],
  'answered-elsewhere': [
    [
      { avoided: ['e-1'], canceled: [] },
      'Somebody else restarted the instance and answered event e-1. Nothing is left to do.',
    ],
    [{ avoided: [], canceled: ['e-2'] }, 'ECS canceled event e-2. Nothing is left to do.'],
    [
      { avoided: ['e-1'], canceled: ['e-2'] },
      'Somebody else restarted the instance and answered event e-1. ECS canceled event e-2. Nothing is left to do.',
    ],
  ],
  released: [[one, 'ECS lists neither the instance nor event e-1. The instance was probably released.']],
  'unlisted-past-not-before': [
    [
      { ...one, faults },
      'ECS no longer lists event e-1, and NotBefore has passed. Nothing was restarted. Tag reboot-planner:window is "Mo 2-5", expected times. Look at the event in the ECS console.',
    ],
    [
      { ...one, faults: [] },
      'ECS no longer lists event e-1, and NotBefore has passed. Nothing was restarted. Look at the event in the ECS console.',
    ],
  ],
  observed: [[{}, 'MODE=observe: the restart would be sent now. It is not sent.']],

  ended: [[{ status: 'Skipped', why }, 'Skipped: This is why.']],
  planned: [
    [
      { status: 'Planned', at, timeZone, why },
      'Planned for Wed 2026-12-02 02:00 Asia/Shanghai. This is why.',
    ],
    [{ status: 'AwaitingApproval', timeZone, why }, 'AwaitingApproval. This is why.'],
  ],
  announced: [[two, 'ECS announced events e-1, e-2.']],
  'judged-again': [[{}, 'The reason why the plan ended no longer applies.']],
  'events-changed': [
    [{ ...two, gone: [] }, 'The events of the plan are now e-1, e-2.'],
    [
      { ...one, gone: [{ eventId: 'e-2', status: 'Canceled' }, { eventId: 'e-3' }] },
      'The events of the plan are now e-1. Event e-2 is Canceled. Event e-3 is not listed.',
    ],
  ],
  'other-events-changed': [
    [one, 'ECS also announces event e-1.'],
    [{ eventIds: [] }, 'No other event is open.'],
  ],
  'not-before-moved': [[{}, 'NotBefore moved.']],
  'approval-required-now': [[{}, 'The plan needs an approval now.']],
  'approval-not-required-now': [[{}, 'The plan needs no approval any more.']],
  'no-interval': [[{}, 'The row had no interval.']],
  'interval-unused': [[{}, 'The interval passed and the plan was not executed.']],
  'group-changed': [
    [{ group: 'web' }, 'The group of the instance is web now.'],
    [{}, 'The instance has no group now.'],
  ],
  'runbook-changed': [[{}, 'The backup or the commands of the plan changed.']],
  'pinned-empty': [[{}, 'The pinned latest_start was before execute_at.']],
  'pinned-without-room': [
    [{ roomMs: 60_000, startRoomMs: 180_000 }, 'The pinned interval was 1m long. START_ROOM requires 3m.'],
  ],
  'pinned-past-deadline': [[{}, 'The pinned latest_start was after the deadline.']],
  'rules-changed': [[{}, 'The rules changed.']],
  'ecs-window-changed': [[{}, 'The window in ECS differs from the window of the row.']],
  'window-has-room': [[{}, 'A window now has room for the restart.']],
  'interval-forbidden': [[{}, 'The rules do not allow the interval of the row.']],
  'slot-taken': [[{}, 'More urgent or pinned restarts need the slot of this plan.']],
  unpinned: [
    [
      { why, planned: state('as-written', { text: 'This is the new time.' }) },
      'The pinned time cannot be kept. This is why. This is the new time.',
    ],
  ],
  'events-unlisted': [
    [{ ...one, faults: [] }, 'ECS no longer lists event e-1. No restart unless ECS lists it again.'],
    [{ ...two, faults: [] }, 'ECS no longer lists events e-1, e-2. No restart unless ECS lists them again.'],
    [
      { ...one, faults },
      'ECS no longer lists event e-1. No restart unless ECS lists it again. Tag reboot-planner:window is "Mo 2-5", expected times.',
    ],
  ],
  'announced-meanwhile': [
    [one, 'ECS announced event e-1 during the restart. That is planned when this plan ends.'],
  ],
  'announced-before-send': [[one, 'ECS announced event e-1 just before the restart. A later run plans it.']],
  'due-too-far': [[{}, 'Somebody edited the row so that it was due much later. The plan is due now.']],
  edited: [[{}, 'Somebody edited the row. due_at follows the edit.']],
  'approval-unclear': [
    [
      {},
      'Somebody edited the row, and it waits for an approval. To approve the plan, set approval to granted.',
    ],
  ],

  'ecs-window-edited': [
    [
      {},
      'The windows of the instance changed, or somebody edited ecs_window. The next plan run plans the instance again.',
    ],
  ],
  'interval-missing': [
    [{}, 'The row lacks execute_at, latest_start or not_before. Nothing is restarted without them.'],
  ],
  'event-unconfirmed': [
    [{ eventId: 'e-1', faults: [] }, 'ECS does not list event e-1. A restart needs the event Scheduled.'],
    [
      { eventId: 'e-1', faults },
      'Tag reboot-planner:window is "Mo 2-5", expected times. A restart needs the event Scheduled.',
    ],
    [
      { eventId: 'e-1', status: 'Inquiring', faults: [] },
      'Event e-1 is Inquiring. A restart needs the event Scheduled.',
    ],
    [
      { eventId: 'e-1', status: 'Scheduled', faults: [] },
      'The NotBefore of event e-1 is earlier than the row says.',
    ],
  ],
  'not-yet': [
    [{ isPrepared: false }, 'execute_at has not come yet.'],
    [{ isPrepared: true }, 'Prepared. execute_at has not come yet.'],
  ],
  'interval-passed': [[{}, 'The interval of the plan has passed.']],
  'instance-unlisted': [[{}, 'ECS does not list the instance.']],
  'instance-unreadable-now': [
    [
      { faults: [noStatus] },
      'Status of instance i-1 is null, expected a status. Nothing is restarted while the instance cannot be read.',
    ],
  ],
  'instance-not-running': [
    [{ status: 'Stopped' }, 'The instance is Stopped. RebootInstance needs it Running.'],
  ],
  'instance-locked': [
    [
      { locks: ['financial', 'security'] },
      'ECS locked the instance (financial, security). Remove the cause of the lock, or leave the restart to ECS.',
    ],
  ],
  'started-recently': [
    [
      {},
      'The instance was started a few minutes ago. That start may have answered the events. ECS shows that later. The plan waits.',
    ],
  ],
  'waits-for-group': [
    [
      { group: 'web', limit: 2, mates: ['i-1', 'i-2'] },
      'Waits for i-1, i-2 of group web: at most 2 may be down at once (GROUP_LIMIT).',
    ],
  ],
  'waits-for-region': [
    [
      { limit: 3 },
      'Waits for other restarts of the region: at most 3 may be down at once (MAX_CONCURRENT_REBOOTS).',
    ],
  ],
  'too-little-time': [[{}, 'Too little time was left in the invocation. The next run tries again.']],
  throttled: [[{}, 'ECS throttles RebootInstance in this region. Nothing was sent.']],
  'facts-unreadable': [
    [
      { message },
      'The facts could not be read right before the restart (The connection broke.). Nothing was sent.',
    ],
  ],
  'facts-too-old': [[{}, 'Reading from ECS took too long to rely on the answer. Nothing was sent.']],
  prepared: [
    [{ isTime: true }, 'Prepared.'],
    [{ isTime: false }, 'Prepared. execute_at has not come yet.'],
  ],

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
  ],
  'restart-by-hand': [
    [
      { notBefore, timeZone },
      'Restart the instance yourself before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai, or leave it to ECS.',
    ],
    [{ timeZone }, 'Restart the instance yourself before NotBefore, or leave it to ECS.'],
  ],

  'not-proven-yet': [
    [
      { ...seen, sent: 'accepted' },
      'Restart accepted. Not proven yet: event e-1 is Scheduled; the instance is Starting.',
    ],
  ],
  'later-events-lag': [
    [
      two,
      'The events are Avoided. The restart may also have answered events e-1, e-2, which ECS shows later.',
    ],
  ],
  'executed-by-ecs': [
    [{ ...one, sent: 'accepted' }, 'ECS carried out event e-1 itself, although it accepted our restart.'],
    [
      { ...one, sent: 'unknown' },
      'ECS carried out event e-1 itself. It is unknown whether our RebootInstance arrived.',
    ],
  ],
  'event-failed': [
    [
      { ...one, sent: 'accepted' },
      'ECS reports event e-1 as Failed. Restart accepted. Look at the instance and the event in the ECS console.',
    ],
  ],
  'events-canceled': [[{ ...one, sent: 'accepted' }, 'ECS canceled event e-1. Restart accepted.']],
  avoided: [
    [one, 'Event e-1 is Avoided and the instance is Running.'],
    [two, 'Events e-1, e-2 are Avoided and the instance is Running.'],
  ],
  'not-proven': [
    [
      { ...seen, sent: 'accepted', waitedMs: 1_800_000 },
      'Not proven after 30m: event e-1 is Scheduled; the instance is Starting. Restart accepted. Check the instance. Only you decide on a second restart. ECS advises to wait 12 hours.',
    ],
    [
      { ...seen, sent: 'accepted' },
      'Not proven: event e-1 is Scheduled; the instance is Starting. Restart accepted. Check the instance. Only you decide on a second restart. ECS advises to wait 12 hours.',
    ],
  ],
  'also-answered': [[one, 'The same restart answered event e-1.']],
  'later-event-struck': [
    [
      { eventId: 'e-2', status: 'Executed' },
      'Event e-2, which ECS announced during the restart, is Executed. Look at the instance.',
    ],
  ],
  unwell: [
    [{ health: 'Impaired' }, 'ECS reports the health of the instance as Impaired.'],
    [
      { health: 'Impaired', before: 'Ok' },
      'ECS reports the health of the instance as Impaired. Before the restart it was Ok.',
    ],
  ],
  'health-explained': [
    [
      { ...one, health: 'Warning' },
      'ECS reports the health of the instance as Warning, because event e-1 is open.',
    ],
    [
      { ...two, health: 'Maintaining' },
      'ECS reports the health of the instance as Maintaining, because events e-1, e-2 are open.',
    ],
  ],
  'health-as-before': [
    [
      { health: 'Warning', before: 'Impaired' },
      'ECS reports the health of the instance as Warning. Before the restart it was Impaired: the restart did not make it worse.',
    ],
  ],
  'no-health': [
    [{ faults: [] }, 'ECS reports no health for the instance.'],
    [
      {
        faults: [
          { what: 'HealthStatus.Name of i-1', value: '""', expected: 'a health as in Ok or Impaired' },
        ],
      },
      'HealthStatus.Name of i-1 is "", expected a health as in Ok or Impaired.',
    ],
  ],
  'health-unreadable': [[{ message }, 'The health of the instance could not be read: The connection broke.']],
  'proof-pending': [[{ verdict, why }, 'This is the verdict. The proof is not complete yet. This is why.']],
  'proof-missing': [
    [{ verdict, why }, 'This is the verdict. The proof is not complete. This is why. Look at the instance.'],
  ],

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
  'pre-command-failed': [
    [{ why }, 'This is why. Nothing was restarted. Check what the command left behind.'],
  ],
  'post-command-failed': [[{ verdict, why }, 'This is the verdict. This is why. Look at the instance.']],

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
  'row-not-escalated': [[{ message }, 'The row could not be set to Escalated: The connection broke.']],
  'region-failed': [[{ message }, 'Nothing could be done in the region: The connection broke.']],
  'events-incomplete': [[{ message }, 'Some events of the region could not be read: The connection broke.']],
  'vanished-unreadable': [
    [
      { events: 1, instances: 2, message },
      'The outcome of 1 event that ECS no longer lists could not be read (The connection broke.). The plans of 2 instances stay as they are.',
    ],
  ],
  'ecs-windows-unreadable': [
    [
      { message },
      'The windows in ECS could not be read (The connection broke.). The windows of the rows apply, else those of the settings.',
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
  'not-archived': [
    [{ message }, 'The finished plan could not be moved to the history: The connection broke.'],
  ],
  'impossible-write': [
    [
      { message: 'The version after 3 is 3.' },
      'Nothing was written, because of a fault in the planner. Report it: The version after 3 is 3.',
    ],
  ],
  'as-written': [[{ text: 'The instance moves.' }, 'The instance moves.']],
};

/** The branches of one code as statements. */
function branchesOf(code: StatementCode): readonly { statement: Statement; sentence: string }[] {
  const branches: readonly (readonly [object, string])[] = cases[code];
  // TypeScript does not relate the values of each code to a union over all codes.
  return branches.map(([values, sentence]) => ({ statement: { code, values } as Statement, sentence }));
}

const all = statementCodes.flatMap(branchesOf);

describe('the English sentence', () => {
  it.each(statementCodes)('of %s', (code) => {
    const branches = branchesOf(code);
    expect(branches.map(({ statement }) => inEnglish(statement))).toEqual(
      branches.map(({ sentence }) => sentence),
    );
  });

  it('exists for every code of this test, and every code has at least one case', () => {
    expect([...statementCodes].sort()).toEqual(Object.keys(cases).sort());
    expect(statementCodes.filter((code) => cases[code].length === 0)).toEqual([]);
  });
});

describe('every statement', () => {
  it('is plain JSON, and says the same after a round trip through a row', () => {
    for (const { statement } of all) {
      const read = JSON.parse(JSON.stringify(statement)) as Statement;
      expect(read).toStrictEqual(statement);
      expect(inEnglish(read)).toBe(inEnglish(statement));
    }
  });

  it('is one sentence or more: one space between words, none at the end, and a full stop', () => {
    // The literals are judged, so that a change of the catalogue fails the test of its code only.
    const odd = all.map(({ sentence }) => sentence).filter((text) => !/^\S+( \S+)*\.$/.test(text));
    expect(odd).toEqual([]);
  });

  it('is followed by what is told after it, one space apart', () => {
    const said = state('as-written', { text: 'This comes first.' }, [
      state('as-written', { text: 'This comes next.' }, [
        state('as-written', { text: 'This belongs to it.' }),
      ]),
      state('as-written', { text: 'This comes last.' }),
    ]);
    expect(inEnglish(said)).toBe('This comes first. This comes next. This belongs to it. This comes last.');
  });
});
