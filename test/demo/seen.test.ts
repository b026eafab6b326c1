// Which events the demo expects to have a row: those that were open while plan ran.
import { describe, expect, it } from 'vitest';
import { wasSeen } from './play.ts';

const cycle = [
  { at: 1_000, to: 'Scheduled' },
  { at: 5_000, to: 'Executing' },
  { at: 9_000, to: 'Executed' },
];

describe('an event', () => {
  it.each([
    ['plan ran while it was open', [{ begin: 6_000, end: 8_000 }], true],
    ['plan began before it was there', [{ begin: 900, end: 8_000 }], false],
    ['plan ended after it had ended', [{ begin: 6_000, end: 9_000 }], false],
    ['plan never ran', [], false],
  ])('needs a row or not: %s', (_, runs, needed) => {
    expect(wasSeen(cycle, runs)).toBe(needed);
    // One that stays open is seen by each run that begins later.
    expect(wasSeen(cycle.slice(0, 1), [{ begin: 10_000, end: 11_000 }])).toBe(true);
  });
});
