// What an approval is for.
import { describe, expect, it } from 'vitest';
import { grantOf, isGrantedFor, kindOf, type IntervalKind } from '../../lib/plan/approval.ts';
import { waiting, without } from './samples.ts';

describe('the kind of an interval', () => {
  it('is the decision of the planner, unless a person pinned the time', () => {
    expect(kindOf(waiting({ decision: 'soonest' }))).toBe('soonest');
    expect(kindOf(waiting({ decision: 'soonest', pinned: true }))).toBe('pinned');
    expect(kindOf(without(waiting(), 'decision'))).toBeUndefined();
  });
});

describe('a grant', () => {
  it('is for what its columns say', () => {
    const plan = waiting({ approval: 'granted', approvedEvents: ['e-7'], approvedDecision: 'last-resort' });
    expect(grantOf(plan)).toEqual({
      approval: 'granted',
      approvedEvents: ['e-7'],
      approvedDecision: 'last-resort',
    });
  });

  it('without such columns is for what the plan says itself', () => {
    expect(grantOf(waiting({ approval: 'granted', eventIds: ['e-1', 'e-2'] }))).toEqual({
      approval: 'granted',
      approvedEvents: ['e-1', 'e-2'],
      approvedDecision: 'window',
    });
  });

  it.each(['not-required', 'required'] as const)('is none where approval is %s', (approval) => {
    expect(
      grantOf(waiting({ approval, approvedEvents: ['e-1'], approvedDecision: 'window' })),
    ).toBeUndefined();
  });

  it('is none where nobody knows the kind of the interval', () => {
    expect(grantOf(without(waiting({ approval: 'granted' }), 'decision'))).toBeUndefined();
  });

  it.each<[what: string, eventIds: string[], isGranted: boolean]>([
    ['its event', ['e-1'], true],
    ['both of its events, in another order', ['e-2', 'e-1'], true],
    ['one event more', ['e-1', 'e-2', 'e-3'], false],
    ['another event', ['e-3'], false],
  ])('counts for %s: %j → %s', (_, eventIds, isGranted) => {
    const plan = waiting({ approval: 'granted', approvedEvents: ['e-1', 'e-2'], approvedDecision: 'window' });
    expect(isGrantedFor(plan, eventIds, 'window')).toBe(isGranted);
  });

  const kinds: [granted: IntervalKind, kind: IntervalKind | undefined, isGranted: boolean][] = [
    ['window', 'window', true],
    ['window', 'last-resort', false],
    ['window', 'soonest', false],
    ['window', 'pinned', true],
    ['last-resort', 'window', true],
    ['last-resort', 'last-resort', true],
    ['last-resort', 'soonest', false],
    ['last-resort', 'pinned', true],
    ['soonest', 'window', true],
    ['soonest', 'last-resort', false],
    ['soonest', 'soonest', true],
    ['soonest', 'pinned', true],
    ['pinned', 'window', false],
    ['pinned', 'last-resort', false],
    ['pinned', 'soonest', false],
    ['pinned', 'pinned', true],
    ['window', undefined, false],
  ];
  it.each(kinds)('for %s counts for %s: %s', (approvedDecision, kind, isGranted) => {
    const plan = waiting({ approval: 'granted', approvedEvents: ['e-1'], approvedDecision });
    expect(isGrantedFor(plan, ['e-1'], kind)).toBe(isGranted);
  });
});
