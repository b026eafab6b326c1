// What became of a waiting plan whose events are no longer open: told from the events, never from their absence.
import { describe, expect, it } from 'vitest';
import type { EventStatus } from '../../../lib/plan/event.ts';
import { endingOfVanished, type Vanished } from '../../../lib/plan/planning/vanished.ts';
import { at, event, instance, oddEvent, sighting, tuesdayEvening, waiting } from '../samples.ts';

const both = waiting({ eventIds: ['e-1', 'e-2'] });

/** The ending of a plan for two events that now show these statuses. */
function endingOf(first: EventStatus, second: EventStatus): Vanished {
  return endingOfVanished(
    both,
    sighting([event({ status: first }), event({ eventId: 'e-2', status: second })]),
    at(tuesdayEvening),
  );
}

describe('a waiting plan whose event is over', () => {
  it.each([
    ['Canceled', 'Cleared', 'gone', 'Nothing left to do: ECS cancelled event e-1.'],
    [
      'Avoided',
      'Cleared',
      'gone',
      'Nothing left to do: somebody else restarted the instance, which answered event e-1.',
    ],
    ['Executed', 'Missed', 'too-late', 'ECS carried out event e-1 by itself before we could.'],
    [
      'Failed',
      'Escalated',
      'gone',
      'ECS reports event e-1 as Failed. Look at the instance and at the event in the ECS console.',
    ],
  ] as const)('as %s ends as %s, never as Avoided', (shown, status, cause, reason) => {
    expect(endingOfVanished(waiting(), sighting([event({ status: shown })]), at(tuesdayEvening))).toEqual({
      kind: 'end',
      // An operator is troubled with the bad endings only.
      isPlain: status === 'Cleared',
      status,
      cause,
      reason,
    });
  });

  it('tells what became of each of several', () => {
    expect(endingOf('Avoided', 'Canceled')).toMatchObject({
      status: 'Cleared',
      reason:
        'Nothing left to do: somebody else restarted the instance, which answered event e-1; ECS cancelled event e-2.',
    });
  });

  it('takes the worst of several', () => {
    expect(endingOf('Canceled', 'Executed')).toMatchObject({ status: 'Missed' });
    expect(endingOf('Failed', 'Executed')).toMatchObject({ status: 'Missed' });
    expect(endingOf('Avoided', 'Failed')).toMatchObject({ status: 'Escalated' });
  });

  it('does not mind events that are not its own', () => {
    const seen = sighting([event({ status: 'Canceled' }), event({ eventId: 'e-9', status: 'Executed' })]);
    expect(endingOfVanished(waiting(), seen, at(tuesdayEvening))).toMatchObject({ status: 'Cleared' });
  });
});

describe('a waiting plan whose event is merely gone', () => {
  it('goes on waiting, and the operator is told', () => {
    expect(endingOfVanished(waiting(), sighting([]), at(tuesdayEvening))).toEqual({
      kind: 'wait',
      problem: 'ECS no longer tells of event e-1; nothing is rebooted unless it does.',
    });
  });

  it('goes on waiting where only one of its events is told of, whatever that one shows', () => {
    const seen = sighting([event({ status: 'Canceled' })]);
    expect(endingOfVanished(both, seen, at(tuesdayEvening))).toEqual({
      kind: 'wait',
      problem: 'ECS no longer tells of event e-2; nothing is rebooted unless it does.',
    });
  });

  it('goes on waiting where the event cannot be read, and the operator is told why', () => {
    const odd = oddEvent();
    expect(endingOfVanished(waiting(), sighting([], instance(), [odd]), at(tuesdayEvening))).toEqual({
      kind: 'wait',
      problem: `ECS no longer tells of event e-1; nothing is rebooted unless it does. ${odd.fault}`,
    });
  });

  it('waits until NotBefore and not for ever: then it needs a person', () => {
    expect(endingOfVanished(waiting(), sighting([]), at('2026-12-03T02:00:00Z')).kind).toBe('wait');
    expect(endingOfVanished(waiting(), sighting([]), at('2026-12-03T02:00:00.001Z'))).toMatchObject({
      kind: 'end',
      status: 'Escalated',
      reason:
        'ECS no longer tells of event e-1 and NotBefore has passed; nothing was rebooted. Look at the event in the ECS console.',
    });
  });

  it('is Cleared where the instance is gone too', () => {
    expect(endingOfVanished(waiting(), sighting([], null), at(tuesdayEvening))).toMatchObject({
      kind: 'end',
      status: 'Cleared',
      reason: 'ECS knows neither the instance nor event e-1 any more; the instance was probably released.',
    });
  });

  it('is not Cleared where the instance is gone but the event cannot be read', () => {
    const seen = sighting([], null, [oddEvent()]);
    expect(endingOfVanished(waiting(), seen, at(tuesdayEvening)).kind).toBe('wait');
  });
});
