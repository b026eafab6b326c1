// Finished plans. Where a restart may have been sent, the plan stays as it is. Otherwise it is judged again while its cause may
// cease to hold.
import { describe, expect, it } from 'vitest';
import type { SystemEvent } from '../../../lib/plan/event.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  finished,
  instance,
  oddEvent,
  optedOut,
  outcome,
  planned,
  second,
  settings,
  sighting,
  written,
} from '../samples.ts';

describe('a finished plan for which a restart may have been sent', () => {
  const sent = { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } as const;

  it.each(['Avoided', 'Cleared', 'Missed', 'Escalated'] as const)(
    'as %s gets no second restart while its event is still open',
    (status) => {
      const row = finished({ status, intent: sent });
      for (const shown of ['Scheduled', 'Executing', 'Inquiring'] as const) {
        expect(planned(sighting([event({ status: shown })]), row).kind).toBe('unchanged');
      }
    },
  );

  it('gets no second restart when NotBefore moves', () => {
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(planned(moved, finished({ status: 'Escalated', intent: sent })).kind).toBe('unchanged');
  });

  it('gets no restart for an event of an earlier plan', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    expect(planned(sighting([event({ eventId: 'e-0' })]), row).kind).toBe('unchanged');
  });

  it('is replaced by a plan with a new plan_id when ECS announces a new event', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    const planning = planned(sighting([second({ notBefore: '2026-12-10T02:00:00Z' })]), row);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Planned',
      eventIds: ['e-2'],
      formerEventIds: ['e-1', 'e-0'],
      version: 6,
      timeline: [
        {
          what: state('planned', {
            status: 'Planned',
            at: '2026-12-01T18:00:00Z',
            timeZone: 'Asia/Shanghai',
            why: state('announced', { eventIds: ['e-2'] }),
          }),
        },
      ],
    });
    expect(written(planning)).not.toHaveProperty('intent');
    expect(planning).toMatchObject({ replaces: row });
  });

  it('is replaced by a plan for the new event only, while its own event is still open', () => {
    const row = finished({ status: 'Escalated', intent: sent });
    expect(outcome(planned(sighting([event(), second()]), row))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      eventIds: ['e-2'],
      formerEventIds: ['e-1'],
    });
  });

  const later = '2026-12-09T02:00:00Z';

  it.each<[string, SystemEvent, string, string]>([
    ['is Inquiring', second({ status: 'Inquiring', notBefore: later }), 'Skipped', 'inquiring'],
    [
      'is Executing',
      second({ status: 'Executing', notBefore: '2026-12-01T09:00:00Z' }),
      'Missed',
      'too-late',
    ],
    [
      'is of another type',
      second({ type: 'SystemFailure.Redeploy', notBefore: later }),
      'Skipped',
      'other-event',
    ],
  ])('gets no second restart for its own open event when another event %s', (_, other, status, cause) => {
    const row = finished({ status: 'Escalated', intent: sent });
    expect(outcome(planned(sighting([event(), other]), row))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status,
      cause,
      eventIds: ['e-2'],
      formerEventIds: ['e-1'],
    });
  });

  it('leaves its event closed for the plan that replaces it', () => {
    const next = written(
      planned(sighting([event(), second()]), finished({ status: 'Escalated', intent: sent })),
    );
    const done = finished({ ...next, status: 'Avoided', intent: { at: at('2026-12-02T18:01:00Z') } });
    expect(planned(sighting(), done).kind).toBe('unchanged');
  });
});

describe('a plan that ended without a restart', () => {
  const skipped = finished({
    status: 'Skipped',
    cause: 'tag',
    reason: state('opted-out', {}),
  });

  it('stands while its cause holds', () => {
    expect(planned(sighting([event()], optedOut), skipped)).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('because of a tag is planned again when the tag is removed', () => {
    expect(outcome(planned(sighting(), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      executeAt: '2026-12-01T18:00:00Z',
      timeline: [
        {},
        {
          what: state('planned', {
            status: 'Planned',
            at: '2026-12-01T18:00:00Z',
            timeZone: 'Asia/Shanghai',
            why: state('judged-again', {}),
          }),
        },
      ],
    });
    expect(written(planned(sighting(), skipped))).not.toHaveProperty('cause');
  });

  it('because of a tag gets a new reason when the tag cannot be read any more', () => {
    const unclear = instance({ tags: { 'reboot-planner:enabled': 'off' } });
    const again = planned(sighting([event()], unclear), skipped);
    expect(outcome(again)).toMatchObject({ kind: 'updated', status: 'Skipped', cause: 'tag' });
    expect(written(again).reason).toEqual(
      state('unclear-tags', {
        faults: [{ what: 'Tag reboot-planner:enabled', value: '"off"', expected: 'true or false' }],
      }),
    );
  });

  it('because its event was Inquiring is planned when the event is Scheduled', () => {
    const row = finished({ status: 'Skipped', cause: 'inquiring' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because ECS did not list its instance is planned when ECS lists it', () => {
    const row = finished({ status: 'Escalated', cause: 'unknown-instance' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because its event could not be read is planned when the event can be read', () => {
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because its event was over is planned when the event is open again', () => {
    const row = finished({ status: 'Cleared', cause: 'gone' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because it was too late is planned when NotBefore moves to a later time', () => {
    const row = finished({ status: 'Missed', cause: 'too-late', notBefore: at('2026-12-01T10:15:00Z') });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because of the policy is planned when the policy changes', () => {
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it.each(['operator', 'unapproved', 'refused'] as const)(
    'stands until a person decides where its cause is %s',
    (cause) => {
      const row = finished({ status: 'Escalated', cause });
      expect(planned(sighting(), row).kind).toBe('unchanged');
    },
  );

  it('stands where an operator pinned it', () => {
    expect(planned(sighting(), { ...skipped, pinned: true }).kind).toBe('unchanged');
  });

  it('in the mode observe stands while the mode and NotBefore stay the same', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    expect(planned(sighting(), row, settings({ mode: 'observe' })).kind).toBe('unchanged');
  });

  it('in the mode observe is planned when the mode changes', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('in the mode observe is planned when NotBefore moves', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    const observe = settings({ mode: 'observe' });
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(outcome(planned(moved, row, observe))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('is planned for a new event, too, while its own event is open', () => {
    const planning = planned(sighting([event(), second()]), skipped);
    expect(outcome(planning)).toMatchObject({ kind: 'updated', status: 'Planned', eventIds: ['e-1', 'e-2'] });
  });

  it('is replaced by a new plan when its own event is over and ECS announces another', () => {
    const planning = planned(sighting([second()]), skipped);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      eventIds: ['e-2'],
      formerEventIds: [],
    });
    expect(planning).toMatchObject({ replaces: skipped });
  });

  it('is replaced where a new event cannot be read, so that the event is not dropped', () => {
    const odd = oddEvent({ eventId: 'e-2' });
    expect(outcome(planned(sighting([], instance(), [odd]), skipped))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Escalated',
      cause: 'odd-event',
    });
  });

  it('stands where its own event cannot be read any more, and reports the event', () => {
    expect(planned(sighting([], instance(), [oddEvent()]), skipped)).toEqual({
      kind: 'unchanged',
      problems: [
        state('odd-event', {
          faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
        }),
      ],
    });
  });

  it('because of a tag stands while ECS carries the event out', () => {
    expect(planned(sighting([event({ status: 'Executing' })], optedOut), skipped)).toEqual({
      kind: 'unchanged',
      problems: [],
    });
  });

  it('because of the policy is not Missed when the safety margin begins', () => {
    const leave = settings({}, { noWindow: 'leave' });
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(planned(sighting(), row, leave, '2026-12-03T01:45:00Z').kind).toBe('unchanged');
  });

  it('stands when its event is over', () => {
    expect(planned(sighting([event({ status: 'Executed' })], optedOut), skipped).kind).toBe('unchanged');
    expect(planned(sighting([]), skipped).kind).toBe('unchanged');
  });

  it('because an operator said no gets a new plan for another event only', () => {
    const row = finished({ status: 'Skipped', cause: 'operator' });
    expect(outcome(planned(sighting([event(), second({ status: 'Inquiring' })]), row))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Skipped',
      cause: 'inquiring',
      eventIds: ['e-2'],
      formerEventIds: ['e-1'],
    });
  });

  it.each([
    [
      'an event that cannot be read and an Inquiring one',
      sighting([event({ status: 'Inquiring' })], instance(), [oddEvent({ eventId: 'e-4' })]),
      ['e-1', 'e-4'],
    ],
    [
      'an Executing event and an Inquiring one',
      sighting([event({ status: 'Executing' }), event({ eventId: 'e-3', status: 'Inquiring' })]),
      ['e-1', 'e-3'],
    ],
    [
      'two Inquiring events, listed in another order',
      sighting([event({ eventId: 'e-3', status: 'Inquiring' }), event({ status: 'Inquiring' })]),
      ['e-1', 'e-3'],
    ],
    [
      'an event of another type and one that is over',
      sighting([event({ status: 'Avoided' }), second({ type: 'SystemFailure.Redeploy' })]),
      ['e-2'],
    ],
  ])('at the first look, with %s, stands at the next look', (_, seen, eventIds) => {
    const row = written(planned(seen));
    expect(row.eventIds).toEqual(eventIds);
    expect(planned(seen, row).kind).toBe('unchanged');
  });
});
