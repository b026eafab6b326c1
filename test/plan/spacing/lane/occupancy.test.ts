// How many bookings hold each moment under one limit. Times are plain numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Occupancy, type Held } from '../../../../lib/plan/spacing/lane/occupancy.ts';

const held = (start: number, end: number): Held => ({ start, end });

function occupancy(limit: number, ...items: Held[]): Occupancy {
  const made = new Occupancy(limit);
  for (const item of items) made.add(item);
  return made;
}

describe('there is room', () => {
  it('at once where nothing is held', () => {
    expect(occupancy(1).firstRoom(5, 5, 1_000)).toBe(5);
  });

  it('from the moment at which a stretch ends, and until the moment at which one starts', () => {
    const one = occupancy(1, held(10, 20));
    expect(one.firstRoom(0, 100, 10)).toBe(0);
    expect(one.firstRoom(0, 100, 11)).toBe(20);
    expect(one.firstRoom(1, 100, 10)).toBe(20);
    expect(one.firstRoom(15, 100, 1)).toBe(20);
  });

  it('between two stretches only where the whole length fits', () => {
    const two = occupancy(1, held(10, 20), held(25, 30));
    expect(two.firstRoom(10, 100, 5)).toBe(20);
    expect(two.firstRoom(10, 100, 6)).toBe(30);
  });

  it('up to the last moment of the range, and not after it', () => {
    const one = occupancy(1, held(10, 20));
    expect(one.firstRoom(10, 20, 5)).toBe(20);
    expect(one.firstRoom(10, 19, 5)).toBe(undefined);
  });

  it('where fewer than the limit hold each moment of the length', () => {
    const two = occupancy(2, held(0, 30), held(10, 20));
    expect(two.firstRoom(0, 100, 10)).toBe(0);
    expect(two.firstRoom(0, 100, 11)).toBe(20);
    expect(two.firstRoom(20, 20, 1_000)).toBe(20);
  });

  it('after a stretch with too many holders, only when enough of them have ended', () => {
    const crowded = occupancy(1, held(0, 10), held(0, 20), held(5, 15));
    expect(crowded.firstRoom(0, 100, 5)).toBe(20);
  });

  it('again once those above the limit are removed', () => {
    const one = occupancy(1, held(0, 10), held(0, 10));
    one.remove(held(0, 10));
    expect(one.firstRoom(0, 100, 5)).toBe(10);
    one.remove(held(0, 10));
    expect(one.firstRoom(0, 100, 5)).toBe(0);
  });

  it('for a whole stretch where each of its moments has room', () => {
    const two = occupancy(2, held(0, 30), held(10, 20));
    expect(two.firstRoom(0, 0, 10)).toBe(0);
    expect(two.firstRoom(5, 5, 6)).toBe(undefined);
    expect(two.firstRoom(19, 19, 6)).toBe(undefined);
    expect(two.firstRoom(20, 20, 5)).toBe(20);
  });
});

describe('stretches that follow one another without a gap', () => {
  it('are one full stretch until one of them is removed', () => {
    const packed = occupancy(1, held(0, 10), held(20, 30), held(10, 20));
    expect(packed.firstRoom(5, 100, 10)).toBe(30);
    packed.remove(held(10, 20));
    expect(packed.firstRoom(5, 100, 10)).toBe(10);
    expect(packed.firstRoom(5, 100, 11)).toBe(30);
    packed.add(held(8, 12));
    expect(packed.firstRoom(5, 100, 8)).toBe(12);
    packed.remove(held(8, 12));
    packed.remove(held(0, 10));
    packed.remove(held(20, 30));
    expect(packed.firstRoom(5, 5, 1_000)).toBe(5);
  });

  it('are full only where each of them reaches the limit', () => {
    const pairs = occupancy(2, held(0, 10), held(0, 10), held(10, 20), held(10, 20), held(20, 30));
    expect(pairs.firstRoom(0, 100, 5)).toBe(20);
    pairs.remove(held(0, 10));
    expect(pairs.firstRoom(0, 100, 5)).toBe(0);
    expect(pairs.firstRoom(0, 100, 11)).toBe(20);
  });
});

it('the first room is the same as when every single moment is counted', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          start: fc.nat({ max: 30 }),
          length: fc.integer({ min: 1, max: 12 }),
          stays: fc.boolean(),
        }),
        { maxLength: 12 },
      ),
      fc.record({
        limit: fc.integer({ min: 1, max: 3 }),
        from: fc.nat({ max: 40 }),
        until: fc.nat({ max: 45 }),
        length: fc.integer({ min: 1, max: 10 }),
      }),
      (all, { limit, from, until, length }) => {
        const items = all.map(({ start, length: long, stays }) => ({
          item: held(start, start + long),
          stays,
        }));
        const one = occupancy(limit, ...items.map(({ item }) => item));
        for (const { item, stays } of items) if (!stays) one.remove(item);
        const left = items.filter(({ stays }) => stays).map(({ item }) => item);
        let expected: number | undefined;
        for (let at = from; at <= until && expected === undefined; at += 1) {
          const isFree = Array.from({ length }, (_, index) => at + index).every(
            (moment) => left.filter(({ start, end }) => moment >= start && moment < end).length < limit,
          );
          if (isFree) expected = at;
        }
        expect(one.firstRoom(from, until, length)).toBe(expected);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

describe('the last room', () => {
  it('ends where time becomes full, and begins no earlier than it was free before', () => {
    const one = occupancy(1, held(10, 20), held(40, 50));
    expect(one.lastRoom(0, 100, 5)).toBe(100);
    expect(one.lastRoom(0, 49, 5)).toBe(35);
    expect(one.lastRoom(0, 30, 5)).toBe(30);
    expect(one.lastRoom(0, 39, 20)).toBe(20);
    // Between the two 20 are free, not 21. Before the first there are 10.
    expect(one.lastRoom(0, 39, 21)).toBe(undefined);
    expect(one.lastRoom(-20, 39, 21)).toBe(-11);
    expect(one.lastRoom(0, 19, 10)).toBe(0);
    expect(one.lastRoom(1, 19, 10)).toBe(undefined);
  });
});
