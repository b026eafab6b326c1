// Finished plans for which a restart may have been sent. They get no second one.
import { describe, expect, it } from 'vitest';
import type { SystemEvent } from '../../../lib/plan/event.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, event, finished, outcome, planned, second, sighting, written } from '../samples.ts';

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
