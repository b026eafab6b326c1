// The time that an operator pinned: it is kept as far as the deadline, 30 minutes before NotBefore, allows.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { pinnedInterval } from '../../../lib/plan/planning/pinned.ts';
import { at, plain, tuesdayEvening, waiting, without } from '../samples.ts';
import { judgement } from './comparison.ts';

/** Pinned to Tuesday, 20:00 to 21:00 in Shanghai. */
function row(changes: Partial<Plan> = {}): Plan {
  return waiting({
    pinned: true,
    executeAt: at('2026-12-01T12:00:00Z'),
    latestStart: at('2026-12-01T13:00:00Z'),
    ...changes,
  });
}

function interval(plan: Plan, now: string = tuesdayEvening): unknown {
  const found = pinnedInterval(plan, judgement(), at(now));
  return found === undefined ? undefined : plain(found);
}

describe('a pinned interval', () => {
  it.each([
    ['before it begins', tuesdayEvening],
    ['at its first moment', '2026-12-01T12:00:00Z'],
    ['at its last moment', '2026-12-01T13:00:00Z'],
  ])('is kept %s', (_, now) => {
    expect(interval(row(), now)).toEqual({
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T13:00:00Z',
    });
  });

  it('is not kept once it passed', () => {
    expect(interval(row(), '2026-12-01T13:00:00.001Z')).toBeUndefined();
  });

  it('is kept if it is as long as the room to start, and not if it is shorter', () => {
    expect(interval(row({ latestStart: at('2026-12-01T12:03:00Z') }))).toEqual({
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T12:03:00Z',
    });
    expect(interval(row({ latestStart: at('2026-12-01T12:02:59Z') }))).toBeUndefined();
  });

  it('is kept until the deadline', () => {
    expect(interval(row({ latestStart: at('2026-12-03T01:30:00Z') }))).toEqual({
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it.each<[string, Plan]>([
    ['after the deadline', row({ latestStart: at('2026-12-03T01:30:00.001Z') })],
    ['before execute_at', row({ latestStart: at('2026-12-01T11:59:59Z') })],
    ['missing', without(row(), 'latestStart')],
  ])('ends at the deadline where latest_start is %s', (_, plan) => {
    expect(interval(plan)).toEqual({
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it('that ends at the deadline is not kept after it', () => {
    expect(interval(without(row(), 'latestStart'), '2026-12-03T01:30:00Z')).toBeDefined();
    expect(interval(without(row(), 'latestStart'), '2026-12-03T01:30:00.001Z')).toBeUndefined();
  });

  it('leaves the room to start before the deadline', () => {
    const last = { latestStart: at('2026-12-03T01:30:00Z') };
    expect(interval(row({ ...last, executeAt: at('2026-12-03T01:27:00Z') }))).toBeDefined();
    expect(interval(row({ ...last, executeAt: at('2026-12-03T01:27:00.001Z') }))).toBeUndefined();
  });

  it('is none where the row has no execute_at', () => {
    expect(interval(without(row(), 'executeAt'))).toBeUndefined();
  });
});
