// Shrinks a world that broke a promise: fewer instances, events, faults and edits, and still the same broken promise. The
// same world always shrinks to the same result.
import type { Violation } from '../observer/violation.ts';
import { RecordedCourse, ReducedCourse } from './course.ts';
import { minimize } from './delta-debugging.ts';
import { playWorld, type Outcome } from './play.ts';
import type { NewSabotage } from './world.ts';

/** A fault, an edit, or a change by ECS or by others. */
export interface Incident {
  /** Its position among the incidents of the original world, from 1. */
  number: number;
  text: string;
}

/** The parts of a world. */
export interface Ingredients {
  instances: readonly string[];
  events: readonly string[];
  incidents: readonly Incident[];
}

/** The parts of a world to play; undefined for all instances, all events or all incidents. */
export interface Reduction {
  instances?: readonly string[] | undefined;
  events?: readonly string[] | undefined;
  incidents?: readonly number[] | undefined;
}

/** A recorded world. It can be played again with fewer ingredients. */
export class RecordedWorld {
  readonly outcome: Outcome;
  readonly ingredients: Ingredients;
  readonly #course: RecordedCourse;
  readonly #newSabotage: NewSabotage | undefined;

  constructor(outcome: Outcome, course: RecordedCourse, newSabotage: NewSabotage | undefined) {
    this.outcome = outcome;
    this.#course = course;
    this.#newSabotage = newSabotage;
    const named = (pattern: RegExp): string[] =>
      course.ingredients.flatMap((text) => pattern.exec(text)?.[1] ?? []);
    this.ingredients = {
      instances: named(instancePattern),
      events: named(eventPattern),
      incidents: course.ingredients
        .filter((text) => !instancePattern.test(text) && !eventPattern.test(text))
        .map((text, index) => ({ number: index + 1, text })),
    };
  }

  /** Plays the world with these ingredients only. */
  play({ instances, events, incidents }: Ingredients, isTraced = false): Promise<Outcome> {
    const kept = new Set([
      ...instances.map((id) => `instance ${id}`),
      ...events.map((id) => `event ${id}`),
      ...incidents.map(({ text }) => text),
    ]);
    return playWorld(this.outcome.seed, {
      newSabotage: this.#newSabotage,
      course: new ReducedCourse(this.#course, kept),
      isTraced,
    });
  }
}

const instancePattern = /^instance (\S+)$/;
const eventPattern = /^event (\S+)$/;

/** Plays the original world of a seed and records it. */
export async function recordWorld(seed: number, newSabotage?: NewSabotage): Promise<RecordedWorld> {
  const course = new RecordedCourse();
  return new RecordedWorld(await playWorld(seed, { newSabotage, course }), course, newSabotage);
}

/** A world that broke a promise, and the smallest part found that breaks the same promise. */
export interface ShrunkWorld {
  original: Ingredients;
  left: Ingredients;
  /** The outcome of what is left. */
  outcome: Outcome;
  /** How many worlds were played. */
  tries: number;
}

/** Shrinks the world and keeps its first violation. Plays at most `maxTries` worlds. */
export async function shrink(recorded: RecordedWorld, maxTries: number): Promise<ShrunkWorld> {
  const [violation] = recorded.outcome.violations;
  const original = recorded.ingredients;
  let [left, outcome, tries] = [original, recorded.outcome, 0];
  if (violation === undefined) throw new Error(`world ${outcome.seed} broke no promise: nothing to shrink`);
  const isEnough = async (part: Partial<Ingredients>): Promise<boolean> => {
    if (tries >= maxTries) return false;
    tries += 1;
    const candidate = { ...left, ...part };
    const played = await recorded.play(candidate);
    if (!played.violations.some((other) => isSameViolation(other, violation))) return false;
    [left, outcome] = [candidate, played];
    return true;
  };
  for (let before; before !== left;) {
    before = left;
    await minimize(left.instances, (instances) => isEnough({ instances }));
    await minimize(left.events, (events) => isEnough({ events }));
    await minimize(kindsOf(left.incidents), (kinds) => isEnough({ incidents: inOrder(kinds.flat()) }));
    await minimize(left.incidents, (incidents) => isEnough({ incidents }));
  }
  return { original, left, outcome, tries };
}

/** The same promise, broken in the same way: only times, ids and numbers may differ. */
export function isSameViolation(a: Violation, b: Violation): boolean {
  return a.promise === b.promise && shapeOf(a) === shapeOf(b);
}

function shapeOf({ what }: Violation): string {
  return what
    .split(' ')
    .filter((word) => !/\d/.test(word))
    .join(' ');
}

/** The incidents by kind, such as `crash`. Often a world does not need a whole kind. */
function kindsOf(incidents: readonly Incident[]): Incident[][] {
  const kinds = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const kind = incident.text.split(': ').at(-1) ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), incident]);
  }
  return [...kinds.values()];
}

function inOrder(incidents: readonly Incident[]): Incident[] {
  return [...incidents].sort((a, b) => a.number - b.number);
}

/** The ingredients of the original world that a reduction names. */
export function reduced(original: Ingredients, reduction: Reduction): Ingredients {
  const { instances = original.instances, events = original.events, incidents } = reduction;
  return {
    instances,
    events,
    incidents: original.incidents.filter(({ number }) => incidents?.includes(number) ?? true),
  };
}

/** What a reduction names and the original world does not have. */
export function unknownIn(original: Ingredients, reduction: Reduction): string[] {
  const { instances = [], events = [], incidents = [] } = reduction;
  return [
    ...instances.filter((id) => !original.instances.includes(id)),
    ...events.filter((id) => !original.events.includes(id)),
    ...incidents.filter((number) => number > original.incidents.length).map((number) => `incident ${number}`),
  ];
}
