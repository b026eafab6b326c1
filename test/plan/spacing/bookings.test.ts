// The slots of a region: free ones, those that are somebody's by right, and who makes room. Times are minutes after 02:00
// on Wednesday in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import { byRank, type Booking, type Rank } from '../../../lib/plan/spacing/booking.ts';
import { Bookings } from '../../../lib/plan/spacing/bookings.ts';
import type { Slots } from '../../../lib/plan/spacing/slots.ts';
import { at, hour, minute } from '../samples.ts';

const opening = at('2026-12-01T18:00:00Z');
const when = (minutes: number): number => opening.epochMilliseconds + minutes * minute;

/** A rank by the hours of notice. */
const rank = (instanceId: string, notice: number): Rank => ({
  instanceId,
  notBefore: when(0) + notice * hour,
});

function booking(instanceId: string, notice: number, start: number, more: Partial<Booking> = {}): Booking {
  return { ...rank(instanceId, notice), start: when(start), end: when(start + 15), isMovable: true, ...more };
}

/** The first minute that is found, between these two. */
function found(find: Slots['free'] | undefined, from = 0, until = 120): number | undefined {
  const instant = find?.(at(new Date(when(from)).toISOString()), at(new Date(when(until)).toISOString()));
  return instant && (instant.epochMilliseconds - when(0)) / minute;
}

const slot = 15 * minute;
let bookings: Bookings;

beforeEach(() => {
  bookings = new Bookings({ region: 2, group: 1 });
});

describe('the rank of a plan', () => {
  it('is higher with an earlier NotBefore; ids settle ties; without NotBefore it is the lowest', () => {
    const ranks = [
      { instanceId: 'i-0', notBefore: Infinity },
      rank('i-2', 5),
      rank('i-3', 4),
      rank('i-1', 5),
      { instanceId: 'i-00', notBefore: Infinity },
    ];
    expect(ranks.sort(byRank).map(({ instanceId }) => instanceId)).toEqual([
      'i-3',
      'i-1',
      'i-2',
      'i-0',
      'i-00',
    ]);
    expect(byRank(rank('i-1', 5), rank('i-1', 5))).toBe(0);
  });
});

describe('a free slot', () => {
  it('is at once where nobody holds one, with the words of what limits it', () => {
    const slots = bookings.slotsFor(rank('i-1', 5), 'web', slot);
    expect(found(slots.free)).toBe(0);
    expect(slots.limit).toBe(
      'of group web at most 1 (GROUP_LIMIT) and of the region at most 2 (MAX_CONCURRENT_REBOOTS) may be down at once',
    );
    expect(bookings.slotsFor(rank('i-1', 5), undefined, slot).limit).toBe(
      'of the region at most 2 (MAX_CONCURRENT_REBOOTS) may be down at once',
    );
  });

  it('of a group’s member comes after its mate’s, and of another group’s beside it', () => {
    bookings.book(booking('i-1', 5, 0, { group: 'web' }));
    expect(found(bookings.slotsFor(rank('i-2', 6), 'web', slot).free)).toBe(15);
    expect(found(bookings.slotsFor(rank('i-2', 6), 'db', slot).free)).toBe(0);
    expect(found(bookings.slotsFor(rank('i-2', 6), undefined, slot).free)).toBe(0);
  });

  it('keeps both limits: the region’s may push it to where the group has none', () => {
    bookings.book(booking('i-1', 5, 0));
    bookings.book(booking('i-2', 5, 5));
    bookings.book(booking('i-3', 5, 20, { group: 'web' }));
    // 0 to 20: the region is full from 5 to 15. 15 to 35: the mate is down from 20. It is free at 35.
    expect(found(bookings.slotsFor(rank('i-4', 6), 'web', slot).free)).toBe(35);
    expect(found(bookings.slotsFor(rank('i-4', 6), undefined, slot).free)).toBe(15);
    expect(found(bookings.slotsFor(rank('i-4', 6), 'web', slot).free, 0, 34)).toBe(undefined);
  });

  it('is free again when it is given back, and when its holder takes another', () => {
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
  it('is one of a less urgent plan that can move, and of nobody else', () => {
    bookings.book(booking('i-more-urgent', 1, 0, { group: 'web' }));
    bookings.book(booking('i-pinned', 9, 15, { group: 'web', isMovable: false }));
    bookings.book(booking('i-less-urgent', 9, 30, { group: 'web' }));
    const { free, byRight } = bookings.slotsFor(rank('i-new', 5), 'web', slot);
    expect(found(free, 0, 44)).toBe(undefined);
    expect(found(byRight, 0, 44)).toBe(30);
  });

  it('is none where nobody is less urgent, also not an equal', () => {
    bookings.book(booking('i-2', 5, 0, { group: 'web' }));
    expect(bookings.slotsFor(rank('i-3', 5), 'web', slot)).not.toHaveProperty('byRight');
    expect(found(bookings.slotsFor(rank('i-1', 5), 'web', slot).byRight)).toBe(0);
  });

  it('is none where the less urgent one is elsewhere', () => {
    bookings.book(booking('i-more-urgent', 1, 0, { group: 'web' }));
    bookings.book(booking('i-less-urgent', 9, 60, { group: 'web' }));
    expect(found(bookings.slotsFor(rank('i-new', 5), 'web', slot).byRight, 0, 10)).toBe(undefined);
  });
});

describe('who makes room', () => {
  it('is the least urgent, and no more of them than must', () => {
    bookings.book(booking('i-6', 6, 0));
    bookings.book(booking('i-9', 9, 0));
    bookings.book(booking('i-1', 1, 0));
    expect(['i-1', 'i-6', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, true, false]);
  });

  it('is not one that only overlaps: where the crowd is, somebody else has to', () => {
    // The least urgent one is over at 5: without it there still are two from then on.
    bookings.book(booking('i-7', 7, 5));
    bookings.book(booking('i-8', 8, 0));
    bookings.book(booking('i-9', 9, -10));
    bookings.book(booking('i-1', 1, 0));
    expect(['i-7', 'i-8', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, false, true]);
  });

  it('is whoever stands in the way on either side', () => {
    bookings.book(booking('i-8', 8, 0, { group: 'web' }));
    bookings.book(booking('i-9', 9, 15, { group: 'web' }));
    bookings.book(booking('i-1', 1, 7, { group: 'web' }));
    expect(['i-1', 'i-8', 'i-9'].map((id) => bookings.holds(id))).toEqual([true, false, false]);
  });

  it('is nobody where there is room', () => {
    bookings.book(booking('i-9', 9, 0));
    bookings.book(booking('i-1', 1, 0));
    expect(bookings.holds('i-9')).toBe(true);
  });

  it('is nobody who is more urgent or cannot move: then there are too many', () => {
    bookings.book(booking('i-1', 1, 0, { group: 'web' }));
    bookings.book(booking('i-5', 5, 0, { group: 'web' }));
    expect(['i-1', 'i-5'].map((id) => bookings.holds(id))).toEqual([true, true]);
    bookings = new Bookings({ region: 1, group: 1 });
    bookings.book(booking('i-pinned', 9, 0, { isMovable: false }));
    bookings.book(booking('i-2', 2, 0));
    expect(['i-pinned', 'i-2'].map((id) => bookings.holds(id))).toEqual([true, true]);
  });

  it('is nobody where even that would not help', () => {
    bookings = new Bookings({ region: 1, group: 1 });
    bookings.book(booking('i-pinned', 2, 0, { isMovable: false }));
    bookings.book(booking('i-9', 9, 14));
    bookings.book(booking('i-1', 1, 7));
    expect(bookings.holds('i-9')).toBe(true);
  });

  it('is a mate alone where the group and the region are both full: nobody else has to', () => {
    bookings.book(booking('i-mate', 6, 0, { group: 'web' }));
    bookings.book(booking('i-stranger', 9, 0));
    bookings.book(booking('i-1', 1, 0, { group: 'web' }));
    expect(['i-1', 'i-mate', 'i-stranger'].map((id) => bookings.holds(id))).toEqual([true, false, true]);
  });
});
