// Comparing, moving, reading and writing instants.
import { describe, expect, it } from 'vitest';
import {
  earliest,
  elapsed,
  inZone,
  isAfter,
  isBefore,
  isSame,
  iso,
  latest,
  parseInstant,
  plus,
} from '../../../lib/plan/calendar/instant.ts';
import { at } from '../samples.ts';

const noon = at('2026-12-01T12:00:00Z');
const one = at('2026-12-01T13:00:00Z');

describe('comparing instants', () => {
  it('treats an instant as neither before nor after itself', () => {
    expect([isBefore(noon, one), isBefore(one, noon), isBefore(noon, noon)]).toEqual([true, false, false]);
    expect([isAfter(one, noon), isAfter(noon, one), isAfter(noon, noon)]).toEqual([true, false, false]);
  });

  it('finds the earlier and the later of two, in any order', () => {
    expect([earliest(noon, one), earliest(one, noon)].map(iso)).toEqual([iso(noon), iso(noon)]);
    expect([latest(noon, one), latest(one, noon)].map(iso)).toEqual([iso(one), iso(one)]);
  });

  it('treats two absent instants as the same, and an absent one as different from any other', () => {
    expect(isSame(undefined, undefined)).toBe(true);
    expect(isSame(noon, undefined)).toBe(false);
    expect(isSame(undefined, noon)).toBe(false);
    expect(isSame(noon, at('2026-12-01T20:00:00+08:00'))).toBe(true);
  });

  it('measures and moves forwards and backwards', () => {
    expect(elapsed(noon, one)).toBe(3_600_000);
    expect(elapsed(one, noon)).toBe(-3_600_000);
    expect(iso(plus(noon, 90_000))).toBe('2026-12-01T12:01:30Z');
    expect(iso(plus(noon, -1))).toBe('2026-12-01T11:59:59.999Z');
  });
});

describe('reading an instant', () => {
  it.each([
    ['whole minutes', '2026-12-01T18:00Z', '2026-12-01T18:00:00Z'],
    ['whole seconds', '2026-12-01T18:00:00Z', '2026-12-01T18:00:00Z'],
    ['an offset', '2026-12-02T02:00:00+08:00', '2026-12-01T18:00:00Z'],
    ['milliseconds', '2026-12-01T18:00:00.25Z', '2026-12-01T18:00:00.250Z'],
  ])('accepts a time with %s', (_, text, expected) => {
    const instant = parseInstant(text);
    expect(instant === undefined ? undefined : iso(instant)).toBe(expected);
  });

  it.each([
    ['an empty text', ''],
    ['a word', 'soon'],
    ['a date without a time', '2026-12-01'],
    ['a time without an offset', '2026-12-01T18:00:00'],
    ['a thirteenth month', '2026-13-01T00:00:00Z'],
    ['epoch milliseconds', '1764612000000'],
  ])('refuses %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('an instant shown to people', () => {
  it.each([
    ['2026-12-01T18:00:00Z', 'Asia/Shanghai', 'Wed 2026-12-02 02:00 Asia/Shanghai'],
    ['2026-12-06T20:15:00Z', 'Asia/Kathmandu', 'Mon 2026-12-07 02:00 Asia/Kathmandu'],
    ['2027-03-28T01:00:00Z', 'Europe/Berlin', 'Sun 2027-03-28 03:00 Europe/Berlin'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', 'Sat 2011-12-31 00:00 Pacific/Apia'],
  ])('has the wall time and the day of the week in its zone: %s in %s', (instant, timeZone, text) => {
    expect(inZone(at(instant), timeZone)).toBe(text);
  });

  it('is there for the first and the last instant of all, which a person may write into a row', () => {
    expect(inZone(at('-271821-04-20T00:00:00Z'), 'UTC')).toBe('Tue -271821-04-20 00:00 UTC');
    expect(inZone(at('+275760-09-13T00:00:00Z'), 'Europe/Berlin')).toBe(
      'Sat +275760-09-13 02:00 Europe/Berlin',
    );
  });

  it.each([
    ['2026-10-24T23:59:00Z', 'Europe/Berlin', 'Sun 2026-10-25 01:59 Europe/Berlin'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', 'Sun 2026-10-25 02:30+02:00 Europe/Berlin'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', 'Sun 2026-10-25 02:30+01:00 Europe/Berlin'],
    ['2026-10-25T02:00:00Z', 'Europe/Berlin', 'Sun 2026-10-25 03:00 Europe/Berlin'],
    ['2026-11-01T05:30:00Z', 'America/New_York', 'Sun 2026-11-01 01:30-04:00 America/New_York'],
    ['2027-04-03T14:45:00Z', 'Australia/Lord_Howe', 'Sun 2027-04-04 01:45+11:00 Australia/Lord_Howe'],
    ['2027-04-03T15:00:00Z', 'Australia/Lord_Howe', 'Sun 2027-04-04 01:30+10:30 Australia/Lord_Howe'],
    ['2027-04-04T03:59:00Z', 'America/Santiago', 'Sat 2027-04-03 23:59-04:00 America/Santiago'],
  ])('has its offset where the clock shows its time twice: %s in %s', (instant, timeZone, text) => {
    expect(inZone(at(instant), timeZone)).toBe(text);
  });
});
