// `preview` as a table of decisions. The instants are literals: worked out by hand from the published changes of the zones,
// and checked with the calendar of another language. preview-call.test.ts tests how the command is called.
import { describe, expect, it } from 'vitest';
import { preview, type PreviewResult } from '../../lib/cli/preview.ts';

type Options = Parameters<typeof preview>[0];

/** The title, the options (the zone is UTC unless one is given), and the decision with its times. */
type Case = [string, Options, string];

function decisions(topic: string, cases: Case[]): void {
  describe(topic, () => {
    it.each(cases)('%s', (_, options, expected) => {
      expect(inShort(preview({ timeZone: 'UTC', ...options }))).toBe(expected);
    });
  });
}

/** `window 2026-12-01T18:00:00Z/2026-12-01T20:45:00Z`, or only the decision if there are no times. */
function inShort(result: PreviewResult): string {
  if (!result.ok) return JSON.stringify(result.faults);
  const { decision, executeAt, latestStart } = result.preview;
  return executeAt === null && latestStart === null ? decision : `${decision} ${executeAt}/${latestStart}`;
}

// 2026-12-01 is a Tuesday.
decisions('windows', [
  [
    'daily, in the given zone',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'Europe/Berlin',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T02:00:00Z',
    },
    'window 2026-12-02T01:00:00Z/2026-12-02T03:45:00Z',
  ],
  [
    'a list of days',
    { windows: 'Sat,Sun 22:00-06:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-07T12:00:00Z' },
    'window 2026-12-05T22:00:00Z/2026-12-06T05:45:00Z',
  ],
  [
    'a range of days',
    { windows: 'Mon-Fri 02:00-05:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-07T12:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'Mon-Fri does not include the weekend',
    { windows: 'Mon-Fri 02:00-05:00', now: '2026-12-04T10:00:00Z', notBefore: '2026-12-08T12:00:00Z' },
    'window 2026-12-07T02:00:00Z/2026-12-07T04:45:00Z',
  ],
  [
    'a range of days across the end of the week',
    { windows: 'Sat-Mon 02:00-03:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-08T12:00:00Z' },
    'window 2026-12-05T02:00:00Z/2026-12-05T02:45:00Z',
  ],
  [
    'of two items, the one that comes first in time',
    {
      windows: 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00',
      now: '2026-12-04T10:00:00Z',
      notBefore: '2026-12-08T12:00:00Z',
    },
    'window 2026-12-05T22:00:00Z/2026-12-06T05:45:00Z',
  ],
  [
    'several ranges per day',
    {
      windows: 'daily 02:00-03:00, 13:00-14:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T12:00:00Z',
    },
    'window 2026-12-01T13:00:00Z/2026-12-01T13:45:00Z',
  ],
  [
    'upper and lower case, extra spaces and a final semicolon are accepted',
    { windows: ' mon - FRI  2:00 - 5:00 ; ', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T12:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'Fri 23:30-01:30 covers Saturday 00:30',
    { windows: 'Fri 23:30-01:30', now: '2026-12-05T00:30:00Z', notBefore: '2026-12-06T00:00:00Z' },
    'window 2026-12-05T00:30:00Z/2026-12-05T01:15:00Z',
  ],
  [
    'Fri 23:30-01:30 does not cover Friday 00:30',
    { windows: 'Fri 23:30-01:30', now: '2026-12-04T00:30:00Z', notBefore: '2026-12-06T00:00:00Z' },
    'window 2026-12-04T23:30:00Z/2026-12-05T01:15:00Z',
  ],
  [
    'Sat,Sun 22:00-06:00 covers Monday 03:00',
    { windows: 'Sat,Sun 22:00-06:00', now: '2026-12-07T03:00:00Z', notBefore: '2026-12-08T00:00:00Z' },
    'window 2026-12-07T03:00:00Z/2026-12-07T05:45:00Z',
  ],
  [
    'Sat,Sun 22:00-06:00 does not cover Saturday 03:00',
    { windows: 'Sat,Sun 22:00-06:00', now: '2026-12-05T03:00:00Z', notBefore: '2026-12-08T00:00:00Z' },
    'window 2026-12-05T22:00:00Z/2026-12-06T05:45:00Z',
  ],
  [
    'always means from now until the margin',
    { windows: 'always', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T10:00:00Z/2026-12-02T23:30:00Z',
  ],
  [
    'always has room for a slot of one day',
    { windows: 'always', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T00:00:00Z', slot: '1d' },
    'window 2026-12-01T10:00:00Z/2026-12-02T23:30:00Z',
  ],
  [
    '24:00 is the end of the day',
    { windows: 'daily 22:00-24:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T22:00:00Z/2026-12-01T23:45:00Z',
  ],
  [
    '00:00 as an end means the same',
    { windows: 'daily 22:00-00:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T22:00:00Z/2026-12-01T23:45:00Z',
  ],
  [
    'the day of the week is that of the zone: Monday 02:00 in Shanghai is Sunday in UTC',
    {
      windows: 'Mon 02:00-05:00',
      timeZone: 'Asia/Shanghai',
      now: '2026-12-04T00:00:00Z',
      notBefore: '2026-12-08T00:00:00Z',
    },
    'window 2026-12-06T18:00:00Z/2026-12-06T20:45:00Z',
  ],
]);

decisions('ranges that touch or overlap count as one', [
  [
    'across midnight',
    {
      windows: 'daily 22:00-24:00, 00:00-02:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T22:00:00Z/2026-12-02T01:45:00Z',
  ],
  [
    'across midnight and across items',
    {
      windows: 'Fri 22:00-24:00; Sat 00:00-03:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-07T00:00:00Z',
    },
    'window 2026-12-04T22:00:00Z/2026-12-05T02:45:00Z',
  ],
  [
    'overlapping after midnight across items',
    {
      windows: 'Sat 01:00-05:00; Fri 22:00-02:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-07T00:00:00Z',
    },
    'window 2026-12-04T22:00:00Z/2026-12-05T04:45:00Z',
  ],
  [
    'a slot that fits only into both together',
    {
      windows: 'daily 22:00-24:00, 00:00-02:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T00:00:00Z',
      slot: '3h',
    },
    'window 2026-12-01T22:00:00Z/2026-12-01T23:00:00Z',
  ],
  [
    'a slot that begins in one and ends in the other',
    {
      windows: 'daily 11:00-12:00; daily 12:00-13:00',
      now: '2026-12-01T11:50:00Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T11:50:00Z/2026-12-01T12:45:00Z',
  ],
  [
    'a minute between them keeps them separate',
    {
      windows: 'daily 11:00-12:00, 12:01-13:00',
      now: '2026-12-01T11:50:00Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T12:01:00Z/2026-12-01T12:45:00Z',
  ],
  [
    'whole days join without a gap',
    { windows: 'daily 00:00-24:00', now: '2026-12-01T23:55:00Z', notBefore: '2026-12-05T00:00:00Z' },
    'window 2026-12-01T23:55:00Z/2026-12-04T23:30:00Z',
  ],
  [
    'across Sunday and Monday',
    {
      windows: 'Sun 22:00-24:00; Mon 00:00-04:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-08T00:00:00Z',
    },
    'window 2026-12-06T22:00:00Z/2026-12-07T03:45:00Z',
  ],
]);

decisions('the time of planning', [
  [
    'inside a window means at once',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T03:10:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T03:10:00Z/2026-12-01T04:45:00Z',
  ],
  [
    'exactly at the start of a window',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T02:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T02:00:00Z/2026-12-01T04:45:00Z',
  ],
  [
    'exactly at the latest start',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T04:45:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T04:45:00Z/2026-12-01T04:45:00Z',
  ],
  [
    'a second after the latest start means the next day',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T04:45:01Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'exactly at the end of a window means the next day',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T05:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'exactly at the deadline, in a window',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T03:30:00Z', notBefore: '2026-12-01T04:00:00Z' },
    'window 2026-12-01T03:30:00Z/2026-12-01T03:30:00Z',
  ],
  [
    'may be written with an offset',
    {
      windows: 'daily 18:00-21:00',
      now: '2026-12-02T02:30:00+08:00',
      notBefore: '2026-12-03T10:00:00+08:00',
    },
    'window 2026-12-01T18:30:00Z/2026-12-01T20:45:00Z',
  ],
  [
    'may be written without seconds, as ECS does',
    { windows: 'daily 10:00-21:00', now: '2026-12-01T10:00Z', notBefore: '2026-12-03T00:00Z' },
    'window 2026-12-01T10:00:00Z/2026-12-01T20:45:00Z',
  ],
]);

decisions('slot and margin', [
  [
    'a slot longer than the rest of the window waits for the next window',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T03:30:00Z',
      notBefore: '2026-12-03T00:00:00Z',
      slot: '2h',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T03:00:00Z',
  ],
  [
    'a slot as long as the window can start at one moment only',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T03:30:00Z',
      notBefore: '2026-12-03T00:00:00Z',
      slot: '3h',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:00:00Z',
  ],
  [
    'a slot longer than any window never fits',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T03:30:00Z',
      notBefore: '2026-12-05T00:00:00Z',
      slot: '181m',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'the longer of two windows, if the slot needs it',
    {
      windows: 'daily 12:00-13:00, 20:00-23:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T00:00:00Z',
      slot: '2h',
    },
    'window 2026-12-01T20:00:00Z/2026-12-01T21:00:00Z',
  ],
  [
    'NotBefore minus the margin shortens the window',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-02T04:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T03:30:00Z',
  ],
  [
    'a slot may end after the deadline, but not after the window',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-02T02:40:00Z',
      slot: '1h',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:10:00Z',
  ],
  [
    'a window that opens at the deadline allows one moment',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-02T02:30:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:00:00Z',
  ],
  [
    'a window that opens a second after the deadline does not count',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-02T02:29:59Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'a longer margin shortens the window more',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-02T04:00:00Z',
      safetyMargin: '90m',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:30:00Z',
  ],
]);

decisions('a blackout', [
  [
    'of one day closes that day',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T00:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-03T02:00:00Z/2026-12-03T04:45:00Z',
  ],
  [
    'of a range includes both ends',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-06T00:00:00Z',
      blackout: '2026-12-02/2026-12-04',
    },
    'window 2026-12-05T02:00:00Z/2026-12-05T04:45:00Z',
  ],
  [
    'may have several ranges, in any order',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-07T00:00:00Z',
      blackout: '2026-12-04/2026-12-05, 2026-12-02/2026-12-03',
    },
    'window 2026-12-06T02:00:00Z/2026-12-06T04:45:00Z',
  ],
  [
    'ends a window that runs into it',
    {
      windows: 'daily 22:00-06:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T12:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-01T22:00:00Z/2026-12-01T23:45:00Z',
  ],
  [
    'delays a window that starts inside it until it ends',
    {
      windows: 'daily 22:00-06:00',
      now: '2026-12-02T10:00:00Z',
      notBefore: '2026-12-04T12:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-03T00:00:00Z/2026-12-03T05:45:00Z',
  ],
  [
    'may leave too little of a window for the slot',
    {
      windows: 'daily 22:00-06:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T12:00:00Z',
      blackout: '2026-12-02',
      slot: '3h',
    },
    'window 2026-12-03T00:00:00Z/2026-12-03T03:00:00Z',
  ],
  [
    'also closes always',
    {
      windows: 'always',
      now: '2026-12-02T10:00:00Z',
      notBefore: '2026-12-04T00:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-03T00:00:00Z/2026-12-03T23:30:00Z',
  ],
  [
    'ends always where it begins',
    {
      windows: 'always',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T00:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-01T10:00:00Z/2026-12-01T23:45:00Z',
  ],
  [
    'is a day of the zone, which begins at 16:00 UTC for Shanghai',
    {
      windows: 'always',
      timeZone: 'Asia/Shanghai',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T00:00:00Z',
      blackout: '2026-12-02',
    },
    'window 2026-12-01T10:00:00Z/2026-12-01T15:45:00Z',
  ],
  [
    'that leaves no window makes the policy decide',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-04T00:00:00Z',
      blackout: '2026-12-01/2026-12-04',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'of one day splits a window of several days',
    {
      windows: 'Fri 12:00-24:00; Sat 00:00-24:00; Sun 00:00-12:00',
      now: '2026-12-04T23:50:00Z',
      notBefore: '2026-12-08T00:00:00Z',
      blackout: '2026-12-05',
    },
    'window 2026-12-06T00:00:00Z/2026-12-06T11:45:00Z',
  ],
]);

decisions('if no window fits,', [
  [
    'last-resort, the default, is two hours before NotBefore',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort with another lead and margin',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'last-resort',
      lastResortLead: '4h',
      safetyMargin: '1h',
    },
    'last-resort 2026-12-01T12:00:00Z/2026-12-01T15:00:00Z',
  ],
  [
    'last-resort means now if its lead has begun',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T15:00:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T15:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort can start exactly when its lead begins',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T14:00:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort with a lead as long as the margin allows one moment',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      lastResortLead: '30m',
    },
    'last-resort 2026-12-01T15:30:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'soonest means now',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'soonest',
    },
    'soonest 2026-12-01T10:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'leave means no reboot by the planner',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'last-resort ignores blackouts',
    {
      windows: 'always',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      blackout: '2026-12-01',
    },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'soonest ignores blackouts',
    {
      windows: 'always',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      blackout: '2026-12-01',
      noWindow: 'soonest',
    },
    'soonest 2026-12-01T10:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort ignores windows: it may begin in one that is too short',
    { windows: 'Tue 14:00-14:10', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort ignores the slot',
    {
      windows: 'Tue 11:00-15:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      slot: '6h',
    },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'only then does the policy count',
    {
      windows: 'Tue 11:00-15:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'leave',
    },
    'window 2026-12-01T11:00:00Z/2026-12-01T14:45:00Z',
  ],
]);

decisions('it is too late', [
  [
    'a second after the margin, under last-resort',
    {
      windows: 'always',
      now: '2026-12-01T15:30:01Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'last-resort',
    },
    'too-late',
  ],
  [
    'a second after the margin, under soonest',
    {
      windows: 'always',
      now: '2026-12-01T15:30:01Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'soonest',
    },
    'too-late',
  ],
  [
    'a second after the margin, under leave',
    { windows: 'always', now: '2026-12-01T15:30:01Z', notBefore: '2026-12-01T16:00:00Z', noWindow: 'leave' },
    'too-late',
  ],
  [
    'but not exactly at the margin, under last-resort',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T15:30:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T15:30:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'but not exactly at the margin, under soonest',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T15:30:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'soonest',
    },
    'soonest 2026-12-01T15:30:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'but not exactly at the margin, under leave',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T15:30:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'but not exactly at the margin, in a window',
    { windows: 'always', now: '2026-12-01T15:30:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'window 2026-12-01T15:30:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'after NotBefore',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T16:00:01Z', notBefore: '2026-12-01T16:00:00Z' },
    'too-late',
  ],
  [
    'earlier with a longer margin',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T14:00:01Z',
      notBefore: '2026-12-01T16:00:00Z',
      safetyMargin: '2h',
    },
    'too-late',
  ],
]);

// Berlin at 2027-03-28 01:00Z and New York at 2027-03-14 07:00Z go from 02:00 to 03:00.
// Lord Howe at 2026-10-03 15:30Z goes from 02:00 to 02:30.
decisions('when clocks go forward', [
  [
    'Berlin: a window loses the skipped hour',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'Europe/Berlin',
      now: '2027-03-27T20:00:00Z',
      notBefore: '2027-03-28T12:00:00Z',
    },
    'window 2027-03-28T01:00:00Z/2027-03-28T02:45:00Z',
  ],
  [
    'Berlin: a window that ends in the skipped hour ends an hour later',
    {
      windows: 'daily 01:30-02:30',
      timeZone: 'Europe/Berlin',
      now: '2027-03-27T20:00:00Z',
      notBefore: '2027-03-28T12:00:00Z',
    },
    'window 2027-03-28T00:30:00Z/2027-03-28T01:15:00Z',
  ],
  [
    'Berlin: a window within the skipped hour moves to after it',
    {
      windows: 'daily 02:15-02:45',
      timeZone: 'Europe/Berlin',
      now: '2027-03-27T20:00:00Z',
      notBefore: '2027-03-28T12:00:00Z',
    },
    'window 2027-03-28T01:15:00Z/2027-03-28T01:30:00Z',
  ],
  [
    'Berlin: a window that loses all its time does not count on that day',
    {
      windows: 'daily 02:30-03:00',
      timeZone: 'Europe/Berlin',
      now: '2027-03-27T20:00:00Z',
      notBefore: '2027-03-28T12:00:00Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'Berlin: a night is an hour shorter',
    {
      windows: 'Sat 22:00-06:00',
      timeZone: 'Europe/Berlin',
      now: '2027-03-27T20:00:00Z',
      notBefore: '2027-03-28T12:00:00Z',
    },
    'window 2027-03-27T21:00:00Z/2027-03-28T03:45:00Z',
  ],
  [
    'New York: 01:00 to 04:00 lasts two hours',
    {
      windows: 'Sun 01:00-04:00',
      timeZone: 'America/New_York',
      now: '2027-03-13T12:00:00Z',
      notBefore: '2027-03-14T20:00:00Z',
      slot: '1h',
    },
    'window 2027-03-14T06:00:00Z/2027-03-14T07:00:00Z',
  ],
  [
    'New York: 02:30 is 03:30 on that day',
    {
      windows: 'daily 02:30-04:00',
      timeZone: 'America/New_York',
      now: '2027-03-14T05:00:00Z',
      notBefore: '2027-03-14T20:00:00Z',
    },
    'window 2027-03-14T07:30:00Z/2027-03-14T07:45:00Z',
  ],
  [
    'Lord Howe: half an hour is lost',
    {
      windows: 'Sun 01:00-03:00',
      timeZone: 'Australia/Lord_Howe',
      now: '2026-10-03T12:00:00Z',
      notBefore: '2026-10-04T06:00:00Z',
    },
    'window 2026-10-03T14:30:00Z/2026-10-03T15:45:00Z',
  ],
  [
    'St. John’s: 02:00 becomes 03:00 at 05:30 UTC',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'America/St_Johns',
      now: '2027-03-14T00:00:00Z',
      notBefore: '2027-03-14T20:00:00Z',
    },
    'window 2027-03-14T05:30:00Z/2027-03-14T07:15:00Z',
  ],
  [
    'Auckland: 02:00 becomes 03:00 on Saturday 14:00 UTC',
    {
      windows: 'Sun 02:00-05:00',
      timeZone: 'Pacific/Auckland',
      now: '2026-09-26T00:00:00Z',
      notBefore: '2026-09-27T20:00:00Z',
    },
    'window 2026-09-26T14:00:00Z/2026-09-26T15:45:00Z',
  ],
]);

// Berlin at 2026-10-25 01:00Z goes from 03:00 to 02:00, New York at 2026-11-01 06:00Z from 02:00 to 01:00,
// Lord Howe at 2027-04-03 15:00Z from 02:00 to 01:30.
decisions('when clocks go back', [
  [
    'Berlin: a window includes the repeated hour twice',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T19:00:00Z',
      notBefore: '2026-10-25T12:00:00Z',
    },
    'window 2026-10-25T00:00:00Z/2026-10-25T03:45:00Z',
  ],
  [
    'Berlin: a window that starts in the repeated hour starts the first time it comes',
    {
      windows: 'daily 02:30-03:30',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T19:00:00Z',
      notBefore: '2026-10-25T12:00:00Z',
    },
    'window 2026-10-25T00:30:00Z/2026-10-25T02:15:00Z',
  ],
  [
    'Berlin: a window that ends in the repeated hour ends the first time it comes',
    {
      windows: 'daily 01:00-02:30',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T19:00:00Z',
      notBefore: '2026-10-25T12:00:00Z',
    },
    'window 2026-10-24T23:00:00Z/2026-10-25T00:15:00Z',
  ],
  [
    'Berlin: a window within the repeated hour does not count the second time',
    {
      windows: 'daily 02:15-02:45',
      timeZone: 'Europe/Berlin',
      now: '2026-10-25T01:15:00Z',
      notBefore: '2026-10-25T12:00:00Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'Berlin: a night is an hour longer',
    {
      windows: 'Sat 22:00-06:00',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T19:00:00Z',
      notBefore: '2026-10-25T12:00:00Z',
    },
    'window 2026-10-24T20:00:00Z/2026-10-25T04:45:00Z',
  ],
  [
    'New York: half an hour by the clock lasts an hour and a half',
    {
      windows: 'Sun 01:30-02:00',
      timeZone: 'America/New_York',
      now: '2026-10-31T12:00:00Z',
      notBefore: '2026-11-01T20:00:00Z',
      slot: '1h',
    },
    'window 2026-11-01T05:30:00Z/2026-11-01T06:00:00Z',
  ],
  [
    'Lord Howe: half an hour is gained',
    {
      windows: 'Sun 01:00-03:00',
      timeZone: 'Australia/Lord_Howe',
      now: '2027-04-03T12:00:00Z',
      notBefore: '2027-04-04T06:00:00Z',
    },
    'window 2027-04-03T14:00:00Z/2027-04-03T16:15:00Z',
  ],
  [
    'St. John’s: 02:00 becomes 01:00 at 04:30 UTC',
    {
      windows: 'daily 01:00-03:00',
      timeZone: 'America/St_Johns',
      now: '2026-11-01T00:00:00Z',
      notBefore: '2026-11-01T20:00:00Z',
    },
    'window 2026-11-01T03:30:00Z/2026-11-01T06:15:00Z',
  ],
  [
    'Auckland: 03:00 becomes 02:00 on Saturday 14:00 UTC',
    {
      windows: 'Sun 02:00-05:00',
      timeZone: 'Pacific/Auckland',
      now: '2027-04-03T00:00:00Z',
      notBefore: '2027-04-04T20:00:00Z',
    },
    'window 2027-04-03T13:00:00Z/2027-04-03T16:45:00Z',
  ],
]);

// Apia skipped 2011-12-30: it went from -10:00 to +14:00 at 10:00Z.
// São Paulo had no midnight on 2018-11-04: 00:00 became 01:00 at 03:00Z.
// Havana has midnight twice on 2026-11-01.
decisions('in unusual zones,', [
  [
    'Kathmandu: the offset has 45 minutes',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'Asia/Kathmandu',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T02:00:00Z',
    },
    'window 2026-12-01T20:15:00Z/2026-12-01T23:00:00Z',
  ],
  [
    'Kathmandu: a blackout ends at 18:15 UTC',
    {
      windows: 'always',
      timeZone: 'Asia/Kathmandu',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T02:00:00Z',
      blackout: '2026-12-01',
    },
    'window 2026-12-01T18:15:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'Apia: a window on the skipped Friday moves to the next day',
    {
      windows: 'Fri 02:00-05:00',
      timeZone: 'Pacific/Apia',
      now: '2011-12-29T12:00:00Z',
      notBefore: '2012-01-02T00:00:00Z',
    },
    'window 2011-12-30T12:00:00Z/2011-12-30T14:45:00Z',
  ],
  [
    'Apia: Thursday’s night runs into Saturday',
    {
      windows: 'Thu 22:00-06:00',
      timeZone: 'Pacific/Apia',
      now: '2011-12-29T12:00:00Z',
      notBefore: '2012-01-02T00:00:00Z',
    },
    'window 2011-12-30T08:00:00Z/2011-12-30T15:45:00Z',
  ],
  [
    'Apia: a blackout of the skipped day closes nothing',
    {
      windows: 'always',
      timeZone: 'Pacific/Apia',
      now: '2011-12-29T12:00:00Z',
      notBefore: '2012-01-02T00:00:00Z',
      blackout: '2011-12-30',
    },
    'window 2011-12-29T12:00:00Z/2012-01-01T23:30:00Z',
  ],
  [
    'Apia: a blackout of the day before ends when Saturday begins',
    {
      windows: 'always',
      timeZone: 'Pacific/Apia',
      now: '2011-12-29T12:00:00Z',
      notBefore: '2012-01-02T00:00:00Z',
      blackout: '2011-12-29',
    },
    'window 2011-12-30T10:00:00Z/2012-01-01T23:30:00Z',
  ],
  [
    'Apia: a blackout of Saturday also closes the moved window',
    {
      windows: 'Fri,Sun 02:00-05:00',
      timeZone: 'Pacific/Apia',
      now: '2011-12-29T12:00:00Z',
      notBefore: '2012-01-02T00:00:00Z',
      blackout: '2011-12-31',
    },
    'window 2011-12-31T12:00:00Z/2011-12-31T14:45:00Z',
  ],
  [
    'São Paulo: a blackout can begin at the skipped midnight',
    {
      windows: 'always',
      timeZone: 'America/Sao_Paulo',
      now: '2018-11-03T12:00:00Z',
      notBefore: '2018-11-06T00:00:00Z',
      blackout: '2018-11-04',
    },
    'window 2018-11-03T12:00:00Z/2018-11-04T02:45:00Z',
  ],
  [
    'São Paulo: this blackout lasts 23 hours',
    {
      windows: 'always',
      timeZone: 'America/Sao_Paulo',
      now: '2018-11-04T12:00:00Z',
      notBefore: '2018-11-06T00:00:00Z',
      blackout: '2018-11-04',
    },
    'window 2018-11-05T02:00:00Z/2018-11-05T23:30:00Z',
  ],
  [
    'São Paulo: a blackout can end at the skipped midnight',
    {
      windows: 'always',
      timeZone: 'America/Sao_Paulo',
      now: '2018-11-03T12:00:00Z',
      notBefore: '2018-11-06T00:00:00Z',
      blackout: '2018-11-03',
    },
    'window 2018-11-04T03:00:00Z/2018-11-05T23:30:00Z',
  ],
  [
    'São Paulo: ranges that end at 24:00 and begin at 00:00 still join',
    {
      windows: 'Sat 22:00-24:00; Sun 00:00-02:00',
      timeZone: 'America/Sao_Paulo',
      now: '2018-11-03T12:00:00Z',
      notBefore: '2018-11-06T00:00:00Z',
    },
    'window 2018-11-04T01:00:00Z/2018-11-04T03:45:00Z',
  ],
  [
    'Havana: a blackout begins at the first of the two midnights',
    {
      windows: 'always',
      timeZone: 'America/Havana',
      now: '2026-10-31T12:00:00Z',
      notBefore: '2026-11-03T00:00:00Z',
      blackout: '2026-11-01',
    },
    'window 2026-10-31T12:00:00Z/2026-11-01T03:45:00Z',
  ],
]);
