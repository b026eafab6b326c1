// Times as people write them into rows. Expected instants are worked out by hand: Shanghai is UTC+8, Berlin UTC+1 in winter.
import { describe, expect, it } from 'vitest';
import { expectedAtChange, parseWallTime } from '../../../lib/plan/calendar/wall-time.ts';

function read(text: string, timeZone: string | undefined = 'Asia/Shanghai'): string | undefined {
  return parseWallTime(text, timeZone)?.toString();
}

describe('a time in a row', () => {
  it.each([
    ['2026-12-01T18:30:00Z', '2026-12-01T18:30:00Z'],
    ['2026-12-01T18:30Z', '2026-12-01T18:30:00Z'],
    ['2026-12-01 18:30:00z', '2026-12-01T18:30:00Z'],
    ['2026-12-02T02:30:00+08:00', '2026-12-01T18:30:00Z'],
    ['2026-12-02 02:30', '2026-12-01T18:30:00Z'],
    ['2026-12-02 2:30', '2026-12-01T18:30:00Z'],
    ['2026-12-02T02:30:07', '2026-12-01T18:30:07Z'],
    ['2026-12-02 2:30:07', '2026-12-01T18:30:07Z'],
    ['  2026-12-02   02:30\t', '2026-12-01T18:30:00Z'],
    ['Wed 2026-12-02 02:30', '2026-12-01T18:30:00Z'],
    ['wednesday, 2026-12-02 02:30', '2026-12-01T18:30:00Z'],
    ['2026-12-02 02:30 asia/shanghai', '2026-12-01T18:30:00Z'],
    ['Tue 2026-12-01 19:30 Europe/Berlin', '2026-12-01T18:30:00Z'],
    ['2026-12-01 18:30 UTC', '2026-12-01T18:30:00Z'],
    ['Sun 2026-10-25 02:30+02:00 Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['Sun 2026-10-25 02:30+01:00 Europe/Berlin', '2026-10-25T01:30:00Z'],
    ['Sun 2026-10-25 02:30+01:00', '2026-10-25T01:30:00Z'],
    ['2026-10-25T02:30+01:00', '2026-10-25T01:30:00Z'],
  ])('%j means %s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it.each([
    ['', 'nothing'],
    ['tonight', 'words'],
    ['02:30', 'no day'],
    ['2026-12-02', 'no time'],
    ['2026-12-02 2', 'an hour alone'],
    ['2026-12-02 24:30', 'an hour that does not exist'],
    ['2026-02-29 02:30', 'a day that does not exist'],
    ['12/02/2026 02:30', 'a day that could be two'],
    ['2026-12-02 02:30 am', 'no zone'],
    ['2026-12-02 02:30 Etc/GMT+8', 'a zone whose sign misleads'],
    ['Tue 2026-12-02 02:30', 'another weekday'],
    ['Wen 2026-12-02 02:30', 'no weekday'],
    ['2026-03-29 02:30 Europe/Berlin', 'a time that the clocks skip'],
    ['2026-10-25 02:30 Europe/Berlin', 'a time that comes twice'],
    ['2026-10-25 02:30+08:00 Europe/Berlin', 'an offset that the zone does not have'],
    ['Sat 2026-10-25 02:30+01:00', 'another weekday'],
  ])('%j is refused: it has %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('without a zone is refused where none is known', () => {
    expect(parseWallTime('2026-12-02 02:30', undefined)).toBeUndefined();
    expect(parseWallTime('2026-12-01T18:30Z', undefined)?.toString()).toBe('2026-12-01T18:30:00Z');
  });
});

describe('a time that is refused because of a change of clocks', () => {
  // Berlin: on 2026-03-29, 02:00 becomes 03:00. On 2026-10-25, 03:00 (UTC+2) becomes 02:00 (UTC+1).
  const berlin = 'Europe/Berlin';
  const twice =
    '2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00: the clocks of Europe/Berlin show this time twice';
  const skipped = 'another time: the clocks of Europe/Berlin skip this one';

  it.each([
    ['2026-10-25 02:30', berlin, twice],
    ['  Sun 2026-10-25 2:30 ', berlin, twice],
    ['２０２６－１０－２５ ０２：３０', berlin, twice],
    ['2026-10-25 02:30 europe/berlin', 'Asia/Shanghai', twice],
    ['2026-10-25 02:30 Europe/Berlin', undefined, twice],
    [
      '2026-10-25 02:30:07',
      berlin,
      '2026-10-25T02:30:07+02:00 or 2026-10-25T02:30:07+01:00: the clocks of Europe/Berlin show this time twice',
    ],
    // On Lord Howe Island the clocks go back by half an hour.
    [
      '2027-04-04 01:45',
      'Australia/Lord_Howe',
      '2027-04-04T01:45+11:00 or 2027-04-04T01:45+10:30: the clocks of Australia/Lord_Howe show this time twice',
    ],
    ['2026-03-29 02:00', berlin, skipped],
    ['2026-03-29 02:59:59', berlin, skipped],
    // Samoa had no 30 December 2011.
    ['2011-12-30 12:00', 'Pacific/Apia', 'another time: the clocks of Pacific/Apia skip this one'],
  ])('says which one is expected: %j in %s', (text, timeZone, expected) => {
    expect(parseWallTime(text, timeZone)).toBeUndefined();
    expect(expectedAtChange(text, timeZone)).toBe(expected);
  });

  it.each([
    ['the moment before the repeated hour', '2026-10-25 01:59:59', berlin],
    ['the moment after it', '2026-10-25 03:00', berlin],
    ['the moment before the skipped hour', '2026-03-29 01:59:59', berlin],
    ['the moment after it', '2026-03-29 03:00', berlin],
    ['a zone whose clocks do not change', '2026-10-25 02:30', 'Asia/Shanghai'],
    ['a repeated time with its offset', '2026-10-25 02:30+01:00', berlin],
    ['a repeated time with an offset and a zone', '2026-10-25 02:30+03:00 Europe/Berlin', berlin],
    ['a time in UTC', '2026-10-25T02:30:00Z', berlin],
    ['a repeated time without a zone', '2026-10-25 02:30', undefined],
    ['a zone whose sign misleads', '2026-10-25 02:30 Etc/GMT+8', berlin],
    ['a day that does not exist', '2026-10-32 02:30', berlin],
    ['words', 'tonight', berlin],
    ['nothing', '', berlin],
  ])('has no such cause for %s', (_, text, timeZone) => {
    expect(expectedAtChange(text, timeZone)).toBeUndefined();
  });
});
