// Who moves for whom, by hand. One reboot at a time in the region, 15 minutes each. Windows are in UTC. It is Tuesday, 10:00
// UTC, and only the night to Wednesday comes before NotBefore.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { afterwards, planRegion, subject, times, type Member } from '../fleet.ts';
import { at, calendar, rulesRecord, settings, tuesdayEvening, waiting } from '../samples.ts';
import { withStartRoom } from './start-room.ts';

/** One place: the last start is 02:03, and 3 minutes of room are needed. */
const onePlace = 'daily 02:00-02:18';
/** Places from 02:00 to 02:15. */
const twoPlaces = 'daily 02:00-02:33';
const noPlace = 'Mon 02:00-03:00';

const soon = '2026-12-02T09:00:00Z';
const later = '2026-12-02T10:00:00Z';

function member(window: string, notBefore: string, row?: Plan): Member {
  return { notBefore, tags: { window }, ...(row === undefined ? {} : { row }) };
}

/** A Planned row in its window. */
function standing(
  name: string,
  windows: string,
  times: [string, string],
  changes: Partial<Plan> = {},
): Member {
  const notBefore = changes.notBefore?.toString() ?? soon;
  const row = waiting({
    instanceId: `i-${name}`,
    instanceName: name,
    planId: `e-${name}`,
    eventIds: [`e-${name}`],
    notBefore: at(notBefore),
    executeAt: at(times[0]),
    latestStart: at(times[1]),
    rules: rulesRecord({ windows, timeZone: 'UTC' }),
    ...changes,
  });
  return member(windows, notBefore, row);
}

function timesOf(members: Record<string, Member>, now: string = tuesdayEvening): Record<string, string> {
  const own = { calendar: calendar(twoPlaces, 'UTC'), windowText: `${twoPlaces} UTC` };
  const planner = withStartRoom(settings({ limits: { region: 1, group: 1 } }, own));
  const subjects = Object.entries(members).map(([name, one]) => subject(name, one));
  return times(afterwards(subjects, planRegion(subjects, planner, now)));
}

const atTwo: [string, string] = ['2026-12-02T02:00:00Z', '2026-12-02T02:18:00Z'];

describe('a plan with another place in its windows', () => {
  it('moves for a less urgent one that has no other', () => {
    const b = standing('b', twoPlaces, atTwo);
    expect(timesOf({ b, c: member(onePlace, later) })).toEqual({
      'i-b': '2026-12-02T02:15:00Z',
      'i-c': '2026-12-02T02:00:00Z',
    });
  });

  it('moves in a chain: the second to the third slot, the first to the second', () => {
    const a = standing('a', twoPlaces, atTwo);
    const b = standing('b', 'daily 02:15-02:50', ['2026-12-02T02:15:00Z', '2026-12-02T02:35:00Z']);
    expect(timesOf({ a, b, c: member(onePlace, later) })).toEqual({
      'i-a': '2026-12-02T02:15:00Z',
      'i-b': '2026-12-02T02:30:00Z',
      'i-c': '2026-12-02T02:00:00Z',
    });
  });

  it.each([
    ['its slot is about to begin', '2026-12-02T01:58:00Z', {}],
    ['its slot has begun', '2026-12-02T02:00:00Z', {}],
    ['an operator pinned it', tuesdayEvening, { pinned: true }],
  ])('stays where %s', (_, now, changes) => {
    const b = standing('b', twoPlaces, atTwo, changes);
    expect(timesOf({ b, c: member(onePlace, later) }, now)).toMatchObject({ 'i-b': '2026-12-02T02:00:00Z' });
  });

  it('stays where a more urgent one has a free place', () => {
    const b = standing('b', twoPlaces, atTwo);
    expect(timesOf({ b, c: member(twoPlaces, '2026-12-02T08:00:00Z') })).toEqual({
      'i-b': '2026-12-02T02:00:00Z',
      'i-c': '2026-12-02T02:15:00Z',
    });
  });

  it('stays where its move would place nobody', () => {
    // Each of b and d has a slot, and c cannot get a third one.
    const b = standing('b', twoPlaces, atTwo);
    const d = standing('d', twoPlaces, ['2026-12-02T02:15:00Z', '2026-12-02T02:18:00Z']);
    expect(timesOf({ b, d, c: member(onePlace, later) })).toEqual({
      'i-b': '2026-12-02T02:00:00Z',
      'i-d': '2026-12-02T02:15:00Z',
      // Two hours before NotBefore.
      'i-c': '2026-12-02T08:00:00Z',
    });
  });
});

describe('a last resort', () => {
  it('gives its slot to one that has its only place there', () => {
    const b = standing('b', noPlace, ['2026-12-02T02:00:00Z', '2026-12-02T03:30:00Z'], {
      decision: 'last-resort',
      notBefore: at('2026-12-02T04:00:00Z'),
    });
    expect(timesOf({ b, c: member(onePlace, later) })).toEqual({
      'i-b': '2026-12-02T02:15:00Z',
      'i-c': '2026-12-02T02:00:00Z',
    });
  });
});

describe('instances that are planned together for the first time', () => {
  it('leave the only place of a less urgent one free', () => {
    expect(timesOf({ a: member(twoPlaces, soon), b: member(onePlace, later) })).toEqual({
      'i-a': '2026-12-02T02:15:00Z',
      'i-b': '2026-12-02T02:00:00Z',
    });
  });

  it('leave a place that is too small for all to the most urgent', () => {
    expect(timesOf({ a: member(onePlace, later), b: member(onePlace, soon) })).toEqual({
      'i-a': '2026-12-02T08:00:00Z',
      'i-b': '2026-12-02T02:00:00Z',
    });
  });
});
