// `preview` by blackouts, and by what happens if no window fits. 2026-12-01 is a Tuesday.
import { decisions } from './decisions.ts';

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
    'last-resort with the shortest lead leaves the room to start',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
      lastResortLead: '33m',
    },
    'last-resort 2026-12-01T15:27:00Z/2026-12-01T15:30:00Z',
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
    'last-resort ignores windows: it may begin when too little is left of one',
    { windows: 'Tue 13:00-14:17', now: '2026-12-01T14:00:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort ignores the slot',
    {
      windows: 'Tue 06:00-15:00',
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
    'but not a second before the margin, under last-resort',
    { windows: 'Sat 02:00-05:00', now: '2026-12-01T15:29:59Z', notBefore: '2026-12-01T16:00:00Z' },
    'last-resort 2026-12-01T15:29:59Z/2026-12-01T15:30:00Z',
  ],
  [
    'but not a second before the margin, under soonest',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T15:29:59Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'soonest',
    },
    'soonest 2026-12-01T15:29:59Z/2026-12-01T15:30:00Z',
  ],
  [
    'but not a second before the margin, under leave',
    {
      windows: 'Sat 02:00-05:00',
      now: '2026-12-01T15:29:59Z',
      notBefore: '2026-12-01T16:00:00Z',
      noWindow: 'leave',
    },
    'leave',
  ],
  [
    'exactly at the margin, in a window',
    { windows: 'always', now: '2026-12-01T15:30:00Z', notBefore: '2026-12-01T16:00:00Z' },
    'too-late',
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
      lastResortLead: '3h',
    },
    'too-late',
  ],
]);
