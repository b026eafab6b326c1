// Open events of a plan that only the history knows: they are never planned anew without a person.
import { describe, expect, it } from 'vitest';
import { forgottenBeside, openIn, planForgotten } from '../../../lib/plan/planning/plan-forgotten.ts';
import type { PastPlan } from '../../../lib/plan/planning/past.ts';
import type { Proposal } from '../../../lib/plan/planning/proposal.ts';
import type { Question } from '../../../lib/plan/planning/question.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import {
  at,
  event,
  finished,
  instance,
  oddEvent,
  outcome,
  second,
  settings,
  sighting,
  stamp,
} from '../samples.ts';

const sent: PastPlan = {
  planId: 'e-1',
  status: 'Escalated',
  sentAt: at('2026-11-30T18:05:00Z'),
  version: 9,
  closedEventIds: ['e-1'],
};

function question(changes: Partial<Question> = {}): Question {
  return {
    sighting: sighting(),
    row: undefined,
    settings: settings(),
    stamp: stamp(),
    slotsOf: alone,
    past: [sent],
    ...changes,
  };
}

function found(changes: Partial<Question> = {}): unknown {
  const proposal: Proposal | undefined = planForgotten(question(changes));
  return proposal && outcome(proposal);
}

describe('an open event that only the history knows', () => {
  it('gets a row that waits for a person, and says which plan had it and when its restart was sent', () => {
    const reason = {
      code: 'in-history',
      values: {
        eventIds: ['e-1'],
        planId: 'e-1',
        status: 'Escalated',
        sentAt: '2026-11-30T18:05:00Z',
        timeZone: 'Asia/Shanghai',
      },
    };
    expect(found()).toMatchObject({
      kind: 'created',
      status: 'Escalated',
      cause: 'in-history',
      eventIds: ['e-1'],
      notBefore: '2026-12-03T02:00:00Z',
      reason,
    });
    expect(planForgotten(question())?.problems).toEqual([reason]);
  });

  it('is said to be of a plan that a person ended, where nothing was sent', () => {
    const skipped: PastPlan = { planId: 'e-1', status: 'Skipped', version: 4, closedEventIds: ['e-1'] };
    expect(found({ past: [skipped] })).toMatchObject({
      reason: {
        values: { eventIds: ['e-1'], planId: 'e-1', status: 'Skipped', timeZone: 'Asia/Shanghai' },
      },
    });
  });

  it('gets one also where it cannot be read', () => {
    expect(found({ sighting: sighting([], instance(), [oddEvent()]) })).toMatchObject({
      status: 'Escalated',
      eventIds: ['e-1'],
    });
  });

  it('takes no row from another event that is open', () => {
    const row = finished({ status: 'Avoided', eventIds: ['e-2'] });
    expect(found({ sighting: sighting([event(), second()]), row })).toBe(undefined);
    expect(found({ sighting: sighting([event(), second({ status: 'Avoided' })]), row })).toMatchObject({
      status: 'Escalated',
      eventIds: ['e-1'],
    });
  });

  it('is none of ours where the row or nobody knows it, or no history was read', () => {
    expect(found({ row: finished({ status: 'Escalated' }) })).toBe(undefined);
    expect(found({ sighting: sighting([second()]) })).toBe(undefined);
    expect(planForgotten({ ...question(), past: [] })).toBe(undefined);
    const unread: Question = question();
    delete unread.past;
    expect(planForgotten(unread)).toBe(undefined);
  });

  it('is named beside the events that the row is about', () => {
    const row = finished({ status: 'Avoided', eventIds: ['e-2'] });
    const both = sighting([event(), second()]);
    expect(forgottenBeside(question({ sighting: both, row }))).toEqual([
      { code: 'earlier-open', values: { eventIds: ['e-1'] } },
    ]);
    expect(forgottenBeside(question({ sighting: sighting([second()]), row }))).toEqual([]);
  });
});

it('what ECS carries out already is not open any more, and what cannot be read is', () => {
  const ids = openIn(
    sighting(
      [event(), second({ status: 'Executing' }), event({ eventId: 'e-3', status: 'Canceled' })],
      instance(),
      [oddEvent({ eventId: 'e-4' })],
    ),
  ).map(({ eventId }) => eventId);
  expect(ids).toEqual(['e-1', 'e-4']);
});
