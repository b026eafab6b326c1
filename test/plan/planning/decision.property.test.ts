// Decisions on random calendars. An oracle that knows only minutes, and no Temporal, gives the expected interval.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../lib/plan/planning/decision.ts';
import type { Rules } from '../../../lib/plan/rules.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { at, calendar, day, hour, minute, plain, rules } from '../samples.ts';

/** With three digits of milliseconds, or none. */
function written(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % 1_000 === 0 ? `${text.slice(0, 19)}Z` : text;
}

const codes = {
  window: 'in-window',
  'last-resort': 'last-resort',
  soonest: 'soonest',
  leave: 'left-to-ecs',
  'too-late': 'too-late',
} as const;

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

  it('takes the earliest slot that lies completely in windows and outside every blackout, with room to start', () => {
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
          // The minutes of three weeks of wall time, from Monday 2026-11-23, one week before `monday`.
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
          // The room to start is three minutes: the slot fits, and still fits three minutes later.
          const fits = (at: number): boolean =>
            Array.from({ length: slot + 3 }, (_, index) => isOpen(at + index)).every(Boolean);
          const deadline = now + notice - 30;
          let expected: number | undefined;
          for (let at = now; at <= deadline - 3 && expected === undefined; at += 1)
            if (fits(at)) expected = at;
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
          const decision = decide({
            now: at(instantOf(now)),
            notBefore: at(instantOf(now + notice)),
            rules: rules({
              calendar: calendar(text, timeZone, blackouts),
              slot: slot * minute,
              noWindow: 'leave',
            }),
            slots: alone(undefined, slot * minute),
          });
          if (expected === undefined || latest === undefined) {
            expect(decision.kind).toBe(notice <= 30 ? 'too-late' : 'leave');
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

  it('never reboots before now or after the safety margin, in any zone, and its reason says the same as its kind and its time', () => {
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
          const ownRules = rules({ calendar: calendar(windows, timeZone), noWindow, slot });
          const slots = alone(undefined, slot);
          const decision = decide({ now, notBefore, rules: ownRules, slots });
          expect(decision.reason.code).toBe(codes[decision.kind]);
          expect(decision.kind === 'too-late').toBe(notice <= 30 * minute);
          if (decision.kind === 'too-late' || decision.kind === 'leave') return;
          const { executeAt, latestStart } = decision;
          expect(decision.reason.values).toMatchObject({
            timeZone,
            at: written(executeAt.epochMilliseconds),
          });
          expect(executeAt.epochMilliseconds).toBeGreaterThanOrEqual(nowMs);
          expect(latestStart.epochMilliseconds).toBeGreaterThanOrEqual(executeAt.epochMilliseconds);
          expect(latestStart.epochMilliseconds).toBeLessThanOrEqual(nowMs + notice - 30 * minute);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
