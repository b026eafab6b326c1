// The reason of a last resort that says that no slot is free, while the other plans of the region come and go. One instance of
// a group may be down, and a slot takes three hours, so that only one last resort has a slot before NotBefore.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Subject } from '../../../lib/plan/planning/plan-region.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { iso } from '../../../lib/plan/calendar/instant.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import { afterwards, planRegion, subject } from '../fleet.ts';
import { at, calendar, hour, settings, verifying } from '../samples.ts';

const sunday = {
  calendar: calendar('Sun 01:00-06:00'),
  windowText: 'Sun 01:00-06:00 Asia/Shanghai',
  slot: 3 * hour,
};
const lastResort = settings({}, sunday);
const soonest = settings({}, { ...sunday, noWindow: 'soonest' });
/** Four hours after the planning. The last resort is two hours before. */
const notBefore = '2026-12-01T14:00:00Z';

function planned(rules: PlannerSettings, ...names: string[]): Subject[] {
  const subjects = names.map((name) => subject(name, { group: 'web', notBefore }));
  return afterwards(subjects, planRegion(subjects, rules));
}

/** What the next planning, a minute later, makes of these. */
function again(subjects: Subject[], rules = lastResort): Subject[] {
  return afterwards(subjects, planRegion(subjects, rules, '2026-12-01T10:01:00Z'));
}

function rowOf({ row }: Subject): Plan {
  if (row === undefined) throw new Error('The instance has no row.');
  return row;
}

const edited = (one: Subject, changes: Partial<Plan>): Subject => ({
  ...one,
  row: { ...rowOf(one), ...changes },
});

/** By instance: when it is planned, and whether its reason says that no slot is free. */
function says(subjects: readonly Subject[]): Record<string, [string, boolean]> {
  return Object.fromEntries(
    subjects.flatMap(({ row, sighting }) => {
      if (row?.reason.code !== 'last-resort' && row?.reason.code !== 'soonest') return [];
      return [[sighting.instanceId, [row.executeAt ? iso(row.executeAt) : '', row.reason.values.isFull]]];
    }),
  );
}

describe('a plan that says that no slot is free at its time', () => {
  const [a, b, c] = planned(lastResort, 'a', 'b', 'c') as [Subject, Subject, Subject];

  it('says so while another one has the slot, and is not written', () => {
    const all = [a, b, c];
    expect(says(all)).toEqual({
      'i-a': ['2026-12-01T12:00:00Z', false],
      'i-b': ['2026-12-01T12:00:00Z', true],
      'i-c': ['2026-12-01T12:00:00Z', true],
    });
    expect(again(all).map(({ row }) => row)).toEqual(all.map(({ row }) => row));
  });

  it('says so no longer once it has the slot, and the next one still does', () => {
    const left = again([b, c]);
    expect(says(left)).toEqual({
      'i-b': ['2026-12-01T12:00:00Z', false],
      'i-c': ['2026-12-01T12:00:00Z', true],
    });
    expect(again(left).map(({ row }) => row)).toEqual(left.map(({ row }) => row));
  });

  it('follows where NO_WINDOW is soonest, too', () => {
    const [one] = planned(soonest, 'a', 'b') as [Subject];
    expect(says([one])).toEqual({ 'i-a': ['2026-12-01T10:00:00Z', false] });
    // Its time was full as it was planned, and is still to come.
    const { reason } = rowOf(one);
    const values = { ...reason.values, isFull: true };
    const full = edited(one, {
      executeAt: at('2026-12-01T10:30:00Z'),
      reason: { ...reason, values } as Statement,
    });
    expect(says(again([full], soonest))).toEqual({ 'i-a': ['2026-12-01T10:30:00Z', false] });
  });

  it('follows where an operator pinned it, and what it says beside that stays', () => {
    const also = [state('observe-mode', {})];
    const pinned = edited(b, { pinned: true, reason: { ...rowOf(b).reason, also } });
    const after = again([pinned]);
    expect(says(after)).toEqual({ 'i-b': ['2026-12-01T12:00:00Z', false] });
    expect(after[0]?.row).toMatchObject({ pinned: true, reason: { also } });
  });

  it('follows where more of its group may be down now', () => {
    const two = settings({ limits: { region: 10, group: 2 } }, sunday);
    expect(says(again([a, b], two))['i-b']).toEqual(['2026-12-01T12:00:00Z', false]);
  });

  it('keeps saying so while a restart that is under way has the slot', () => {
    const sent = verifying({
      instanceId: 'i-a',
      eventIds: ['e-a'],
      group: 'web',
      executeAt: at('2026-12-01T10:00:00Z'),
      intent: { at: at('2026-12-01T10:00:00Z'), outcome: 'accepted' },
      nextLook: at('2026-12-01T10:01:30Z'),
    });
    expect(says(again([{ ...a, row: sent }, b]))['i-b']).toEqual(['2026-12-01T12:00:00Z', true]);
  });

  it('is left alone where ECS could not be asked about its events', () => {
    const [left] = again([{ ...b, isUnknown: true }]);
    expect(left?.row).toEqual(b.row);
  });
});
