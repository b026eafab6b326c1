// Figures of many lengths of time. Median and percentile are by nearest rank: the smallest measured length that at least so many
// per cent do not exceed. So each figure is a length that somebody really waited, and no average of two.
import type { Milliseconds } from '../calendar/instant.ts';

/** What is said of many lengths. Absent where there is none. */
export interface Spread {
  count: number;
  shortest: Milliseconds;
  median: Milliseconds;
  /** The 95th percentile. */
  p95: Milliseconds;
  longest: Milliseconds;
}

/** The figures of these lengths; undefined where there are none. */
export function spreadOf(lengths: readonly Milliseconds[]): Spread | undefined {
  if (lengths.length === 0) return undefined;
  const sorted = Float64Array.from(lengths).sort();
  const atRank = (rank: number): Milliseconds => sorted[Math.max(rank, 1) - 1] ?? 0;
  const count = sorted.length;
  return {
    count,
    shortest: atRank(1),
    median: atRank(Math.ceil(0.5 * count)),
    p95: atRank(Math.ceil((95 * count) / 100)),
    longest: atRank(count),
  };
}
