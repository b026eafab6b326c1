// The course of a world: what chance draws at each moment, and which ingredients the world has. An ingredient is an instance,
// an event, or an incident: a fault, an edit, a change by ECS or by others. A world can be recorded and played again with
// fewer ingredients. Each moment then draws what it drew before. So one fault can go while all others stay as they are.
import { fraction } from '../cloud/ecs/core/chance.ts';
import { Random } from './random.ts';

/** A call, an await or a tick of a timer: chance decides what happens there. */
export interface Moment {
  /** The chance of this moment. */
  random: Random;
  /** Whether the world has this ingredient at this moment. Called only when chance has drawn it. */
  has: (ingredient: string) => boolean;
}

export interface Course {
  /** Begins a moment with this name. In the original world it draws from `random`. */
  moment(random: Random, name: string): Moment;
  /** Whether the world has this ingredient. Called only when chance has drawn it. */
  has(ingredient: string): boolean;
}

/** The original world: it has every ingredient, and nothing is recorded. */
export const freeCourse: Course = {
  moment: (random) => ({ random, has: () => true }),
  has: () => true,
};

/** Gives moments of the same name different names: `name`, `name (2)` and so on. */
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
  /** Every ingredient of the world, in the order in which chance drew it. */
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
    // For draws that the original world did not make. Their seed comes from the name, so that a reduced world is repeatable.
    const beyond = (): number =>
      (spare ??= Random.ofSeed(Math.floor(fraction(unique) * 0x1_0000_0000))).fraction();
    const random = new Random(() => drawn[next++] ?? beyond());
    return { random, has: (ingredient) => this.has(`${unique}: ${ingredient}`) };
  }

  has(ingredient: string): boolean {
    return this.#kept.has(ingredient);
  }
}
