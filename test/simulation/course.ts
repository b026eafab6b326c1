// The course of a world: what chance draws at each of its moments, and the ingredients that it is made of. A course can be
// recorded and played again with fewer ingredients. Then each moment that is left draws what it drew before, so that one
// fault can be removed without a change of all the others.
import { fraction } from '../cloud/ecs/core/chance.ts';
import { Random } from './random.ts';

/** A call, an await, a tick of a timer: something that chance decides about. */
export interface Moment {
  /** What this moment draws from. */
  random: Random;
  /** Whether this happens here. Asked only when chance says yes. */
  has: (ingredient: string) => boolean;
}

export interface Course {
  /** A moment with this name. In the original world it draws from `random`. */
  moment(random: Random, name: string): Moment;
  /** Whether the world has this ingredient: an instance, an event, something that goes wrong. */
  has(ingredient: string): boolean;
}

/** The original world: it has every ingredient, and nothing is recorded. */
export const freeCourse: Course = {
  moment: (random) => ({ random, has: () => true }),
  has: () => true,
};

/** Tells moments of the same name apart: the first is `name`, the second `name (2)`. */
class Names {
  readonly #counts = new Map<string, number>();

  unique(name: string): string {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  }
}

/** The original world, recorded. */
export class RecordedCourse implements Course {
  /** Every ingredient of the world, in the order in which it came in. */
  readonly ingredients: string[] = [];
  /** What each moment drew. */
  readonly draws = new Map<string, number[]>();
  readonly #names = new Names();

  moment(random: Random, name: string): Moment {
    const unique = this.#names.unique(name);
    const drawn: number[] = [];
    this.draws.set(unique, drawn);
    const recorded = new Random(() => {
      const drawnNow = random.fraction();
      drawn.push(drawnNow);
      return drawnNow;
    });
    return { random: recorded, has: (ingredient) => this.has(`${unique}: ${ingredient}`) };
  }

  has(ingredient: string): boolean {
    this.ingredients.push(ingredient);
    return true;
  }
}

/** A recorded world that keeps only some of its ingredients. */
export class ReducedCourse implements Course {
  readonly #recorded: RecordedCourse;
  readonly #kept: ReadonlySet<string>;
  readonly #names = new Names();

  constructor(recorded: RecordedCourse, kept: ReadonlySet<string>) {
    this.#recorded = recorded;
    this.#kept = kept;
  }

  moment(_random: Random, name: string): Moment {
    const unique = this.#names.unique(name);
    const drawn = this.#recorded.draws.get(unique) ?? [];
    let next = 0;
    let spare: Random | undefined;
    // The original world never came to this draw: the name decides, so that the reduced world repeats, too.
    const beyond = (): number =>
      (spare ??= Random.ofSeed(Math.floor(fraction(unique) * 0x1_0000_0000))).fraction();
    const random = new Random(() => drawn[next++] ?? beyond());
    return { random, has: (ingredient) => this.has(`${unique}: ${ingredient}`) };
  }

  has(ingredient: string): boolean {
    return this.#kept.has(ingredient);
  }
}
