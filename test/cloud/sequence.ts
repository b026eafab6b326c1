// One counter for everything that happens in the local cloud. It orders what happens within the same millisecond.

/** Returns the next number. */
export type Sequence = () => number;

export function newSequence(): Sequence {
  let last = 0;
  return () => (last += 1);
}
