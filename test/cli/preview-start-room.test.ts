// `preview` by the room to start: in windows, at deadlines, over midnight, and where clocks change. A place is one only if its
// latest start is START_ROOM (3m unless said otherwise) or more after its beginning. The latest start is the end of the window
// less the slot (15m), or NotBefore less the margin (30m), whichever is earlier. Each instant was worked out by hand, and the
// wall times of other zones were converted with GNU date. 2026-12-01 is a Tuesday.
import { decisions } from './decisions.ts';

const daily = { windows: 'daily 02:00-05:00' };

decisions('START_ROOM in a window', [
  [
    'of just a slot and the room: three minutes are left to start',
    { windows: 'daily 02:00-02:18', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T02:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
  ],
  [
    'of just that, at its first moment',
    { windows: 'daily 02:00-02:18', now: '2026-12-02T02:00:00Z', notBefore: '2026-12-04T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
  ],
  [
    'of just that, a second later: the next night',
    { windows: 'daily 02:00-02:18', now: '2026-12-02T02:00:01Z', notBefore: '2026-12-04T00:00:00Z' },
    'window 2026-12-03T02:00:00Z/2026-12-03T02:03:00Z',
  ],
  [
    'of half an hour, half an hour before the latest start',
    { ...daily, startRoom: '30m', now: '2026-12-01T04:15:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T04:15:00Z/2026-12-01T04:45:00Z',
  ],
  [
    'of half an hour, a second later',
    { ...daily, startRoom: '30m', now: '2026-12-01T04:15:01Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'of a second, a second before the latest start',
    { ...daily, startRoom: '1s', now: '2026-12-01T04:44:59Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-01T04:44:59Z/2026-12-01T04:45:00Z',
  ],
  [
    'of a second, at the latest start',
    { ...daily, startRoom: '1s', now: '2026-12-01T04:45:00Z', notBefore: '2026-12-03T00:00:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'of all the window but the slot',
    {
      ...daily,
      startRoom: '165m',
      lastResortLead: '4h',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-02T12:00:00Z',
    },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'of all that, a second after the window opens: the last resort',
    {
      ...daily,
      startRoom: '165m',
      lastResortLead: '4h',
      now: '2026-12-02T02:00:01Z',
      notBefore: '2026-12-02T12:00:00Z',
    },
    'last-resort 2026-12-02T08:00:00Z/2026-12-02T11:30:00Z',
  ],
  [
    'is just left in the first of two ranges',
    {
      windows: 'daily 02:00-02:30, 03:00-04:00',
      now: '2026-12-01T02:12:00Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T02:12:00Z/2026-12-01T02:15:00Z',
  ],
  [
    'is not left in the first of two ranges: the second one',
    {
      windows: 'daily 02:00-02:30, 03:00-04:00',
      now: '2026-12-01T02:12:01Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T03:00:00Z/2026-12-01T03:45:00Z',
  ],
]);

decisions('START_ROOM at the deadline', [
  [
    'of ten minutes fits between the window’s opening and the deadline',
    { ...daily, startRoom: '10m', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-02T02:40:00Z' },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:10:00Z',
  ],
  [
    'of ten minutes, with a NotBefore one second earlier: two hours before that',
    { ...daily, startRoom: '10m', now: '2026-12-01T10:00:00Z', notBefore: '2026-12-02T02:39:59Z' },
    'last-resort 2026-12-02T00:39:59Z/2026-12-02T02:09:59Z',
  ],
  [
    'fits in the second night, the first being closed',
    {
      ...daily,
      blackout: '2026-12-02',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T02:33:00Z',
    },
    'window 2026-12-03T02:00:00Z/2026-12-03T02:03:00Z',
  ],
  [
    'does not fit in the second night, the first being closed',
    {
      ...daily,
      blackout: '2026-12-02',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T02:32:59Z',
    },
    'last-resort 2026-12-03T00:32:59Z/2026-12-03T02:02:59Z',
  ],
  [
    'of an hour is all that the shortest lead leaves to a last resort',
    {
      windows: 'Sat 02:00-05:00',
      startRoom: '1h',
      lastResortLead: '90m',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-01T16:00:00Z',
    },
    'last-resort 2026-12-01T14:30:00Z/2026-12-01T15:30:00Z',
  ],
]);

const four = '2026-12-01T16:00:00Z';
const saturday = { windows: 'Sat 02:00-05:00', notBefore: four };
const always = { windows: 'always', notBefore: four };

decisions('in the last START_ROOM before the deadline, the policy acts at once:', [
  [
    'last-resort with just the room left',
    { ...saturday, now: '2026-12-01T15:27:00Z' },
    'last-resort 2026-12-01T15:27:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort with half of it left',
    { ...saturday, now: '2026-12-01T15:28:30Z' },
    'last-resort 2026-12-01T15:28:30Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort with a millisecond left',
    { ...saturday, now: '2026-12-01T15:29:59.999Z' },
    'last-resort 2026-12-01T15:29:59.999Z/2026-12-01T15:30:00Z',
  ],
  [
    'soonest',
    { ...saturday, now: '2026-12-01T15:28:00Z', noWindow: 'soonest' },
    'soonest 2026-12-01T15:28:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'last-resort in an open window',
    { ...always, now: '2026-12-01T15:28:00Z' },
    'last-resort 2026-12-01T15:28:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'soonest in an open window',
    { ...always, now: '2026-12-01T15:28:00Z', noWindow: 'soonest' },
    'soonest 2026-12-01T15:28:00Z/2026-12-01T15:30:00Z',
  ],
  ['leave in an open window', { ...always, now: '2026-12-01T15:28:00Z', noWindow: 'leave' }, 'leave'],
  [
    'but with just the room left, an open window comes before leave',
    { ...always, now: '2026-12-01T15:27:00Z', noWindow: 'leave' },
    'window 2026-12-01T15:27:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'with a margin of 45 seconds, a second before the deadline',
    { ...saturday, safetyMargin: '45s', now: '2026-12-01T15:59:14Z', noWindow: 'soonest' },
    'soonest 2026-12-01T15:59:14Z/2026-12-01T15:59:15Z',
  ],
]);

decisions('exactly at NotBefore less the margin it is too late', [
  ['under last-resort', { ...saturday, now: '2026-12-01T15:30:00Z' }, 'too-late'],
  ['under soonest', { ...saturday, now: '2026-12-01T15:30:00Z', noWindow: 'soonest' }, 'too-late'],
  ['under leave', { ...saturday, now: '2026-12-01T15:30:00Z', noWindow: 'leave' }, 'too-late'],
  [
    'with a margin of 45 seconds',
    { ...always, safetyMargin: '45s', now: '2026-12-01T15:59:15Z' },
    'too-late',
  ],
]);

const friday = { windows: 'Fri 23:50-00:10', notBefore: '2026-12-06T00:00:00Z' };
const night = { windows: 'daily 22:00-00:18', notBefore: '2026-12-03T12:00:00Z' };

decisions('START_ROOM over midnight', [
  [
    'in twenty minutes of a Friday night',
    { ...friday, now: '2026-12-04T10:00:00Z' },
    'window 2026-12-04T23:50:00Z/2026-12-04T23:55:00Z',
  ],
  [
    'in that night with just the room left',
    { ...friday, now: '2026-12-04T23:52:00Z' },
    'window 2026-12-04T23:52:00Z/2026-12-04T23:55:00Z',
  ],
  [
    'in that night a second later',
    { ...friday, now: '2026-12-04T23:52:01Z' },
    'last-resort 2026-12-05T22:00:00Z/2026-12-05T23:30:00Z',
  ],
  [
    'from before midnight to after it',
    { ...night, now: '2026-12-01T23:59:30Z' },
    'window 2026-12-01T23:59:30Z/2026-12-02T00:03:00Z',
  ],
  [
    'at midnight',
    { ...night, now: '2026-12-02T00:00:00Z' },
    'window 2026-12-02T00:00:00Z/2026-12-02T00:03:00Z',
  ],
  [
    'a second after midnight',
    { ...night, now: '2026-12-02T00:00:01Z' },
    'window 2026-12-02T22:00:00Z/2026-12-03T00:03:00Z',
  ],
  [
    'in two ranges that meet at midnight',
    {
      windows: 'daily 23:52-24:00, 00:00-00:10',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-03T00:00:00Z',
    },
    'window 2026-12-01T23:52:00Z/2026-12-01T23:55:00Z',
  ],
  [
    'in two ranges that meet between Sunday and Monday',
    {
      windows: 'Sun 23:55-24:00; Mon 00:00-00:13',
      now: '2026-12-01T10:00:00Z',
      notBefore: '2026-12-08T00:00:00Z',
    },
    'window 2026-12-06T23:55:00Z/2026-12-06T23:58:00Z',
  ],
  [
    'before a blackout that begins at midnight',
    {
      windows: 'daily 22:00-06:00',
      blackout: '2026-12-02',
      now: '2026-12-01T23:42:00Z',
      notBefore: '2026-12-04T12:00:00Z',
    },
    'window 2026-12-01T23:42:00Z/2026-12-01T23:45:00Z',
  ],
  [
    'a second too late before that blackout: after it',
    {
      windows: 'daily 22:00-06:00',
      blackout: '2026-12-02',
      now: '2026-12-01T23:42:01Z',
      notBefore: '2026-12-04T12:00:00Z',
    },
    'window 2026-12-03T00:00:00Z/2026-12-03T05:45:00Z',
  ],
]);

const berlinSpring = {
  timeZone: 'Europe/Berlin',
  now: '2027-03-27T20:00:00Z',
  notBefore: '2027-03-28T12:00:00Z',
};
const newYorkSpring = {
  timeZone: 'America/New_York',
  now: '2027-03-13T12:00:00Z',
  notBefore: '2027-03-14T20:00:00Z',
};
const lordHoweSpring = {
  timeZone: 'Australia/Lord_Howe',
  now: '2026-10-03T12:00:00Z',
  notBefore: '2026-10-04T06:00:00Z',
};

// Berlin at 2027-03-28 01:00Z and New York at 2027-03-14 07:00Z go from 02:00 to 03:00, Lord Howe at 2026-10-03 15:30Z from
// 02:00 to 02:30.
decisions('START_ROOM when clocks go forward', [
  [
    'Berlin: three minutes before the latest start',
    { ...berlinSpring, ...daily, now: '2027-03-28T02:42:00Z' },
    'window 2027-03-28T02:42:00Z/2027-03-28T02:45:00Z',
  ],
  [
    'Berlin: a second later',
    { ...berlinSpring, ...daily, now: '2027-03-28T02:42:01Z' },
    'last-resort 2027-03-28T10:00:00Z/2027-03-28T11:30:00Z',
  ],
  [
    'Berlin: 01:45 to 03:03 is just long enough',
    { ...berlinSpring, windows: 'daily 01:45-03:03' },
    'window 2027-03-28T00:45:00Z/2027-03-28T00:48:00Z',
  ],
  [
    'Berlin: 01:45 to 03:02 is not',
    { ...berlinSpring, windows: 'daily 01:45-03:02', noWindow: 'soonest' },
    'soonest 2027-03-27T20:00:00Z/2027-03-28T11:30:00Z',
  ],
  [
    'New York: an hour of two is left for 57 minutes',
    { ...newYorkSpring, windows: 'Sun 01:30-03:30', slot: '57m' },
    'window 2027-03-14T06:30:00Z/2027-03-14T06:33:00Z',
  ],
  [
    'New York: but not for 58 minutes',
    { ...newYorkSpring, windows: 'Sun 01:30-03:30', slot: '58m', noWindow: 'leave' },
    'leave',
  ],
  [
    'Lord Howe: half an hour of one is left for 27 minutes',
    { ...lordHoweSpring, windows: 'Sun 01:45-02:45', slot: '27m' },
    'window 2026-10-03T15:15:00Z/2026-10-03T15:18:00Z',
  ],
  [
    'Lord Howe: but not for 28 minutes',
    { ...lordHoweSpring, windows: 'Sun 01:45-02:45', slot: '28m', noWindow: 'leave' },
    'leave',
  ],
]);

const berlinAutumn = {
  timeZone: 'Europe/Berlin',
  windows: 'Sun 02:42-03:00',
  notBefore: '2026-10-25T12:00:00Z',
};
const newYorkAutumn = {
  timeZone: 'America/New_York',
  windows: 'Sun 01:00-01:30',
  notBefore: '2026-11-01T20:00:00Z',
};
const lordHoweAutumn = {
  timeZone: 'Australia/Lord_Howe',
  windows: 'Sun 01:30-02:00',
  notBefore: '2027-04-04T06:00:00Z',
};

// Berlin at 2026-10-25 01:00Z goes from 03:00 to 02:00, New York at 2026-11-01 06:00Z from 02:00 to 01:00, Lord Howe at
// 2027-04-03 15:00Z from 02:00 to 01:30.
decisions('START_ROOM when clocks go back', [
  [
    'Berlin: 18 minutes by the clock last 78',
    { ...berlinAutumn, now: '2026-10-24T19:00:00Z' },
    'window 2026-10-25T00:42:00Z/2026-10-25T01:45:00Z',
  ],
  [
    'Berlin: just the room is left when it is 02:42 for the second time',
    { ...berlinAutumn, now: '2026-10-25T01:42:00Z' },
    'window 2026-10-25T01:42:00Z/2026-10-25T01:45:00Z',
  ],
  ['Berlin: a second later', { ...berlinAutumn, now: '2026-10-25T01:42:01Z', noWindow: 'leave' }, 'leave'],
  [
    'New York: a range in the repeated hour is that of the first time',
    { ...newYorkAutumn, now: '2026-10-31T12:00:00Z' },
    'window 2026-11-01T05:00:00Z/2026-11-01T05:15:00Z',
  ],
  [
    'New York: at 01:00 for the second time there is no room',
    { ...newYorkAutumn, now: '2026-11-01T06:00:00Z', noWindow: 'leave' },
    'leave',
  ],
  [
    'Lord Howe: half an hour by the clock lasts an hour',
    { ...lordHoweAutumn, now: '2027-04-03T12:00:00Z' },
    'window 2027-04-03T14:30:00Z/2027-04-03T15:15:00Z',
  ],
  [
    'Lord Howe: just the room is left in the repeated half hour',
    { ...lordHoweAutumn, now: '2027-04-03T15:12:00Z' },
    'window 2027-04-03T15:12:00Z/2027-04-03T15:15:00Z',
  ],
  [
    'Lord Howe: for a slot as long as the clock allows',
    { ...lordHoweAutumn, now: '2027-04-03T12:00:00Z', slot: '27m' },
    'window 2027-04-03T14:30:00Z/2027-04-03T15:03:00Z',
  ],
]);

const kathmandu = { timeZone: 'Asia/Kathmandu', notBefore: '2026-12-03T02:00:00Z' };
const kathmanduFreeze = { ...kathmandu, ...daily, blackout: '2026-12-02 02:30/2026-12-02 04:00' };
const apia = { timeZone: 'Pacific/Apia', notBefore: '2012-01-02T00:00:00Z' };

// Kathmandu is at +05:45. Apia skipped 2011-12-30: it went from -10:00 to +14:00 at 10:00Z.
decisions('START_ROOM in unusual zones', [
  [
    'Kathmandu: just long enough',
    { ...kathmandu, windows: 'daily 02:00-02:18', now: '2026-12-01T10:00:00Z' },
    'window 2026-12-01T20:15:00Z/2026-12-01T20:18:00Z',
  ],
  [
    'Kathmandu: a second later, the next night',
    { ...kathmandu, windows: 'daily 02:00-02:18', now: '2026-12-01T20:15:01Z' },
    'window 2026-12-02T20:15:00Z/2026-12-02T20:18:00Z',
  ],
  [
    'Kathmandu: before a blackout with hours',
    { ...kathmanduFreeze, now: '2026-12-01T10:00:00Z' },
    'window 2026-12-01T20:15:00Z/2026-12-01T20:30:00Z',
  ],
  [
    'Kathmandu: after it, with a second less than the room before it',
    { ...kathmanduFreeze, now: '2026-12-01T20:27:01Z' },
    'window 2026-12-01T22:15:00Z/2026-12-01T23:00:00Z',
  ],
  [
    'Apia: from Thursday’s last ten minutes into Saturday’s first',
    { ...apia, windows: 'Thu 23:50-00:10', now: '2011-12-29T12:00:00Z' },
    'window 2011-12-30T09:50:00Z/2011-12-30T09:55:00Z',
  ],
  [
    'Apia: with just the room left',
    { ...apia, windows: 'Thu 23:50-00:10', now: '2011-12-30T09:52:00Z' },
    'window 2011-12-30T09:52:00Z/2011-12-30T09:55:00Z',
  ],
  [
    'Apia: a second later',
    { ...apia, windows: 'Thu 23:50-00:10', now: '2011-12-30T09:52:01Z' },
    'last-resort 2012-01-01T22:00:00Z/2012-01-01T23:30:00Z',
  ],
  [
    'Apia: a window of the skipped Friday is just long enough on Saturday',
    { ...apia, windows: 'Fri 02:00-02:18', now: '2011-12-29T12:00:00Z' },
    'window 2011-12-30T12:00:00Z/2011-12-30T12:03:00Z',
  ],
]);
