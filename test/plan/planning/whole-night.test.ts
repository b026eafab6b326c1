// Last resorts of one group by hand. NotBefore is 02:00 UTC on Thursday: the last-resort stretch is 00:00 to 01:27, two
// hours to 33 minutes before it. A slot is 15 minutes, and one instance of the group may be down. No window fits.
import { describe, expect, it } from 'vitest';
import type { Rules, NoWindowPolicy } from '../../../lib/plan/rules.ts';
import { afterwards, planRegion, subject, times, type Member } from '../fleet.ts';
import { at, calendar, minute, settings, tuesdayEvening, waiting } from '../samples.ts';
import { withStartRoom } from './start-room.ts';

const windowText = 'Mon 02:00-03:00';
const web = (member: Member = {}): Member => ({ group: 'web', ...member });

/** When planning lets each begin. */
function planTimes(
  members: Readonly<Record<string, Member>>,
  {
    now = tuesdayEvening,
    startRoom = 3 * minute,
    ...rules
  }: Partial<Rules> & { now?: string; startRoom?: number },
): Record<string, string> {
  const subjects = Object.entries(members).map(([name, member]) => subject(name, member));
  const monday = { calendar: calendar(windowText), windowText: `${windowText} Asia/Shanghai`, ...rules };
  return times(
    afterwards(subjects, planRegion(subjects, withStartRoom(settings({}, monday), startRoom), now)),
  );
}

const members = (names: string): Record<string, Member> =>
  Object.fromEntries(Array.from(names).map((name) => [name, web()]));

const firstSix = {
  'i-a': '2026-12-03T00:00:00Z',
  'i-b': '2026-12-03T00:15:00Z',
  'i-c': '2026-12-03T00:30:00Z',
  'i-d': '2026-12-03T00:45:00Z',
  'i-e': '2026-12-03T01:00:00Z',
  'i-f': '2026-12-03T01:15:00Z',
};

describe('a group whose last-resort stretch is full', () => {
  it('takes the latest free slots before it', () => {
    expect(planTimes(members('abcdefghi'), {})).toEqual({
      ...firstSix,
      'i-g': '2026-12-02T23:45:00Z',
      'i-h': '2026-12-02T23:30:00Z',
      'i-i': '2026-12-02T23:15:00Z',
    });
  });

  it('takes the slot before a pinned one where the gap between is too short', () => {
    const pinned = waiting({
      instanceId: 'i-z',
      planId: 'e-z',
      eventIds: ['e-z'],
      group: 'web',
      pinned: true,
      decision: 'last-resort',
      executeAt: at('2026-12-02T23:40:00Z'),
      latestStart: at('2026-12-03T01:30:00Z'),
    });
    // From 23:55 to 00:00 there are five minutes.
    expect(planTimes({ ...members('abcdefg'), z: web({ row: pinned }) }, {})).toEqual({
      ...firstSix,
      'i-g': '2026-12-02T23:25:00Z',
      'i-z': '2026-12-02T23:40:00Z',
    });
  });

  it('goes back to now, and no member without a slot pushes another out of its own', () => {
    const late = '2026-12-02T23:40:00Z';
    expect(planTimes(members('abcdefgh'), { now: late })).toMatchObject({
      ...firstSix,
      'i-g': '2026-12-02T23:45:00Z',
    });
    const later = '2026-12-02T23:45:00Z';
    expect(planTimes(members('abcdefg'), { now: later })).toMatchObject({ ...firstSix, 'i-g': later });
  });

  it('ends where no room is left for a start: 01:27 is a place with 3m of room, and none with a second more', () => {
    const slot = 29 * minute;
    const firstThree = {
      'i-a': '2026-12-03T00:00:00Z',
      'i-b': '2026-12-03T00:29:00Z',
      'i-c': '2026-12-03T00:58:00Z',
    };
    expect(planTimes(members('abcde'), { slot })).toEqual({
      ...firstThree,
      'i-d': '2026-12-03T01:27:00Z',
      'i-e': '2026-12-02T23:31:00Z',
    });
    expect(planTimes(members('abcde'), { slot, startRoom: 181_000 })).toEqual({
      ...firstThree,
      'i-d': '2026-12-02T23:31:00Z',
      'i-e': '2026-12-02T23:02:00Z',
    });
  });
});

describe('a group right before its last moment, 01:30', () => {
  const attempts: readonly NoWindowPolicy[] = ['last-resort', 'soonest'];
  const everyone = (text: string): Record<string, string> => ({ 'i-a': text, 'i-b': text, 'i-c': text });

  it.each(attempts)('is attempted at once, however little room there is, with %s', (noWindow) => {
    for (const now of ['2026-12-03T01:27:00Z', '2026-12-03T01:28:00Z', '2026-12-03T01:29:59.999Z']) {
      expect(planTimes(members('abc'), { noWindow, now })).toEqual(everyone(now));
    }
  });

  it('is left to ECS with leave', () => {
    const now = '2026-12-03T01:29:59.999Z';
    expect(planTimes(members('abc'), { noWindow: 'leave', now })).toEqual(everyone('Skipped'));
  });

  it.each([...attempts, 'leave'] as const)('is too late from that moment on, with %s', (noWindow) => {
    for (const now of ['2026-12-03T01:30:00Z', '2026-12-03T01:30:00.001Z', '2026-12-03T02:00:00Z']) {
      expect(planTimes(members('abc'), { noWindow, now })).toEqual(everyone('Missed'));
    }
  });
});
