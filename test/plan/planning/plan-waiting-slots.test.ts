// A waiting plan and the slots that the other plans of its region leave.
import { describe, expect, it } from 'vitest';
import { isAfter } from '../../../lib/plan/calendar/instant.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { planInstance } from '../../../lib/plan/planning/plan-instance.ts';
import type { Proposal } from '../../../lib/plan/planning/proposal.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import type { Slots } from '../../../lib/plan/spacing/slots.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  instance,
  outcome,
  planned,
  rulesRecord,
  settings,
  sighting,
  stamp,
  tuesdayEvening,
  waiting,
  written,
} from '../samples.ts';
import { freeFrom, slotsWhere } from './comparison.ts';

const grouped = instance({ tags: { 'reboot-planner:group': 'web' } });
const row = (changes: Partial<Plan> = {}): Plan => waiting({ group: 'web', ...changes });

/** What planning makes of the row where the others leave these slots. */
function plannedIn(
  slots: Slots,
  plan: Plan,
  { now = tuesdayEvening, rules = settings() }: { now?: string; rules?: PlannerSettings } = {},
): Proposal {
  return planInstance({
    sighting: sighting([event()], grouped),
    row: plan,
    settings: rules,
    stamp: stamp(now),
    slotsOf: () => slots,
  });
}

const noSlot = slotsWhere(() => undefined, { region: 10, group: { name: 'web', limit: 1 } });

/** The entry of the timeline: planned for this time, for this reason. */
function plannedFor(time: string, why: Statement): object {
  return { what: state('planned', { status: 'Planned', at: time, timeZone: 'Asia/Shanghai', why }) };
}

describe('a waiting plan and its slot', () => {
  it('keeps a later slot although an earlier one is free now', () => {
    const kept = row({ executeAt: at('2026-12-01T19:00:00Z') });
    expect(plannedIn(freeFrom('2026-12-01T18:00:00Z'), kept).kind).toBe('unchanged');
  });

  it('moves to the next free slot when others need its own', () => {
    expect(outcome(plannedIn(freeFrom('2026-12-01T18:30:00Z'), row()))).toMatchObject({
      kind: 'updated',
      decision: 'window',
      executeAt: '2026-12-01T18:30:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      timeline: [{}, plannedFor('2026-12-01T18:30:00Z', state('slot-taken', {}))],
    });
  });

  it('becomes a last resort where no slot is free, and the operator gets the limits', () => {
    const moved = plannedIn(noSlot, row());
    expect(outcome(moved)).toMatchObject({ decision: 'last-resort', executeAt: '2026-12-03T00:00:00Z' });
    expect(moved.problems).toEqual([
      state('last-resort', {
        window: 'daily 02:00-05:00 Asia/Shanghai',
        slotMs: 900_000,
        notBefore: '2026-12-03T02:00:00Z',
        timeZone: 'Asia/Shanghai',
        crowd: { region: 10, group: { name: 'web', limit: 1 } },
        at: '2026-12-03T00:00:00Z',
        isFull: true,
        isMoved: false,
        since: '2026-12-01T10:00:00Z',
      }),
    ]);
    expect(moved.problems).toEqual([written(moved).reason]);
  });

  it('is left to ECS where no slot is free and the policy is leave', () => {
    const leave = { rules: settings({}, { noWindow: 'leave' }) };
    const record = rulesRecord({ noWindow: 'leave' });
    delete record.lastResortLead;
    const left = row({ rules: record });
    expect(outcome(plannedIn(noSlot, left, leave))).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'policy',
    });
  });

  it.each([
    ['first', '2026-12-01T18:00:00Z'],
    ['last', '2026-12-01T20:45:00Z'],
  ])('stands without a free slot at the %s moment of its interval: execution spaces it', (_, now) => {
    expect(plannedIn(noSlot, row(), { now }).kind).toBe('unchanged');
  });

  it('stands without a free slot where it is pinned', () => {
    expect(plannedIn(noSlot, row({ pinned: true })).kind).toBe('unchanged');
  });
});

describe('a waiting plan that is a last resort', () => {
  const resort = row({
    decision: 'last-resort',
    executeAt: at('2026-12-03T00:00:00Z'),
    latestStart: at('2026-12-03T01:30:00Z'),
  });
  /** No window has a slot: the last one ends on Thursday at 05:00 in Shanghai. */
  const afterWindows = slotsWhere((first) =>
    isAfter(first, at('2026-12-02T22:00:00Z')) ? first : undefined,
  );

  it('moves into a window that has room again', () => {
    expect(outcome(plannedIn(freeFrom('2026-12-01T18:15:00Z'), resort))).toMatchObject({
      kind: 'updated',
      decision: 'window',
      executeAt: '2026-12-01T18:15:00Z',
      timeline: [{}, plannedFor('2026-12-01T18:15:00Z', state('window-has-room', {}))],
    });
  });

  it.each([
    ['at its lead', {}],
    ['at a later time that it was given', { executeAt: at('2026-12-03T00:40:00Z') }],
  ])('stands %s while no window has room', (_, edit) => {
    expect(plannedIn(afterWindows, { ...resort, ...edit }).kind).toBe('unchanged');
  });

  it.each([
    ['begins before its lead', { executeAt: at('2026-12-02T23:59:59Z') }],
    ['has another latest_start', { latestStart: at('2026-12-03T01:31:00Z') }],
    ['begins after its latest_start', { executeAt: at('2026-12-03T01:30:01Z') }],
    ['has another policy', { decision: 'soonest' }],
  ] as const)('is corrected where it %s', (_, edit) => {
    expect(outcome(plannedIn(afterWindows, { ...resort, ...edit }))).toMatchObject({
      decision: 'last-resort',
      executeAt: '2026-12-03T00:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });
});

describe('a waiting plan whose instance', () => {
  it.each([
    ['joins a group', 'web', undefined, state('group-changed', { group: 'web' })],
    ['changes its group', 'web', 'db', state('group-changed', { group: 'web' })],
    ['leaves its group', undefined, 'web', state('group-changed', {})],
  ] as const)('%s is planned again once', (_, tag, group, why) => {
    const tags: Record<string, string> = tag === undefined ? {} : { 'reboot-planner:group': tag };
    const seen = sighting([event()], instance({ tags }));
    const moved = planned(seen, waiting(group === undefined ? {} : { group }));
    expect(outcome(moved)).toMatchObject({ kind: 'updated', timeline: [{}, {}] });
    expect(written(moved).timeline[1]).toEqual({
      ...stamp(),
      ...plannedFor('2026-12-01T18:00:00Z', why),
    });
    expect(written(moved).group).toBe(tag);
    expect(planned(seen, written(moved)).kind).toBe('unchanged');
  });
});
