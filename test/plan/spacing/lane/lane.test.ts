// The bookings under one limit: where one more has room by right, and which bookings give way to it. Times are plain numbers.
import { beforeEach, describe, expect, it } from 'vitest';
import { Lane, type Booking } from '../../../../lib/plan/spacing/lane/lane.ts';
import type { Rank } from '../../../../lib/plan/spacing/rank.ts';

/** More notice means less urgent. */
const rank = (notice: number, instanceId = `i-${notice}`): Rank => ({ instanceId, notBefore: notice });

const booking = (notice: number, start: number, more: Partial<Booking> = {}): Booking => ({
  ...rank(notice),
  start,
  end: start + 10,
  isMovable: true,
  ...more,
});

let lane: Lane;

function fill(...bookings: Booking[]): void {
  for (const one of bookings) lane.add(one);
}

/** Where an instance of that rank has room once everybody who gives way to it is gone. */
const rightful = (asking: Rank): number | undefined => lane.rightful(asking).firstRoom(0, 100, 10);
const idsOf = (bookings: readonly Booking[]): string[] => bookings.map(({ instanceId }) => instanceId);

beforeEach(() => {
  lane = new Lane(1);
});

describe('the room by right', () => {
  beforeEach(() => {
    fill(booking(1, 0), booking(5, 10), booking(9, 20), booking(7, 30, { isMovable: false }));
  });

  it('counts the bookings that are more urgent or cannot move', () => {
    expect([0, 1, 4].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([0, 10, 10]);
    expect([5, 8].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([20, 20]);
    expect([9, 99].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([40, 40]);
  });

  it('does not depend on the order of the questions', () => {
    expect([9, 0, 5, 1, 99, 4].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([
      40, 0, 20, 10, 40, 10,
    ]);
  });

  it('counts a booking with the same NotBefore only where its id comes first', () => {
    expect(rightful(rank(5, 'i-4'))).toBe(10);
    expect(rightful(rank(5, 'i-6'))).toBe(20);
  });

  it('follows bookings that are added and removed between two questions', () => {
    expect(rightful(rank(6))).toBe(20);
    fill(booking(2, 20), booking(8, 40));
    expect(rightful(rank(6))).toBe(40);
    lane.remove(booking(1, 0));
    expect(rightful(rank(6))).toBe(0);
    lane.remove(booking(8, 40));
    lane.remove(booking(7, 30, { isMovable: false }));
    fill(booking(1, 0));
    expect(rightful(rank(6))).toBe(30);
    expect(rightful(rank(9, 'i-x'))).toBe(30);
  });
});

describe('a less urgent booking', () => {
  it('is found while the lane holds one that is movable', () => {
    expect(lane.hasLessUrgent(rank(1))).toBe(false);
    fill(booking(9, 0, { isMovable: false }), booking(5, 0));
    expect([4, 5, 6].map((notice) => lane.hasLessUrgent(rank(notice)))).toEqual([true, false, false]);
    lane.remove(booking(5, 0));
    expect(lane.hasLessUrgent(rank(4))).toBe(false);
  });
});

describe('the bookings that give way', () => {
  it('are none where there is room, and none where giving way would not make enough room', () => {
    fill(booking(9, 10), booking(8, 20, { isMovable: false }));
    expect(lane.toDisplace(booking(1, 0))).toEqual([]);
    expect(lane.toDisplace(booking(1, 15))).toEqual([]);
  });

  it('are all that are in the way, the most urgent first; asking changes nothing', () => {
    fill(booking(9, 0), booking(8, 10), booking(3, 20), booking(7, 30));
    expect(idsOf(lane.toDisplace(booking(5, 5)))).toEqual(['i-8', 'i-9']);
    expect(rightful(rank(5))).toBe(0);
    expect(rightful(rank(8, 'i-x'))).toBe(0);
    expect(lane.all.firstRoom(0, 100, 10)).toBe(40);
  });

  it('are none that only touch the slot, and none that hold no full moment of it', () => {
    lane = new Lane(2);
    fill(booking(9, -5), booking(8, 0), booking(7, 5), booking(6, 10));
    // Two are down at every moment from 0 to 10. i-9 is down only until 5, so its absence alone would not help.
    expect(idsOf(lane.toDisplace(booking(1, 0)))).toEqual(['i-8']);
  });

  it('are found whatever the lengths of the bookings', () => {
    fill(booking(9, 0, { end: 100 }), booking(8, 100, { end: 101 }));
    expect(idsOf(lane.toDisplace(booking(1, 90)))).toEqual(['i-9']);
    expect(idsOf(lane.toDisplace(booking(1, 95, { end: 105 })))).toEqual(['i-8', 'i-9']);
  });
});
