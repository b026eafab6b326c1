// Questions for each clause of the last look before a restart: what it objects to, with its verdict, and what it lets pass.
import type { Plan } from '../../../lib/plan/plan.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  at,
  calendar,
  event,
  instance,
  oddEvent,
  preparedSettings,
  preparing,
  rulesRecord,
  runbook,
  second,
  settings,
  sighting,
  step,
  unreadableSighting,
  waiting,
  without,
  withUnreadWindows,
} from '../samples.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { Asked } from './before-question.ts';

/** The verdict that waits two minutes, from 18:01. */
function wait(reason: Statement, until = '2026-12-01T18:03:00Z'): object {
  return { kind: 'wait', reason, until };
}

/** The verdict that waits until the start of the instance can be no answer any more. */
function startedUntil(at: string): object {
  return wait(state('started-recently', { at, timeZone: 'Asia/Shanghai' }), at);
}

/** The verdict that waits until the plan is due. */
function notDue(isPrepared: boolean): object {
  return { kind: 'wait', reason: state('not-yet', { isPrepared }) };
}

function unconfirmed(values: { eventId?: string; status?: string }): object {
  return wait(state('event-unconfirmed', { eventId: 'e-1', faults: [], ...values }));
}

const ecsWindow = { text: 'daily 02:00-05:00', timeZone: 'Asia/Shanghai' };
const withoutRules = preparing();
delete withoutRules.rules;
const both = preparing({ eventIds: ['e-1', 'e-2'] });
const observe = settings({ mode: 'observe' });
const backedUp = [step('backup', 'done')];
const noHold = { what: 'Column hold of the stop', value: '7', expected: 'a text' };
const drained = [...backedUp, step('pre-command', 'done', { commandId: 'c-drain' })];

/** It began in the interval of the night before. */
const ofEarlierInterval = step('pre-command', 'done', {
  commandId: 'c-drain',
  executeAt: at('2026-11-30T18:00:00Z'),
  undoId: 'c-undrain',
});

/** The rules of a row for which the windows in ECS could not be read. */
const unread = rulesRecord({ ecsWindow: 'unread' });
const saturdays = { calendar: calendar('Sat 02:00-05:00'), windowText: 'Sat 02:00-05:00 Asia/Shanghai' };

/** An interval from this time to the safety margin before NotBefore. */
function from(executeAt: string): Partial<Plan> {
  return { executeAt: at(executeAt), latestStart: at('2026-12-03T01:30:00Z') };
}

function tagged(tags: Record<string, string>): Sighting {
  return sighting([event()], instance({ tags }));
}

/** A plan with a backup and both commands. Its backup begins at 17:45. */
function asked(changes: Partial<Plan> = {}): Asked {
  return { row: preparing({ runbook: runbook(), ...changes }), rules: preparedSettings() };
}

/** A plan of group web. */
function inWeb(changes: Asked): Asked {
  const tags = { 'reboot-planner:group': 'web' };
  return { row: preparing({ group: 'web' }), seen: sighting([event()], instance({ tags })), ...changes };
}

/** The verdict that waits for mates of group web until the plan is due. */
function waitsForMates({ mates, also = [] }: { mates: string[]; also?: Statement[] }): object {
  return { kind: 'wait', reason: state('waits-for-group', { group: 'web', limit: 1, mates }, also) };
}

type Case = [what: string, asked: Asked];
type Objection = [what: string, asked: Asked, verdict: object];

interface Cases {
  objects: Objection[];
  passes: Case[];
}

/** The cases of each clause, by its name, in the order of the clauses. */
export const cases: Readonly<Record<string, Cases>> = {
  'the windows are those by which the plan was made': {
    objects: [
      [
        'a row with another window than its rules',
        { row: preparing({ ecsWindow: { ...ecsWindow, text: 'always' } }) },
        wait(state('ecs-window-edited', {})),
      ],
      [
        'a row with another zone than its rules',
        { row: preparing({ ecsWindow: { ...ecsWindow, timeZone: 'UTC' } }) },
        wait(state('ecs-window-edited', {})),
      ],
      [
        'a row with a window and without rules',
        { row: { ...withoutRules, ecsWindow } },
        wait(state('ecs-window-edited', {})),
      ],
    ],
    passes: [
      ['a row without a window of ECS, made by the settings', {}],
      ['a pinned time', { row: preparing({ pinned: true, ecsWindow: { ...ecsWindow, text: 'always' } }) }],
      ['a row with the window of its rules', { row: preparing({ ecsWindow }) }],
    ],
  },
  'the plan is as planning would make it': {
    objects: [
      [
        'a NotBefore that moved',
        { seen: sighting([event({ notBefore: '2026-12-04T02:00:00Z' })]) },
        { kind: 'replan', proposal: { kind: 'updated', plan: { status: 'Planned' } } },
      ],
      [
        'an event that is over',
        { seen: sighting([event({ status: 'Canceled' })]) },
        { kind: 'replan', proposal: { kind: 'ended', plan: { status: 'Cleared' } } },
      ],
      [
        'an instance that ECS does not list',
        { seen: sighting([event()], null) },
        { kind: 'replan', proposal: { kind: 'ended', plan: { status: 'Escalated' } } },
      ],
      [
        'a row without rules',
        { row: withoutRules },
        { kind: 'replan', proposal: { kind: 'updated', plan: { rules: rulesRecord() } } },
      ],
    ],
    passes: [
      ['a plan that waits', { row: waiting() }],
      ['a plan that is being prepared', {}],
    ],
  },
  "the owner's windows are known, or it is the last moment": {
    objects: [
      [
        'windows that were never read, in the first window of the settings',
        { row: preparing({ rules: unread }), seen: withUnreadWindows() },
        wait(state('windows-awaited', {})),
      ],
      [
        'the same in their last window, two hours and a minute before its end',
        { row: preparing({ rules: unread, ...from('2026-12-02T18:44:00Z') }), seen: withUnreadWindows() },
        wait(state('windows-awaited', {})),
      ],
      [
        'a tag about the window that cannot be read',
        { row: preparing(), seen: sighting([event()], instance({ tags: { 'reboot-planner:window': 'x' } })) },
        wait(state('windows-awaited', {})),
      ],
      [
        'a tag about the zone that cannot be read',
        {
          row: preparing(),
          seen: sighting([event()], instance({ tags: { 'reboot-planner:time-zone': 'x' } })),
        },
        wait(state('windows-awaited', {})),
      ],
      [
        'a last resort that is too early and was not planned',
        {
          row: preparing({ rules: unread, decision: 'last-resort', ...from('2026-12-02T23:59:00Z') }),
          seen: withUnreadWindows(),
          rules: settings({}, saturdays),
        },
        wait(state('windows-awaited', {})),
      ],
      [
        'any time outside of the windows where the policy leaves the instance to ECS',
        {
          row: preparing({ rules: unread, decision: 'last-resort', ...from('2026-12-03T00:00:00Z') }),
          seen: withUnreadWindows(),
          rules: settings({}, { ...saturdays, noWindow: 'leave' }),
        },
        wait(state('windows-awaited', {})),
      ],
      [
        'windows that were never read, although another event is over',
        {
          row: preparing({ rules: unread }),
          seen: withUnreadWindows(sighting([event(), second({ status: 'Canceled' })])),
        },
        wait(state('windows-awaited', {})),
      ],
      [
        'a tag about the window that cannot be read, and a row without rules',
        { row: withoutRules, seen: tagged({ 'reboot-planner:window': 'x' }) },
        wait(state('windows-awaited', {})),
      ],
    ],
    passes: [
      ['a row whose windows are known', {}],
      ['a row without rules', { row: withoutRules }],
      [
        'an event that is over, although another one of the instance is open',
        {
          row: preparing({ rules: unread }),
          seen: withUnreadWindows(sighting([event({ status: 'Canceled' }), second()])),
        },
      ],
      [
        'an instance that ECS does not list',
        { row: preparing({ rules: unread }), seen: withUnreadWindows(sighting([event()], null)) },
      ],
      [
        'a row without execute_at, which a later clause refuses',
        { row: without(preparing({ rules: unread }), 'executeAt'), seen: withUnreadWindows() },
      ],
      [
        'a row without NotBefore, which a later clause refuses',
        { row: without(preparing({ rules: unread }), 'notBefore'), seen: withUnreadWindows() },
      ],
      [
        'the last two hours of the last window of the settings',
        { row: preparing({ rules: unread, ...from('2026-12-02T18:45:00Z') }), seen: withUnreadWindows() },
      ],
      [
        'a tag that cannot be read, in the last two hours of the last window',
        {
          row: preparing(from('2026-12-02T18:45:00Z')),
          seen: sighting([event()], instance({ tags: { 'reboot-planner:window': 'x' } })),
        },
      ],
      [
        'a last resort where the settings have no place',
        {
          row: preparing({ rules: unread, decision: 'last-resort', ...from('2026-12-03T00:00:00Z') }),
          seen: withUnreadWindows(),
          rules: settings({}, saturdays),
        },
      ],
      [
        'the same with NO_WINDOW=soonest',
        {
          row: preparing({ rules: unread, decision: 'last-resort', ...from('2026-12-03T00:00:00Z') }),
          seen: withUnreadWindows(),
          rules: settings({}, { ...saturdays, noWindow: 'soonest' }),
        },
      ],
      [
        'a last resort that planning chose early, because all later slots were taken',
        {
          row: preparing({
            rules: { ...unread, lastResort: { at: '2026-12-02T23:00:00Z', since: '2026-12-01T10:00:00Z' } },
            decision: 'last-resort',
            ...from('2026-12-02T23:00:00Z'),
          }),
          seen: withUnreadWindows(),
          rules: settings({}, saturdays),
        },
      ],
      ['a pinned time', { row: preparing({ pinned: true, rules: unread }), seen: withUnreadWindows() }],
      [
        'windows in ECS that were not read, where a tag decides',
        {
          row: preparing({ rules: unread }),
          seen: sighting([event()], instance({ tags: { 'reboot-planner:window': 'always' } })),
        },
      ],
    ],
  },
  'neither Auto Scaling nor ACK answers for the instance': {
    objects: [
      [
        'an instance of a scaling group',
        { seen: tagged({ 'acs:autoscaling:scalingGroupId': 'asg-1' }) },
        wait(state('in-auto-scaling', { groupId: 'asg-1' })),
      ],
      [
        'an instance of a scaling group whose owner consents to ACK only',
        { seen: tagged({ 'acs:autoscaling:scalingGroupId': 'asg-1', 'reboot-planner:ack': 'ignore' }) },
        wait(state('in-auto-scaling', { groupId: 'asg-1' })),
      ],
      [
        'a consent that cannot be read',
        {
          seen: tagged({
            'acs:autoscaling:scalingGroupId': 'asg-1',
            'reboot-planner:auto-scaling': 'standby',
          }),
        },
        wait(state('in-auto-scaling', { groupId: 'asg-1' })),
      ],
      ['a node of ACK', { seen: tagged({ 'ack.aliyun.com': 'c-1' }) }, wait(state('in-ack', { id: 'c-1' }))],
      [
        'a node that only names its node pool',
        { seen: tagged({ 'ack.alibabacloud.com/nodepool-id': 'np-1' }) },
        wait(state('in-ack', { id: 'np-1' })),
      ],
      [
        'a node with the tags of both',
        { seen: tagged({ 'ack.aliyun.com': 'c-1', 'acs:autoscaling:scalingGroupId': 'asg-1' }) },
        wait(state('in-auto-scaling', { groupId: 'asg-1' }, [state('in-ack', { id: 'c-1' })])),
      ],
    ],
    passes: [
      ['an instance without such tags', { seen: tagged({ team: 'blue' }) }],
      ['an instance that ECS does not list', { seen: sighting([event()], null) }],
      [
        'an instance of a scaling group whose owner consents',
        {
          seen: tagged({
            'acs:autoscaling:scalingGroupId': 'asg-1',
            'reboot-planner:auto-scaling': ' Ignore ',
          }),
        },
      ],
      [
        'a node whose owner consents to both',
        {
          seen: tagged({
            'ack.aliyun.com': 'c-1',
            'acs:autoscaling:scalingGroupId': 'asg-1',
            'reboot-planner:auto-scaling': 'ignore',
            'reboot-planner:ack': 'ignore',
          }),
        },
      ],
    ],
  },
  'nobody stopped everything': {
    objects: [
      [
        'a stop of all regions, until somebody takes it away',
        {
          stop: {
            kind: 'set',
            stop: { why: 'release', by: 'Li', at: at('2026-12-01T18:00:00Z'), faults: [] },
          },
        },
        {
          kind: 'wait',
          reason: state('stopped', {
            why: 'release',
            by: 'Li',
            at: '2026-12-01T18:00:00Z',
            timeZone: 'Asia/Shanghai',
            faults: [],
          }),
        },
      ],
      [
        'a stop of the region that cannot be read in full',
        { stop: { kind: 'set', stop: { regionId: 'cn-hangzhou', why: '7', faults: [noHold] } } },
        {
          kind: 'wait',
          reason: state('stopped', {
            regionId: 'cn-hangzhou',
            why: '7',
            timeZone: 'Asia/Shanghai',
            faults: [noHold],
          }),
        },
      ],
      [
        'not knowing whether everything is stopped',
        { stop: { kind: 'unread', message: 'down' } },
        { kind: 'wait', reason: state('stop-unreadable', { message: 'down' }) },
      ],
    ],
    passes: [['a plan that nothing stops', { stop: { kind: 'none' } }]],
  },
  'nobody holds the plan': {
    objects: [
      ['a plan that waits and is held', { row: waiting({ hold: 'ask Li' }) }, { kind: 'held' }],
      ['a plan in preparation that is held', { row: preparing({ hold: 'ask Li' }) }, { kind: 'held' }],
    ],
    passes: [['a plan that nobody holds', {}]],
  },
  'the plan is approved': {
    objects: [
      [
        'a plan that waits for an approval',
        { row: waiting({ status: 'AwaitingApproval', approval: 'required' }) },
        { kind: 'unapproved' },
      ],
      [
        'a plan that waits for an approval although its column says granted',
        { row: waiting({ status: 'AwaitingApproval', approval: 'granted' }) },
        { kind: 'unapproved' },
      ],
      [
        'a plan in preparation whose grant was taken away',
        { row: preparing({ approval: 'required' }) },
        { kind: 'unapproved' },
      ],
      [
        'a plan for which a person asked for one',
        { row: preparing({ approvalAskedBy: 'operator' }) },
        { kind: 'unapproved' },
      ],
      [
        'a plan that was made before MODE=approval',
        { row: preparing(), rules: settings({ mode: 'approval' }) },
        { kind: 'unapproved' },
      ],
      [
        'a plan that was made before its tag',
        {
          row: preparing(),
          seen: sighting([event()], instance({ tags: { 'reboot-planner:approval': 'required' } })),
        },
        { kind: 'unapproved' },
      ],
      [
        'a grant for another event',
        {
          row: preparing({ approval: 'granted', approvedEvents: ['e-9'] }),
          rules: settings({ mode: 'approval' }),
        },
        { kind: 'unapproved' },
      ],
      [
        'a grant for a restart in a window, where this one is a last resort',
        {
          row: preparing({
            approval: 'granted',
            approvedEvents: ['e-1'],
            approvedDecision: 'window',
            decision: 'last-resort',
          }),
          rules: settings({ mode: 'approval' }),
        },
        { kind: 'unapproved' },
      ],
    ],
    passes: [
      ['a plan that needs none', { row: waiting() }],
      ['a plan that was approved', { row: preparing({ approval: 'granted' }) }],
      ['an instance that ECS does not list, and that needs no approval', { seen: sighting([event()], null) }],
      [
        'a plan that was approved as its row says, in MODE=approval',
        {
          row: preparing({ approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' }),
          rules: settings({ mode: 'approval' }),
        },
      ],
      [
        'a plan that was approved for more events',
        {
          row: preparing({
            approval: 'granted',
            approvalAskedBy: 'operator',
            approvedEvents: ['e-1', 'e-2'],
            approvedDecision: 'last-resort',
          }),
        },
      ],
    ],
  },
  'the row has an interval': {
    objects: (['executeAt', 'latestStart', 'notBefore'] as const).map((column) => [
      `a row without ${column}`,
      { row: without(preparing(), column) },
      wait(state('interval-missing', {})),
    ]),
    passes: [['a row with all three times', {}]],
  },
  'every event is Scheduled, and no earlier than planned': {
    objects: [
      ['an event that ECS does not list', { seen: sighting([]) }, unconfirmed({})],
      ['one of two events that ECS does not list', { row: both }, unconfirmed({ eventId: 'e-2' })],
      [
        'an event that cannot be read',
        { seen: sighting([], instance(), [oddEvent()]) },
        wait(
          state('event-unconfirmed', {
            eventId: 'e-1',
            faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
          }),
        ),
      ],
      ...(['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'] as const).map(
        (status): Objection => [
          `an event that is ${status}`,
          { seen: sighting([event({ status })]) },
          unconfirmed({ status }),
        ],
      ),
      [
        'an event that ECS does not list, with another event that cannot be read',
        { seen: sighting([], instance(), [oddEvent({ eventId: 'e-9' })]) },
        unconfirmed({}),
      ],
      [
        'one of two events that is Executing',
        { seen: sighting([event(), second({ status: 'Executing' })]), row: both },
        unconfirmed({ eventId: 'e-2', status: 'Executing' }),
      ],
      [
        'a NotBefore that is earlier than the row says',
        { seen: sighting([event({ notBefore: '2026-12-03T01:59:59Z' })]) },
        unconfirmed({ status: 'Scheduled' }),
      ],
      [
        'a row without NotBefore',
        { row: without(preparing(), 'notBefore') },
        unconfirmed({ status: 'Scheduled' }),
      ],
    ],
    passes: [
      ['a Scheduled event with the NotBefore of the row', {}],
      [
        'a Scheduled event with a later NotBefore',
        { seen: sighting([event({ notBefore: '2026-12-03T02:00:01Z' })]) },
      ],
      ['two Scheduled events', { seen: sighting([event(), second()]), row: both }],
      [
        'an event of no plan, whatever its status',
        { seen: sighting([event(), second({ status: 'Failed' })]) },
      ],
    ],
  },
  'it does not wait for something': {
    objects: [
      [
        'a pause that is not over, with its own reason',
        {
          row: preparing({ reason: state('throttled', {}), waitUntil: at('2026-12-01T18:01:00.001Z') }),
        },
        wait(state('throttled', {}), '2026-12-01T18:01:00.001Z'),
      ],
    ],
    passes: [
      ['a plan without a pause', {}],
      ['a pause that is just over', { row: preparing({ waitUntil: at('2026-12-01T18:01:00Z') }) }],
    ],
  },
  'its time has come': {
    objects: [
      ['the moment before execute_at', { now: '2026-12-01T17:59:59.999Z' }, notDue(false)],
      ['the moment before the backup begins', { ...asked(), now: '2026-12-01T17:44:59.999Z' }, notDue(false)],
      [
        'the moment before execute_at with a backup that is done',
        { ...asked({ steps: backedUp }), now: '2026-12-01T17:59:59.999Z' },
        notDue(true),
      ],
      ['a row without execute_at', { row: without(preparing(), 'executeAt') }, notDue(false)],
    ],
    passes: [
      ['execute_at', { now: '2026-12-01T18:00:00Z' }],
      ['the moment when the backup begins', { ...asked(), now: '2026-12-01T17:45:00Z' }],
    ],
  },
  'its interval has not passed': {
    objects: [
      [
        'the moment after latest_start',
        { now: '2026-12-01T20:45:00.001Z' },
        wait(state('interval-passed', {}), '2026-12-01T20:47:00.001Z'),
      ],
      [
        'NotBefore, with a later latest_start',
        { row: preparing({ latestStart: at('2026-12-04T00:00:00Z') }), now: '2026-12-03T02:00:00Z' },
        wait(state('interval-passed', {}), '2026-12-03T02:02:00Z'),
      ],
      [
        'a row without latest_start',
        { row: without(preparing(), 'latestStart') },
        wait(state('interval-passed', {})),
      ],
      [
        'a row without NotBefore',
        { row: without(preparing(), 'notBefore') },
        wait(state('interval-passed', {})),
      ],
    ],
    passes: [
      ['latest_start', { now: '2026-12-01T20:45:00Z' }],
      [
        'the moment before NotBefore, with a later latest_start',
        { row: preparing({ latestStart: at('2026-12-04T00:00:00Z') }), now: '2026-12-03T01:59:59.999Z' },
      ],
    ],
  },
  'the mode allows reboots': {
    objects: [
      ['observe', { rules: observe }, { kind: 'observed', reason: state('observed', {}) }],
      [
        'observe before execute_at',
        { rules: observe, now: '2026-12-01T17:59:59.999Z' },
        wait(state('not-yet', { isPrepared: false }), '2026-12-01T18:00:00Z'),
      ],
      [
        'observe with a row without execute_at',
        { rules: observe, row: without(preparing(), 'executeAt') },
        notDue(false),
      ],
    ],
    passes: [
      ['auto', {}],
      ['approval', { rules: settings({ mode: 'approval' }) }],
    ],
  },
  'the instance can be read': {
    objects: [
      [
        'an instance whose Status is null',
        { seen: unreadableSighting() },
        wait(
          state('instance-unreadable-now', {
            faults: [{ what: 'Status of instance i-web-1', value: 'null', expected: 'a status' }],
          }),
        ),
      ],
    ],
    passes: [
      ['an instance that can be read', {}],
      ['an instance that is not listed', { seen: sighting([event()], null) }],
    ],
  },
  'ECS lists the instance': {
    objects: [
      [
        'an instance that is not listed',
        { seen: sighting([event()], null) },
        wait(state('instance-unlisted', {})),
      ],
    ],
    passes: [['an instance that is listed', {}]],
  },
  'the instance is Running': {
    objects: [
      ...['Stopped', 'Stopping', 'Starting', 'Pending', 'Rescuing', 'running', ''].map(
        (status): Objection => [
          `an instance with the status “${status}”`,
          { seen: sighting([event()], instance({ status })) },
          wait(state('instance-not-running', { status })),
        ],
      ),
      [
        'an instance that is not listed',
        { seen: sighting([event()], null) },
        wait(state('instance-not-running', { status: 'unlisted' })),
      ],
    ],
    passes: [['an instance with the status “Running”', {}]],
  },
  'the instance is not locked': {
    objects: [
      [
        'an instance with two locks',
        { seen: sighting([event()], instance({ locks: ['financial', 'security'] })) },
        wait(state('instance-locked', { locks: ['financial', 'security'] })),
      ],
      [
        'an instance that is not listed',
        { seen: sighting([event()], null) },
        wait(state('instance-locked', { locks: [] })),
      ],
    ],
    passes: [['an instance without a lock', {}]],
  },
  'the instance was not started just now': {
    objects: [
      [
        'a start less than ten minutes ago',
        { seen: sighting([event()], instance({ startedAt: at('2026-12-01T17:51:00.001Z') })) },
        startedUntil('2026-12-01T18:01:00.001Z'),
      ],
      [
        'a start that lies ahead, by the clock of ECS',
        { seen: sighting([event()], instance({ startedAt: at('2026-12-01T18:02:00Z') })) },
        startedUntil('2026-12-01T18:12:00Z'),
      ],
    ],
    passes: [
      [
        'a start ten minutes ago',
        { seen: sighting([event()], instance({ startedAt: at('2026-12-01T17:51:00Z') })) },
      ],
      ['an instance whose start ECS does not report', {}],
      [
        'an instance that is not listed, to which earlier clauses object',
        { seen: sighting([event()], null) },
      ],
    ],
  },
  'an earlier pre-command is undone': {
    objects: [
      [
        'a pre-command of an earlier interval, and an undo-command',
        asked({ steps: [...backedUp, ofEarlierInterval] }),
        wait(state('undo-first', { commandId: 'c-drain', undoId: 'c-undrain' }), '2026-12-01T18:03:00Z'),
      ],
    ],
    passes: [
      ['a plan without a pre-command', {}],
      ['a pre-command of this interval', asked({ steps: drained })],
      [
        'one that is undone',
        asked({ steps: [ofEarlierInterval, step('undo-command', 'done', { commandId: 'c-undrain' })] }),
      ],
    ],
  },
  'enough of its group and its region are up, and no breaker is open': {
    objects: [
      [
        'a mate that another execution restarts',
        inWeb({ begun: [{ instanceId: 'i-2', group: 'web' }] }),
        waitsForMates({ mates: ['i-2'] }),
      ],
      [
        'a mate that was restarted a short time ago, until its pause is over',
        inWeb({
          rules: settings({ limits: { region: 10, group: 1, groupPause: 600_000 } }),
          pausing: [{ instanceId: 'i-2', group: 'web', until: at('2026-12-01T18:10:00Z') }],
        }),
        {
          kind: 'wait',
          reason: state('waits-for-pause', {
            group: 'web',
            pauseMs: 600_000,
            mates: ['i-2'],
            at: '2026-12-01T18:10:00Z',
            timeZone: 'Asia/Shanghai',
          }),
          until: '2026-12-01T18:10:00Z',
        },
      ],
      [
        'a mate that is Stopped and has no row',
        inWeb({ around: { down: [{ instanceId: 'i-2', group: 'web', status: 'Stopped', hasPlan: false }] } }),
        waitsForMates({
          mates: ['i-2'],
          also: [state('counts-as-down', { instances: [{ instanceId: 'i-2', status: 'Stopped' }] })],
        }),
      ],
      [
        'an instance that is down and whose tags cannot be read',
        inWeb({
          around: {
            down: [{ instanceId: 'i-2', isOfAnyGroup: true, status: 'unreadable', hasPlan: false }],
          },
        }),
        waitsForMates({
          mates: ['i-2'],
          also: [state('counts-as-down', { instances: [{ instanceId: 'i-2', status: 'unreadable' }] })],
        }),
      ],
      [
        'a mate whose restart was not proven, although two may be down',
        inWeb({
          rules: settings({ limits: { region: 10, group: 2 } }),
          around: { failed: [{ instanceId: 'i-2', group: 'web' }] },
        }),
        { kind: 'wait', reason: state('group-stands-still', { group: 'web', instanceIds: ['i-2'] }) },
      ],
      [
        'three restarts of other groups that were not proven',
        inWeb({ around: { failed: ['i-4', 'i-2', 'i-3'].map((instanceId) => ({ instanceId })) } }),
        {
          kind: 'wait',
          reason: state('region-stands-still', { limit: 3, instanceIds: ['i-2', 'i-3', 'i-4'] }),
        },
      ],
      [
        'a full region, where a stopped instance with a row counts',
        {
          rules: settings({ limits: { region: 1, group: 1 } }),
          around: { down: [{ instanceId: 'i-2', status: 'Stopped', hasPlan: true }] },
        },
        {
          kind: 'wait',
          reason: state('waits-for-region', { limit: 1 }, [
            state('counts-as-down', { instances: [{ instanceId: 'i-2', status: 'Stopped' }] }),
          ]),
        },
      ],
    ],
    passes: [
      ['a plan beside nobody', {}],
      [
        'a plan beside a mate of another group that was restarted a short time ago',
        inWeb({ pausing: [{ instanceId: 'i-2', group: 'db', until: at('2026-12-01T18:10:00Z') }] }),
      ],
      [
        'a plan beside a mate of another group that is down',
        inWeb({ around: { down: [{ instanceId: 'i-2', group: 'db', status: 'Stopped', hasPlan: true }] } }),
      ],
      [
        'a plan where a stopped instance has no row, so that it does not count in the region',
        {
          rules: settings({ limits: { region: 1, group: 1 } }),
          around: { down: [{ instanceId: 'i-2', status: 'Stopped', hasPlan: false }] },
        },
      ],
      [
        'a plan that begins with its backup, beside a mate that is down',
        {
          ...asked({ group: 'web' }),
          around: { down: [{ instanceId: 'i-2', group: 'web', status: 'Stopped', hasPlan: true }] },
        },
      ],
      [
        'a plan whose pre-command runs, beside a mate that is down by now',
        {
          ...asked({
            group: 'web',
            steps: [...backedUp, step('pre-command', 'running', { commandId: 'c-drain' })],
          }),
          around: { down: [{ instanceId: 'i-2', group: 'web', status: 'Stopped', hasPlan: true }] },
        },
      ],
      [
        'a plan beside two restarts without proof in no group of its own',
        inWeb({ around: { failed: [{ instanceId: 'i-2' }, { instanceId: 'i-3', group: 'db' }] } }),
      ],
      [
        'an instance that is itself under way: it does not wait for itself',
        {
          begun: [{ instanceId: preparing().instanceId }],
          rules: settings({ limits: { region: 1, group: 1 } }),
        },
      ],
    ],
  },
  'the backup and the pre-command are done': {
    objects: [
      ['no step', asked(), { kind: 'prepare', step: 'backup', isLastMoment: false }],
      [
        'a backup that is under way',
        asked({ steps: [step('backup', 'running')] }),
        { kind: 'prepare', step: 'backup', isLastMoment: false },
      ],
      [
        'a backup that failed',
        asked({ steps: [step('backup', 'failed')] }),
        { kind: 'prepare', step: 'backup', isLastMoment: false },
      ],
      [
        'a backup that is under way although nothing asks for it any more',
        { row: preparing({ steps: [step('backup', 'running')] }) },
        { kind: 'prepare', step: 'backup', isLastMoment: false },
      ],
      [
        'no step and a row without latest_start',
        { ...asked(), row: without(preparing({ runbook: runbook() }), 'latestStart') },
        { kind: 'prepare', step: 'backup', isLastMoment: false },
      ],
      [
        'a backup alone and a row without latest_start, in which no pre-command can have room',
        { ...asked(), row: without(preparing({ runbook: runbook(), steps: backedUp }), 'latestStart') },
        wait(
          state('pre-command-too-late', {
            commandId: 'c-drain',
            limitMs: 300_000,
            startRoomMs: 180_000,
            isPutOff: true,
          }),
        ),
      ],
      ['a backup alone', asked({ steps: backedUp }), { kind: 'prepare', step: 'pre-command' }],
      [
        'a pre-command that failed',
        asked({ steps: [...backedUp, step('pre-command', 'failed', { commandId: 'c-drain' })] }),
        { kind: 'prepare', step: 'pre-command' },
      ],
      [
        'another pre-command than the one of the runbook',
        asked({ steps: [...backedUp, step('pre-command', 'done', { commandId: 'c-other' })] }),
        { kind: 'prepare', step: 'pre-command' },
      ],
    ],
    passes: [
      ['a plan without a runbook', {}],
      ['both steps done', asked({ steps: drained })],
      ['a backup that is waived', asked({ steps: [step('backup', 'waived'), ...drained.slice(1)] })],
    ],
  },
};

/** Every question to which a clause objects, and its verdict. */
export const objections = Object.entries(cases).flatMap(([name, { objects }]) =>
  objects.map(([what, ask, verdict]) => ({ name, what, ask, verdict })),
);
/** Every question that a clause lets pass. */
export const passes = Object.entries(cases).flatMap(([name, clause]) =>
  clause.passes.map(([what, ask]) => ({ name, what, ask })),
);
