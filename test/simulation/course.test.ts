import { describe, expect, it } from 'vitest';
import { RecordedCourse, ReducedCourse, type Course } from './course.ts';
import { Random } from './random.ts';

interface Drawn {
  name: string;
  number: number;
  hasCrash: boolean;
}

/** Plays moments with these names. Each draws one number, and then perhaps a crash. */
function play(course: Course, names: readonly string[]): Drawn[] {
  const shared = Random.ofSeed(1);
  return names.map((name) => {
    const { random, has } = course.moment(shared, name);
    const number = random.whole(0, 1_000_000);
    return { name, number, hasCrash: random.chance(0.5) && has('crash') };
  });
}

describe('a recorded course', () => {
  it('lists the ingredients that chance drew, and numbers moments of the same name', () => {
    const course = new RecordedCourse();
    course.has('instance i-1');
    const drawn = play(course, ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
    const crashes = drawn.filter(({ hasCrash }) => hasCrash).length;
    expect(course.ingredients).toHaveLength(1 + crashes);
    expect(course.ingredients[0]).toBe('instance i-1');
    expect([...course.draws.keys()]).toEqual([
      'a',
      'a (2)',
      'a (3)',
      'a (4)',
      'b',
      'b (2)',
      'b (3)',
      'b (4)',
    ]);
    expect(new Set(course.ingredients).size).toBe(course.ingredients.length);
  });
});

describe('a reduced course', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const recorded = new RecordedCourse();
  const original = play(recorded, names);

  it('with all ingredients is the recorded course', () => {
    expect(play(new ReducedCourse(recorded, new Set(recorded.ingredients)), names)).toEqual(original);
  });

  it('without an ingredient keeps all other draws', () => {
    const crashes = original.filter(({ hasCrash }) => hasCrash).map(({ name }) => `${name}: crash`);
    expect(crashes.length).toBeGreaterThan(1);
    const [, ...kept] = crashes;
    const drawn = play(new ReducedCourse(recorded, new Set(kept)), names);
    expect(drawn.map(({ number }) => number)).toEqual(original.map(({ number }) => number));
    expect(drawn.filter(({ hasCrash }) => hasCrash).map(({ name }) => `${name}: crash`)).toEqual(kept);
  });

  it('without a moment keeps the draws of all other moments', () => {
    const course = new ReducedCourse(recorded, new Set(recorded.ingredients));
    expect(play(course, ['b', 'd', 'f'])).toEqual(original.filter(({ name }) => 'bdf'.includes(name)));
  });

  it('draws the same numbers each time for moments that were not recorded, and has no other ingredients', () => {
    const course = () => new ReducedCourse(recorded, new Set<string>());
    const unknown = Array.from({ length: 20 }, (_, index) => `new ${index}`);
    const drawn = play(course(), unknown);
    expect(play(course(), unknown)).toEqual(drawn);
    expect(new Set(drawn.map(({ number }) => number)).size).toBe(20);
    expect(drawn.some(({ hasCrash }) => hasCrash)).toBe(false);
  });
});
