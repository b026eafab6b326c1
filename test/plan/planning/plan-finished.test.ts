// Finished plans: left alone for ever where a restart may have been sent, judged again where what ended them may not hold.
import { describe, expect, it } from 'vitest';
import type { SystemEvent } from '../../../lib/plan/event.ts';
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
    'and that is %s gets no second restart while its event is still open',
    (status) => {
      const row = finished({ status, intent: sent });
      for (const shown of ['Scheduled', 'Executing', 'Inquiring'] as const) {
        expect(planned(sighting([event({ status: shown })]), row).kind).toBe('unchanged');
      }
    },
  );

  it('gets none when its event moves either', () => {
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(planned(moved, finished({ status: 'Escalated', intent: sent })).kind).toBe('unchanged');
  });

  it('gets none for an event of the plan before it', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    expect(planned(sighting([event({ eventId: 'e-0' })]), row).kind).toBe('unchanged');
  });

  it('is replaced by a new plan with a new plan_id when ECS announces a new event', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    const planning = planned(sighting([second({ notBefore: '2026-12-10T02:00:00Z' })]), row);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Planned',
      eventIds: ['e-2'],
      formerEventIds: ['e-1', 'e-0'],
      version: 6,
      timeline: [{ what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS announced event e-2.' }],
    });
    expect(written(planning)).not.toHaveProperty('intent');
    expect(planning).toMatchObject({ replaces: row });
  });

  it('is replaced by a plan for the new event alone where its own event is still open', () => {
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
    ['waits for an answer', second({ status: 'Inquiring', notBefore: later }), 'Skipped', 'inquiring'],
    [
      'is under way',
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
  ])('gets no second restart for its own open event because another event %s', (_, other, status, cause) => {
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

  it('forgets its events no more, once another plan took its place', () => {
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
    reason: 'The tag reboot-planner:enabled=false opts the instance out; left to ECS.',
  });

  it('stands while its cause holds', () => {
    expect(planned(sighting([event()], optedOut), skipped)).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('by tag is planned again when the tag goes', () => {
    expect(outcome(planned(sighting(), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      executeAt: '2026-12-01T18:00:00Z',
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: judged again.' }],
    });
    expect(written(planned(sighting(), skipped))).not.toHaveProperty('cause');
  });

  it('says so where the tag changed into one that cannot be read', () => {
    const unclear = instance({ tags: { 'reboot-planner:enabled': 'off' } });
    expect(outcome(planned(sighting([event()], unclear), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Skipped',
      reason:
        'Tag reboot-planner:enabled is "off", expected true or false. What the owner wants cannot be told, so nothing is rebooted until the tag is corrected.',
    });
  });

  it('for want of an answer is planned when the event is Scheduled', () => {
    const row = finished({ status: 'Skipped', cause: 'inquiring' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('for an unknown instance is planned when ECS lists it', () => {
    const row = finished({ status: 'Escalated', cause: 'unknown-instance' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('for an odd event is planned when the event can be read', () => {
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('since its event was gone is planned when the event is open again', () => {
    const row = finished({ status: 'Cleared', cause: 'gone' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('since it was too late is planned when NotBefore moves to a later time', () => {
    const row = finished({ status: 'Missed', cause: 'too-late', notBefore: at('2026-12-01T10:15:00Z') });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('by policy is planned when the policy changes', () => {
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it.each(['operator', 'unapproved', 'refused'] as const)(
    'waits for a person where its cause is %s',
    (cause) => {
      const row = finished({ status: 'Escalated', cause });
      expect(planned(sighting(), row).kind).toBe('unchanged');
    },
  );

  it('and that an operator pinned stands', () => {
    expect(planned(sighting(), { ...skipped, pinned: true }).kind).toBe('unchanged');
  });

  it('that was observed stays observed, until the mode or NotBefore changes', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    const observe = settings({ mode: 'observe' });
    expect(planned(sighting(), row, observe).kind).toBe('unchanged');
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(outcome(planned(moved, row, observe))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('takes a new event in, while the old one is open', () => {
    const planning = planned(sighting([event(), second()]), skipped);
    expect(outcome(planning)).toMatchObject({ kind: 'updated', status: 'Planned', eventIds: ['e-1', 'e-2'] });
  });

  it('is replaced by a new plan when its event is over and ECS announces another', () => {
    const planning = planned(sighting([second()]), skipped);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      eventIds: ['e-2'],
      formerEventIds: [],
    });
    expect(planning).toMatchObject({ replaces: skipped });
  });

  it('is replaced where a new event cannot be read, so that it is not dropped', () => {
    const odd = oddEvent({ eventId: 'e-2' });
    expect(outcome(planned(sighting([], instance(), [odd]), skipped))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Escalated',
      cause: 'odd-event',
    });
  });

  it('stands where its own event can no longer be read, which is reported', () => {
    expect(planned(sighting([], instance(), [oddEvent()]), skipped)).toEqual({
      kind: 'unchanged',
      problems: ['Event e-1: NotBefore is "soon", expected an ISO 8601 time.'],
    });
  });

  it('since it was left to ECS stands while ECS carries the event out', () => {
    expect(planned(sighting([event({ status: 'Executing' })], optedOut), skipped)).toEqual({
      kind: 'unchanged',
      problems: [],
    });
  });

  it('since it was left to ECS by policy is not Missed when the safety margin begins', () => {
    const leave = settings({}, { noWindow: 'leave' });
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(planned(sighting(), row, leave, '2026-12-03T01:45:00Z').kind).toBe('unchanged');
  });

  it('stands when its event is over', () => {
    expect(planned(sighting([event({ status: 'Executed' })], optedOut), skipped).kind).toBe('unchanged');
    expect(planned(sighting([]), skipped).kind).toBe('unchanged');
  });

  it('by an operator’s no is not overruled by another event that waits for an answer', () => {
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
      'an odd event beside one that waits for an answer',
      sighting([event({ status: 'Inquiring' })], instance(), [oddEvent({ eventId: 'e-4' })]),
      ['e-1', 'e-4'],
    ],
    [
      'an event under way beside one that waits for an answer',
      sighting([event({ status: 'Executing' }), event({ eventId: 'e-3', status: 'Inquiring' })]),
      ['e-1', 'e-3'],
    ],
    [
      'two events, in whatever order ECS lists them',
      sighting([event({ eventId: 'e-3', status: 'Inquiring' }), event({ status: 'Inquiring' })]),
      ['e-1', 'e-3'],
    ],
    [
      'an event of another type beside one that is over',
      sighting([event({ status: 'Avoided' }), second({ type: 'SystemFailure.Redeploy' })]),
      ['e-2'],
    ],
  ])('at once over %s stands at the next look', (_, seen, eventIds) => {
    const row = written(planned(seen));
    expect(row.eventIds).toEqual(eventIds);
    expect(planned(seen, row).kind).toBe('unchanged');
  });
});
