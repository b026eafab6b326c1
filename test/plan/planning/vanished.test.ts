// What became of a waiting plan whose events are no longer open. The events say it. An event that is not listed says nothing.
import { describe, expect, it } from 'vitest';
import type { EventStatus } from '../../../lib/plan/event.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { endOfVanished, type Vanished } from '../../../lib/plan/planning/vanished.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  event,
  instance,
  oddEvent,
  second,
  settings,
  sighting,
  stamp,
  tuesdayEvening,
  waiting,
  without,
  unreadableSighting,
} from '../samples.ts';

const both = waiting({ eventIds: ['e-1', 'e-2'] });

function verdict(seen: Sighting, row: Plan = waiting(), now: string = tuesdayEvening): Vanished {
  return endOfVanished({ sighting: seen, row, settings: settings(), stamp: stamp(now), slotsOf: alone });
}

/** The verdict on a plan for two events that now show these statuses. */
function verdictOn(first: EventStatus, other: EventStatus): Vanished {
  return verdict(sighting([event({ status: first }), second({ status: other })]), both);
}

describe('a waiting plan whose event is over', () => {
  it.each([
    ['Canceled', 'Cleared', 'gone', state('answered-elsewhere', { avoided: [], canceled: ['e-1'] })],
    ['Avoided', 'Cleared', 'gone', state('answered-elsewhere', { avoided: ['e-1'], canceled: [] })],
    ['Executed', 'Missed', 'too-late', state('executed-before-us', { eventIds: ['e-1'] })],
    ['Failed', 'Escalated', 'gone', state('failed-before-us', { eventIds: ['e-1'] })],
  ] as const)('as %s ends as %s, never as Avoided', (shown, status, cause, reason) => {
    expect(verdict(sighting([event({ status: shown })]))).toEqual({
      kind: 'end',
      // Only the other ends need the attention of an operator.
      isPlain: status === 'Cleared',
      end: { status, cause, reason },
    });
  });

  it('says what became of each of two events', () => {
    expect(verdictOn('Avoided', 'Canceled')).toEqual({
      kind: 'end',
      isPlain: true,
      end: {
        status: 'Cleared',
        cause: 'gone',
        reason: state('answered-elsewhere', { avoided: ['e-1'], canceled: ['e-2'] }),
      },
    });
  });

  it.each([
    ['Canceled', 'Executed', 'Missed', state('executed-before-us', { eventIds: ['e-2'] })],
    ['Failed', 'Executed', 'Missed', state('executed-before-us', { eventIds: ['e-2'] })],
    ['Avoided', 'Failed', 'Escalated', state('failed-before-us', { eventIds: ['e-2'] })],
  ] as const)('where one is %s and one %s, ends as %s', (first, other, status, reason) => {
    expect(verdictOn(first, other)).toMatchObject({ kind: 'end', isPlain: false, end: { status, reason } });
  });

  it('ignores events of other plans', () => {
    const seen = sighting([event({ status: 'Canceled' }), event({ eventId: 'e-9', status: 'Executed' })]);
    expect(verdict(seen)).toMatchObject({ end: { status: 'Cleared' } });
  });
});

describe('a waiting plan whose event ECS does not list', () => {
  it('waits, and the operator gets a problem', () => {
    expect(verdict(sighting([]))).toEqual({
      kind: 'wait',
      problem: state('events-unlisted', { eventIds: ['e-1'], faults: [] }),
    });
  });

  it.each(['Canceled', 'Avoided', 'Executed', 'Failed'] as const)(
    'waits where ECS lists only the other event, as %s',
    (status) => {
      expect(verdict(sighting([event({ status })]), both)).toEqual({
        kind: 'wait',
        problem: state('events-unlisted', { eventIds: ['e-2'], faults: [] }),
      });
    },
  );

  it('waits where the event cannot be read, and the operator gets the fault', () => {
    expect(verdict(sighting([], instance(), [oddEvent()]))).toEqual({
      kind: 'wait',
      problem: state('events-unlisted', {
        eventIds: ['e-1'],
        faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
      }),
    });
  });

  it('waits at NotBefore', () => {
    expect(verdict(sighting([]), waiting(), '2026-12-03T02:00:00Z').kind).toBe('wait');
  });

  it('calls a person after NotBefore', () => {
    expect(verdict(sighting([]), waiting(), '2026-12-03T02:00:00.001Z')).toEqual({
      kind: 'end',
      isPlain: false,
      end: {
        status: 'Escalated',
        cause: 'odd-event',
        reason: state('unlisted-past-not-before', { eventIds: ['e-1'], faults: [] }),
      },
    });
  });

  it('calls a person where its row has no NotBefore', () => {
    expect(verdict(sighting([]), without(waiting(), 'notBefore'))).toMatchObject({
      kind: 'end',
      end: { status: 'Escalated', cause: 'odd-event' },
    });
  });

  it('is not taken for released where the instance cannot be read: it waits, and names the field', () => {
    expect(verdict(unreadableSighting([]))).toEqual({
      kind: 'wait',
      problem: state('events-unlisted', {
        eventIds: ['e-1'],
        faults: [{ what: 'Status of instance i-web-1', value: 'null', expected: 'a status' }],
      }),
    });
  });

  it('is Cleared where ECS does not list the instance either', () => {
    expect(verdict(sighting([], null))).toEqual({
      kind: 'end',
      isPlain: false,
      end: { status: 'Cleared', cause: 'gone', reason: state('released', { eventIds: ['e-1'] }) },
    });
  });

  it('waits where ECS does not list the instance and the event cannot be read', () => {
    expect(verdict(sighting([], null, [oddEvent()])).kind).toBe('wait');
  });
});
