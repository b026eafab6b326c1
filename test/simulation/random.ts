// Repeatable chance. Everything random in a world comes from its seed, in the order in which the world asks for it.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export class Random {
  readonly #nextFraction: () => number;

  /** `nextFraction` returns fractions in [0, 1). */
  constructor(nextFraction: () => number) {
    this.#nextFraction = nextFraction;
  }

  static ofSeed(seed: number): Random {
    const generator = xoroshiro128plus(seed);
    // The first numbers of two seeds that differ in few bits are alike.
    for (let turn = 0; turn < 8; turn += 1) generator.next();
    return new Random(() => (generator.next() >>> 0) / 0x1_0000_0000);
  }

  /** A fraction in [0, 1). */
  fraction(): number {
    return this.#nextFraction();
  }

  /** True in the given share of cases. */
  chance(share: number): boolean {
    return share > 0 && this.fraction() < share;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }
}
