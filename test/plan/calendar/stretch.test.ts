// Stretches of time: joined, and with holes. Hours are those of 1 December 2026, UTC.
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
} from '../../../lib/plan/calendar/instant.ts';
import { merge, subtract, wallTime, type Stretch } from '../../../lib/plan/calendar/stretch.ts';
import { Temporal } from 'temporal-polyfill';
import { at } from '../samples.ts';

const hour = (text: string): ReturnType<typeof at> => at(`2026-12-01T${text.padStart(2, '0')}:00:00Z`);

/** `1-3 5-7`. */
function read(text: string): Stretch[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [start = '', end = ''] = part.split('-');
      return { start: hour(start), end: hour(end) };
    });
}

function write(stretches: readonly Stretch[]): string {
  const of = (instant: Stretch['start']): number => elapsed(hour('0'), instant) / 3_600_000;
  return stretches.map(({ start, end }) => `${of(start)}-${of(end)}`).join(' ');
}

it.each([
  ['', ''],
  ['1-3', '1-3'],
  ['5-7 1-3', '1-3 5-7'],
  ['1-3 3-5', '1-5'],
  ['1-3 2-5', '1-5'],
  ['1-9 2-5', '1-9'],
  ['1-9 2-5 8-11 12-13', '1-11 12-13'],
  ['1-3 4-5', '1-3 4-5'],
])('stretches that overlap or touch are one: %s is %s', (text, joined) => {
  const given = read(text);
  expect(write(merge(given))).toBe(joined);
  // What was given stays as it was.
  expect(write(given)).toBe(text);
});

it.each([
  ['1-9', '', '1-9'],
  ['', '1-9', ''],
  ['1-9', '3-5', '1-3 5-9'],
  ['1-9', '1-5', '5-9'],
  ['1-9', '5-9', '1-5'],
  ['1-9', '0-10', ''],
  ['1-9', '1-9', ''],
  ['1-9', '9-10', '1-9'],
  ['1-9', '0-1', '1-9'],
  ['1-9', '2-3 5-6', '1-2 3-5 6-9'],
  ['1-3 5-7 9-11', '2-6', '1-2 6-7 9-11'],
  ['1-3 5-7 9-11', '0-2 3-4 6-10', '2-3 5-6 10-11'],
  ['1-3 5-7', '2-9', '1-2'],
  ['5-7 9-11', '1-2 3-4 6-7', '5-6 9-11'],
])('%s without %s is %s', (open, closed, left) => {
  expect(write(subtract(read(open), read(closed)))).toBe(left);
});

describe('a wall time', () => {
  const day = Temporal.PlainDate.from('2026-12-01');

  it.each([
    [0, '2026-11-30T16:00:00Z'],
    [150, '2026-11-30T18:30:00Z'],
    [1_439, '2026-12-01T15:59:00Z'],
    [1_440, '2026-12-01T16:00:00Z'],
  ])('%i minutes after midnight in Shanghai is %s', (minutes, expected) => {
    expect(wallTime(day, minutes, 'Asia/Shanghai').toString()).toBe(expected);
  });

  it('that a change of clocks skips is the one after it, and one that it repeats is the first', () => {
    expect(wallTime(Temporal.PlainDate.from('2026-03-29'), 150, 'Europe/Berlin').toString()).toBe(
      '2026-03-29T01:30:00Z',
    );
    expect(wallTime(Temporal.PlainDate.from('2026-10-25'), 150, 'Europe/Berlin').toString()).toBe(
      '2026-10-25T00:30:00Z',
    );
  });
});

describe('times', () => {
  const [one, two] = [hour('1'), hour('2')];

  it('are compared by the millisecond', () => {
    expect([isBefore(one, two), isBefore(one, one), isBefore(two, one)]).toEqual([true, false, false]);
    expect([isAfter(one, two), isAfter(one, one), isAfter(two, one)]).toEqual([false, false, true]);
    expect([
      isSame(one, hour('1')),
      isSame(one, two),
      isSame(undefined, undefined),
      isSame(one, undefined),
    ]).toEqual([true, false, true, false]);
    expect([earliest(one, two), earliest(two, one), latest(one, two), latest(two, one)]).toEqual([
      one,
      one,
      two,
      two,
    ]);
    expect([elapsed(one, two), elapsed(two, one)]).toEqual([3_600_000, -3_600_000]);
  });

  it('are written without the milliseconds that they do not have, as often as somebody asks', () => {
    expect([iso(one), iso(one), iso(at('2026-12-01T01:00:00.050Z'))]).toEqual([
      '2026-12-01T01:00:00Z',
      '2026-12-01T01:00:00Z',
      '2026-12-01T01:00:00.050Z',
    ]);
    expect([inZone(one, 'Asia/Shanghai'), inZone(one, 'UTC'), inZone(one, 'Asia/Shanghai')]).toEqual([
      'Tue 2026-12-01 09:00 Asia/Shanghai',
      'Tue 2026-12-01 01:00 UTC',
      'Tue 2026-12-01 09:00 Asia/Shanghai',
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('have the name of their day: %i', (later) => {
    const names = ['Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Mon'];
    expect(inZone(at(`2026-12-0${1 + later}T12:00:00Z`), 'UTC').slice(0, 3)).toBe(names[later]);
  });

  it('that are none are none', () => {
    expect([
      parseInstant('2026-12-01T18:00Z')?.toString(),
      parseInstant('2026-12-01'),
      parseInstant(''),
    ]).toEqual(['2026-12-01T18:00:00Z', undefined, undefined]);
  });
});
