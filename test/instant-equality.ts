// An instant has no properties of its own: for `toMatchObject`, every instant is like every other one.
import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';

expect.addEqualityTesters([
  (a: unknown, b: unknown): boolean | undefined =>
    a instanceof Temporal.Instant && b instanceof Temporal.Instant ? a.equals(b) : undefined,
]);
