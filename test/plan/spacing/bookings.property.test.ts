// Random bookings. A list that is checked minute by minute gives the expected rooms.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bookings } from '../../../lib/plan/spacing/bookings.ts';

interface Held {
  id: number;
  group: string | undefined;
  start: number;
  length: number;
}

const group = fc.constantFrom(undefined, 'a', 'b');
const held = fc.record({
  id: fc.nat({ max: 9 }),
  group,
  start: fc.integer({ min: 0, max: 60 }),
  length: fc.integer({ min: 1, max: 20 }),
});

it('bookings find the first and the last room that a check of each minute finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 5, arbitrary: held }, { weight: 1, arbitrary: fc.nat({ max: 9 }) }), {
        maxLength: 16,
      }),
      fc.record({
        region: fc.integer({ min: 1, max: 4 }),
        group: fc.integer({ min: 1, max: 2 }),
        groupPause: fc.constantFrom(0, 0, 3),
      }),
      group,
      fc.record({
        from: fc.integer({ min: -10, max: 60 }),
        span: fc.nat({ max: 60 }),
        length: fc.integer({ min: 1, max: 20 }),
      }),
      (steps, limits, asking, { from, span, length }) => {
        const bookings = new Bookings(limits);
        const list = new Map<number, Held>();
        for (const step of steps) {
          if (typeof step === 'number') {
            bookings.release(String(step));
            list.delete(step);
            continue;
          }
          const { id, start } = step;
          list.set(id, step);
          bookings.add({
            instanceId: String(id),
            ...(step.group === undefined ? {} : { group: step.group }),
            start,
            end: start + step.length,
          });
        }
        const { groupPause } = limits;
        const hasRoom = (at: number): boolean => {
          for (let minute = at; minute < at + length + groupPause; minute += 1) {
            const others = [...list.values()];
            const down = others.filter((one) => one.start <= minute && minute < one.start + one.length);
            if (minute < at + length && down.length >= limits.region) return false;
            const mates = others.filter(
              (one) =>
                asking !== undefined &&
                one.group === asking &&
                one.start <= minute &&
                minute < one.start + one.length + groupPause,
            );
            if (mates.length >= limits.group) return false;
          }
          return true;
        };
        const until = from + span;
        const good = Array.from({ length: span + 1 }, (_, index) => from + index).filter(hasRoom);
        expect(bookings.first(asking, { from, until }, length)).toBe(good[0]);
        expect(bookings.last(asking, { from, until }, length)).toBe(good.at(-1));
        expect(bookings.hasRoom(asking, from, length)).toBe(good[0] === from);
      },
    ),
    { seed: 62, numRuns: 1_500 },
  );
});
