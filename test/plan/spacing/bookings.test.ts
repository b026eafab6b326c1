// The bookings of one region: where a slot is free, forwards and backwards. Times are plain minutes.
import { beforeEach, describe, expect, it } from 'vitest';
import { Bookings, type Booking } from '../../../lib/plan/spacing/bookings.ts';
import { at } from '../samples.ts';

const booking = (instanceId: string, start: number, group?: string): Booking => ({
  instanceId,
  start,
  end: start + 15,
  ...(group === undefined ? {} : { group }),
});

let bookings: Bookings;

const first = (group?: string, from = 0, until = 120): number | undefined =>
  bookings.first(group, { from, until }, 15);
const last = (group?: string, from = 0, until = 120): number | undefined =>
  bookings.last(group, { from, until }, 15);

beforeEach(() => {
  bookings = new Bookings({ region: 2, group: 1 });
});

describe('a free slot', () => {
  it('is anywhere where nothing is booked', () => {
    expect([first('web'), last('web')]).toEqual([0, 120]);
  });

  it('comes with the limits that apply: the region’s, and the group’s for an instance with a group', () => {
    const limits = (group?: string): object => bookings.findFor(group, 15).limit;
    expect(limits('web')).toEqual({ region: 2, group: { name: 'web', limit: 1 } });
    expect(limits()).toEqual({ region: 2 });
  });

  it('comes after a booking of the same group, or before it, and beside one of another group', () => {
    bookings.add(booking('i-1', 40, 'web'));
    expect([first('web', 30), first('db', 30), first(undefined, 30)]).toEqual([55, 30, 30]);
    expect([last('web', 0, 50), last('db', 0, 50), last(undefined, 0, 50)]).toEqual([25, 50, 50]);
  });

  it('respects both limits: where the region has room, the group may be full', () => {
    bookings.add(booking('i-1', 0));
    bookings.add(booking('i-2', 5));
    bookings.add(booking('i-3', 20, 'web'));
    // The region is full from 5 to 15, so it has room at 15. The mate is down from 20 to 35, so the group has room at 35.
    expect([first('web'), first(), first('web', 0, 34)]).toEqual([35, 15, undefined]);
    // Backwards from 30: the mate leaves room until 20, but from 5 to 15 the region is full.
    expect([last('web', 0, 30), last('web', -10, 30), last(undefined, 0, 14)]).toEqual([
      undefined,
      -10,
      undefined,
    ]);
  });

  it('is free again when its holder is released or books another slot', () => {
    bookings.add(booking('i-1', 0, 'web'));
    bookings.add(booking('i-1', 30, 'web'));
    expect([first('web'), first('web', 20)]).toEqual([0, 45]);
    bookings.release('i-1');
    bookings.release('i-1');
    expect(first('web', 20)).toBe(20);
  });

  it('is an instant where it is asked for with instants', () => {
    bookings.add({
      instanceId: 'i-1',
      start: Date.UTC(2026, 0, 1),
      end: Date.UTC(2026, 0, 1, 1),
      group: 'web',
    });
    const find = bookings.findFor('web', 900_000);
    const [from, until] = [at('2026-01-01T00:00:00Z'), at('2026-01-01T02:00:00Z')];
    expect(find.first(from, until)?.toString()).toBe('2026-01-01T01:00:00Z');
    expect(find.last(from, until)?.toString()).toBe('2026-01-01T02:00:00Z');
    expect(find.first(from, at('2026-01-01T00:59:59Z'))).toBe(undefined);
  });
});

describe('the pause of a group', () => {
  it('follows each booking of the group, and none of the others', () => {
    bookings = new Bookings({ region: 1, group: 1, groupPause: 10 });
    bookings.add(booking('i-1', 40, 'web'));
    expect([first('web', 30), first('db', 30), first(undefined, 30)]).toEqual([65, 55, 55]);
    // One that ends at 40 would leave no pause before it.
    expect([last('web', 0, 50), last('db', 0, 50)]).toEqual([15, 25]);
  });
});

describe('a booking', () => {
  it('may exceed a limit where it must', () => {
    bookings.add(booking('i-9', 0, 'web'));
    bookings.add(booking('i-1', 0, 'web'));
    bookings.release('i-9');
    expect(first('web')).toBe(15);
  });

  it('is made only where it is free, if asked so', () => {
    bookings.add(booking('i-9', 0, 'web'));
    expect(bookings.addIfFree(booking('i-1', 5, 'web'))).toBe(false);
    expect(bookings.addIfFree(booking('i-1', 15, 'web'))).toBe(true);
    expect(bookings.addIfFree(booking('i-1', 20, 'web'))).toBe(true);
    expect(first('web', 10)).toBe(35);
  });

  it('makes its group one with members, until it is released', () => {
    bookings.add(booking('i-1', 0, 'web'));
    expect([bookings.hasMembers('web'), bookings.hasMembers('db')]).toEqual([true, false]);
    bookings.release('i-1');
    expect(bookings.hasMembers('web')).toBe(false);
  });
});
