// The first plan of an instance, and the plan that replaces a finished one.
import { describe, expect, it } from 'vitest';
import type { OddEvent, SystemEvent } from '../../../lib/plan/event.ts';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import {
  at,
  event,
  finished,
  instance,
  oddEvent,
  optedOut,
  outcome,
  plain,
  planned,
  second,
  settings,
  sighting,
  waiting,
  written,
} from '../samples.ts';

describe('an instance without a row', () => {
  it('gets a plan for its event: in the window, with a reason and a first entry in the timeline', () => {
    expect(outcome(planned(sighting()))).toEqual({
      kind: 'created',
      ...(plain(waiting()) as object),
      updatedAt: '2026-12-01T10:00:00Z',
    });
  });

  it('gets one plan for two events, before the earliest NotBefore', () => {
    const events = [event(), second({ notBefore: '2026-12-02T12:00:00Z' })];
    expect(outcome(planned(sighting(events)))).toMatchObject({
      kind: 'created',
      status: 'Planned',
      planId: 'e-2',
      eventIds: ['e-2', 'e-1'],
      notBefore: '2026-12-02T12:00:00Z',
    });
  });

  it('gets the same plan in any order of its events', () => {
    const events = [event(), second(), event({ eventId: 'e-3', notBefore: '2026-12-02T12:00:00Z' })];
    expect(plain(planned(sighting(events)))).toEqual(plain(planned(sighting([...events].reverse()))));
  });

  it('gets no plan when no event is open', () => {
    expect(planned(sighting([]))).toEqual({ kind: 'unchanged', problems: [] });
    expect(planned(sighting([event({ status: 'Avoided' })])).kind).toBe('unchanged');
  });

  it.each<[string, SystemEvent[], Instance | null, OddEvent[], string, string]>([
    ['that is opted out by tag', [event()], optedOut, [], 'Skipped', 'tag'],
    ['that ECS does not list', [event()], null, [], 'Escalated', 'unknown-instance'],
    ['with an odd event', [], instance(), [oddEvent()], 'Escalated', 'odd-event'],
    [
      'with an event of another type',
      [event({ type: 'SystemFailure.Redeploy' })],
      instance(),
      [],
      'Skipped',
      'other-event',
    ],
    [
      'with an event that waits for an answer',
      [event({ status: 'Inquiring' })],
      instance(),
      [],
      'Skipped',
      'inquiring',
    ],
    ['with an event under way', [event({ status: 'Executing' })], instance(), [], 'Missed', 'too-late'],
  ])('%s gets a final row at once, so that no event is dropped', (_, events, seen, odd, status, cause) => {
    expect(outcome(planned(sighting(events, seen, odd)))).toMatchObject({
      kind: 'created',
      status,
      cause,
      eventIds: ['e-1'],
      version: 1,
    });
  });

  it('gets a row even when its event has no id', () => {
    const odd = { instanceId: 'i-web-1', faults: [{ what: 'EventId of an event', expected: 'an id' }] };
    expect(outcome(planned(sighting([], instance(), [odd])))).toMatchObject({
      kind: 'created',
      status: 'Escalated',
      planId: 'unknown-event',
      eventIds: [],
    });
  });

  it('waits for an approval when the mode or a tag requires one', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    for (const planning of [
      planned(sighting(), undefined, settings({ mode: 'approval' })),
      planned(sighting([event()], tagged)),
    ]) {
      expect(outcome(planning)).toMatchObject({
        kind: 'created',
        status: 'AwaitingApproval',
        approval: 'required',
        executeAt: '2026-12-01T18:00:00Z',
        latestStart: '2026-12-01T20:45:00Z',
      });
    }
  });

  it('records every event when its plan ends at once, so that none counts as new later', () => {
    const events = [event({ status: 'Inquiring' }), second({ type: 'SystemFailure.Redeploy' })];
    const seen = sighting(events, instance(), [oddEvent({ eventId: 'e-4' })]);
    expect(outcome(planned(seen))).toMatchObject({
      kind: 'created',
      status: 'Escalated',
      cause: 'odd-event',
      eventIds: ['e-1', 'e-2', 'e-4'],
    });
  });
});

describe('a plan that replaces a finished one', () => {
  const answered = finished({
    status: 'Avoided',
    intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' },
  });

  it.each([
    ['four minutes after it', '2026-12-01T18:05:00Z', '2026-12-01T18:11:00Z'],
    ['a moment before the ten minutes are over', '2026-12-01T18:10:59.999Z', '2026-12-01T18:11:00Z'],
    ['no longer once they are over', '2026-12-01T18:11:00Z', undefined],
  ])('waits until ten minutes after our restart, which may have answered its event: %s', (_, now, until) => {
    const row = written(planned(sighting([second()]), answered, settings(), now));
    expect(row.waitUntil?.toString()).toBe(until);
    expect(row).toMatchObject({ status: 'Planned', planId: 'e-2.6' });
    const waits = [{ code: 'possibly-answered', values: { at: until, timeZone: 'Asia/Shanghai' } }];
    expect(row.reason.also).toEqual(until === undefined ? undefined : waits);
  });

  it('waits ten minutes from now where somebody set the intent of our restart years ahead', () => {
    const ahead = { ...answered, intent: { at: at('2036-12-01T18:01:00Z') } };
    const row = written(planned(sighting([second()]), ahead, settings(), '2026-12-01T18:05:00Z'));
    expect(row).toMatchObject({ status: 'Planned' });
    expect(row.waitUntil?.toString()).toBe('2026-12-01T18:15:00Z');
  });

  it('does not wait when no restart was sent', () => {
    const skipped = finished({ status: 'Skipped', cause: 'operator' });
    const row = written(planned(sighting([second()]), skipped, settings(), '2026-12-01T18:05:00Z'));
    expect(row).not.toHaveProperty('waitUntil');
  });

  describe('while the pause of its group lasts', () => {
    const pausing = settings({ limits: { region: 10, group: 1, groupPause: 600_000 } });
    const ended = at('2026-12-01T18:03:00Z');
    const proven = { ...answered, group: 'web', finishedAt: ended };
    const later = { ...waiting(), status: 'Skipped', cause: 'operator', group: 'web' } as const;

    it.each<[string, Plan, string, string | undefined]>([
      ['the restart of the finished plan', proven, '2026-12-01T18:05:00Z', '2026-12-01T18:03:00Z'],
      [
        'the restart of a plan before it, where the finished one sent none',
        { ...later, formerEndedAt: ended, finishedAt: at('2026-12-01T18:04:00Z') },
        '2026-12-01T18:05:00Z',
        '2026-12-01T18:03:00Z',
      ],
      [
        'the later one of two restarts',
        { ...proven, formerEndedAt: at('2026-12-01T17:58:00Z') },
        '2026-12-01T18:05:00Z',
        '2026-12-01T18:03:00Z',
      ],
      ['nothing once the pause is over', proven, '2026-12-01T18:13:00Z', undefined],
      ['nothing without a restart', { ...later, finishedAt: ended }, '2026-12-01T18:05:00Z', undefined],
      ['nothing without a group', { ...answered, finishedAt: ended }, '2026-12-01T18:05:00Z', undefined],
    ])('remembers %s', (_, replaced, now, remembered) => {
      const row = written(planned(sighting([second()]), replaced, pausing, now));
      expect(row.formerEndedAt?.toString()).toBe(remembered);
    });

    it('keeps the group that pauses, where it ends at once', () => {
      const gone = sighting([second()], null);
      const row = written(planned(gone, proven, pausing, '2026-12-01T18:05:00Z'));
      expect(row).toMatchObject({ status: 'Escalated', group: 'web' });
      expect(row.formerEndedAt?.toString()).toBe('2026-12-01T18:03:00Z');
    });
  });

  it('never has the plan_id of an earlier plan of the instance', () => {
    const inquiring = event({ status: 'Inquiring' });
    const first = written(planned(sighting([inquiring])));
    const next = written(planned(sighting([inquiring, second()]), first));
    const avoided = finished({
      ...next,
      status: 'Avoided',
      intent: { at: at('2026-12-01T18:01:00Z') },
      eventIds: ['e-2'],
      sentEventIds: ['e-2'],
    });
    const last = written(planned(sighting([event()]), avoided));
    expect([first.planId, next.planId, last.planId]).toEqual(['e-1', 'e-1', 'e-1.3']);
  });

  it.each(['operator', 'unapproved', 'refused'] as const)(
    'keeps the events of the finished plan as former ones when a person decided or must decide: %s',
    (cause) => {
      const row = finished({ status: 'Escalated', cause, formerEventIds: ['e-0'] });
      expect(written(planned(sighting([second()]), row)).formerEventIds).toEqual(['e-1', 'e-0']);
    },
  );

  it('has no pinned time, and keeps the hold that nobody took away', () => {
    const row = finished({ status: 'Skipped', cause: 'tag', pinned: true, hold: 'ask Li' });
    const next = written(planned(sighting([second()]), row));
    expect(next).toMatchObject({ status: 'Planned', pinned: false, hold: 'ask Li', formerEventIds: [] });
    expect(next.reason).toMatchObject({ code: 'held', also: [{ code: 'in-window' }] });
    expect(next.timeline).toMatchObject([
      { by: 'operator', what: { code: 'hold-set', values: { why: 'ask Li' } } },
      { by: 'plan', what: { code: 'planned' } },
    ]);
  });
});

describe('the events of earlier plans', () => {
  it('stay in the row, at most a hundred, the newest first', () => {
    const row = finished({
      status: 'Skipped',
      cause: 'operator',
      formerEventIds: Array.from({ length: 100 }, (_, index) => `old-${index}`),
    });
    const { formerEventIds } = written(planned(sighting([second()]), row));
    expect(formerEventIds).toHaveLength(100);
    expect(formerEventIds.slice(0, 2)).toEqual(['e-1', 'old-0']);
    expect(formerEventIds.at(-1)).toBe('old-98');
  });
});
