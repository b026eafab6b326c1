// Ticks on their way to a function: how late they come, and when a refused one is tried again. The times are literals.
import { describe, expect, it } from 'vitest';
import { fateOf, latenessOf, triesOf } from './ticks.ts';

describe('a tick', () => {
  it('comes late by 0.2 to 5 s', () => {
    expect(latenessOf(0)).toBe(200);
    expect(latenessOf(0.5)).toBe(2_600);
    expect(latenessOf(0.999999)).toBe(4_999);
  });

  it('never comes exactly on the second', () => {
    const onTheSecond = Array.from({ length: 4_800 }, (_, n) => latenessOf((n + 0.5) / 4_800)).filter(
      (ms) => ms % 1_000 === 0,
    );
    expect(onTheSecond).toEqual([]);
    // 0.8 s after 0.2 s would be a full second.
    expect(latenessOf(800.5 / 4_800)).toBe(1_001);
  });

  it('has the same fate for the same seed and name, and another one for others', () => {
    const fate = fateOf(1, 'execute 2026-12-01T00:01:00Z', 0.5);
    expect(fateOf(1, 'execute 2026-12-01T00:01:00Z', 0.5)).toEqual(fate);
    expect(fateOf(2, 'execute 2026-12-01T00:01:00Z', 0.5).lateMs).not.toBe(fate.lateMs);
    expect(fateOf(1, 'execute 2026-12-01T00:02:00Z', 0.5).lateMs).not.toBe(fate.lateMs);
  });

  it('is lost in the given share of cases', () => {
    const lost = (share: number): number =>
      Array.from({ length: 1_000 }, (_, n) => fateOf(1, `tick ${n}`, share)).filter(({ isLost }) => isLost)
        .length;
    expect(lost(0)).toBe(0);
    expect(lost(1)).toBe(1_000);
    expect(lost(0.1)).toBeGreaterThan(60);
    expect(lost(0.1)).toBeLessThan(140);
  });
});

describe('a refused tick', () => {
  it('is tried again after 0.5, 1, 2, 4, 8 and 16 s; with maxAsyncEventAgeInSeconds 60 the last try comes at 31.5 s', () => {
    expect(triesOf(60)).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
  });

  it('is tried until 255.5 s with maxAsyncEventAgeInSeconds 300', () => {
    expect(triesOf(300).at(-1)).toBe(255_500);
  });

  it('is tried only once if it may have no age', () => {
    expect(triesOf(0)).toEqual([0]);
  });
});
