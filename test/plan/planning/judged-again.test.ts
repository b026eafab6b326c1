// Finished plans for which nothing was sent. They are judged again while their cause may cease to hold.
import { describe, expect, it } from 'vitest';
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

  it('because its event could not be read stands while the fault stays the same', () => {
    const seen = sighting([], instance(), [oddEvent()]);
    const row = finished({
      status: 'Escalated',
      cause: 'odd-event',
      reason: state('no-readable-event', { faults: oddEvent().faults }),
    });
    delete row.notBefore;
    expect(planned(seen, row).kind).toBe('unchanged');
  });

  it('because its event could not be read gets a new reason when the fault changes', () => {
    const faults = [{ what: 'The status of event e-1', value: '"Unheard"', expected: 'a known status' }];
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    const again = planned(sighting([], instance(), [oddEvent({ faults })]), row);
    expect(outcome(again)).toMatchObject({ kind: 'updated', status: 'Escalated', cause: 'odd-event' });
    expect(written(again).reason).toEqual(state('no-readable-event', { faults }));
  });

  it('because an event without an id could not be read stands while the fault stays the same', () => {
    const odd = oddEvent();
    delete odd.eventId;
    const seen = sighting([], instance(), [odd]);
    const row = written(planned(seen));
    expect(row).toMatchObject({ status: 'Escalated', cause: 'odd-event', eventIds: [] });
    expect(planned(seen, row).kind).toBe('unchanged');
  });

  it('because its event could not be read stands where ECS does not list the event any more', () => {
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    expect(planned(sighting([]), row)).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('because its event could not be read is replaced when ECS announces another', () => {
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    const next = planned(sighting([second()], instance(), [oddEvent()]), row);
    expect(outcome(next)).toMatchObject({ kind: 'created', status: 'Planned', planId: 'e-2.6' });
  });

  it('because of another cause than an odd event stands where its event cannot be read', () => {
    const row = finished({ status: 'Cleared', cause: 'gone' });
    expect(planned(sighting([], instance(), [oddEvent()]), row).kind).toBe('unchanged');
  });

  it('because its event was over is planned when the event is open again', () => {
    const row = finished({ status: 'Cleared', cause: 'gone' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because it was too late is planned when NotBefore moves to a later time', () => {
    const row = finished({ status: 'Missed', cause: 'too-late', notBefore: at('2026-12-01T10:15:00Z') });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('because it was too late keeps its reason while it is too late', () => {
    const row = finished({ status: 'Missed', cause: 'too-late' });
    expect(planned(sighting(), row, settings(), '2026-12-03T01:31:00Z').kind).toBe('unchanged');
  });

  it('is Missed when its cause no longer holds and it is too late', () => {
    const row = finished({ status: 'Escalated', cause: 'unknown-instance' });
    const again = planned(sighting(), row, settings(), '2026-12-03T01:31:00Z');
    expect(outcome(again)).toMatchObject({ kind: 'updated', status: 'Missed', cause: 'too-late' });
  });

  it.each([
    ['status', { status: 'Missed', cause: 'tag' }],
    ['cause', { status: 'Skipped', cause: 'policy' }],
  ] as const)('is corrected where its %s does not go with its reason', (_, edit) => {
    const row = finished({ ...edit, reason: state('opted-out', {}) });
    expect(outcome(planned(sighting([event()], optedOut), row))).toMatchObject({
      kind: 'updated',
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('because of a tag gets the id of a new event while the tag holds', () => {
    expect(outcome(planned(sighting([event(), second()], optedOut), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Skipped',
      cause: 'tag',
      eventIds: ['e-1', 'e-2'],
    });
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

  it('is judged again where an operator had pinned its time, and keeps that time', () => {
    const time = { executeAt: at('2026-12-01T12:00:00Z'), latestStart: at('2026-12-01T13:00:00Z') };
    const again = planned(sighting(), { ...skipped, ...time, pinned: true });
    expect(outcome(again)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      pinned: true,
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T13:00:00Z',
    });
    expect(written(again).reason).toEqual({
      code: 'pinned-at',
      values: { at: '2026-12-01T12:00:00Z', timeZone: 'Asia/Shanghai' },
    });
  });

  it('gets the time of the rules where the pinned one has passed', () => {
    const time = { executeAt: at('2026-12-01T08:00:00Z'), latestStart: at('2026-12-01T09:00:00Z') };
    const again = planned(sighting(), { ...skipped, ...time, pinned: true });
    expect(outcome(again)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      pinned: false,
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
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

  it('in the mode observe records another open event', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    const seen = sighting([event(), second({ type: 'SystemFailure.Redeploy' })]);
    const noted = planned(seen, row, settings({ mode: 'observe' }));
    expect(outcome(noted)).toMatchObject({ kind: 'updated', status: 'Skipped', laterEventIds: ['e-2'] });
    expect(written(noted).timeline.at(-1)?.what).toEqual(
      state('other-events-changed', { eventIds: ['e-2'] }),
    );
    expect(planned(seen, written(noted), settings({ mode: 'observe' })).kind).toBe('unchanged');
  });

  it('because of a tag is planned in the mode observe when the tag is removed', () => {
    expect(outcome(planned(sighting(), skipped, settings({ mode: 'observe' })))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
    });
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

  it('is replaced where one new event can be read and another cannot', () => {
    const seen = sighting([second()], instance(), [oddEvent({ eventId: 'e-3' })]);
    expect(outcome(planned(seen, skipped))).toMatchObject({
      kind: 'created',
      status: 'Planned',
      eventIds: ['e-2'],
    });
  });

  it('stands where an event without an id cannot be read, and reports the event', () => {
    const odd = oddEvent();
    delete odd.eventId;
    expect(planned(sighting([], instance(), [odd]), skipped)).toEqual({
      kind: 'unchanged',
      problems: [state('odd-event', { faults: odd.faults })],
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
  ])('that ended with %s is not written again at the next look', (_, seen, eventIds) => {
    const row = written(planned(seen));
    expect(row.eventIds).toEqual(eventIds);
    expect(planned(seen, row).kind).toBe('unchanged');
  });
});
