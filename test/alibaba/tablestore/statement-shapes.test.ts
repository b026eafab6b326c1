// The values of every code go through a row and come back. Without them, a row would lose the data of its reason at the next
// run. The table has one case with every optional value, and one without any.
import { describe, expect, it } from 'vitest';
import { decodeReason, encodeReason } from '../../../lib/alibaba/tablestore/statement-cells.ts';
import { isStatement } from '../../../lib/alibaba/tablestore/statement-shapes.ts';
import {
  state,
  type Statement,
  type StatementCode,
  type StatementValues,
} from '../../../lib/plan/statement.ts';

const events = { eventIds: ['e-1', 'e-2'] };
const faults = [
  { what: 'Column pinned', value: '"perhaps"', expected: 'true or false', at: 'perhaps' },
  { what: 'Column status', expected: 'a value' },
];
const message = { message: 'no answer' };
const answer = { errorCode: 'Forbidden.RAM', message: 'not allowed' };
const at = { at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai' };
const notBefore = '2026-12-03T02:00:00Z';
const seen = { events: [{ eventId: 'e-1', status: 'Scheduled' }], unlisted: ['e-2'], faults };
const room = { window: 'daily 02:00-05:00', slotMs: 900_000, notBefore, timeZone: 'Asia/Shanghai' };
const crowds = [
  {},
  { crowd: { region: 10 } },
  { crowd: { region: 10, group: { name: 'web', limit: 1 } } },
] as const;
const command = { step: 'pre-command', commandId: 'c-drain' };
const undo = { commandId: 'c-drain', undoId: 'c-undrain' };
const ids = { ids: ['s-1', 's-2'] };
const why: Statement = state('events-unlisted', { ...events, faults }, [state('opted-out', {})]);
const verdict: Statement = state('avoided', { eventIds: ['e-1'] });
const nothing = [{}];

const cases: { [C in StatementCode]: readonly StatementValues[C][] } = {
  'in-window': [{ ...at, window: 'daily 02:00-05:00' }],
  'last-resort': crowds.map((crowd) => ({ ...room, ...crowd, at: notBefore, isMoved: true, isFull: false })),
  soonest: crowds.map((crowd) => ({ ...room, ...crowd, at: notBefore, isNow: true, isFull: false })),
  'pinned-at': [{ at: '2026-12-01T18:00:00Z', timeZone: 'UTC' }],
  'left-to-ecs': crowds.map((crowd) => ({ ...room, ...crowd })),
  'ecs-keeps-window': crowds.map((crowd) => ({ ...room, ...crowd })),
  'windows-unknown': [
    { tags: [], window: 'daily 02:00-05:00 UTC', timeZone: 'UTC', at: '2026-12-01T18:00:00Z' },
    { tags: ['window'], window: 'daily 02:00-05:00 UTC', timeZone: 'UTC' },
  ],
  'too-late': [{ marginMs: 1_800_000, notBefore, timeZone: 'Asia/Shanghai' }],
  'observe-mode': nothing,
  'tag-faults': [{ faults }],
  'window-too-short': [{ window: 'daily 02:00-02:10 UTC', slotMs: 900_000, startRoomMs: 180_000 }],
  'possibly-answered': [{ at: notBefore, timeZone: 'Asia/Shanghai' }],
  'unknown-instance': [events],
  'instance-unreadable': [{ ...events, faults }],
  'opted-out': [{}, { tag: 'window' }],
  'unclear-tags': [{ faults }],
  'in-auto-scaling': [{ groupId: 'asg-1' }],
  'in-ack': [{ id: 'c-1' }],
  'ecs-executing': [events],
  'no-readable-event': [{ faults }],
  inquiring: [events],
  'other-events': [{ types: ['SystemMaintenance.Stop'] }],
  unapproved: nothing,
  'executed-before-us': [events],
  'failed-before-us': [events],
  'answered-elsewhere': [{ avoided: ['e-1'], canceled: [] }],
  released: [events],
  'unlisted-past-not-before': [{ ...events, faults }],
  observed: nothing,
  'in-history': [
    { ...events, planId: 'e-1', status: 'Skipped', timeZone: 'UTC' },
    { ...events, planId: 'e-1', status: 'Escalated', sentAt: notBefore, timeZone: 'UTC' },
  ],
  'earlier-open': [events, { ...events, why }],
  'also-open': [{ events: [{ eventId: 'e-2', type: 'SystemMaintenance.Stop', status: 'Inquiring' }] }],
  'region-gone': nothing,
  'region-gone-sent': nothing,
  ended: [{ status: 'Missed', why }],
  planned: [
    { status: 'Planned', ...at, why },
    { status: 'Planned', timeZone: 'Asia/Shanghai', why },
  ],
  announced: [events],
  'judged-again': nothing,
  'events-changed': [{ ...events, gone: [{ eventId: 'e-3', status: 'Canceled' }, { eventId: 'e-4' }] }],
  'other-events-changed': [events],
  'not-before-moved': nothing,
  'approval-required-now': nothing,
  'approval-not-required-now': nothing,
  'no-interval': nothing,
  'interval-unused': nothing,
  'group-changed': [{ group: 'web' }, {}],
  'runbook-changed': nothing,
  'pinned-empty': nothing,
  'pinned-past-deadline': nothing,
  'pinned-without-room': [{ roomMs: 0, startRoomMs: 180_000 }],
  'rules-changed': nothing,
  'ecs-window-changed': nothing,
  'window-has-room': nothing,
  'interval-forbidden': nothing,
  'slot-taken': nothing,
  'slot-free': nothing,
  unpinned: [{ why, planned: verdict }],
  'events-unlisted': [{ ...events, faults }],
  'announced-meanwhile': [events],
  'announced-before-send': [events],
  'due-too-far': nothing,
  'wait-dropped': [at],
  edited: nothing,
  'approval-unclear': nothing,
  held: [
    { why: 'ask Li', notBefore, timeZone: 'Asia/Shanghai' },
    { why: 'ask Li', timeZone: 'UTC', instanceId: 'i-1' },
  ],
  'waits-for-approval': [
    {},
    { askedBy: 'operator:Li' },
    { instanceId: 'i-1', until: notBefore, notBefore, timeZone: 'Asia/Shanghai' },
  ],
  'pre-command-check': [{ ...at, commandId: 'c-drain' }],
  'pre-command-checked': [{ commandId: 'c-drain', isRestarted: false }],
  'next-steps': [{ instanceId: 'i-1', planId: 'e-1', isRetriable: true, isUnproven: false }],
  'ended-by-hand': [
    { by: 'operator:Li', status: 'Skipped', notBefore, timeZone: 'UTC' },
    { by: 'operator:Li', status: 'Skipped', timeZone: 'UTC' },
  ],
  'taken-back': nothing,
  'latest-start-by-hand': nothing,
  'latest-start-refused': nothing,
  'local-time-by-hand': [{ column: 'execute_at_local', text: 'tonight' }],
  'acknowledged-by-hand': [{ words: 'yes' }],
  'acknowledgement-withdrawn': nothing,
  'acknowledge-unclear': [{ words: 'not yet' }],
  'acknowledge-unneeded': [{ words: 'yes' }],
  'retry-refused': [{ words: 'yes', planId: 'e-1', why: 'other-plan' }],
  'pin-without-time': nothing,
  'wish-too-late': [{ columns: ['hold'] }],
  'drained-while-waiting': [{ commandId: 'c-drain' }],
  stopped: [
    { why: 'release', timeZone: 'UTC', faults: [] },
    { regionId: 'cn-hangzhou', why: '', by: 'Li', at: notBefore, timeZone: 'UTC', faults },
  ],
  'stop-unreadable': [message],
  'was-held': [{ why: 'ask Li' }],
  'preparation-stopped': nothing,
  'hold-set': [{ why: 'ask Li' }],
  'hold-lifted': nothing,
  approved: [{ ...events, decision: 'window' }, events],
  'approval-asked': nothing,
  'approval-waived': nothing,
  'status-by-hand': [{ from: 'Planned', to: 'Skipped' }],
  'pinned-by-hand': [at],
  'unpinned-by-hand': nothing,
  'time-by-hand': [at],
  'asked-again': [{ by: 'operator:Li', planId: 'e-1', ...events }],
  'grant-outdated': [{ ...events, granted: 'window', decision: 'soonest' }],
  'time-refused': [at],
  'pin-refused': [{ ...at, why }],
  'pinned-in-past': nothing,
  'pinned-too-late': nothing,
  'looked-at-earlier': nothing,
  'ecs-window-edited': nothing,
  'windows-awaited': nothing,
  'interval-missing': nothing,
  'event-unconfirmed': [
    { eventId: 'e-1', status: 'Canceled', faults },
    { eventId: 'e-1', faults: [] },
  ],
  'not-yet': [{ isPrepared: true }],
  'interval-passed': nothing,
  'instance-unlisted': nothing,
  'instance-unreadable-now': [{ faults }],
  'instance-not-running': [{ status: 'Stopped' }],
  'instance-locked': [{ locks: ['security'] }],
  'started-recently': [{ at: '2026-12-01T18:12:00Z', timeZone: 'UTC' }],
  'waits-for-pause': [
    { group: 'web', pauseMs: 600_000, mates: ['i-2'], at: '2026-12-01T18:10:00Z', timeZone: 'UTC' },
  ],
  'waits-for-group': [{ group: 'web', limit: 1, mates: ['i-2'] }],
  'waits-for-region': [{ limit: 10 }],
  'counts-as-down': [{ instances: [{ instanceId: 'i-2', status: 'Stopped' }] }],
  'counts-as-unproven': [{ instanceIds: ['i-2'] }],
  'restarted-by-ecs-soon': [
    { instances: [{ instanceId: 'i-2', at: '2026-12-01T18:40:00Z' }], timeZone: 'UTC' },
  ],
  'group-stands-still': [{ group: 'web', instanceIds: ['i-2'] }],
  'groups-stand-still': [{ instanceIds: ['i-2'] }],
  'region-stands-still': [{ limit: 3, instanceIds: ['i-2'] }],
  'unproven-unreadable': [message],
  'too-little-time': nothing,
  throttled: nothing,
  'facts-unreadable': [message],
  'facts-too-old': nothing,
  prepared: [{ isTime: true }],
  preparing: nothing,
  'preparing-again': nothing,
  'took-over': nothing,
  sending: nothing,
  'stale-intent': [{ waitedMs: 11_000 }, {}],
  'outside-interval': [at],
  refused: [answer],
  'refused-for-good': [answer],
  accepted: nothing,
  'outcome-unknown': [message],
  'sender-vanished': nothing,
  'drained-until': [{ ...at, commandId: 'c-drain' }],
  'undo-pre-command': [{ commandId: 'c-drain' }],
  'undo-owed': [undo],
  'undo-first': [undo],
  undone: [undo],
  'undo-failed': [{ commandId: 'c-drain', why }],
  'restart-unseen': [events],
  'backup-unfinished': [{ ...ids, why }],
  'backup-left': [
    { ...ids, unfinished: [] },
    { ...ids, unfinished: ['s-2'] },
  ],
  'backup-expired': [{ ...ids, days: 7 }],
  'pre-command-too-late': [{ commandId: 'c-drain', limitMs: 300_000, startRoomMs: 180_000, isPutOff: true }],
  'restart-by-hand': [{ notBefore, timeZone: 'Asia/Shanghai' }, { timeZone: 'UTC' }],
  'not-proven-yet': [
    { ...seen, instance: 'Starting', sent: 'accepted' },
    { ...seen, sent: 'unknown' },
  ],
  'later-events-lag': [events],
  'executed-by-ecs': [{ ...events, sent: 'unknown' }],
  'event-failed': [{ ...events, sent: 'accepted' }],
  'events-canceled': [{ ...events, sent: 'accepted' }],
  avoided: [events],
  'not-proven': [
    { ...seen, instance: 'Starting', sent: 'accepted', waitedMs: 1_800_000 },
    { ...seen, sent: 'unknown' },
  ],
  'also-answered': [events],
  'later-event-struck': [{ eventId: 'e-1', status: 'Executed' }],
  unwell: [{ health: 'Warning' }, { health: 'Impaired', before: 'Ok' }],
  'health-explained': [{ eventIds: ['e-2'], health: 'Warning' }],
  'health-as-before': [{ health: 'Warning', before: 'Impaired' }],
  'health-unreadable': [message],
  'no-health': [{ faults: [] }],
  'proof-pending': [{ verdict, why }],
  'proof-missing': [{ verdict, why }],
  'backup-begins': [{ diskIds: ['d-1'], method: 'group' }],
  'backup-runs': [{ ...ids, method: 'snapshots' }],
  'backup-incomplete': [ids],
  'backup-complete': [{ ...ids, days: 7 }, ids],
  'backup-failed': [ids],
  'backup-without-disks': nothing,
  'backup-refused': [answer],
  'backup-delayed': [answer],
  'backup-unknown': [message],
  'backup-unreadable': [message],
  'backup-kept': [{ ...ids, ...message }],
  'backup-too-slow': [{ why }],
  'backup-missing': [{ why }],
  'backup-waived': [{ why, isOptional: true }],
  'command-begins': [command],
  'command-runs': [{ ...command, invokeId: 't-1' }],
  'command-still-runs': [{ ...command, ...message }, command],
  'command-succeeded': [{ ...command, output: 'done' }],
  'command-failed': [
    { ...command, status: 'Failed', exitCode: 3, error: 'no such file', output: '' },
    { ...command, status: 'Timeout', output: '' },
  ],
  'command-undelivered': [
    { ...command, errorCode: 'ClientNotRunning', isTriedAgain: true },
    {
      ...command,
      errorCode: 'ClientNotRunning',
      isTriedAgain: true,
      since: { at: '2026-12-01T18:30:00Z', timeZone: 'Asia/Shanghai' },
    },
  ],
  'command-overdue': [{ ...command, limitMs: 300_000 }],
  'command-refused': [{ ...command, ...answer, isTriedAgain: false }],
  'command-unknown': [{ ...command, ...message, isTriedAgain: true }],
  'pre-command-failed': [{ why }],
  'post-command-failed': [{ verdict, why }],
  'row-unreadable': [{ faults, mayHaveSent: true }],
  'events-not-planned': [{ eventIds: ['e-1'] }, { eventIds: ['e-1'], mayBeAnswered: true, isUndated: true }],
  'row-newer': [{ format: 3 }],
  'row-not-escalated': [message],
  'region-failed': [message],
  'function-silent': [
    { functionName: 'plan', timeZone: 'UTC' },
    { functionName: 'review', timeZone: 'UTC' },
    { functionName: 'execute', endedAt: notBefore, beganAt: notBefore, failure: 'down', timeZone: 'UTC' },
  ],
  'runs-unreadable': [message],
  'run-not-recorded': [message],
  'region-unserved': [{ plans: 2 }],
  'plan-unserved': [{ status: 'Verifying' }],
  'regions-unreadable': [message],
  'notice-not-taken': [
    { channel: 'slack-01234567', problem: 'busy', timeZone: 'Asia/Shanghai' },
    {
      channel: 'slack-01234567',
      problem: 'busy',
      answer: 'HTTP 503',
      at: '2026-12-01T18:05:00Z',
      timeZone: 'UTC',
    },
  ],
  'type-not-watched': [{ type: 'SystemMaintenance.Stop' }],
  'over-before-first-run': [{ at: notBefore, timeZone: 'UTC' }],
  'over-at-once': [{}],
  'announced-just-now': [{}],
  'never-planned': [{}],
  'executed-unplanned': [{ eventId: 'e-1' }],
  'ended-otherwise': [{ planId: 'e-1.1', status: 'Avoided', eventId: 'e-1', eventStatus: 'Executed' }],
  'still-waits': [{ planId: 'e-1.1', status: 'Planned', eventId: 'e-1', eventStatus: 'Executed' }],
  'avoided-without-restart': [{ planId: 'e-1.1' }],
  'restart-unknown-to-ecs': [{ planId: 'e-1.1', eventIds: ['e-1'], at: notBefore, timeZone: 'UTC' }],
  'restart-after-end': [{ planId: 'e-1.1', eventIds: ['e-1'], at: notBefore, timeZone: 'UTC' }],
  'more-disagreements': [{ disagreements: 2 }],
  'region-from-kept': [message],
  'events-unread': [{ events: 1 }],
  'events-not-kept': [{ events: 3, message: 'down' }],
  'kept-unreadable': [message],
  'plans-unreadable': [message],
  'groups-unreadable': [message],
  'review-not-told': [message],
  'review-told-unrecorded': [message],
  'notices-not-told': [message],
  'channels-not-recorded': [message],
  'told-not-recorded': [message],
  'history-unreadable': [{ ...message, instances: 2 }],
  'not-kept': [message],
  'events-incomplete': [message],
  'vanished-unreadable': [{ ...message, events: 2, instances: 1 }],
  'ecs-windows-unreadable': [
    { ...message, which: 'own' },
    { ...message, which: 'om' },
  ],
  'ecs-window-faults': [{ faults }],
  'odd-event': [{ faults }],
  'plan-not-possible': [message],
  'plan-not-worked-on': [message],
  'not-attempted': [{ ...message, plans: 2 }],
  'not-looked-at': [{ ...message, plans: 2 }],
  'out-of-time': [{ plans: 2 }],
  'not-written': [{ ...message, status: 'Planned' }],
  'not-archived': [message],
  'not-removed': [message],
  'rows-not-removed': [message],
  'impossible-write': [message],
  'as-written': [{ text: 'Ask Li first.' }],
};

const codes = Object.keys(cases) as StatementCode[];
const rowCodes = codes.filter((code) => code !== 'as-written');
const statements = codes.flatMap((code) => cases[code].map((values) => ({ code, values }) as Statement));

/** The statements that count although one of their values was changed, as JSON. */
function accepted(changed: (values: object, key: string) => object): string[] {
  return statements.flatMap(({ code, values }) =>
    Object.keys(values)
      .map((key) => ({ code, values: changed(values, key) }))
      .filter(isStatement)
      .map((statement) => JSON.stringify(statement)),
  );
}

describe('the values of a reason', () => {
  it.each(rowCodes)('come back from a row for %s', (code) => {
    for (const values of cases[code]) {
      const statement = { code, values } as Statement;
      const { reason, reason_code, reason_values } = encodeReason(statement);
      expect(decodeReason(reason, reason_code, JSON.parse(reason_values))).toEqual(statement);
    }
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list in a list', [[]]],
    ['an object of another kind', { a: 1 }],
  ])('do not count where one of them is %s', (_, other) => {
    expect(statements.filter(isStatement)).toHaveLength(statements.length);
    expect(accepted((values, key) => ({ ...values, [key]: other }))).toEqual([]);
  });

  it('do not count where one is missing that the sentence needs', () => {
    const left = accepted((values, key) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => name !== key)),
    );
    const codesLeft = new Set(left.map((json) => (JSON.parse(json) as Statement).code));
    // Each of these has an optional value. The table above has a case without it.
    expect([...codesLeft].sort()).toEqual([
      'approved',
      'backup-complete',
      'command-failed',
      'command-still-runs',
      'command-undelivered',
      'earlier-open',
      'ecs-keeps-window',
      'ended-by-hand',
      'event-unconfirmed',
      'events-not-planned',
      'function-silent',
      'group-changed',
      'held',
      'in-history',
      'last-resort',
      'left-to-ecs',
      'not-proven',
      'not-proven-yet',
      'notice-not-taken',
      'opted-out',
      'planned',
      'restart-by-hand',
      'soonest',
      'stale-intent',
      'stopped',
      'unwell',
      'waits-for-approval',
      'windows-unknown',
    ]);
  });
});
