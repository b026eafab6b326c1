import { expect, test } from 'vitest';
import { minimize } from './delta-debugging.ts';

const numbers = Array.from({ length: 100 }, (_, index) => index);

test('only the items that matter are left, in order', async () => {
  const needs = [3, 50, 51, 99];
  const isEnough = (part: readonly number[]) => Promise.resolve(needs.every((item) => part.includes(item)));
  expect(await minimize(numbers, isEnough)).toEqual(needs);
});

test('nothing is left when nothing matters', async () => {
  expect(await minimize(numbers, () => Promise.resolve(true))).toEqual([]);
});

test('everything is left when everything matters', async () => {
  const isEnough = (part: readonly number[]) => Promise.resolve(part.length === numbers.length);
  expect(await minimize(numbers, isEnough)).toEqual(numbers);
});

test('no single item can be removed from what is left, also when parts do not matter by themselves', async () => {
  const isEnough = (part: readonly number[]) =>
    Promise.resolve(part.filter((item) => item % 7 === 0).length >= 3 || part.includes(42));
  const left = await minimize(numbers, isEnough);
  expect(await isEnough(left)).toBe(true);
  for (const item of left) expect(await isEnough(left.filter((other) => other !== item))).toBe(false);
});

test('one item that matters among a hundred is found in few tries', async () => {
  let tries = 0;
  const isEnough = (part: readonly number[]) => {
    tries += 1;
    return Promise.resolve(part.includes(61));
  };
  expect(await minimize(numbers, isEnough)).toEqual([61]);
  expect(tries).toBeLessThan(20);
});
