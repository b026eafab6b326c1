import { expect, test } from 'vitest';
import { minimize } from './delta-debugging.ts';

const numbers = Array.from({ length: 100 }, (_, index) => index);

test('the result has only the items that matter, in order', async () => {
  const needs = [3, 50, 51, 99];
  const isEnough = (part: readonly number[]) => Promise.resolve(needs.every((item) => part.includes(item)));
  expect(await minimize(numbers, isEnough)).toEqual(needs);
});

test('the result is empty when no item matters', async () => {
  expect(await minimize(numbers, () => Promise.resolve(true))).toEqual([]);
});

test('the result has all items when all matter', async () => {
  const isEnough = (part: readonly number[]) => Promise.resolve(part.length === numbers.length);
  expect(await minimize(numbers, isEnough)).toEqual(numbers);
});

test('no single item can be removed from the result, also when several results are possible', async () => {
  const isEnough = (part: readonly number[]) =>
    Promise.resolve(part.filter((item) => item % 7 === 0).length >= 3 || part.includes(42));
  const left = await minimize(numbers, isEnough);
  expect(await isEnough(left)).toBe(true);
  for (const item of left) expect(await isEnough(left.filter((other) => other !== item))).toBe(false);
});

test('one item that matters among a hundred takes fewer than 20 tries', async () => {
  let tries = 0;
  const isEnough = (part: readonly number[]) => {
    tries += 1;
    return Promise.resolve(part.includes(61));
  };
  expect(await minimize(numbers, isEnough)).toEqual([61]);
  expect(tries).toBeLessThan(20);
});
