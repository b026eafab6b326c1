// Situations that once went wrong, most of them two things happening at the same time.
import { describe, expect, it } from 'vitest';
import { planInstance } from '../../lib/plan/planning.ts';
import { judgeBeforeReboot } from '../../lib/plan/verdict-before.ts';
import { judgeAfterReboot } from '../../lib/plan/verdict-after.ts';
import { allowedStretches } from '../../lib/plan/window.ts';
import { decide } from '../../lib/plan/schedule.ts';
import {
  at,
  calendar,
  event,
  finished,
  instance,
  minute,
  oddEvent,
  plain,
  preparing,
  rules,
  settings,
  sighting,
  stamp,
  verifying,
  waiting,
  written,
} from './world.ts';

const sent = { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } as const;
const later = '2026-12-09T02:00:00Z';

describe('a finished plan for which a restart may have been sent', () => {
  it.each([
    ['waits for an answer', event({ eventId: 'e-2', status: 'Inquiring', notBefore: later })],
    ['is under way', event({ eventId: 'e-2', status: 'Executing', notBefore: '2026-12-01T09:00:00Z' })],
    ['is of another type', event({ eventId: 'e-2', type: 'SystemFailure.Redeploy', notBefore: later })],
  ])('gets no second restart for its own open event because another event %s', (_, other) => {
    const row = finished({ status: 'Escalated', intent: sent });
    const planning = planInstance(sighting([event(), other]), row, settings(), stamp());
    if (planning.kind !== 'unchanged') {
      expect(planning.plan.status).not.toBe('Planned');
      expect(planning.plan.planId).not.toBe(row.planId);
    }
  });
  it('an operator’s no is not overruled by an event that waits for an answer', () => {
    const row = finished({ status: 'Skipped', cause: 'operator' });
    const other = event({ eventId: 'e-2', status: 'Inquiring', notBefore: later });
    const planning = planInstance(sighting([event(), other]), row, settings(), stamp());
    expect(planning.kind === 'unchanged' ? 'unchanged' : planning.plan.status).not.toBe('Planned');
  });
});

it('a plan_id is never used by two plans of an instance', () => {
  const inquiring = event({ status: 'Inquiring' });
  const first = written(planInstance(sighting([inquiring]), undefined, settings(), stamp()));
  const second = written(
    planInstance(sighting([inquiring, event({ eventId: 'e-2' })]), first, settings(), stamp()),
  );
  const avoided = finished({ ...second, status: 'Avoided', intent: sent });
  const third = written(
    planInstance(sighting([inquiring]), avoided, settings(), stamp('2026-12-01T19:00:00Z')),
  );
  expect(third.planId).not.toBe(avoided.planId);
});

describe('planning twice changes nothing', () => {
  it.each([
    [
      'an odd event beside one that waits for an answer',
      sighting([event({ status: 'Inquiring' })], instance(), [oddEvent({ eventId: 'e-4' })]),
    ],
    [
      'an event under way beside one that waits for an answer',
      sighting([event({ status: 'Executing' }), event({ eventId: 'e-3', status: 'Inquiring' })]),
    ],
    [
      'events in ECS’s order',
      sighting([event({ eventId: 'e-3', status: 'Inquiring' }), event({ status: 'Inquiring' })]),
    ],
    [
      'an event that is over beside one of another type',
      sighting([event({ status: 'Avoided' }), event({ eventId: 'e-2', type: 'SystemFailure.Redeploy' })]),
    ],
  ])('for %s', (_, seen) => {
    const row = written(planInstance(seen, undefined, settings(), stamp()));
    expect(planInstance(seen, row, settings(), stamp()).kind).toBe('unchanged');
  });
});

it('an event under way keeps the instance from being restarted for another one', () => {
  const underWay = event({ eventId: 'e-0', status: 'Executing', notBefore: '2026-12-01T17:55:00Z' });
  const row = written(planInstance(sighting([underWay, event()]), undefined, settings(), stamp()));
  expect(row).toMatchObject({ status: 'Planned', eventIds: ['e-1', 'e-0'] });
  const verdict = judgeBeforeReboot(
    row,
    sighting([underWay, event()]),
    settings(),
    stamp('2026-12-01T18:01:00Z'),
  );
  expect(verdict).toMatchObject({
    kind: 'later',
    reason: 'Event e-0 cannot be confirmed as Scheduled. It is Executing.',
  });
});

describe('a pinned plan', () => {
  const pinned = waiting({
    pinned: true,
    executeAt: at('2026-12-03T01:45:00Z'),
    latestStart: at('2026-12-03T01:55:00Z'),
  });
  it('whose interval lies behind the safety margin is told of or planned again at once, not Missed in the end', () => {
    const planning = planInstance(sighting(), pinned, settings(), stamp());
    expect(planning.kind !== 'unchanged' || planning.problems.length > 0).toBe(true);
  });
  it('outside every window is not ended by NO_WINDOW=leave', () => {
    const row = waiting({
      pinned: true,
      executeAt: at('2026-12-01T12:00:00Z'),
      latestStart: at('2026-12-01T13:00:00Z'),
    });
    const leave = settings(
      {},
      { noWindow: 'leave', calendar: calendar('Sat 02:00-05:00'), windowText: 'Sat' },
    );
    expect(planInstance(sighting(), row, leave, stamp()).kind).toBe('unchanged');
  });
});

it('a restarted instance that does not run is watched on, although ECS cancelled its event', () => {
  const seen = sighting([event({ status: 'Canceled' })], instance({ status: 'Stopped' }));
  expect(judgeAfterReboot(verifying(), seen, at('2026-12-01T18:05:00Z')).kind).toBe('watch');
});

it('observe does not claim to have been about to restart before execute_at', () => {
  const found = judgeBeforeReboot(
    preparing(),
    sighting(),
    settings({ mode: 'observe' }),
    stamp('2026-12-01T17:00:00Z'),
  );
  expect(found.kind).not.toBe('observed');
});

it('a blackout of a day that a zone skips closes nothing', () => {
  const found = allowedStretches(
    calendar('always', 'Pacific/Apia', '2011-12-30'),
    at('2011-12-30T00:00:00Z'),
    at('2011-12-31T00:00:00Z'),
  );
  expect(plain(found)).toEqual([{ start: '2011-12-28T00:00:00Z', end: '2012-01-02T00:00:00Z' }]);
});

it('a last resort names the time that it is planned for', () => {
  const decision = decide(
    at('2026-12-01T10:00:00Z'),
    at('2026-12-01T16:00:00Z'),
    rules({ calendar: calendar('Sat 02:00-05:00', 'UTC'), lastResortLead: 10 * minute }),
  );
  expect(decision.reason).toContain('15:30');
});
