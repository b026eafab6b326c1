// When to reboot one instance. Times are worked out by hand; the property holds the choice against a calendar of its
// own that knows minutes only.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, rulesText, type Rules } from '../../lib/plan/schedule.ts';
import { at, calendar, day, hour, minute, plain, rules } from './world.ts';

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

describe('any decision', () => {
  const ranges = fc.array(
    fc.record({
      days: fc.subarray(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], { minLength: 1 }),
      start: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 1439 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const zones = fc.constantFrom(
    ['UTC', 0] as const,
    ['Asia/Shanghai', 480] as const,
    ['Asia/Kathmandu', 345] as const,
  );
  const monday = at('2026-11-30T00:00:00Z').epochMilliseconds / minute;
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

  it('is the earliest slot that lies wholly in windows and outside every blackout, by a calendar of minutes', () => {
    fc.assert(
      fc.property(
        ranges,
        zones,
        fc.option(
          fc.record({ first: fc.integer({ min: 0, max: 9 }), days: fc.integer({ min: 1, max: 3 }) }),
          {
            nil: undefined,
          },
        ),
        fc.record({
          now: fc.integer({ min: 0, max: 5 * 1440 }),
          notice: fc.integer({ min: 0, max: 4 * 1440 }),
          slot: fc.integer({ min: 1, max: 300 }),
        }),
        (windows, [timeZone, offset], blackout, { now, notice, slot }) => {
          // The minutes of two weeks of wall time, from Monday 2026-11-23, one week before `monday`.
          const open = new Array<boolean>(21 * 1440).fill(false);
          for (const { days, start, length } of windows) {
            for (let date = 0; date < 20; date += 1) {
              if (!days.includes(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][date % 7] ?? '')) continue;
              open.fill(true, date * 1440 + start, date * 1440 + start + length);
            }
          }
          if (blackout !== undefined) {
            const first = (7 + blackout.first) * 1440;
            open.fill(false, first, first + blackout.days * 1440);
          }
          const isOpen = (at: number): boolean => open[at + 7 * 1440 + offset] ?? false;
          const fits = (at: number): boolean =>
            Array.from({ length: slot }, (_, index) => isOpen(at + index)).every(Boolean);
          const deadline = now + notice - 30;
          let expected: number | undefined;
          for (let at = now; at <= deadline && expected === undefined; at += 1) if (fits(at)) expected = at;
          let latest = expected;
          while (latest !== undefined && latest < deadline && isOpen(latest + slot)) latest += 1;

          const text = windows
            .map(
              ({ days, start, length }) => `${days.join()} ${clock(start)}-${clock((start + length) % 1440)}`,
            )
            .join('; ');
          const december = (date: number): string =>
            date === 0 ? '2026-11-30' : `2026-12-${String(date).padStart(2, '0')}`;
          const blackouts =
            blackout === undefined
              ? ''
              : `${december(blackout.first)}/${december(blackout.first + blackout.days - 1)}`;
          const instantOf = (minutes: number): string => new Date((monday + minutes) * minute).toISOString();
          const decision = decide(at(instantOf(now)), at(instantOf(now + notice)), {
            ...rules(),
            calendar: calendar(text, timeZone, blackouts),
            slot: slot * minute,
            noWindow: 'leave',
          });
          if (expected === undefined || latest === undefined) {
            expect(decision.kind).toBe(notice < 30 ? 'too-late' : 'leave');
          } else {
            expect(plain(decision)).toMatchObject({
              kind: 'window',
              executeAt: at(instantOf(expected)).toString(),
              latestStart: at(instantOf(latest)).toString(),
            });
          }
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('that reboots does so now or later, and no later than the safety margin before NotBefore, in any zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Europe/Berlin',
          'America/New_York',
          'Australia/Lord_Howe',
          'Pacific/Apia',
          'Asia/Kathmandu',
        ),
        fc.constantFrom<Rules['noWindow']>('last-resort', 'soonest', 'leave'),
        fc.constantFrom(
          'daily 02:00-05:00',
          'Sat,Sun 22:00-06:00',
          'Wed 01:15-02:45',
          'always',
          'daily 00:00-24:00',
        ),
        fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') }),
        fc.integer({ min: -day, max: 8 * day }),
        fc.integer({ min: 1, max: 3 * hour }),
        (timeZone, noWindow, windows, nowMs, notice, slot) => {
          const now = at(new Date(nowMs).toISOString());
          const notBefore = at(new Date(nowMs + notice).toISOString());
          const decision = decide(now, notBefore, {
            ...rules(),
            calendar: calendar(windows, timeZone),
            noWindow,
            slot,
          });
          expect(decision.reason).toMatch(/^[A-Z].*\.$/);
          expect(decision.kind === 'too-late').toBe(notice < 30 * minute);
          if (decision.kind === 'too-late' || decision.kind === 'leave') return;
          const { executeAt, latestStart } = decision;
          expect(executeAt.epochMilliseconds).toBeGreaterThanOrEqual(nowMs);
          expect(latestStart.epochMilliseconds).toBeGreaterThanOrEqual(executeAt.epochMilliseconds);
          expect(latestStart.epochMilliseconds).toBeLessThanOrEqual(nowMs + notice - 30 * minute);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
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
