// Random bookings and questions in random order, compared with a model that keeps a list and checks every minute.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bookings } from '../../../lib/plan/spacing/bookings.ts';
import type { Booking } from '../../../lib/plan/spacing/lane/lane.ts';
import { byRank, type Rank } from '../../../lib/plan/spacing/rank.ts';
import type { Limits } from '../../../lib/plan/limits.ts';
import type { FindSlot } from '../../../lib/plan/spacing/slots.ts';
import { at, minute } from '../samples.ts';

const opening = at('2026-12-01T18:00:00Z').epochMilliseconds;
const instantOf = (minutes: number): ReturnType<typeof at> =>
  at(new Date(opening + minutes * minute).toISOString());

/** Times are minutes after the opening. */
class Model {
  held: Booking[] = [];
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  hasRoom(held: readonly Booking[], group: string | undefined, start: number, end: number): boolean {
    return Array.from({ length: end - start }, (_, index) => start + index).every((moment) => {
      const down = held.filter((other) => moment >= other.start && moment < other.end);
      const mates = down.filter((other) => group !== undefined && other.group === group);
      return down.length < this.#limits.region && mates.length < this.#limits.group;
    });
  }

  book(booking: Booking): void {
    this.release(booking.instanceId);
    // The group comes first: what gives way there makes room in the region, too.
    const { group, start, end } = booking;
    for (const shared of group === undefined ? [undefined] : [group, undefined]) {
      const inLane = (other: Booking): boolean => shared === undefined || other.group === shared;
      const hasRoom = (held: readonly Booking[]): boolean =>
        shared === undefined
          ? this.hasRoom(held, undefined, start, end)
          : new Model({ region: Infinity, group: this.#limits.group }).hasRoom(held, shared, start, end);
      const all = this.held.filter(inLane);
      let kept = all.filter((other) => !givesWay(other, booking));
      if (hasRoom(all) || !hasRoom(kept)) continue;
      for (const other of all.filter((one) => givesWay(one, booking)).sort(byRank)) {
        const touches = other.start < end && other.end > start;
        if (!touches || hasRoom([...kept, other])) kept = [...kept, other];
        else this.release(other.instanceId);
      }
    }
    this.held.push(booking);
  }

  add(booking: Booking): void {
    this.release(booking.instanceId);
    this.held.push(booking);
  }

  release(instanceId: string): void {
    this.held = this.held.filter((other) => other.instanceId !== instanceId);
  }

  first(
    group: string | undefined,
    from: number,
    until: number,
    length: number,
    by?: Rank,
  ): number | undefined {
    const held = by === undefined ? this.held : this.held.filter((other) => !givesWay(other, by));
    for (let start = from; start <= until; start += 1) {
      if (this.hasRoom(held, group, start, start + length)) return start;
    }
    return undefined;
  }
}

function givesWay(booking: Booking, by: Rank): boolean {
  return booking.isMovable && byRank(by, booking) < 0;
}

const names = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6', 'i-7', 'i-8'];

const rank = fc.record({ instanceId: fc.constantFrom(...names), notBefore: fc.nat({ max: 4 }) });
const group = fc.constantFrom(undefined, 'a', 'b');
const start = fc.nat({ max: 20 });
const length = fc.integer({ min: 1, max: 7 });

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('book' as const, 'book' as const, 'add' as const),
      rank,
      group,
      start,
      length,
      isMovable: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
  },
  fc.record({ kind: fc.constant('release' as const), rank }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      rank,
      group,
      start,
      length,
      more: fc.nat({ max: 12 }),
    }),
  },
);

const limits = fc.record({ region: fc.integer({ min: 1, max: 3 }), group: fc.integer({ min: 1, max: 2 }) });

it('bookings behave like a list that is checked minute by minute', () => {
  let displaced = 0;
  let exceeded = 0;
  let rightful = 0;
  fc.assert(
    fc.property(limits, fc.array(step, { minLength: 5, maxLength: 30 }), (most, steps) => {
      const bookings = new Bookings(most);
      const model = new Model(most);
      for (const one of steps) {
        const { instanceId } = one.rank;
        if (one.kind === 'book' || one.kind === 'add') {
          const { group: shared, isMovable } = one;
          const common = { ...one.rank, isMovable, ...(shared === undefined ? {} : { group: shared }) };
          const end = one.start + one.length;
          const before = model.held.filter((other) => other.instanceId !== instanceId).length;
          model[one.kind]({ ...common, start: one.start, end });
          displaced += before + 1 - model.held.length;
          if (!model.hasRoom(model.held.slice(0, -1), shared, one.start, end)) exceeded += 1;
          bookings[one.kind]({
            ...common,
            start: opening + one.start * minute,
            end: opening + end * minute,
          });
        } else {
          model.release(instanceId);
          bookings.release(instanceId);
        }
        expect(names.filter((name) => bookings.holds(name))).toEqual(
          names.filter((name) => model.held.some((other) => other.instanceId === name)),
        );
        if (one.kind !== 'ask') continue;
        const until = one.start + one.more;
        const slots = bookings.slotsFor(one.rank, one.group, one.length * minute);
        const found = (find: FindSlot): number | undefined => {
          const instant = find(instantOf(one.start), instantOf(until));
          return instant && (instant.epochMilliseconds - opening) / minute;
        };
        const free = model.first(one.group, one.start, until, one.length);
        const byRight = model.first(one.group, one.start, until, one.length, one.rank);
        expect(found(slots.free)).toBe(free);
        expect(found(bookings.freeSlots(one.group, one.length * minute).free)).toBe(free);
        expect(slots.byRight === undefined ? free : found(slots.byRight)).toBe(byRight);
        if (byRight !== free) rightful += 1;
      }
    }),
    { seed: 51, numRuns: 400 },
  );
  // Without enough of each case the comparison above would prove little.
  expect(displaced).toBeGreaterThan(100);
  expect(exceeded).toBeGreaterThan(100);
  expect(rightful).toBeGreaterThan(100);
});
