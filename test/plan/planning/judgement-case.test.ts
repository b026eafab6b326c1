// What the clauses of a judgement look at: which events count, and in which order.
import { describe, expect, it } from 'vitest';
import {
  byNotBefore,
  caseOf,
  firstNotBefore,
  idsOf,
  type Case,
} from '../../../lib/plan/planning/judgement-case.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { event, instance, oddEvent, plain, settings, sighting, stamp } from '../samples.ts';

describe('the order of events', () => {
  const events = [
    event({ eventId: 'e-1', notBefore: '2026-12-03T02:00:00Z' }),
    event({ eventId: 'e-2', notBefore: '2026-12-02T12:00:00Z' }),
    event({ eventId: 'e-0', notBefore: '2026-12-03T02:00:00Z' }),
  ];

  it('goes by NotBefore and then by id, never by the order of ECS’s list', () => {
    expect(idsOf([...events].sort(byNotBefore))).toEqual(['e-2', 'e-0', 'e-1']);
    expect(idsOf([...events].reverse().sort(byNotBefore))).toEqual(['e-2', 'e-0', 'e-1']);
  });

  it('keeps two entries of the same event together', () => {
    expect(byNotBefore(event(), event())).toBe(0);
  });
});

describe('the ids of events', () => {
  it('leave out an event without an id', () => {
    expect(idsOf([{ eventId: 'e-1' }, {}, { eventId: 'e-2' }])).toEqual(['e-1', 'e-2']);
  });
});

describe('the first NotBefore', () => {
  it('is the earliest of the events that have one', () => {
    const later = event({ notBefore: '2026-12-05T08:00:00Z' });
    expect(firstNotBefore([oddEvent(), later, event()])?.toString()).toBe('2026-12-03T02:00:00Z');
  });

  it('is undefined where no event has one', () => {
    expect(firstNotBefore([oddEvent()])).toBeUndefined();
    expect(firstNotBefore([])).toBeUndefined();
  });
});

describe('the case of a question', () => {
  const ofSighting = (seen: Sighting): Case =>
    caseOf({ sighting: seen, settings: settings(), stamp: stamp(), slotsOf: alone });
  const inEcs = { text: 'daily 04:00-05:00', timeZone: 'UTC' };

  it('sorts the events: open, of our type, Scheduled', () => {
    const seen = sighting([
      event({ eventId: 'e-5', status: 'Avoided' }),
      event({ eventId: 'e-4', status: 'Executing' }),
      event({ eventId: 'e-3', status: 'Inquiring' }),
      event({ eventId: 'e-2', type: 'SystemFailure.Redeploy' }),
      event({ eventId: 'e-1' }),
    ]);
    const { open, ours, scheduled } = ofSighting(seen);
    expect(idsOf(open)).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
    expect(idsOf(ours)).toEqual(['e-1', 'e-3', 'e-4']);
    expect(idsOf(scheduled)).toEqual(['e-1']);
  });

  it('states each event that cannot be read', () => {
    const odd = [oddEvent(), oddEvent({ eventId: 'e-2', faults: [] })];
    const { oddProblems } = ofSighting(sighting([], instance(), odd));
    expect(plain(oddProblems)).toEqual([
      {
        code: 'odd-event',
        values: {
          faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
        },
      },
      { code: 'odd-event', values: { faults: [] } },
    ]);
  });

  it('has the window of ECS and its rules where no tag says when', () => {
    const { ecsWindow, rules } = ofSighting({ ...sighting(), ecsWindow: inEcs });
    expect(ecsWindow).toEqual({ text: 'daily 04:00-05:00', timeZone: 'UTC' });
    expect(rules.windowText).toBe('daily 04:00-05:00 UTC');
  });

  it('has no window of ECS where a tag says when, readable or not', () => {
    for (const window of ['Sat 01:00-02:00', 'nonsense']) {
      const tagged = instance({ tags: { 'reboot-planner:window': window } });
      expect(ofSighting({ ...sighting([event()], tagged), ecsWindow: inEcs }).ecsWindow).toBeUndefined();
    }
  });

  it('has no window of ECS where the owner set none', () => {
    const { ecsWindow, rules } = ofSighting({ ...sighting(), ecsWindow: 'none' });
    expect(ecsWindow).toBeUndefined();
    expect(rules.windowText).toBe('daily 02:00-05:00 Asia/Shanghai');
  });
});
