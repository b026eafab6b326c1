// `preview` by windows, slots and the time of planning. 2026-12-01 is a Tuesday.
import { decisions } from './decisions.ts';

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
    'three minutes before the latest start',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T04:42:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T04:42:00Z/2026-12-01T04:45:00Z',
  ],
  [
    'a second later means the next day: too little room to start is left',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T04:42:01Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'exactly at the end of a window means the next day',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T05:00:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'three minutes before the deadline, in a window',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T03:27:00Z', notBefore: '2026-12-01T04:00:00Z' },
    'window 2026-12-01T03:27:00Z/2026-12-01T03:30:00Z',
  ],
  [
    'a second later, in a window, is a last resort at once: no place is left',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T03:27:01Z', notBefore: '2026-12-01T04:00:00Z' },
    'last-resort 2026-12-01T03:27:01Z/2026-12-01T03:30:00Z',
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
    'a slot of the window less the room to start can be planned at one moment only',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T03:30:00Z',
      notBefore: '2026-12-03T00:00:00Z',
      slot: '177m',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
  ],
  [
    'a slot longer than the windows before NotBefore does not fit: the one that is long enough is Saturday’s',
    {
      windows: 'daily 02:00-05:00; Sat 01:00-06:00',
      now: '2026-12-01T03:30:00Z',
      notBefore: '2026-12-05T00:00:00Z',
      slot: '178m',
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
    'a window that opens three minutes before the deadline leaves the room to start',
    { windows: 'daily 02:00-05:00', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-02T02:33:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
  ],
  [
    'a window that opens a second later does not count',
    {
      windows: 'daily 02:00-05:00',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-02T02:32:59Z',
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
