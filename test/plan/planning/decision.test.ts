// When to reboot one instance. Times are worked out by hand; the property holds the choice against a calendar of its
// own that knows minutes only.
import { describe, expect, it } from 'vitest';
import { decide } from '../../../lib/plan/planning/decision.ts';
import { rulesText, type Rules } from '../../../lib/plan/rules.ts';
import { isAfter } from '../../../lib/plan/calendar/instant.ts';
import type { Slots } from '../../../lib/plan/spacing/slots.ts';
import { at, calendar, hour, minute, plain, rules } from '../samples.ts';

/** The decision with its times as texts. */
function decided(now: string, notBefore: string, changes: Partial<Rules> = {}): unknown {
  return plain(decide(at(now), at(notBefore), rules(changes)));
}

/** Rules in UTC, so that the cases read without a table of zones. */
function utc(windows: string, changes: Partial<Rules> = {}, blackouts = ''): Partial<Rules> {
  return { calendar: calendar(windows, 'UTC', blackouts), windowText: `${windows} UTC`, ...changes };
}

describe('a reboot in a window', () => {
  it('takes the earliest window before NotBefore, and says which and when by the wall clock', () => {
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T02:00:00Z')).toEqual({
      kind: 'window',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      reason:
        'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai, before NotBefore.',
    });
  });

  it('starts at once where the window is open', () => {
    expect(decided('2026-12-01T19:17:05Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T19:17:05Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('still starts at the very last moment at which its slot fits', () => {
    expect(decided('2026-12-01T20:45:00Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T20:45:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('waits for the next window where its slot no longer fits in this one', () => {
    expect(decided('2026-12-01T20:45:01Z', '2026-12-03T02:00:00Z')).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('starts no later than the safety margin before NotBefore', () => {
    // NotBefore 12:00 and the margin of 30 min allow 11:30; the window would allow 13:45.
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T12:00:00Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T11:30:00Z',
    });
  });

  it('takes a window that opens exactly at the deadline', () => {
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T10:30:00Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:00:00Z',
    });
  });

  it('takes no window that opens after the deadline', () => {
    expect(decided('2026-12-01T08:00:00Z', '2026-12-01T10:29:59Z', utc('daily 10:00-14:00'))).toMatchObject({
      kind: 'last-resort',
    });
  });

  it('takes a window that is exactly as long as the slot, and none that is shorter', () => {
    const fits = utc('daily 10:00-10:15; Wed 12:00-13:00');
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', fits)).toMatchObject({
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:00:00Z',
    });
    const short = utc('daily 10:00-10:14; Wed 12:00-13:00');
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', short)).toMatchObject({
      executeAt: '2026-12-02T12:00:00Z',
      latestStart: '2026-12-02T12:45:00Z',
    });
  });

  it('fits a long slot into ranges that touch', () => {
    const touching = utc('daily 10:00-11:00, 11:00-12:00', { slot: 90 * minute });
    expect(decided('2026-12-01T08:00:00Z', '2026-12-03T02:00:00Z', touching)).toMatchObject({
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T10:30:00Z',
    });
  });

  it('goes on after midnight', () => {
    const night = utc('Tue 23:30-01:30');
    expect(decided('2026-12-02T00:30:00Z', '2026-12-03T02:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-02T00:30:00Z',
      latestStart: '2026-12-02T01:15:00Z',
    });
  });

  it('with no limits is at once, until the safety margin', () => {
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T02:00:00Z', utc('always'))).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it('ends before a blackout that cuts its window short', () => {
    const night = utc('daily 22:00-06:00', {}, '2026-12-02');
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T12:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-01T22:00:00Z',
      latestStart: '2026-12-01T23:45:00Z',
    });
  });

  it('begins when the blackout ends in which its window starts', () => {
    const night = utc('daily 22:00-06:00', {}, '2026-12-01/2026-12-02');
    expect(decided('2026-12-01T10:00:00Z', '2026-12-03T12:00:00Z', night)).toMatchObject({
      executeAt: '2026-12-03T00:00:00Z',
      latestStart: '2026-12-03T05:45:00Z',
    });
  });

  it('counts real hours over a change of the clocks', () => {
    // Berlin, 2027-03-28: 02:00-05:00 lasts from 01:00 to 03:00 UTC.
    const berlin = { calendar: calendar('daily 02:00-05:00', 'Europe/Berlin'), slot: hour };
    expect(decided('2027-03-27T12:00:00Z', '2027-03-28T12:00:00Z', berlin)).toMatchObject({
      executeAt: '2027-03-28T01:00:00Z',
      latestStart: '2027-03-28T02:00:00Z',
    });
  });
});

describe('where no window fits before NotBefore', () => {
  // Tuesday 10:00 UTC to Tuesday 16:00 UTC, and a window on Saturdays.
  const now = '2026-12-01T10:00:00Z';
  const notBefore = '2026-12-01T16:00:00Z';
  const saturdays = (changes: Partial<Rules> = {}): Partial<Rules> => utc('Sat 02:00-05:00', changes);

  it('last-resort reboots its lead before NotBefore, and says so', () => {
    expect(decided(now, notBefore, saturdays())).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason:
        'No slot of 15m in the window Sat 02:00-05:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC; as late as allowed, Tue 2026-12-01 14:00 UTC, as NO_WINDOW=last-resort says.',
    });
  });

  it('last-resort reboots at once where its lead has begun', () => {
    expect(decided('2026-12-01T15:00:00Z', notBefore, saturdays())).toMatchObject({
      kind: 'last-resort',
      executeAt: '2026-12-01T15:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
    });
  });

  it('soonest reboots at once, and says so', () => {
    expect(decided(now, notBefore, saturdays({ noWindow: 'soonest' }))).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason:
        'No slot of 15m in the window Sat 02:00-05:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC; at once, as NO_WINDOW=soonest says.',
    });
  });

  it('leave leaves it to ECS, and says so', () => {
    expect(decided(now, notBefore, saturdays({ noWindow: 'leave' }))).toEqual({
      kind: 'leave',
      reason:
        'No slot of 15m in the window Sat 02:00-05:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC; left to ECS, as NO_WINDOW=leave says.',
    });
  });

  it('last-resort and soonest heed no blackout, since ECS would restart the instance anyway', () => {
    const closed = (noWindow: Rules['noWindow']): Partial<Rules> =>
      utc('daily 02:00-05:00', { noWindow }, '2026-11-01/2026-12-31');
    expect(decided(now, notBefore, closed('last-resort'))).toMatchObject({
      executeAt: '2026-12-01T14:00:00Z',
    });
    expect(decided(now, notBefore, closed('soonest'))).toMatchObject({ executeAt: '2026-12-01T10:00:00Z' });
    expect(decided(now, notBefore, closed('leave'))).toMatchObject({ kind: 'leave' });
  });

  it('a window that is open but too short for the slot does not count', () => {
    const short = utc('Tue 10:00-10:10', { noWindow: 'leave' });
    expect(decided(now, notBefore, short)).toMatchObject({ kind: 'leave' });
  });

  it.each(['last-resort', 'soonest'] as const)(
    '%s still reboots exactly at the safety margin',
    (noWindow) => {
      expect(decided('2026-12-01T15:30:00Z', notBefore, saturdays({ noWindow }))).toMatchObject({
        kind: noWindow,
        executeAt: '2026-12-01T15:30:00Z',
        latestStart: '2026-12-01T15:30:00Z',
      });
    },
  );

  it('a lead shorter than the safety margin never moves a reboot behind the margin', () => {
    expect(decided(now, notBefore, saturdays({ lastResortLead: 10 * minute }))).toMatchObject({
      executeAt: '2026-12-01T15:30:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason:
        'No slot of 15m in the window Sat 02:00-05:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC; as late as allowed, Tue 2026-12-01 15:30 UTC, as NO_WINDOW=last-resort says.',
    });
  });
});

describe('too late', () => {
  it.each(['last-resort', 'soonest', 'leave'] as const)(
    'is anything after the safety margin, also with %s and an open window',
    (noWindow) => {
      expect(
        decided('2026-12-01T15:30:00.001Z', '2026-12-01T16:00:00Z', utc('always', { noWindow })),
      ).toEqual({
        kind: 'too-late',
        reason:
          'Too late: less than the safety margin of 30m is left before NotBefore, Tue 2026-12-01 16:00 UTC.',
      });
    },
  );

  it('is a NotBefore that has passed', () => {
    expect(decided('2026-12-02T00:00:00Z', '2026-12-01T16:00:00Z')).toMatchObject({ kind: 'too-late' });
  });
});

describe('a NotBefore that is far away', () => {
  const [now, may] = ['2026-01-01T00:00:00Z', '2026-05-01T00:00:00Z'];

  it.each(['always', 'daily 00:00-24:00'])(
    'leaves time until the safety margin where the window is %s',
    (windows) => {
      expect(decided(now, may, utc(windows))).toMatchObject({
        kind: 'window',
        executeAt: '2026-01-01T00:00:00Z',
        latestStart: '2026-04-30T23:30:00Z',
      });
    },
  );

  it('is reached behind a blackout of three months', () => {
    const rules = utc('daily 02:00-05:00', {}, '2026-01-01/2026-03-31');
    expect(decided(now, may, rules)).toMatchObject({
      kind: 'window',
      executeAt: '2026-04-01T02:00:00Z',
      latestStart: '2026-04-01T04:45:00Z',
    });
  });

  it('as ECS’s placeholders are still gets the next window', () => {
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

describe('a reboot beside others', () => {
  // Tuesday in UTC: the window from 10:00 to 11:00, NotBefore at 16:00, so that the last resort begins at 14:00.
  const limit = 'of the region at most 1 (MAX_CONCURRENT_REBOOTS) may be down at once';
  const [now, notBefore] = ['2026-12-01T08:00:00Z', '2026-12-01T16:00:00Z'];

  /** Free, or by right, is any moment from one of these times on, until the other. */
  const between =
    (first: string, last: string): Slots['free'] =>
    (from, until) => {
      const found = isAfter(at(first), from) ? at(first) : from;
      return isAfter(found, until) || isAfter(found, at(last)) ? undefined : found;
    };
  const nowhere: Slots['free'] = () => undefined;
  const beside = (slots: Omit<Slots, 'limit'>, noWindow: Rules['noWindow'] = 'last-resort'): unknown =>
    plain(decide(at(now), at(notBefore), rules(utc('Tue 10:00-11:00', { noWindow })), { ...slots, limit }));

  it('starts where one is free, and may still start until its slot no longer fits', () => {
    expect(beside({ free: between('2026-12-01T10:30:00Z', '2026-12-01T11:00:00Z') })).toEqual({
      kind: 'window',
      executeAt: '2026-12-01T10:30:00Z',
      latestStart: '2026-12-01T10:45:00Z',
      reason: 'In the window Tue 10:00-11:00 UTC: Tue 2026-12-01 10:30 UTC, before NotBefore.',
    });
  });

  it('takes a later one that is free before one that is only its own by right', () => {
    const free = between('2026-12-01T10:45:00Z', '2026-12-01T10:45:00Z');
    expect(beside({ free, byRight: (from) => from })).toMatchObject({ executeAt: '2026-12-01T10:45:00Z' });
  });

  it('takes one by right where none is free', () => {
    const byRight = between('2026-12-01T10:15:00Z', '2026-12-01T11:00:00Z');
    expect(beside({ free: nowhere, byRight })).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-01T10:15:00Z',
      latestStart: '2026-12-01T10:45:00Z',
    });
  });

  it('has the next window where this one is full', () => {
    const free = between('2026-12-02T10:10:00Z', '2026-12-02T11:00:00Z');
    expect(
      plain(decide(at(now), at('2026-12-03T16:00:00Z'), rules(utc('daily 10:00-11:00')), { free, limit })),
    ).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-02T10:10:00Z',
      latestStart: '2026-12-02T10:45:00Z',
    });
  });

  const why = `No free slot of 15m in the window Tue 10:00-11:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC: ${limit};`;

  it('that finds none is left to ECS where the policy is leave, and says for whose sake', () => {
    expect(beside({ free: nowhere, byRight: nowhere }, 'leave')).toEqual({
      kind: 'leave',
      reason: `${why} left to ECS, as NO_WINDOW=leave says.`,
    });
  });

  it('that finds none in its window is a last resort at the first free time after the lead begins', () => {
    expect(beside({ free: between('2026-12-01T14:20:00Z', '2026-12-01T16:00:00Z') })).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:20:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: `${why} as late as allowed and free, Tue 2026-12-01 14:20 UTC, as NO_WINDOW=last-resort says.`,
    });
  });

  it('that finds none in its window comes soonest where the first free time is', () => {
    expect(beside({ free: between('2026-12-01T11:20:00Z', '2026-12-01T16:00:00Z') }, 'soonest')).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T11:20:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: `${why} at the first free time, Tue 2026-12-01 11:20 UTC, as NO_WINDOW=soonest says.`,
    });
  });

  it('that finds none even there waits for the others, and says so', () => {
    const full = ' Not even there is a free slot: it waits until the others are done.';
    expect(beside({ free: nowhere })).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: `${why} as late as allowed, Tue 2026-12-01 14:00 UTC, as NO_WINDOW=last-resort says.${full}`,
    });
    expect(beside({ free: nowhere }, 'soonest')).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T08:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: `${why} at once, as NO_WINDOW=soonest says.${full}`,
    });
  });

  it('that fits into no window at all blames no other', () => {
    const saturdays = rules(utc('Sat 10:00-11:00', { noWindow: 'leave' }));
    expect(decide(at(now), at(notBefore), saturdays, { free: nowhere, limit }).reason).toBe(
      'No slot of 15m in the window Sat 10:00-11:00 UTC before NotBefore, Tue 2026-12-01 16:00 UTC; left to ECS, as NO_WINDOW=leave says.',
    );
  });

  it('is too late whether or not a slot is free', () => {
    expect(
      decide(at('2026-12-01T15:30:00.001Z'), at(notBefore), rules(), { free: (from) => from }).kind,
    ).toBe('too-late');
  });
});

describe('the rules in one line', () => {
  it('name everything that makes the interval', () => {
    expect(rulesText(rules())).toBe('daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h');
  });

  it('name the lead only where it counts', () => {
    expect(rulesText(rules({ noWindow: 'leave' }))).toBe(
      'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, leave',
    );
  });

  it('differ wherever a rule differs', () => {
    const texts = [
      rules(),
      rules({ windowText: 'always' }),
      rules({ slot: hour }),
      rules({ safetyMargin: hour }),
      rules({ lastResortLead: hour }),
      rules({ noWindow: 'soonest' }),
      rules({ noWindow: 'leave' }),
    ].map(rulesText);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
