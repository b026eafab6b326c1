// Plans that an execution works on. Planning does not disturb them: it notes and reports what it sees.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  instance,
  oddEvent,
  optedOut,
  outcome,
  plain,
  planned,
  preparing,
  second,
  settings,
  sighting,
  verifying,
  written,
} from '../samples.ts';

describe('a plan that has begun', () => {
  // A minute before the lease of `preparing` ends.
  const meanwhile = '2026-12-01T18:02:30Z';

  const rebooting = (changes: Partial<Plan> = {}): Plan =>
    preparing({
      status: 'Rebooting',
      reason: state('sending', {}),
      intent: { at: at('2026-12-01T18:02:00Z') },
      ...changes,
    });
  const rowIn = { Preparing: preparing, Rebooting: rebooting };

  it.each(['Preparing', 'Rebooting'] as const)('is left alone in %s, whatever ECS shows', (status) => {
    const row = rowIn[status]();
    for (const seen of [
      sighting(),
      sighting([]),
      sighting([event({ status: 'Canceled' })]),
      sighting([event()], optedOut),
      sighting([event()], null),
    ]) {
      expect(planned(seen, row, settings(), meanwhile)).toEqual({ kind: 'unchanged', problems: [] });
    }
  });

  it.each(['Preparing', 'Rebooting'] as const)(
    'is left alone in %s when ECS announces another event, and the event is reported',
    (status) => {
      const row = rowIn[status]();
      expect(planned(sighting([event(), second()]), row, settings(), meanwhile)).toEqual({
        kind: 'unchanged',
        problems: [state('announced-before-send', { eventIds: ['e-2'] })],
      });
    },
  );

  it('stays as it is when another event cannot be read, and the event is reported', () => {
    const seen = sighting([event()], instance(), [oddEvent({ eventId: 'e-9' })]);
    expect(planned(seen, preparing(), settings(), meanwhile)).toEqual({
      kind: 'unchanged',
      problems: [
        state('odd-event', {
          faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
        }),
      ],
    });
  });

  it('notes in Verifying an event that ECS announced meanwhile', () => {
    const planning = planned(sighting([event(), second()]), verifying(), settings(), meanwhile);
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      status: 'Verifying',
      eventIds: ['e-1'],
      laterEventIds: ['e-2'],
      version: 5,
      timeline: [{}, { what: { code: 'announced-meanwhile', values: { eventIds: ['e-2'] } } }],
    });
  });

  it('notes such an event once', () => {
    const row = verifying({ laterEventIds: ['e-2'] });
    expect(planned(sighting([event(), second()]), row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('does not note an event of an earlier plan', () => {
    const row = verifying({ formerEventIds: ['e-0'] });
    const seen = sighting([event({ eventId: 'e-0' }), event()]);
    expect(planned(seen, row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('is due at once when a person set its lease more than an hour ahead', () => {
    const lease = { owner: 'execution-1', until: at('2026-12-01T19:03:00Z') };
    for (const row of [preparing({ lease }), rebooting({ lease })]) {
      expect(plain(written(planned(sighting(), row, settings(), meanwhile)))).toMatchObject({
        status: row.status,
        lease: { owner: 'execution-1', until: '2026-12-01T18:02:30Z' },
      });
    }
  });

  it('is due at once when a person set its next look more than an hour ahead', () => {
    const row = verifying({ nextLook: at('2026-12-01T19:03:00Z') });
    expect(plain(written(planned(sighting(), row, settings(), meanwhile)))).toMatchObject({
      status: 'Verifying',
      nextLook: '2026-12-01T18:02:30Z',
    });
  });

  it('is left alone up to a lease of exactly one hour, and a longer one is reported', () => {
    const leased = (until: string): Plan => preparing({ lease: { owner: 'execution-1', until: at(until) } });
    expect(planned(sighting(), leased('2026-12-01T19:02:30Z'), settings(), meanwhile).kind).toBe('unchanged');
    expect(planned(sighting(), leased('2026-12-01T19:02:30.001Z'), settings(), meanwhile)).toMatchObject({
      kind: 'updated',
      problems: [state('due-too-far', {})],
    });
  });
});
