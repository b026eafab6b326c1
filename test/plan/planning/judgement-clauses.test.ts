// Each clause of a judgement on its own: the cases that it answers, and those that it leaves to the next. judge.test.ts has
// their order, and the cases from end to end.
import { describe, expect, it } from 'vitest';
import { caseOf, type JudgeQuestion } from '../../../lib/plan/planning/judgement-case.ts';
import { clauses } from '../../../lib/plan/planning/judgement-clauses.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import {
  calendar,
  event,
  instance,
  oddEvent,
  optedOut,
  plain,
  preparedSettings,
  second,
  settings,
  sighting,
  stamp,
  tuesdayEvening,
  unreadableSighting,
} from '../samples.ts';

type Name =
  | 'ECS is carrying the events out'
  | 'no event is Scheduled and one cannot be read'
  | 'ECS waits for an answer'
  | 'RebootInstance answers none of the events'
  | 'the instance cannot be read'
  | 'ECS does not list the instance'
  | 'a tag opts the instance out, or cannot be read'
  | 'Auto Scaling or ACK answers for the instance'
  | 'a time is chosen, or none is left';

function asked(
  seen: Sighting,
  ownSettings: PlannerSettings = settings(),
  now: string = tuesdayEvening,
): JudgeQuestion {
  return { sighting: seen, settings: ownSettings, stamp: stamp(now), slotsOf: alone };
}

/** The verdict of one clause as plain data, without the rules and the slots; undefined where it leaves the case. */
function verdictOf(name: Name, question: JudgeQuestion): unknown {
  const clause = clauses.find((one) => one.name === name);
  if (clause === undefined) throw new Error(`no clause "${name}"`);
  const verdict = clause.judge(caseOf(question));
  if (verdict === undefined) return undefined;
  return plain({
    ...verdict,
    rules: undefined,
    slots: undefined,
    events: verdict.events.map(({ eventId }) => eventId ?? 'no id'),
    ...('others' in verdict ? { others: verdict.others.map(({ eventId }) => eventId) } : {}),
  });
}

function taggedWith(tags: Record<string, string>): Sighting {
  const full = Object.entries(tags).map(([name, value]) => [`reboot-planner:${name}`, value] as const);
  return sighting([event()], instance({ tags: Object.fromEntries(full) }));
}

const executing = event({ status: 'Executing' });
const inquiring = event({ status: 'Inquiring' });
const redeploy = event({ type: 'SystemFailure.Redeploy' });
const oddFault = { what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' };
const odd = oddEvent();
const oddSecond = oddEvent({ eventId: 'e-2' });
const inquiringOf = (eventId: string) => ({
  eventId,
  type: 'SystemMaintenance.Reboot',
  status: 'Inquiring',
});
const redeployOf = (eventId: string) => ({ eventId, type: 'SystemFailure.Redeploy', status: 'Scheduled' });
const alsoOpen = (...events: object[]) => ({ code: 'also-open', values: { events } });
const alsoInquiring = (eventId: string) => alsoOpen(inquiringOf(eventId));
const alsoRedeploy = (eventId: string) => alsoOpen(redeployOf(eventId));
const oddProblem = { code: 'odd-event', values: { faults: [oddFault] } };

describe('the clause "ECS is carrying the events out"', () => {
  const name = 'ECS is carrying the events out';

  it('ends the plan as Missed', () => {
    const reason = { code: 'ecs-executing', values: { eventIds: ['e-1'] } };
    expect(verdictOf(name, asked(sighting([executing])))).toEqual({
      kind: 'end',
      status: 'Missed',
      cause: 'too-late',
      events: ['e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('records every event that was seen, and has the NotBefore of those that ECS is carrying out', () => {
    const earlier = second({ status: 'Inquiring', notBefore: '2026-12-02T12:00:00Z' });
    const seen = sighting([executing, earlier], instance(), [oddEvent({ eventId: 'e-4' })]);
    const reason = { code: 'ecs-executing', values: { eventIds: ['e-1'] } };
    expect(verdictOf(name, asked(seen))).toEqual({
      kind: 'end',
      status: 'Missed',
      cause: 'too-late',
      events: ['e-2', 'e-1', 'e-4'],
      notBefore: '2026-12-03T02:00:00Z',
      reason: { ...reason, also: [alsoInquiring('e-2')] },
      problems: [oddProblem, reason, alsoInquiring('e-2')],
    });
  });

  it.each<[string, Sighting]>([
    ['the event is Scheduled', sighting()],
    ['another event is Scheduled', sighting([executing, second()])],
    ['the event is Inquiring', sighting([inquiring])],
    ['the event is of another type', sighting([{ ...redeploy, status: 'Executing' }])],
    ['no event can be read', sighting([], instance(), [odd])],
  ])('leaves the case to the next when %s', (_, seen) => {
    expect(verdictOf(name, asked(seen))).toBeUndefined();
  });
});

describe('the clause "no event is Scheduled and one cannot be read"', () => {
  const name = 'no event is Scheduled and one cannot be read';

  it('ends the plan as Escalated, without a NotBefore, and reports each fault once', () => {
    expect(verdictOf(name, asked(sighting([], instance(), [odd])))).toEqual({
      kind: 'end',
      status: 'Escalated',
      cause: 'odd-event',
      events: ['e-1'],
      reason: { code: 'no-readable-event', values: { faults: [oddFault] } },
      problems: [oddProblem],
    });
  });

  it('names the faults of all events that cannot be read, even of one without an id', () => {
    const noId = { what: 'EventId of an event', expected: 'an id' };
    const seen = sighting([redeploy], instance(), [oddSecond, { faults: [noId] }]);
    expect(verdictOf(name, asked(seen))).toEqual({
      kind: 'end',
      status: 'Escalated',
      cause: 'odd-event',
      events: ['e-1', 'e-2', 'no id'],
      reason: {
        code: 'no-readable-event',
        values: { faults: [oddFault, noId] },
        also: [alsoRedeploy('e-1')],
      },
      problems: [oddProblem, { code: 'odd-event', values: { faults: [noId] } }],
    });
  });

  it.each<[string, Sighting]>([
    ['another event is Scheduled', sighting([event()], instance(), [oddSecond])],
    ['every event can be read', sighting([redeploy])],
  ])('leaves the case to the next when %s', (_, seen) => {
    expect(verdictOf(name, asked(seen))).toBeUndefined();
  });
});

describe('the clause "ECS waits for an answer"', () => {
  const name = 'ECS waits for an answer';

  it('ends the plan as Skipped and reports it, because a person must answer', () => {
    const reason = { code: 'inquiring', values: { eventIds: ['e-1', 'e-2'] } };
    const seen = sighting([inquiring, second({ status: 'Inquiring' })]);
    expect(verdictOf(name, asked(seen))).toEqual({
      kind: 'end',
      status: 'Skipped',
      cause: 'inquiring',
      events: ['e-1', 'e-2'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('does so for an event of any type, and for one without NotBefore, as ECS sends it', () => {
    const undated = { eventId: 'e-1', instanceId: 'i-web-1', type: 'SystemMaintenance.Redeploy' };
    const seen = sighting([{ ...undated, status: 'Inquiring' }]);
    expect(verdictOf(name, asked(seen))).toMatchObject({
      status: 'Skipped',
      cause: 'inquiring',
      events: ['e-1'],
      reason: { code: 'inquiring', values: { eventIds: ['e-1'] } },
    });
  });

  it.each<[string, Sighting]>([
    ['the event is Scheduled', sighting()],
    ['another event is Scheduled', sighting([inquiring, second()])],
    ['no event is Inquiring', sighting([redeploy])],
  ])('leaves the case to the next when %s', (_, seen) => {
    expect(verdictOf(name, asked(seen))).toBeUndefined();
  });
});

describe('the clause "RebootInstance answers none of the events"', () => {
  const name = 'RebootInstance answers none of the events';

  it('ends the plan as Skipped, names each type once, and reports nothing', () => {
    const seen = sighting([
      redeploy,
      event({ eventId: 'e-2', type: 'InstanceExpiration.Stop', notBefore: '2026-12-02T12:00:00Z' }),
      event({ eventId: 'e-3', type: 'SystemFailure.Redeploy' }),
    ]);
    expect(verdictOf(name, asked(seen))).toEqual({
      kind: 'end',
      status: 'Skipped',
      cause: 'other-event',
      events: ['e-2', 'e-1', 'e-3'],
      notBefore: '2026-12-02T12:00:00Z',
      reason: {
        code: 'other-events',
        values: { types: ['InstanceExpiration.Stop', 'SystemFailure.Redeploy'] },
      },
      problems: [],
    });
  });

  it.each<[string, Sighting]>([
    ['the event is a Scheduled reboot', sighting()],
    ['another event is a Scheduled reboot', sighting([redeploy, second()])],
  ])('leaves the case to the next when %s', (_, seen) => {
    expect(verdictOf(name, asked(seen))).toBeUndefined();
  });
});

describe('the clause "the instance cannot be read"', () => {
  const name = 'the instance cannot be read';

  it('ends the plan as Escalated and names the field: its tags may forbid the restart', () => {
    const fault = { what: 'Status of instance i-web-1', value: 'null', expected: 'a status' };
    const reason = { code: 'instance-unreadable', values: { eventIds: ['e-1'], faults: [fault] } };
    expect(
      verdictOf(name, asked(unreadableSighting([event(), second({ type: 'SystemFailure.Redeploy' })]))),
    ).toEqual({
      kind: 'end',
      status: 'Escalated',
      cause: 'unknown-instance',
      events: ['e-1', 'e-2'],
      notBefore: '2026-12-03T02:00:00Z',
      reason: { ...reason, also: [alsoRedeploy('e-2')] },
      problems: [reason],
    });
  });

  it.each<[string, Sighting]>([
    ['can be read', sighting()],
    ['is not listed', sighting([event()], null)],
  ])('leaves the case to the next when the instance %s', (_, seen) => {
    expect(verdictOf(name, asked(seen))).toBeUndefined();
  });
});

describe('the clause "ECS does not list the instance"', () => {
  const name = 'ECS does not list the instance';

  it('ends the plan as Escalated and reports it: no reboot without the facts', () => {
    const other = second({ type: 'SystemFailure.Redeploy', notBefore: '2026-12-02T12:00:00Z' });
    const reason = { code: 'unknown-instance', values: { eventIds: ['e-1'] } };
    expect(verdictOf(name, asked(sighting([event(), other], null)))).toEqual({
      kind: 'end',
      status: 'Escalated',
      cause: 'unknown-instance',
      events: ['e-2', 'e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason: { ...reason, also: [alsoRedeploy('e-2')] },
      problems: [reason],
    });
  });

  it('leaves the case to the next when ECS lists the instance, whatever its status', () => {
    const stopped = sighting([event()], instance({ status: 'Stopped' }));
    expect(verdictOf(name, asked(stopped))).toBeUndefined();
  });
});

describe('the clause "a tag opts the instance out, or cannot be read"', () => {
  const name = 'a tag opts the instance out, or cannot be read';
  const skipped = {
    kind: 'end',
    status: 'Skipped',
    cause: 'tag',
    events: ['e-1'],
    notBefore: '2026-12-03T02:00:00Z',
  };
  const windowFault = {
    what: 'Tag reboot-planner:time-zone',
    value: '"Mars"',
    expected: 'an IANA time zone as in Asia/Shanghai',
    consequence:
      'The restart waits until the tag can be read. At the last moment, the settings apply instead.',
  };

  it('ends the plan as Skipped without a problem when the owner opts out', () => {
    expect(verdictOf(name, asked(sighting([event()], optedOut)))).toEqual({
      ...skipped,
      reason: { code: 'opted-out', values: {} },
      problems: [],
    });
  });

  it('reports the other tags that cannot be read when the owner opts out', () => {
    expect(verdictOf(name, asked(taggedWith({ enabled: 'false', 'time-zone': 'Mars' })))).toEqual({
      ...skipped,
      reason: { code: 'opted-out', values: {} },
      problems: [{ code: 'tag-faults', values: { faults: [windowFault] } }],
    });
  });

  it('ends the plan as Skipped without a problem when no time is right', () => {
    expect(verdictOf(name, asked(taggedWith({ window: 'never' })))).toEqual({
      ...skipped,
      reason: { code: 'opted-out', values: { tag: 'window' } },
      problems: [],
    });
  });

  it('ends the plan as Skipped and reports the fault when it is unclear what the owner wants', () => {
    const faults = [{ what: 'Tag reboot-planner:enabled', value: '"flase"', expected: 'true or false' }];
    expect(verdictOf(name, asked(taggedWith({ enabled: 'flase' })))).toEqual({
      ...skipped,
      reason: { code: 'unclear-tags', values: { faults } },
      problems: [{ code: 'tag-faults', values: { faults } }],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['the instance has no tag', {}],
    ['the owner opts in', { enabled: 'true' }],
    ['the owner requires an approval', { approval: 'required' }],
    ['only the time zone cannot be read, because the plan waits for it', { 'time-zone': 'Mars' }],
  ])('leaves the case to the next when %s', (_, tags) => {
    expect(verdictOf(name, asked(taggedWith(tags)))).toBeUndefined();
  });
});

describe('the clause "Auto Scaling or ACK answers for the instance"', () => {
  const name = 'Auto Scaling or ACK answers for the instance';
  const asg = { 'acs:autoscaling:scalingGroupId': 'asg-1' };
  const node = { 'ack.aliyun.com': 'c-1', 'ack.alibabacloud.com/nodepool-id': 'np-1' };
  const ofGroup = { code: 'in-auto-scaling', values: { groupId: 'asg-1' } };
  const ofCluster = { code: 'in-ack', values: { id: 'c-1' } };
  const having = (tags: Record<string, string>): JudgeQuestion =>
    asked(sighting([event()], instance({ tags })));

  it.each<[string, Record<string, string>, object]>([
    ['in a scaling group', asg, ofGroup],
    [
      'in a scaling group without an id',
      { 'acs:autoscaling:scalingGroupId': '' },
      { ...ofGroup, values: { groupId: '' } },
    ],
    [
      'in a scaling group whose tag has other letters',
      { 'ACS:autoscaling:scalinggroupid': 'asg-1' },
      ofGroup,
    ],
    ['a node of ACK', node, ofCluster],
    [
      'a node of which only the pool is known',
      { 'ack.alibabacloud.com/nodepool-id': 'np-1' },
      { ...ofCluster, values: { id: 'np-1' } },
    ],
    ['a node whose pool is a scaling group', { ...asg, ...node }, { ...ofGroup, also: [ofCluster] }],
    [
      'such a node with the consent for ACK alone',
      { ...asg, ...node, 'reboot-planner:ack': 'ignore' },
      ofGroup,
    ],
    [
      'such a node with the consent for Auto Scaling alone',
      { ...asg, ...node, 'reboot-planner:auto-scaling': 'ignore' },
      ofCluster,
    ],
    ['in a scaling group with the consent for ACK', { ...asg, 'reboot-planner:ack': 'ignore' }, ofGroup],
  ])('ends the plan as Skipped and reports it when the instance is %s', (_, tags, reason) => {
    expect(verdictOf(name, having(tags))).toEqual({
      kind: 'end',
      status: 'Skipped',
      cause: 'tag',
      events: ['e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['has no such tag', { 'acs:other': 'x', 'ack.example.com': 'y' }],
    ['may be restarted in spite of Auto Scaling', { ...asg, 'reboot-planner:auto-scaling': 'ignore' }],
    ['may be restarted in spite of ACK', { ...node, 'reboot-planner:ack': ' IGNORE ' }],
    [
      'may be restarted in spite of both',
      { ...asg, ...node, 'reboot-planner:auto-scaling': 'ignore', 'reboot-planner:ack': 'ignore' },
    ],
  ])('leaves the case to the next when the instance %s', (_, tags) => {
    expect(verdictOf(name, having(tags))).toBeUndefined();
  });
});

describe('the clause "a time is chosen, or none is left"', () => {
  const name = 'a time is chosen, or none is left';
  const saturdays = { calendar: calendar('Sat 02:00-05:00', 'UTC'), windowText: 'Sat 02:00-05:00 UTC' };
  const noRoom = {
    window: 'Sat 02:00-05:00 UTC',
    slotMs: 900_000,
    notBefore: '2026-12-03T02:00:00Z',
    timeZone: 'UTC',
  };
  const inWindow = {
    code: 'in-window',
    values: {
      window: 'daily 02:00-05:00 Asia/Shanghai',
      at: '2026-12-01T18:00:00Z',
      timeZone: 'Asia/Shanghai',
    },
  };
  const reboot = {
    kind: 'reboot',
    events: ['e-1'],
    others: [],
    notBefore: '2026-12-03T02:00:00Z',
    isApprovalRequired: false,
    interval: {
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      decision: 'window',
    },
    chosen: inWindow,
    reason: inWindow,
    problems: [],
  };

  it('is the last clause, so that every case gets a verdict', () => {
    expect(clauses.at(-1)?.name).toBe(name);
  });

  it('chooses the window and reports nothing', () => {
    expect(verdictOf(name, asked(sighting()))).toEqual(reboot);
  });

  it.each([
    [
      'last-resort',
      { at: '2026-12-03T00:00:00Z', isMoved: false, isFull: false, since: '2026-12-01T10:00:00Z' },
    ],
    ['soonest', { at: '2026-12-01T10:00:00Z', isNow: true, isFull: false }],
  ] as const)('chooses %s outside every window and reports it', (noWindow, values) => {
    const reason = { code: noWindow, values: { ...noRoom, ...values } };
    expect(verdictOf(name, asked(sighting(), settings({}, { ...saturdays, noWindow })))).toEqual({
      ...reboot,
      interval: { executeAt: values.at, latestStart: '2026-12-03T01:30:00Z', decision: noWindow },
      chosen: reason,
      reason,
      problems: [reason],
    });
  });

  it('ends the plan as Skipped by policy with NO_WINDOW=leave', () => {
    const reason = { code: 'left-to-ecs', values: noRoom };
    const leave = settings({}, { ...saturdays, noWindow: 'leave' });
    expect(verdictOf(name, asked(sighting(), leave))).toEqual({
      kind: 'end',
      status: 'Skipped',
      cause: 'policy',
      events: ['e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('ends the plan as Missed after the safety margin', () => {
    const reason = {
      code: 'too-late',
      values: { marginMs: 1_800_000, notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' },
    };
    expect(verdictOf(name, asked(sighting(), settings(), '2026-12-03T01:30:01Z'))).toEqual({
      kind: 'end',
      status: 'Missed',
      cause: 'too-late',
      events: ['e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('answers Scheduled and Executing reboots, and lists the other open events', () => {
    const seen = sighting([
      event({ eventId: 'e-1', notBefore: '2026-12-05T08:00:00Z' }),
      event({ eventId: 'e-2' }),
      event({ eventId: 'e-3', status: 'Executing', notBefore: '2026-12-02T00:00:00Z' }),
      event({ eventId: 'e-4', status: 'Inquiring' }),
      event({ eventId: 'e-5', type: 'SystemFailure.Redeploy' }),
    ]);
    expect(verdictOf(name, asked(seen))).toEqual({
      ...reboot,
      events: ['e-2', 'e-1', 'e-3'],
      others: ['e-4', 'e-5'],
      reason: { ...inWindow, also: [alsoOpen(inquiringOf('e-4'), redeployOf('e-5'))] },
      problems: [alsoInquiring('e-4')],
    });
  });

  it.each<[string, PlannerSettings['mode'], Record<string, string>, boolean]>([
    ['the mode is approval', 'approval', {}, true],
    ['a tag requires it', 'auto', { approval: 'required' }, true],
    ['neither requires it', 'auto', {}, false],
  ])('decides whether an approval is required: %s', (_, mode, tags, isApprovalRequired) => {
    expect(verdictOf(name, asked(taggedWith(tags), settings({ mode })))).toEqual({
      ...reboot,
      isApprovalRequired,
    });
  });

  it('adds the mode to the reason with MODE=observe, and requires no approval', () => {
    const observing = settings({ mode: 'observe' });
    expect(verdictOf(name, asked(taggedWith({ approval: 'required' }), observing))).toEqual({
      ...reboot,
      reason: { ...inWindow, also: [{ code: 'observe-mode', values: {} }] },
    });
  });

  it('adds tags that cannot be read to the reason and reports them, after the events that cannot', () => {
    const faults = [
      {
        what: 'Tag reboot-planner:time-zone',
        value: '"Mars"',
        expected: 'an IANA time zone as in Asia/Shanghai',
        consequence:
          'The restart waits until the tag can be read. At the last moment, the settings apply instead.',
      },
    ];
    const tagProblem = { code: 'tag-faults', values: { faults } };
    const seen = { ...taggedWith({ 'time-zone': 'Mars' }), odd: [oddSecond] };
    const at = '2026-12-02T18:45:00Z';
    const values = { window: 'daily 02:00-05:00 Asia/Shanghai', timeZone: 'Asia/Shanghai', at };
    const unknown = { code: 'windows-unknown', values: { tags: ['time-zone'], ...values } };
    expect(verdictOf(name, asked(seen))).toEqual({
      ...reboot,
      interval: { executeAt: at, latestStart: '2026-12-02T20:45:00Z', decision: 'window' },
      chosen: { code: 'in-window', values },
      reason: { ...unknown, also: [tagProblem] },
      problems: [oddProblem, tagProblem, unknown],
    });
  });

  it('goes by the window in ECS and keeps it', () => {
    const ecsWindow = { text: 'daily 04:00-05:00', timeZone: 'UTC' };
    const early = {
      code: 'in-window',
      values: { window: 'daily 04:00-05:00 UTC', at: '2026-12-02T04:00:00Z', timeZone: 'UTC' },
    };
    expect(verdictOf(name, asked({ ...sighting(), ecsWindow }))).toEqual({
      ...reboot,
      ecsWindow,
      interval: {
        executeAt: '2026-12-02T04:00:00Z',
        latestStart: '2026-12-02T04:45:00Z',
        decision: 'window',
      },
      chosen: early,
      reason: early,
    });
  });

  it('has the backup and the commands that the settings and the tags ask for', () => {
    const seen = taggedWith({ backup: 'optional', 'post-command': 'none' });
    expect(verdictOf(name, asked(seen, preparedSettings()))).toEqual({
      ...reboot,
      runbook: {
        backup: { isRequired: false, retentionDays: 7 },
        preCommand: 'c-drain',
        commandTimeout: 300_000,
        prepareLead: 900_000,
      },
    });
  });
});
