// A plan that waits for its time or for an approval: it stands, is planned again, or ends.
import { describe, expect, it } from 'vitest';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  at,
  calendar,
  event,
  instance,
  oddEvent,
  optedOut,
  outcome,
  plain,
  planned,
  rulesRecord,
  second,
  settings,
  sighting,
  waiting,
  written,
} from '../samples.ts';

const notRunning = state('instance-not-running', { status: 'Stopped' });

/** The deadline is 30 minutes before NotBefore. */
const tooLate = state('too-late', {
  marginMs: 1_800_000,
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'Asia/Shanghai',
});

/** The entry of the timeline: planned for this time, for this reason. */
function plannedFor(time: string, why: Statement): object {
  return { what: state('planned', { status: 'Planned', at: time, timeZone: 'Asia/Shanghai', why }) };
}

describe('a waiting plan', () => {
  it('stands while nothing changed', () => {
    expect(planned(sighting(), waiting())).toEqual({ kind: 'unchanged', problems: [] });
  });

  it.each([
    ['in the middle of its interval', '2026-12-01T19:30:00Z'],
    ['at the last moment of its interval', '2026-12-01T20:45:00Z'],
  ])('stands %s', (_, now) => {
    expect(planned(sighting(), waiting(), settings(), now).kind).toBe('unchanged');
  });

  it('is planned again when NotBefore moves', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T20:00:00Z' })]);
    expect(outcome(planned(moved, waiting()))).toMatchObject({
      kind: 'updated',
      planId: 'e-1',
      notBefore: '2026-12-01T20:00:00Z',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T19:30:00Z',
      version: 2,
      timeline: [{}, plannedFor('2026-12-01T18:00:00Z', state('not-before-moved', {}))],
    });
  });

  it('is planned again when the rules change', () => {
    const changed = {
      calendar: calendar('daily 03:00-04:00'),
      windowText: 'daily 03:00-04:00 Asia/Shanghai',
    };
    expect(outcome(planned(sighting(), waiting(), settings({}, changed)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T19:00:00Z',
      latestStart: '2026-12-01T19:45:00Z',
      rules: rulesRecord({ windows: 'daily 03:00-04:00' }),
      timeline: [{}, plannedFor('2026-12-01T19:00:00Z', state('rules-changed', {}))],
    });
  });

  it.each([
    ['just after its interval', '2026-12-01T20:45:00.001Z'],
    ['hours after its interval', '2026-12-02T10:00:00Z'],
  ])('that was not executed is planned in the next window %s', (_, now) => {
    expect(outcome(planned(sighting(), waiting(), settings(), now))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
      timeline: [{}, plannedFor('2026-12-02T18:00:00Z', state('interval-unused', {}))],
    });
  });

  it('keeps a pause that is not over when it is planned again', () => {
    const row = waiting({
      notBefore: at('2026-12-05T02:00:00Z'),
      waitUntil: at('2026-12-01T10:05:00Z'),
    });
    expect(outcome(planned(sighting(), row))).toMatchObject({
      kind: 'updated',
      waitUntil: '2026-12-01T10:05:00Z',
    });
  });

  it('loses a pause that is over when it is planned again', () => {
    const row = waiting({
      notBefore: at('2026-12-05T02:00:00Z'),
      waitUntil: at('2026-12-01T09:55:00Z'),
    });
    expect(written(planned(sighting(), row))).not.toHaveProperty('waitUntil');
  });
});

describe('a wait_until that somebody edited', () => {
  const dropped = (time: string): Statement => state('wait-dropped', { at: time, timeZone: 'Asia/Shanghai' });

  it('to years ahead is dropped, and the timeline and a problem say so', () => {
    const proposal = planned(sighting(), waiting({ waitUntil: at('2036-01-01T00:00:00Z') }));
    expect(written(proposal)).not.toHaveProperty('waitUntil');
    expect(outcome(proposal)).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      timeline: [{}, plannedFor('2026-12-01T18:00:00Z', dropped('2036-01-01T00:00:00Z'))],
    });
    expect(proposal.problems).toEqual([dropped('2036-01-01T00:00:00Z')]);
  });

  it('is dropped and reported where the plan is planned again for another reason', () => {
    const row = waiting({ waitUntil: at('2036-01-01T00:00:00Z'), eventIds: ['e-1', 'e-7'] });
    const proposal = planned(sighting(), row);
    expect(written(proposal)).not.toHaveProperty('waitUntil');
    expect(proposal.problems).toEqual([dropped('2036-01-01T00:00:00Z')]);
  });

  it.each([
    ['until execute_at, as MODE=observe waits', '2026-12-01T10:00:00Z', '2026-12-01T18:00:00Z'],
    ['within the hour', '2026-12-01T18:05:00Z', '2026-12-01T19:05:00Z'],
  ])('holds %s', (_, now, waitUntil) => {
    expect(planned(sighting(), waiting({ waitUntil: at(waitUntil) }), settings(), now).kind).toBe(
      'unchanged',
    );
  });

  it('is dropped from a moment after the hour on', () => {
    const row = waiting({ waitUntil: at('2026-12-01T19:05:00.001Z') });
    const proposal = planned(sighting(), row, settings(), '2026-12-01T18:05:00Z');
    expect(written(proposal)).not.toHaveProperty('waitUntil');
  });
});

describe('a waiting plan and further events', () => {
  it('answers a second event too, under the same plan_id', () => {
    const both = sighting([event(), second({ notBefore: '2026-12-02T12:00:00Z' })]);
    expect(outcome(planned(both, waiting()))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      eventIds: ['e-2', 'e-1'],
      notBefore: '2026-12-02T12:00:00Z',
    });
  });

  it('continues with one of two events when the other is canceled', () => {
    const row = waiting({ eventIds: ['e-1', 'e-2'] });
    const seen = sighting([event({ status: 'Canceled' }), second()]);
    expect(outcome(planned(seen, row))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-2'],
    });
  });

  it('reports another event that cannot be read, and stands', () => {
    const fault = { what: 'NotBefore of event e-2', expected: 'an ISO 8601 time' };
    const odd = oddEvent({ eventId: 'e-2', faults: [fault] });
    expect(planned(sighting([event()], instance(), [odd]), waiting())).toEqual({
      kind: 'unchanged',
      problems: [state('odd-event', { faults: [fault] })],
    });
  });

  it('records an open event of another type, and its end', () => {
    const other = second({ type: 'SystemFailure.Redeploy' });
    const noted = planned(sighting([event(), other]), waiting());
    const told = plannedFor('2026-12-01T18:00:00Z', state('other-events-changed', { eventIds: ['e-2'] }));
    expect(outcome(noted)).toMatchObject({
      kind: 'updated',
      eventIds: ['e-1'],
      laterEventIds: ['e-2'],
      timeline: [{}, told],
    });
    expect(outcome(planned(sighting(), written(noted)))).toMatchObject({
      kind: 'updated',
      laterEventIds: [],
      timeline: [
        {},
        told,
        plannedFor('2026-12-01T18:00:00Z', state('other-events-changed', { eventIds: [] })),
      ],
    });
  });

  it('holds another event that ECS is executing until that event is over', () => {
    const underWay = event({ eventId: 'e-0', status: 'Executing', notBefore: '2026-12-01T09:55:00Z' });
    const held = planned(sighting([underWay, event()]), waiting());
    expect(outcome(held)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-1', 'e-0'],
      notBefore: '2026-12-03T02:00:00Z',
    });
    const over = sighting([{ ...underWay, status: 'Executed' }, event()]);
    const gone = [{ eventId: 'e-0', status: 'Executed' }];
    expect(outcome(planned(over, written(held)))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-1'],
      timeline: [
        {},
        {},
        plannedFor('2026-12-01T18:00:00Z', state('events-changed', { eventIds: ['e-1'], gone })),
      ],
    });
  });
});

describe('a waiting plan ends', () => {
  it.each([
    [
      'as Cleared when ECS canceled its event',
      'Canceled',
      'Cleared',
      state('answered-elsewhere', { avoided: [], canceled: ['e-1'] }),
    ],
    [
      'as Cleared when somebody else restarted the instance',
      'Avoided',
      'Cleared',
      state('answered-elsewhere', { avoided: ['e-1'], canceled: [] }),
    ],
    [
      'as Missed when ECS carried its event out',
      'Executed',
      'Missed',
      state('executed-before-us', { eventIds: ['e-1'] }),
    ],
  ] as const)('%s', (_, shown, status, reason) => {
    const ended = outcome(planned(sighting([event({ status: shown })]), waiting()));
    expect(ended).toMatchObject({ kind: 'ended', status, version: 2 });
    expect(ended).toHaveProperty('reason', reason);
  });

  it.each([
    ['Canceled', 'Cleared'],
    ['Executed', 'Missed'],
  ] as const)(
    'about its own event alone when that is %s and another one cannot be read: the next look plans that one',
    (shown, status) => {
      const odd = oddEvent({ eventId: 'e-9' });
      const ended = planned(sighting([event({ status: shown })], instance(), [odd]), waiting());
      expect(outcome(ended)).toMatchObject({ kind: 'ended', status, eventIds: ['e-1'] });
      expect(planned(sighting([], instance(), [odd]), written(ended))).toMatchObject({
        kind: 'created',
        plan: { status: 'Escalated', cause: 'odd-event', eventIds: ['e-9'] },
      });
    },
  );

  it('without a problem for the operator when its event is canceled', () => {
    expect(planned(sighting([event({ status: 'Canceled' })]), waiting()).problems).toEqual([]);
  });

  it('with a problem for the operator when ECS carried its event out', () => {
    expect(planned(sighting([event({ status: 'Executed' })]), waiting()).problems).toEqual([
      state('executed-before-us', { eventIds: ['e-1'] }),
    ]);
  });

  it('as Missed while ECS is carrying its event out', () => {
    const ended = outcome(planned(sighting([event({ status: 'Executing' })]), waiting()));
    expect(ended).toMatchObject({ kind: 'ended', status: 'Missed' });
    expect(ended).toHaveProperty('reason', state('ecs-executing', { eventIds: ['e-1'] }));
  });

  it('as Skipped when its instance is opted out', () => {
    expect(outcome(planned(sighting([event()], optedOut), waiting()))).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'tag',
      reason: state('opted-out', {}),
    });
  });

  it('as Missed after its deadline', () => {
    const ended = outcome(planned(sighting(), waiting(), settings(), '2026-12-03T01:31:00Z'));
    expect(ended).toMatchObject({ kind: 'ended', status: 'Missed', cause: 'too-late' });
    expect(ended).toHaveProperty('reason', tooLate);
  });

  it('as Missed with the reason for which it waited until its deadline', () => {
    const row = waiting({ reason: notRunning, waitUntil: at('2026-12-03T01:32:00Z') });
    const ended = outcome(planned(sighting(), row, settings(), '2026-12-03T01:31:00Z'));
    expect(ended).toMatchObject({ status: 'Missed' });
    expect(ended).toHaveProperty('reason', { ...tooLate, also: [notRunning] });
  });

  it('without the reason for which it waited when its instance is opted out, and then stands', () => {
    const row = waiting({ reason: notRunning, waitUntil: at('2026-12-01T18:03:00Z') });
    const seen = sighting([event()], optedOut);
    const once = written(planned(seen, row, settings(), '2026-12-01T18:01:00Z'));
    expect(once).toMatchObject({ status: 'Skipped' });
    expect(once.reason).toEqual(state('opted-out', {}));
    expect(planned(seen, once, settings(), '2026-12-01T18:01:00Z').kind).toBe('unchanged');
  });
});

describe('a waiting plan whose event ECS no longer lists', () => {
  it('stands, and the operator gets a problem', () => {
    expect(planned(sighting([]), waiting())).toEqual({
      kind: 'unchanged',
      problems: [state('events-unlisted', { eventIds: ['e-1'], faults: [] })],
    });
  });
});

describe('the approval of a waiting plan', () => {
  const asking = waiting({ status: 'AwaitingApproval', approval: 'required' });
  const approval = settings({ mode: 'approval' });

  it('becomes necessary when the mode changes to approval', () => {
    const why = state('approval-required-now', {});
    const asked = planned(sighting(), waiting(), approval);
    expect(outcome(asked)).toMatchObject({
      kind: 'updated',
      status: 'AwaitingApproval',
      approval: 'required',
    });
    expect(plain(written(asked).timeline.at(-1)?.what)).toEqual(
      state('planned', {
        status: 'AwaitingApproval',
        at: '2026-12-01T18:00:00Z',
        timeZone: 'Asia/Shanghai',
        why,
      }),
    );
  });

  it('is requested once', () => {
    expect(planned(sighting(), asking, approval).kind).toBe('unchanged');
  });

  it('is not awaited any more when no rule requires it', () => {
    expect(outcome(planned(sighting(), asking))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      approval: 'not-required',
    });
  });

  it('stays granted', () => {
    const approved = waiting({ approval: 'granted' });
    expect(planned(sighting(), approved, approval).kind).toBe('unchanged');
  });

  it('does not keep the plan from ending with its event', () => {
    const ended = planned(sighting([event({ status: 'Canceled' })]), asking, approval);
    expect(outcome(ended)).toMatchObject({ kind: 'ended', status: 'Cleared' });
  });

  it('is awaited in the next window when nobody approved the plan in this one', () => {
    expect(outcome(planned(sighting(), asking, approval, '2026-12-01T20:45:00.001Z'))).toMatchObject({
      kind: 'updated',
      status: 'AwaitingApproval',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('calls a person when nobody granted it before the deadline', () => {
    const ended = planned(sighting(), asking, approval, '2026-12-03T01:30:00.001Z');
    const reason = state('unapproved', {}, [tooLate]);
    expect(outcome(ended)).toMatchObject({ kind: 'ended', status: 'Escalated', cause: 'unapproved' });
    const steps = { instanceId: 'i-web-1', planId: 'e-1', isRetriable: true, isUnproven: false };
    const told = state('unapproved', {}, [tooLate, state('next-steps', steps)]);
    expect(outcome(ended)).toHaveProperty('reason', told);
    expect(ended.problems).toEqual([reason]);
  });

  it('calls no person once ECS is carrying the event out: it is too late to restart before NotBefore', () => {
    const seen = sighting([event({ status: 'Executing' })]);
    const ended = written(planned(seen, asking, approval, '2026-12-03T02:01:00Z'));
    expect(ended).toMatchObject({ status: 'Missed', cause: 'too-late' });
    expect(ended.reason).toEqual(state('ecs-executing', { eventIds: ['e-1'] }));
  });
});
