// Bookings that share one limit: beside whom one more has room, and who makes room for it. Plain numbers for times.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking, Rank } from '../../../lib/plan/spacing/booking.ts';
import { Lane } from '../../../lib/plan/spacing/lane.ts';

/** The more notice, the less urgent. */
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

/** Where one of that rank has room beside those that need not make room for it. */
const rightful = (asking: Rank): number | undefined => lane.rightful(asking).firstRoom(0, 100, 10);
const idsOf = (bookings: readonly Booking[]): string[] => bookings.map(({ instanceId }) => instanceId);

beforeEach(() => {
  lane = new Lane(1);
});

describe('the room by right', () => {
  beforeEach(() => {
    fill(booking(1, 0), booking(5, 10), booking(9, 20), booking(7, 30, { isMovable: false }));
  });

  it('is beside those that are more urgent, and those that cannot move', () => {
    expect([0, 1, 4].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([0, 10, 10]);
    expect([5, 8].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([20, 20]);
    expect([9, 99].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([40, 40]);
  });

  it('is the same in whatever order it is asked for', () => {
    expect([9, 0, 5, 1, 99, 4].map((notice) => rightful(rank(notice, 'i-x')))).toEqual([
      40, 0, 20, 10, 40, 10,
    ]);
  });

  it('is not beside one of the same NotBefore whose id comes later', () => {
    expect(rightful(rank(5, 'i-4'))).toBe(10);
    expect(rightful(rank(5, 'i-6'))).toBe(20);
  });

  it('follows those that come and go between two questions', () => {
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

describe('somebody less urgent', () => {
  it('is one that can move, as long as it is there', () => {
    expect(lane.hasLessUrgent(rank(1))).toBe(false);
    fill(booking(9, 0, { isMovable: false }), booking(5, 0));
    expect([4, 5, 6].map((notice) => lane.hasLessUrgent(rank(notice)))).toEqual([true, false, false]);
    lane.remove(booking(5, 0));
    expect(lane.hasLessUrgent(rank(4))).toBe(false);
  });
});

describe('who makes room', () => {
  it('is nobody where there is room, and nobody where even that would not help', () => {
    fill(booking(9, 10), booking(8, 20, { isMovable: false }));
    expect(lane.toDisplace(booking(1, 0))).toEqual([]);
    expect(lane.toDisplace(booking(1, 15))).toEqual([]);
  });

  it('is everybody in the way, the more urgent first, and leaves the room by right as it was', () => {
    fill(booking(9, 0), booking(8, 10), booking(3, 20), booking(7, 30));
    expect(idsOf(lane.toDisplace(booking(5, 5)))).toEqual(['i-8', 'i-9']);
    expect(rightful(rank(5))).toBe(0);
    expect(rightful(rank(8, 'i-x'))).toBe(0);
    expect(lane.all.firstRoom(0, 100, 10)).toBe(40);
  });

  it('is not one that only touches the stretch, nor one that holds no crowded moment of it', () => {
    lane = new Lane(2);
    fill(booking(9, -5), booking(8, 0), booking(7, 5), booking(6, 10));
    // Two are down from 0 on, and the least urgent one only until 5.
    expect(idsOf(lane.toDisplace(booking(1, 0)))).toEqual(['i-8']);
  });

  it('is found whatever the lengths', () => {
    fill(booking(9, 0, { end: 100 }), booking(8, 100, { end: 101 }));
    expect(idsOf(lane.toDisplace(booking(1, 90)))).toEqual(['i-9']);
    expect(idsOf(lane.toDisplace(booking(1, 95, { end: 105 })))).toEqual(['i-8', 'i-9']);
  });
});
