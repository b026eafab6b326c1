// `preview` far off, with endless windows, with blackouts with hours and of every year. 2026-12-01 is a Tuesday. Nothing here
// may take long: a placeholder of ECS for "some day" must not stop the planner.
import { describe, expect, it } from 'vitest';
import { preview } from '../../lib/cli/preview.ts';
import { decisions } from './decisions.ts';

const now = '2026-12-01T10:00:00Z';
const far = '2999-01-01T00:00:00Z';
const farthest = '9999-12-31T00:00:00Z';

decisions('windows without a gap last until the margin, however far off', [
  ['always', { windows: 'always', now, notBefore: far }, 'window 2026-12-01T10:00:00Z/2998-12-31T23:30:00Z'],
  [
    'whole days',
    { windows: 'daily 00:00-24:00', now, notBefore: far },
    'window 2026-12-01T10:00:00Z/2998-12-31T23:30:00Z',
  ],
  [
    'weekdays and weekends',
    { windows: 'weekdays 00:00-24:00; weekends 00:00-24:00', now, notBefore: far },
    'window 2026-12-01T10:00:00Z/2998-12-31T23:30:00Z',
  ],
  [
    'days and nights, in a zone with clock changes',
    {
      windows: 'daily 06:00-18:00, 18:00-06:00',
      timeZone: 'Europe/Berlin',
      now,
      notBefore: '9999-12-31T00:00:00Z',
    },
    'window 2026-12-01T10:00:00Z/9999-12-30T23:30:00Z',
  ],
  [
    'up to a blackout far off, which begins at midnight in Shanghai',
    { windows: 'always', timeZone: 'Asia/Shanghai', blackout: '2998-06-01', now, notBefore: far },
    'window 2026-12-01T10:00:00Z/2998-05-31T15:45:00Z',
  ],
  [
    'up to the next yearly blackout',
    { windows: 'always', timeZone: 'Asia/Shanghai', blackout: '10-01/10-07', now, notBefore: far },
    'window 2026-12-01T10:00:00Z/2027-09-30T15:45:00Z',
  ],
  [
    'up to the next February 29',
    { windows: 'always', blackout: '02-29', now, notBefore: far },
    'window 2026-12-01T10:00:00Z/2028-02-28T23:45:00Z',
  ],
]);

decisions('a NotBefore far off takes the next window', [
  [
    'of a daily window',
    { windows: 'daily 02:00-05:00', now, notBefore: farthest },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'of a window over days',
    { windows: 'Fri 22:00-Mon 06:00', now, notBefore: farthest },
    'window 2026-12-04T22:00:00Z/2026-12-07T05:45:00Z',
  ],
  [
    'after a blackout with hours, within the window',
    { windows: 'daily 02:00-05:00', blackout: '2026-12-01/2026-12-02 03:30', now, notBefore: farthest },
    'window 2026-12-02T03:30:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'up to a blackout with hours, within the window',
    { windows: 'daily 02:00-05:00', blackout: '2026-12-02 03:30/2026-12-05', now, notBefore: farthest },
    'window 2026-12-02T02:00:00Z/2026-12-02T03:15:00Z',
  ],
  [
    'of a Monday that is the only open day of its year: 2029-12-31',
    { windows: 'Mon 02:00-05:00', blackout: '01-01/12-30', now, notBefore: farthest },
    'window 2029-12-31T02:00:00Z/2029-12-31T04:45:00Z',
  ],
  [
    'of a Sunday, eleven years later: 2037-12-27 is the first open one after 2026-12-27',
    { windows: 'Sun 02:00-05:00', blackout: '12-28/12-26', now: '2026-12-28T00:00:00Z', notBefore: farthest },
    'window 2037-12-27T02:00:00Z/2037-12-27T04:45:00Z',
  ],
  [
    'after blackouts of thousands of years',
    {
      windows: 'daily 02:00-05:00',
      blackout: '2026-12-02/9998-12-31, 10-01/10-07',
      now,
      notBefore: farthest,
    },
    'window 9999-01-01T02:00:00Z/9999-01-01T04:45:00Z',
  ],
]);

decisions('windows in which nothing ever fits leave it to the policy at once', [
  [
    'no open day in any year',
    { windows: 'daily 02:00-05:00', blackout: '01-01/12-31', now, notBefore: farthest },
    'last-resort 9999-12-30T22:00:00Z/9999-12-30T23:30:00Z',
  ],
  [
    'no open day, written as a range over New Year',
    { windows: 'always', blackout: '07-01/06-30', now, notBefore: farthest },
    'last-resort 9999-12-30T22:00:00Z/9999-12-30T23:30:00Z',
  ],
  [
    'the ends of a night that a blackout of every day but one leaves, each shorter than the slot',
    {
      windows: 'Mon 23:50-00:10',
      blackout: '01-01/12-30',
      now,
      notBefore: farthest,
    },
    'last-resort 9999-12-30T22:00:00Z/9999-12-30T23:30:00Z',
  ],
]);

describe('all of these', () => {
  it('are decided in much less than a second', () => {
    const begin = Date.now();
    for (const windows of ['always', 'daily 02:00-02:18', 'daily 02:00-05:00', 'Mon 02:00-03:00'])
      for (const blackout of [
        '',
        '01-01/12-31',
        '01-01/12-30',
        '02-29',
        '2027-01-01/9990-01-01, 03-01/02-27',
      ])
        expect(preview({ windows, blackout, timeZone: 'Europe/Berlin', now, notBefore: farthest }).ok).toBe(
          true,
        );
    // Twenty decisions. The search without a bound took minutes for each.
    expect(Date.now() - begin).toBeLessThan(10_000);
  });
});
