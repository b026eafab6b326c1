// The bookings of one region: where a slot is free, where one is available by right, and which bookings give way. Times
// are minutes after 02:00 on Wednesday in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { Bookings } from '../../../lib/plan/spacing/bookings.ts';
import type { Booking } from '../../../lib/plan/spacing/lane/lane.ts';
import type { Rank } from '../../../lib/plan/spacing/rank.ts';
import type { Slots } from '../../../lib/plan/spacing/slots.ts';
import { at, hour, minute } from '../samples.ts';

const opening = at('2026-12-01T18:00:00Z');
const when = (minutes: number): number => opening.epochMilliseconds + minutes * minute;

/** A rank by the hours until NotBefore. */
const rank = (instanceId: string, notice: number): Rank => ({
  instanceId,
  notBefore: when(0) + notice * hour,
});

function booking(instanceId: string, notice: number, start: number, more: Partial<Booking> = {}): Booking {
  return { ...rank(instanceId, notice), start: when(start), end: when(start + 15), isMovable: true, ...more };
}

/** The minute that `find` returns for this range of minutes. */
function found(find: Slots['free'] | undefined, from = 0, until = 120): number | undefined {
  const instant = find?.(at(new Date(when(from)).toISOString()), at(new Date(when(until)).toISOString()));
  return instant && (instant.epochMilliseconds - when(0)) / minute;
}

const slot = 15 * minute;
let bookings: Bookings;

beforeEach(() => {
  bookings = new Bookings({ region: 2, group: 1 });
});

describe('a free slot', () => {
  it('starts at once where nothing is booked', () => {
    expect(found(bookings.slotsFor(rank('i-1', 5), 'web', slot).free)).toBe(0);
  });

  it('comes with the limits that apply: the region’s, and the group’s for an instance with a group', () => {
    expect(bookings.slotsFor(rank('i-1', 5), 'web', slot).limit).toEqual({
      region: 2,
      group: { name: 'web', limit: 1 },
    });
    expect(bookings.slotsFor(rank('i-1', 5), undefined, slot).limit).toEqual({ region: 2 });
  });

  it('starts after the booking of the same group, and at the same time as one of another group', () => {
    bookings.book(booking('i-1', 5, 0, { group: 'web' }));
    expect(found(bookings.slotsFor(rank('i-2', 6), 'web', slot).free)).toBe(15);
    expect(found(bookings.slotsFor(rank('i-2', 6), 'db', slot).free)).toBe(0);
    expect(found(bookings.slotsFor(rank('i-2', 6), undefined, slot).free)).toBe(0);
  });

  it('respects both limits: where the region has room, the group may be full', () => {
    bookings.book(booking('i-1', 5, 0));
    bookings.book(booking('i-2', 5, 5));
    bookings.book(booking('i-3', 5, 20, { group: 'web' }));
    // The region is full from 5 to 15, so it has room at 15. The mate is down from 20 to 35, so the group has room at 35.
    expect(found(bookings.slotsFor(rank('i-4', 6), 'web', slot).free)).toBe(35);
    expect(found(bookings.slotsFor(rank('i-4', 6), undefined, slot).free)).toBe(15);
    expect(found(bookings.slotsFor(rank('i-4', 6), 'web', slot).free, 0, 34)).toBe(undefined);
  });

  it('is free again when its holder is released or books another slot', () => {
    bookings.book(booking('i-1', 5, 0, { group: 'web' }));
    bookings.book(booking('i-1', 5, 30, { group: 'web' }));
    const { free } = bookings.slotsFor(rank('i-2', 6), 'web', slot);
    expect(found(free)).toBe(0);
    expect(found(free, 20)).toBe(45);
    bookings.release('i-1');
    bookings.release('i-1');
    expect(bookings.holds('i-1')).toBe(false);
    expect(found(free, 20)).toBe(20);
  });
});

describe('a slot by right', () => {
  it('belongs to a less urgent booking that is movable', () => {
    bookings.book(booking('i-more-urgent', 1, 0, { group: 'web' }));
    bookings.book(booking('i-pinned', 9, 15, { group: 'web', isMovable: false }));
    bookings.book(booking('i-less-urgent', 9, 30, { group: 'web' }));
    const { free, byRight } = bookings.slotsFor(rank('i-new', 5), 'web', slot);
    expect(found(free, 0, 44)).toBe(undefined);
    expect(found(byRight, 0, 44)).toBe(30);
  });

  it('does not exist where no booking is less urgent; at the same NotBefore the id decides', () => {
    bookings.book(booking('i-2', 5, 0, { group: 'web' }));
    expect(bookings.slotsFor(rank('i-3', 5), 'web', slot)).not.toHaveProperty('byRight');
    expect(found(bookings.slotsFor(rank('i-1', 5), 'web', slot).byRight)).toBe(0);
  });

  it('does not exist where the less urgent booking is at another time', () => {
    bookings.book(booking('i-more-urgent', 1, 0, { group: 'web' }));
    bookings.book(booking('i-less-urgent', 9, 60, { group: 'web' }));
    expect(found(bookings.slotsFor(rank('i-new', 5), 'web', slot).byRight, 0, 10)).toBe(undefined);
  });
});

describe('the booking that gives way', () => {
  it('is the least urgent one, and only as many as necessary', () => {
    bookings.book(booking('i-6', 6, 0));
    bookings.book(booking('i-9', 9, 0));
    bookings.book(booking('i-1', 1, 0));
    expect(['i-1', 'i-6', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, true, false]);
  });

  it('is one that holds a full moment, not one that merely overlaps', () => {
    // i-9 is over at 5. Without it, i-7 and i-8 still fill the region from 5 on.
    bookings.book(booking('i-7', 7, 5));
    bookings.book(booking('i-8', 8, 0));
    bookings.book(booking('i-9', 9, -10));
    bookings.book(booking('i-1', 1, 0));
    expect(['i-7', 'i-8', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, false, true]);
  });

  it('may be one at the start of the slot and one at its end', () => {
    bookings.book(booking('i-8', 8, 0, { group: 'web' }));
    bookings.book(booking('i-9', 9, 15, { group: 'web' }));
    bookings.book(booking('i-1', 1, 7, { group: 'web' }));
    expect(['i-1', 'i-8', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, false, false]);
  });

  it('does not exist where there is room', () => {
    bookings.book(booking('i-9', 9, 0));
    bookings.book(booking('i-1', 1, 0));
    expect(bookings.holds('i-9')).toBe(true);
  });

  it('is never more urgent and never pinned: the limit is exceeded instead', () => {
    bookings.book(booking('i-1', 1, 0, { group: 'web' }));
    bookings.book(booking('i-5', 5, 0, { group: 'web' }));
    expect(['i-1', 'i-5'].map((id) => bookings.holds(id))).toEqual([true, true]);
    bookings = new Bookings({ region: 1, group: 1 });
    bookings.book(booking('i-pinned', 9, 0, { isMovable: false }));
    bookings.book(booking('i-2', 2, 0));
    expect(['i-pinned', 'i-2'].map((id) => bookings.holds(id))).toEqual([true, true]);
  });

  it('does not exist where giving way would not make enough room', () => {
    bookings = new Bookings({ region: 1, group: 1 });
    bookings.book(booking('i-pinned', 2, 0, { isMovable: false }));
    bookings.book(booking('i-9', 9, 14));
    bookings.book(booking('i-1', 1, 7));
    expect(bookings.holds('i-9')).toBe(true);
  });

  it('is only the mate where group and region are both full, because that makes room in both', () => {
    bookings.book(booking('i-mate', 6, 0, { group: 'web' }));
    bookings.book(booking('i-stranger', 9, 0));
    bookings.book(booking('i-1', 1, 0, { group: 'web' }));
    expect(['i-1', 'i-mate', 'i-stranger'].map((id) => bookings.holds(id))).toEqual([true, false, true]);
  });
});

describe('a booking that is added without making room', () => {
  it('exceeds the limit, and nobody gives way', () => {
    bookings.add(booking('i-9', 9, 0, { group: 'web' }));
    bookings.add(booking('i-1', 1, 0, { group: 'web' }));
    expect(['i-1', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, true]);
    bookings.release('i-9');
    expect(found(bookings.freeSlots('web', slot).free)).toBe(15);
  });

  it('replaces the instance’s former booking', () => {
    bookings.add(booking('i-1', 1, 0, { group: 'web' }));
    bookings.add(booking('i-1', 1, 30, { group: 'web' }));
    expect(found(bookings.freeSlots('web', slot).free)).toBe(0);
    expect(found(bookings.freeSlots('web', slot).free, 20)).toBe(45);
  });
});
