// Who holds which stretch of time under one limit; plain numbers in place of instants.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lane, type Held } from '../../lib/plan/lane.ts';

interface Named extends Held {
  name: string;
}

const held = (name: string, start: number, end: number): Named => ({ name, start, end });

function lane(limit: number, ...items: Named[]): Lane<Named> {
  const made = new Lane<Named>(limit);
  for (const item of items) made.add(item);
  return made;
}

const namesOf = (items: readonly Named[]): string[] => items.map(({ name }) => name);

describe('a lane has room', () => {
  it('at once where nobody holds anything', () => {
    expect(lane(1).firstRoom(5, 5, 1_000)).toBe(5);
  });

  it('from the very moment at which a holder ends, and until the very moment at which one starts', () => {
    const one = lane(1, held('a', 10, 20));
    expect(one.firstRoom(0, 100, 10)).toBe(0);
    expect(one.firstRoom(0, 100, 11)).toBe(20);
    expect(one.firstRoom(1, 100, 10)).toBe(20);
    expect(one.firstRoom(15, 100, 1)).toBe(20);
  });

  it('between two holders only where the whole length fits', () => {
    const two = lane(1, held('a', 10, 20), held('b', 25, 30));
    expect(two.firstRoom(10, 100, 5)).toBe(20);
    expect(two.firstRoom(10, 100, 6)).toBe(30);
  });

  it('up to the last moment that is asked for, and not after it', () => {
    const one = lane(1, held('a', 10, 20));
    expect(one.firstRoom(10, 20, 5)).toBe(20);
    expect(one.firstRoom(10, 19, 5)).toBe(undefined);
  });

  it('beside fewer holders than the limit at every moment of the length', () => {
    const two = lane(2, held('a', 0, 30), held('b', 10, 20));
    expect(two.firstRoom(0, 100, 10)).toBe(0);
    expect(two.firstRoom(0, 100, 11)).toBe(20);
    expect(two.firstRoom(20, 20, 1_000)).toBe(20);
  });

  it('only when enough of too many holders have ended', () => {
    const crowded = lane(1, held('a', 0, 10), held('b', 0, 20), held('c', 5, 15));
    expect(crowded.firstRoom(0, 100, 5)).toBe(20);
  });

  it('again where a holder was removed; one that never was there changes nothing', () => {
    const [a, b] = [held('a', 0, 10), held('b', 0, 10)];
    const one = lane(1, a, b);
    one.remove(a);
    expect(one.firstRoom(0, 100, 5)).toBe(10);
    one.remove(held('b', 0, 10));
    one.remove(a);
    expect(one.firstRoom(0, 100, 5)).toBe(10);
    one.remove(b);
    expect(one.firstRoom(0, 100, 5)).toBe(0);
  });
});

describe('the holders of a stretch', () => {
  const items = [held('long', 0, 100), held('late', 50, 60), held('early', 10, 20), held('mid', 20, 30)];

  it('are those that hold some of it, by start, also one that began long before', () => {
    expect(namesOf(lane(1, ...items).overlapping(20, 51))).toEqual(['long', 'mid', 'late']);
  });

  it('are none that only touch it', () => {
    expect(namesOf(lane(1, ...items).overlapping(30, 50))).toEqual(['long']);
  });

  it('alone make another lane, and leave this one as it is', () => {
    const all = lane(2, ...items);
    const some = all.with([held('x', 0, 10)]);
    expect(some.firstRoom(0, 100, 10)).toBe(0);
    expect(all.firstRoom(10, 100, 15)).toBe(30);
  });
});

it('a lane agrees with counting who holds each single moment, whatever was added and removed', () => {
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
        const items = all.map(({ start, length: long, stays }, index) => ({
          item: held(String(index), start, start + long),
          stays,
        }));
        const one = lane(limit, ...items.map(({ item }) => item));
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
        const touched = left.filter(({ start, end }) => start < from + length && end > from);
        expect(namesOf(one.overlapping(from, from + length)).sort()).toEqual(namesOf(touched).sort());
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
