// One count for all that happens in the local cloud, so that an observer can tell what came first within a millisecond.

/** Gives the next number. */
export type Sequence = () => number;

export function newSequence(): Sequence {
  let last = 0;
  return () => (last += 1);
}
