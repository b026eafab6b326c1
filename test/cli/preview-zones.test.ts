// `preview` on days on which clocks change, and in unusual zones.
import { decisions } from './decisions.ts';

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
    },
    'window 2026-11-01T05:30:00Z/2026-11-01T06:45:00Z',
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
