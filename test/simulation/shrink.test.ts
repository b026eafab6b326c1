// Shrinking, on worlds that a sabotage breaks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandFor } from './options.ts';
import { playWorld } from './play.ts';
import { sabotages } from './sabotage.ts';
import {
  isSameViolation,
  recordWorld,
  reduced,
  shrink,
  unknownIn,
  type Ingredients,
  type RecordedWorld,
  type ShrunkWorld,
} from './shrink.ts';

const usualLimit = Error.stackTraceLimit;

beforeAll(() => {
  Error.stackTraceLimit = 0;
});

afterAll(() => {
  Error.stackTraceLimit = usualLimit;
});

const newSabotage = sabotages['retry-reboot']?.make;

/** The first world with several instances and many incidents in which the sabotage breaks a promise. */
async function firstBroken(): Promise<RecordedWorld> {
  for (let seed = 1; seed < 500; seed += 1) {
    const recorded = await recordWorld(seed, newSabotage);
    const { instances, incidents } = recorded.ingredients;
    const isRich = instances.length > 2 && incidents.length > 50;
    if (isRich && recorded.outcome.violations.length > 0) return recorded;
  }
  throw new Error('the sabotage broke no world');
}

describe('a recorded world', () => {
  it('is the original world, and so is one that is played again with all its ingredients', async () => {
    for (const each of [1, 2, 3, 7, 64]) {
      const original = await playWorld(each);
      const recorded = await recordWorld(each);
      expect(recorded.outcome).toEqual(original);
      expect(await recorded.play(recorded.ingredients)).toEqual(original);
    }
  });

  it('without its incidents has no fault', async () => {
    const recorded = await recordWorld(7);
    const calm = await recorded.play(reduced(recorded.ingredients, { incidents: [] }));
    expect(recorded.outcome.faults.length).toBeGreaterThan(3);
    expect(calm.faults).toEqual([]);
  });

  it('without an instance or an event has no row and no trace of it', async () => {
    const recorded = await recordWorld(7);
    const [first, ...others] = recorded.ingredients.instances;
    const played = await recorded.play(
      reduced(recorded.ingredients, { instances: others, events: [] }),
      true,
    );
    expect(first).toBe('i-1');
    expect(played.trace.join('\n')).not.toMatch(/i-1 |event/);
    expect(played.statuses).toEqual({});
  });
});

describe('a world that broke a promise', () => {
  let recorded: RecordedWorld;
  let shrunk: ShrunkWorld;

  beforeAll(async () => {
    recorded = await firstBroken();
    shrunk = await shrink(recorded, 300);
  }, 120_000);

  it('shrinks to fewer instances, events and incidents that break the same promise', () => {
    const { original, left, outcome, tries } = shrunk;
    const [violation] = recorded.outcome.violations;
    expect(outcome.violations.map(({ promise }) => promise)).toContain(violation?.promise);
    expect(left.instances.length).toBeLessThan(original.instances.length);
    expect(left.events.length).toBeLessThan(original.events.length);
    expect(left.incidents.length).toBeLessThan(original.incidents.length / 4);
    expect(left.incidents.length).toBeGreaterThan(0);
    expect(tries).toBeLessThan(300);
  });

  it('shrinks to the same rest each time', async () => {
    expect(await shrink(await recordWorld(recorded.outcome.seed, newSabotage), 300)).toEqual(shrunk);
  });

  it('needs every incident that is left', async () => {
    const { left } = shrunk;
    const [first] = recorded.outcome.violations;
    expect(first).toBeDefined();
    for (const { number } of left.incidents) {
      const incidents = left.incidents.filter((incident) => incident.number !== number);
      const { violations } = await recorded.play({ ...left, incidents });
      expect(violations.filter((other) => first && isSameViolation(other, first))).toEqual([]);
    }
  });

  it('breaks again when only what is left is named', async () => {
    const { instances, events } = shrunk.left;
    const incidents = shrunk.left.incidents.map(({ number }) => number);
    const again = await recordWorld(recorded.outcome.seed, newSabotage);
    const played = await again.play(reduced(again.ingredients, { instances, events, incidents }));
    expect(played).toEqual(shrunk.outcome);
  });

  it('stays as it is when no try is allowed', async () => {
    const { original, left, outcome, tries } = await shrink(recorded, 0);
    expect({ left, outcome, tries }).toEqual({ left: original, outcome: recorded.outcome, tries: 0 });
  });

  it('is the only kind of world to shrink', async () => {
    await expect(shrink(await recordWorld(7), 300)).rejects.toThrow('world 7 broke no promise');
  });
});

describe('the parts of a world', () => {
  const original: Ingredients = {
    instances: ['i-1', 'i-2'],
    events: ['e-1-1'],
    incidents: [
      { number: 1, text: 'timers: silence' },
      { number: 2, text: 'edit 1: of i-2' },
    ],
  };

  it('that are not named stay', () => {
    expect(reduced(original, {})).toEqual(original);
    expect(reduced(original, { instances: ['i-2'], incidents: [2] })).toEqual({
      instances: ['i-2'],
      events: ['e-1-1'],
      incidents: [{ number: 2, text: 'edit 1: of i-2' }],
    });
  });

  it('that the world does not have are reported', () => {
    expect(unknownIn(original, { instances: ['i-1'], events: [], incidents: [1, 2] })).toEqual([]);
    expect(unknownIn(original, { instances: ['i-3'], events: ['e-2-1'], incidents: [3] })).toEqual([
      'i-3',
      'e-2-1',
      'incident 3',
    ]);
  });

  it('become a command line', () => {
    expect(commandFor(6, undefined)).toBe('npm run simulate -- --seed 6 --worlds 1 --trace');
    expect(commandFor(6, 'no-wait', original)).toBe(
      'npm run simulate -- --seed 6 --worlds 1 --trace --sabotage no-wait --only-instances i-1,i-2 --only-events e-1-1 --only-incidents 1,2',
    );
    expect(commandFor(6, undefined, { instances: ['i-1'], events: [], incidents: [] })).toMatch(
      /--only-instances i-1 --only-events none --only-incidents none$/,
    );
  });
});
