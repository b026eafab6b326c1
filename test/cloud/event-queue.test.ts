import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

test('the earliest item comes first, and items of the same moment keep the order in which they were added', () => {
  const queue = new EventQueue<string>();
  for (const [at, item] of [
    [30, 'late'],
    [10, 'first of two'],
    [20, 'middle'],
    [10, 'second of two'],
  ] as const) {
    queue.add(at, item);
  }
  expect(takeAll(queue)).toEqual(['10 first of two', '10 second of two', '20 middle', '30 late']);
});

test('an item whose moment is after the limit stays in the queue', () => {
  const queue = new EventQueue<string>();
  queue.add(10, 'item');
  expect(queue.take(9)).toBeUndefined();
  expect(queue.nextAt()).toBe(10);
  expect(queue.take(10)).toEqual({ at: 10, item: 'item' });
});

test('an empty queue has no next moment and gives nothing', () => {
  const queue = new EventQueue<string>();
  expect(queue.nextAt()).toBeUndefined();
  expect(queue.take(Infinity)).toBeUndefined();
});

test('a cancelled item is neither announced nor given', () => {
  const queue = new EventQueue<string>();
  const cancel = queue.add(10, 'cancelled');
  queue.add(20, 'kept');
  cancel();
  expect(queue.nextAt()).toBe(20);
  expect(takeAll(queue)).toEqual(['20 kept']);
});

test('to cancel an item that was taken, or to cancel twice, changes nothing', () => {
  const queue = new EventQueue<string>();
  const cancel = queue.add(10, 'taken');
  queue.take(10);
  queue.add(10, 'kept');
  cancel();
  cancel();
  expect(takeAll(queue)).toEqual(['10 kept']);
});

test('an item that is added while others are taken gets its place by its moment', () => {
  const queue = new EventQueue<string>();
  queue.add(10, 'a');
  queue.add(30, 'c');
  queue.take(10);
  queue.add(20, 'b');
  queue.add(5, 'past');
  expect(takeAll(queue)).toEqual(['5 past', '20 b', '30 c']);
});

test('any mix of additions and cancellations comes out as a stable sort of what is left', () => {
  const additions = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), isCancelled: fc.boolean() }));
  fc.assert(
    fc.property(additions, (list) => {
      const queue = new EventQueue<number>();
      const cancels = list.map(({ at }, index) => queue.add(at, index));
      list.forEach(({ isCancelled }, index) => isCancelled && cancels[index]?.());
      const expected = list
        .map(({ at, isCancelled }, index) => ({ at, isCancelled, text: `${at} ${index}` }))
        .filter(({ isCancelled }) => !isCancelled)
        .sort((a, b) => a.at - b.at)
        .map(({ text }) => text);
      expect(takeAll(queue)).toEqual(expected);
    }),
  );
});

function takeAll(queue: EventQueue<string | number>): string[] {
  const taken: string[] = [];
  for (;;) {
    const next = queue.take(Infinity);
    if (next === undefined) return taken;
    taken.push(`${next.at} ${next.item}`);
  }
}
