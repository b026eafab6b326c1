// Plans under way: an execution holds them, so planning notes what happens meanwhile and disturbs nothing.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import {
  at,
  event,
  instance,
  oddEvent,
  optedOut,
  outcome,
  planned,
  preparing,
  second,
  settings,
  sighting,
  verifying,
  written,
} from '../samples.ts';

describe('a plan that has begun', () => {
  // A minute before the lease of `preparing` and the next look of `verifying` come.
  const meanwhile = '2026-12-01T18:02:30Z';

  it.each(['Preparing', 'Rebooting'] as const)('in %s is left alone, whatever ECS says', (status) => {
    const row = preparing({ status });
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
    'in %s is left alone, too, when ECS announces another event, which is reported',
    (status) => {
      const row = preparing({ status });
      expect(planned(sighting([event(), second()]), row, settings(), meanwhile)).toEqual({
        kind: 'unchanged',
        problems: [
          'ECS announced event e-2 just as the instance is being restarted; looked at at the next tick.',
        ],
      });
    },
  );

  it('reports an event that cannot be read', () => {
    const seen = sighting([event()], instance(), [oddEvent({ eventId: 'e-9' })]);
    expect(planned(seen, preparing(), settings(), meanwhile)).toEqual({
      kind: 'unchanged',
      problems: ['Event e-1: NotBefore is "soon", expected an ISO 8601 time.'],
    });
  });

  it('and is being verified notes an event that was announced meanwhile', () => {
    const planning = planned(sighting([event(), second()]), verifying(), settings(), meanwhile);
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      status: 'Verifying',
      eventIds: ['e-1'],
      laterEventIds: ['e-2'],
      version: 5,
      timeline: [
        {},
        { what: 'ECS announced event e-2 while the restart was under way; looked at when it ends.' },
      ],
    });
  });

  it('notes such an event once', () => {
    const row = verifying({ laterEventIds: ['e-2'] });
    expect(planned(sighting([event(), second()]), row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('does not take an event of an earlier plan for a new one', () => {
    const row = verifying({ formerEventIds: ['e-0'] });
    const seen = sighting([event({ eventId: 'e-0' }), event()]);
    expect(planned(seen, row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('is brought back where a person set its lease or its next look more than an hour ahead', () => {
    const lease = { owner: 'execution-1', until: at('2026-12-01T19:03:00Z') };
    for (const status of ['Preparing', 'Rebooting'] as const) {
      const row = preparing({ status, lease });
      expect(written(planned(sighting(), row, settings(), meanwhile)).lease).toEqual({
        owner: 'execution-1',
        until: at(meanwhile),
      });
    }
    const looking = verifying({ nextLook: at('2026-12-01T19:03:00Z') });
    expect(written(planned(sighting(), looking, settings(), meanwhile)).nextLook).toEqual(at(meanwhile));
  });

  it('is left alone where its lease or its next look is an hour ahead, and not a moment more', () => {
    const leased = (until: string): Plan => preparing({ lease: { owner: 'execution-1', until: at(until) } });
    expect(planned(sighting(), leased('2026-12-01T19:02:30Z'), settings(), meanwhile).kind).toBe('unchanged');
    expect(planned(sighting(), leased('2026-12-01T19:02:30.001Z'), settings(), meanwhile)).toMatchObject({
      kind: 'updated',
      problems: ['The row was edited by hand to be looked at only much later; it is looked at now.'],
    });
  });
});
