// When to reboot one instance that has no neighbours. The expected times are worked out by hand. decision-slots.test.ts has
// the cases in which other reboots take slots.
import { describe, expect, it } from 'vitest';
import { decide } from '../../../lib/plan/planning/decision.ts';
import type { Rules } from '../../../lib/plan/rules.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { at, calendar, hour, minute, plain, rules } from '../samples.ts';

/** The decision with its times as texts. */
function decided(now: string, notBefore: string, changes: Partial<Rules> = {}): unknown {
  const ownRules = rules(changes);
  const slots = alone(undefined, ownRules.slot);
  return plain(decide({ now: at(now), notBefore: at(notBefore), rules: ownRules, slots }));
}

/** Rules in UTC, so that no case needs a table of zones. */
function utc(windows: string, changes: Partial<Rules> = {}, blackouts = ''): Partial<Rules> {
  return { calendar: calendar(windows, 'UTC', blackouts), windowText: `${windows} UTC`, ...changes };
}

describe('a reboot in a window', () => {
  it('takes the earliest window before NotBefore and names it in the reason', () => {
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T02:00:00Z')).toEqual({
      kind: 'window',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      reason: {
        code: 'in-window',
        values: {
          window: 'daily 02:00-05:00 Asia/Shanghai',
          at: '2026-12-01T18:00:00Z',
          timeZone: 'Asia/Shanghai',
        },
      },
    });
  });

  it('starts at once when the window is open', () => {
    expect(decided('2026-12-01T19:17:05Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T19:17:05Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('starts even at the last moment at which its slot fits and the room to start is left', () => {
    expect(decided('2026-12-01T20:42:00Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T20:42:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('takes the next window when this one leaves too little room to start', () => {
    expect(decided('2026-12-01T20:42:00.001Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('may start until the safety margin before NotBefore, even if the window stays open', () => {
    // NotBefore at 12:00 and the margin of 30 minutes allow 11:30. The window alone would allow 13:45.
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T12:00:00Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T11:30:00Z',
    });
  });

  it('takes a window that opens with just the room to start before the deadline', () => {
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T10:33:00Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:03:00Z',
    });
  });

  it('does not take a window that opens later', () => {
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T10:32:59Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'last-resort',
    });
  });

  it('takes a window that is as long as the slot and the room to start, and passes over a shorter one', () => {
    const fits = utc('daily 10:00-10:18; Wed 12:00-13:00');
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', fits)).toMatchObject({
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:03:00Z',
    });
    const short = utc('daily 10:00-10:17; Wed 12:00-13:00');
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', short)).toMatchObject({
      executeAt: '2026-12-02T12:00:00Z',
      latestStart: '2026-12-02T12:45:00Z',
    });
  });

  it('fits a long slot into two ranges that touch', () => {
    const touching = utc('daily 10:00-11:00, 11:00-12:00', { slot: 90 * minute });
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', touching)).toMatchObject({
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:30:00Z',
    });
  });

  it('starts after midnight in a window that opened before', () => {
    const night = utc('Tue 23:30-01:30');
    expect(decided('2026-12-02T00:30:00Z', '2026-12-03T02:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-02T00:30:00Z',
      latestStart: '2026-12-02T01:15:00Z',
    });
  });

  it('starts at once, or until the safety margin, when the window is always', () => {
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T02:00:00Z', utc('always'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it('ends before a blackout that cuts its window', () => {
    const night = utc('daily 22:00-06:00', {}, '2026-12-02');
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T12:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-01T22:00:00Z',
      latestStart: '2026-12-01T23:45:00Z',
    });
  });

  it('starts when the blackout ends in which its window opens', () => {
    const night = utc('daily 22:00-06:00', {}, '2026-12-01/2026-12-02');
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T12:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-03T00:00:00Z',
      latestStart: '2026-12-03T05:45:00Z',
    });
  });

  it('counts real hours when the clocks change', () => {
    // In Berlin on 2027-03-28, 02:00-05:00 lasts from 01:00 to 03:00 UTC.
    const berlin = { calendar: calendar('daily 02:00-05:00', 'Europe/Berlin'), slot: hour };
    expect(decided('2027-03-27T12:00:00Z', '2027-03-28T12:00:00Z', berlin)).toMatchObject({
      executeAt: '2027-03-28T01:00:00Z',
      latestStart: '2027-03-28T02:00:00Z',
    });
  });
});

describe('a reboot that fits into no window before NotBefore', () => {
  // From Tuesday 10:00 UTC to Tuesday 16:00 UTC. The window is on Saturdays.
  const now = '2026-12-01T10:00:00Z';
  const notBefore = '2026-12-01T16:00:00Z';
  const saturdays = (changes: Partial<Rules> = {}): Partial<Rules> => utc('Sat 02:00-05:00', changes);
  const noRoom = {
    window: 'Sat 02:00-05:00 UTC',
    slotMs: 900_000,
    notBefore: '2026-12-01T16:00:00Z',
    timeZone: 'UTC',
  };

  it('starts its lead before NotBefore with NO_WINDOW=last-resort', () => {
    expect(decided(now, notBefore, saturdays())).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'last-resort',
        values: {
          ...noRoom,
          at: '2026-12-01T14:00:00Z',
          isMoved: false,
          isFull: false,
          since: '2026-12-01T10:00:00Z',
        },
      },
    });
  });

  it('starts at once with NO_WINDOW=last-resort when its lead has begun', () => {
    expect(decided('2026-12-01T15:00:00Z', notBefore, saturdays())).toMatchObject({
      kind: 'last-resort',
      executeAt: '2026-12-01T15:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
    });
  });

  it('starts at once with NO_WINDOW=soonest', () => {
    expect(decided(now, notBefore, saturdays({ noWindow: 'soonest' }))).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'soonest',
        values: { ...noRoom, at: '2026-12-01T10:00:00Z', isNow: true, isFull: false },
      },
    });
  });

  it('is left to ECS with NO_WINDOW=leave', () => {
    expect(decided(now, notBefore, saturdays({ noWindow: 'leave' }))).toEqual({
      kind: 'leave',
      reason: { code: 'left-to-ecs', values: noRoom },
    });
  });

  it('ignores blackouts with last-resort and soonest, because ECS would restart the instance anyway', () => {
    const closed = (noWindow: Rules['noWindow']): Partial<Rules> =>
      utc('daily 02:00-05:00', { noWindow }, '2026-11-01/2026-12-31');
    expect(decided(now, notBefore, closed('last-resort'))).toMatchObject({
      executeAt: '2026-12-01T14:00:00Z',
    });
    expect(decided(now, notBefore, closed('soonest'))).toMatchObject({ executeAt: '2026-12-01T10:00:00Z' });
    expect(decided(now, notBefore, closed('leave'))).toMatchObject({ kind: 'leave' });
  });

  it('ignores an open window that is too short for the slot', () => {
    const short = utc('Tue 10:00-10:10', { noWindow: 'leave' });
    expect(decided(now, notBefore, short)).toMatchObject({ kind: 'leave' });
  });

  it.each(['last-resort', 'soonest'] as const)(
    'starts at once, however little room is left before the safety margin, with NO_WINDOW=%s',
    (noWindow) => {
      expect(decided('2026-12-01T15:29:59.999Z', notBefore, saturdays({ noWindow }))).toMatchObject({
        kind: noWindow,
        executeAt: '2026-12-01T15:29:59.999Z',
        latestStart: '2026-12-01T15:30:00Z',
      });
    },
  );

  it('leaves the room to start before the safety margin, even if the lead is shorter', () => {
    expect(decided(now, notBefore, saturdays({ lastResortLead: 10 * minute }))).toMatchObject({
      executeAt: '2026-12-01T15:27:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'last-resort',
        values: {
          ...noRoom,
          at: '2026-12-01T15:27:00Z',
          isMoved: false,
          isFull: false,
          since: '2026-12-01T10:00:00Z',
        },
      },
    });
  });
});

describe('a reboot that comes too late', () => {
  it.each(['last-resort', 'soonest', 'leave'] as const)(
    'is not sent from the safety margin on, even with NO_WINDOW=%s and an open window',
    (noWindow) => {
      expect(decided('2026-12-01T15:30:00Z', '2026-12-01T16:00:00Z', utc('always', { noWindow }))).toEqual({
        kind: 'too-late',
        reason: {
          code: 'too-late',
          values: { marginMs: 1_800_000, notBefore: '2026-12-01T16:00:00Z', timeZone: 'UTC' },
        },
      });
    },
  );

  it('is not sent after NotBefore', () => {
    expect(decided('2026-12-02T00:00:00Z', '2026-12-01T16:00:00Z')).toMatchObject({ kind: 'too-late' });
  });
});

describe('a NotBefore that is far away', () => {
  const [now, may] = ['2026-01-01T00:00:00Z', '2026-05-01T00:00:00Z'];

  it.each(['always', 'daily 00:00-24:00'])(
    'leaves time until the safety margin when the window is %s',
    (windows) => {
      expect(decided(now, may, utc(windows))).toMatchObject({
        kind: 'window',
        executeAt: '2026-01-01T00:00:00Z',
        latestStart: '2026-04-30T23:30:00Z',
      });
    },
  );

  it('is reached after a blackout of three months', () => {
    const rules = utc('daily 02:00-05:00', {}, '2026-01-01/2026-03-31');
    expect(decided(now, may, rules)).toMatchObject({
      kind: 'window',
      executeAt: '2026-04-01T02:00:00Z',
      latestStart: '2026-04-01T04:45:00Z',
    });
  });

  it('gets the next window, even if it is a placeholder of ECS', () => {
    expect(decided(now, '2999-09-08T16:00:00Z', utc('Sat 02:00-05:00'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-01-03T02:00:00Z',
    });
    expect(decided(now, '2999-09-08T16:00:00Z', utc('Sat 02:00-02:10', { noWindow: 'leave' }))).toMatchObject(
      {
        kind: 'leave',
      },
    );
  });
});
