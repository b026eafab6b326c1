// What becomes of the open events of one instance, from end to end, and the order of the clauses that decide it.
// judgement-clauses.test.ts has the cases of each clause.
import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/plan/planning/judge.ts';
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
  second,
  settings,
  sighting,
  stamp,
  tuesdayEvening,
  unreadableSighting,
} from '../samples.ts';

function asked(
  seen: Sighting,
  ownSettings: PlannerSettings = settings(),
  now: string = tuesdayEvening,
): JudgeQuestion {
  return { sighting: seen, settings: ownSettings, stamp: stamp(now), slotsOf: alone };
}

/** The judgement as plain data. */
function judged(...question: Parameters<typeof asked>): unknown {
  return plain(judge(asked(...question)));
}

function tagged(name: string, value: string): Sighting {
  return sighting([event()], instance({ tags: { [`reboot-planner:${name}`]: value } }));
}

const saturdays = { calendar: calendar('Sat 02:00-05:00', 'UTC'), windowText: 'Sat 02:00-05:00 UTC' };
/** No slot on a Saturday before Thursday morning. */
const noRoom = {
  window: 'Sat 02:00-05:00 UTC',
  slotMs: 900_000,
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'UTC',
};

describe('a scheduled reboot', () => {
  it('gets the earliest window and makes no problem', () => {
    expect(judged(sighting())).toMatchObject({
      kind: 'reboot',
      notBefore: '2026-12-03T02:00:00Z',
      isApprovalRequired: false,
      interval: {
        executeAt: '2026-12-01T18:00:00Z',
        latestStart: '2026-12-01T20:45:00Z',
        decision: 'window',
      },
      reason: {
        code: 'in-window',
        values: {
          window: 'daily 02:00-05:00 Asia/Shanghai',
          at: '2026-12-01T18:00:00Z',
          timeZone: 'Asia/Shanghai',
        },
      },
      problems: [],
    });
  });

  it('is reported when it is a last resort outside every window', () => {
    const reason = {
      code: 'last-resort',
      values: {
        ...noRoom,
        at: '2026-12-03T00:00:00Z',
        isMoved: false,
        isFull: false,
        since: '2026-12-01T10:00:00Z',
      },
    };
    expect(judged(sighting(), settings({}, { ...saturdays, noWindow: 'last-resort' }))).toMatchObject({
      kind: 'reboot',
      reason,
      problems: [reason],
    });
  });

  it('is reported when it comes soonest, outside every window', () => {
    const reason = {
      code: 'soonest',
      values: { ...noRoom, at: '2026-12-01T10:00:00Z', isNow: true, isFull: false },
    };
    expect(judged(sighting(), settings({}, { ...saturdays, noWindow: 'soonest' }))).toMatchObject({
      kind: 'reboot',
      reason,
      problems: [reason],
    });
  });

  it('that the policy leaves to ECS is Skipped and reported', () => {
    const reason = { code: 'left-to-ecs', values: noRoom };
    expect(judged(sighting(), settings({}, { ...saturdays, noWindow: 'leave' }))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'policy',
      reason,
      problems: [reason],
    });
  });

  it('that comes too late is Missed and reported', () => {
    const reason = {
      code: 'too-late',
      values: { marginMs: 1_800_000, notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' },
    };
    expect(judged(sighting(), settings(), '2026-12-03T01:30:01Z')).toMatchObject({
      kind: 'end',
      status: 'Missed',
      cause: 'too-late',
      reason,
      problems: [reason],
    });
  });
});

describe('several events on one instance', () => {
  const urgent = event({ eventId: 'e-2', notBefore: '2026-12-02T12:00:00Z' });

  it('are answered together, before the earliest NotBefore', () => {
    expect(judged(sighting([event(), urgent]))).toMatchObject({
      kind: 'reboot',
      notBefore: '2026-12-02T12:00:00Z',
      events: [{ eventId: 'e-2' }, { eventId: 'e-1' }],
    });
  });

  it('are not answered where they are no reboots, not open or not yet Scheduled', () => {
    const seen = sighting([
      event(),
      event({ eventId: 'e-2', type: 'SystemFailure.Redeploy', notBefore: '2026-12-02T00:00:00Z' }),
      event({ eventId: 'e-3', status: 'Inquiring', notBefore: '2026-12-02T00:00:00Z' }),
      event({ eventId: 'e-4', status: 'Avoided', notBefore: '2026-12-02T00:00:00Z' }),
    ]);
    expect(judged(seen)).toMatchObject({
      kind: 'reboot',
      notBefore: '2026-12-03T02:00:00Z',
      events: [{ eventId: 'e-1' }],
    });
  });
});

describe('the tags of the owner', () => {
  it('opt the instance out: Skipped, and no problem', () => {
    expect(judged(sighting([event()], optedOut))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'tag',
      reason: { code: 'opted-out', values: {} },
      problems: [],
    });
  });

  it('fail closed when reboot-planner:enabled cannot be read: Skipped and reported', () => {
    const faults = [{ what: 'Tag reboot-planner:enabled', value: '"flase"', expected: 'true or false' }];
    expect(judged(tagged('enabled', 'flase'))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'tag',
      reason: { code: 'unclear-tags', values: { faults } },
      problems: [{ code: 'tag-faults', values: { faults } }],
    });
  });

  it('opt the instance out even when it is too late for a reboot', () => {
    expect(judged(sighting([event()], optedOut), settings(), '2026-12-03T01:45:00Z')).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('may require an approval for one instance', () => {
    expect(judged(tagged('approval', 'required'))).toMatchObject({
      kind: 'reboot',
      isApprovalRequired: true,
      problems: [],
    });
  });

  it('fail closed when reboot-planner:approval cannot be read: Skipped and reported', () => {
    const faults = [{ what: 'Tag reboot-planner:approval', value: '"maybe"', expected: 'required' }];
    expect(judged(tagged('approval', 'maybe'))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'tag',
      problems: [{ code: 'tag-faults', values: { faults } }],
    });
  });
});

describe('the mode', () => {
  it('approval requires an approval for every instance', () => {
    expect(judged(sighting(), settings({ mode: 'approval' }))).toMatchObject({
      kind: 'reboot',
      isApprovalRequired: true,
    });
  });

  it('observe makes a plan without an approval, and its reason ends with the mode', () => {
    expect(judged(tagged('approval', 'required'), settings({ mode: 'observe' }))).toMatchObject({
      kind: 'reboot',
      isApprovalRequired: false,
      reason: { code: 'in-window', also: [{ code: 'observe-mode', values: {} }] },
    });
  });
});

describe('what RebootInstance must not answer', () => {
  it('an instance that cannot be read is Escalated, and the reason names the field', () => {
    const fault = { what: 'Status of instance i-web-1', value: 'null', expected: 'a status' };
    const reason = { code: 'instance-unreadable', values: { eventIds: ['e-1'], faults: [fault] } };
    expect(judged(unreadableSighting())).toMatchObject({
      kind: 'end',
      status: 'Escalated',
      cause: 'unknown-instance',
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('an instance that ECS does not list is Escalated', () => {
    const reason = { code: 'unknown-instance', values: { eventIds: ['e-1'] } };
    expect(judged(sighting([event()], null))).toMatchObject({
      kind: 'end',
      status: 'Escalated',
      cause: 'unknown-instance',
      notBefore: '2026-12-03T02:00:00Z',
      reason,
      problems: [reason],
    });
  });

  it('an event that ECS is carrying out is Missed', () => {
    expect(judged(sighting([event({ status: 'Executing' })]))).toMatchObject({
      kind: 'end',
      status: 'Missed',
      cause: 'too-late',
      reason: { code: 'ecs-executing', values: { eventIds: ['e-1'] } },
    });
  });

  it('an event that waits for an answer is Skipped', () => {
    expect(judged(sighting([event({ status: 'Inquiring' })]))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'inquiring',
      reason: { code: 'inquiring', values: { eventIds: ['e-1'] } },
    });
  });

  it('an event of another type is Skipped, and no problem', () => {
    const events = [
      event({ eventId: 'e-7', type: 'SystemFailure.Redeploy' }),
      event({ eventId: 'e-8', type: 'InstanceExpiration.Stop' }),
      event({ eventId: 'e-9', type: 'SystemFailure.Redeploy' }),
    ];
    expect(judged(sighting(events))).toMatchObject({
      kind: 'end',
      status: 'Skipped',
      cause: 'other-event',
      events: [{ eventId: 'e-7' }, { eventId: 'e-8' }, { eventId: 'e-9' }],
      reason: {
        code: 'other-events',
        values: { types: ['SystemFailure.Redeploy', 'InstanceExpiration.Stop'] },
      },
      problems: [],
    });
  });

  it('an event that cannot be read is Escalated, and its fault is reported once', () => {
    const faults = [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }];
    expect(judged(sighting([], instance(), [oddEvent()]))).toMatchObject({
      kind: 'end',
      status: 'Escalated',
      cause: 'odd-event',
      events: [{ eventId: 'e-1' }],
      reason: { code: 'no-readable-event', values: { faults } },
      problems: [{ code: 'odd-event', values: { faults } }],
    });
  });

  it('an event that cannot be read does not hold up one that can', () => {
    const faults = [{ what: 'NotBefore of event e-2', expected: 'an ISO 8601 time' }];
    expect(judged(sighting([event()], instance(), [oddEvent({ eventId: 'e-2', faults })]))).toMatchObject({
      kind: 'reboot',
      events: [{ eventId: 'e-1' }],
      problems: [{ code: 'odd-event', values: { faults } }],
    });
  });
});

describe('the order of the clauses', () => {
  /** The clauses that have a verdict about this case, in order. */
  function answering(question: JudgeQuestion): string[] {
    const seen = caseOf(question);
    return clauses.filter((clause) => clause.judge(seen) !== undefined).map((clause) => clause.name);
  }

  it('is this one', () => {
    expect(clauses.map((clause) => clause.name)).toEqual([
      'ECS is carrying the events out',
      'no event is Scheduled and one cannot be read',
      'ECS waits for an answer',
      'RebootInstance answers none of the events',
      'the instance cannot be read',
      'ECS does not list the instance',
      'a tag opts the instance out, or cannot be read',
      'Auto Scaling or ACK answers for the instance',
      'a time is chosen, or none is left',
    ]);
  });

  it.each<[string, { seen: Sighting; now?: string; first: string; next: string; code: string }]>([
    [
      'one event is Executing and another cannot be read',
      {
        seen: sighting([event({ status: 'Executing' })], instance(), [oddEvent({ eventId: 'e-2' })]),
        first: 'ECS is carrying the events out',
        next: 'no event is Scheduled and one cannot be read',
        code: 'ecs-executing',
      },
    ],
    [
      'one event is Executing and another waits for an answer',
      {
        seen: sighting([event({ status: 'Executing' }), second({ status: 'Inquiring' })]),
        first: 'ECS is carrying the events out',
        next: 'ECS waits for an answer',
        code: 'ecs-executing',
      },
    ],
    [
      'one event cannot be read and another waits for an answer',
      {
        seen: sighting([event({ status: 'Inquiring' })], instance(), [oddEvent({ eventId: 'e-2' })]),
        first: 'no event is Scheduled and one cannot be read',
        next: 'ECS waits for an answer',
        code: 'no-readable-event',
      },
    ],
    [
      'one event cannot be read and another is of another type',
      {
        seen: sighting([event({ type: 'SystemFailure.Redeploy' })], instance(), [
          oddEvent({ eventId: 'e-2' }),
        ]),
        first: 'no event is Scheduled and one cannot be read',
        next: 'RebootInstance answers none of the events',
        code: 'no-readable-event',
      },
    ],
    [
      'one event waits for an answer and another is of another type',
      {
        seen: sighting([event({ status: 'Inquiring' }), second({ type: 'SystemFailure.Redeploy' })]),
        first: 'ECS waits for an answer',
        next: 'RebootInstance answers none of the events',
        code: 'inquiring',
      },
    ],
    [
      'the event is of another type and ECS does not list the instance',
      {
        seen: sighting([event({ type: 'SystemFailure.Redeploy' })], null),
        first: 'RebootInstance answers none of the events',
        next: 'ECS does not list the instance',
        code: 'other-events',
      },
    ],
    [
      'the event is of another type and the instance cannot be read',
      {
        seen: unreadableSighting([event({ type: 'SystemFailure.Redeploy' })]),
        first: 'RebootInstance answers none of the events',
        next: 'the instance cannot be read',
        code: 'other-events',
      },
    ],
    [
      'the instance cannot be read, and so ECS lists none',
      {
        seen: unreadableSighting(),
        first: 'the instance cannot be read',
        next: 'ECS does not list the instance',
        code: 'instance-unreadable',
      },
    ],
    [
      'ECS does not list the instance and there is time',
      {
        seen: sighting([event()], null),
        first: 'ECS does not list the instance',
        next: 'a time is chosen, or none is left',
        code: 'unknown-instance',
      },
    ],
    [
      'the owner opted out and it is too late',
      {
        seen: sighting([event()], optedOut),
        now: '2026-12-03T01:45:00Z',
        first: 'a tag opts the instance out, or cannot be read',
        next: 'a time is chosen, or none is left',
        code: 'opted-out',
      },
    ],
  ])('gives the first verdict when %s', (_, { seen, now, first, next, code }) => {
    const question = asked(seen, settings(), now);
    const [winner, ...others] = answering(question);
    expect(winner).toBe(first);
    expect(others).toContain(next);
    expect(judge(question).reason.code).toBe(code);
  });
});
