// The simulation itself: it is repeatable, every promise holds in its worlds, and it finds every sabotage.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natureNames } from '../cloud/natures.ts';
import { RecordedCourse } from './course.ts';
import { playExhaustively } from './exhaustive.ts';
import { designedPairs, Met } from './never-met.ts';
import { playWorld, type Outcome } from './play.ts';
import { sabotages } from './sabotage.ts';
import { brokenSeeds } from './seeds.ts';

const usualLimit = Error.stackTraceLimit;

beforeAll(() => {
  // Thousands of faults are thrown on purpose. Nobody reads their stacks.
  Error.stackTraceLimit = 0;
});

afterAll(() => {
  Error.stackTraceLimit = usualLimit;
});

describe('a world', () => {
  it('is the same for the same seed', async () => {
    expect(await playWorld(7)).toEqual(await playWorld(7));
  });

  it('is different for a different seed', async () => {
    const [first, second] = [await playWorld(7), await playWorld(8)];
    expect({ ...first, seed: 0 }).not.toEqual({ ...second, seed: 0 });
  });

  it('has a trace of every instance when it is traced, also when every promise held', async () => {
    const plain = await playWorld(5);
    const traced = await playWorld(5, { isTraced: true });
    expect(plain.trace).toEqual([]);
    expect({ ...traced, trace: [] }).toEqual(plain);
    for (const instanceId of ['i-1', 'i-2', 'i-3']) {
      expect(traced.trace.join('\n')).toMatch(new RegExp(`${instanceId} row \\w+ by plan-\\d+: `));
    }
  });
});

describe('a hundred worlds', () => {
  const outcomes: Outcome[] = [];
  const ingredients: string[] = [];

  beforeAll(async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const course = new RecordedCourse();
      outcomes.push(await playWorld(seed, { course }));
      ingredients.push(...course.ingredients);
    }
  }, 120_000);

  it('break no promise, whatever goes wrong in them', () => {
    for (const { seed, violations, trace } of outcomes) {
      expect({ seed, violations, trace }).toEqual({ seed, violations: [], trace: [] });
    }
  });

  it('have every kind of fault and every final status', () => {
    const kinds = new Set(outcomes.flatMap(({ faults }) => faults));
    const statuses = new Set(outcomes.flatMap((outcome) => Object.keys(outcome.statuses)));
    expect([...kinds].sort()).toEqual([
      'actionDown',
      'busy',
      'callsPerMinute',
      'conflict',
      'crash',
      'doubledTick',
      'edits',
      'expiry',
      'freeze',
      'gateway',
      'lateArrival',
      'lateTick',
      'lostAnswer',
      'lostRequest',
      'lostTick',
      'natures',
      'oddEvent',
      'owners',
      'receivers',
      'regionDown',
      'serverError',
      'silence',
      'skewMs',
      'stops',
      'throttled',
      'wishes',
    ]);
    expect([...statuses].sort()).toEqual(['Avoided', 'Cleared', 'Escalated', 'Missed', 'Skipped']);
  });

  it('have instances with each inconvenience of real fleets', () => {
    const drawn = natureNames.filter((name) =>
      ingredients.some((text) => /^instance i-\d+: (.*)$/.exec(text)?.[1] === name),
    );
    expect(drawn).toEqual(natureNames);
    expect(drawn).toHaveLength(13);
  });

  it('write only the changes of status that the design names, unless a person edits a row', () => {
    const pairs = outcomes
      .filter(({ faults }) => !faults.includes('edits') && !faults.includes('wishes'))
      .flatMap(({ statusPairs }) => statusPairs);
    expect([...new Set(pairs)].filter((pair) => !designedPairs.includes(pair))).toEqual([]);
  });

  it('end plans and report problems only with codes that the catalogue and so the runbook has there', () => {
    const catalogue = readFileSync('lib/wording/README.md', 'utf8');
    const listed = [...catalogue.matchAll(/^\| `([a-z-]+)` +\| ([^|]+?) +\|/gm)].flatMap(
      ([, code = '', where = '']) => where.split(', ').map((place) => `${place} ${code}`),
    );
    const met = new Set(outcomes.flatMap(({ placesOfCodes }) => placesOfCodes));
    expect([...met].filter((place) => place.startsWith('Escalated ')).length).toBeGreaterThan(5);
    expect([...met].filter((place) => place.startsWith('problem ')).length).toBeGreaterThan(20);
    expect([...met].filter((place) => !listed.includes(place))).toEqual([]);
  });

  it('have every pair of faults and the changes of status on the way to a proven restart', () => {
    const met = new Met();
    for (const outcome of outcomes) met.add(outcome);
    const { faultPairs, statusPairs } = met.never([]) ?? {};
    expect(faultPairs).toEqual([]);
    for (const pair of [
      'new → Planned',
      'Planned → Preparing',
      'Preparing → Rebooting',
      'Rebooting → Verifying',
      'Verifying → Avoided',
    ]) {
      expect(statusPairs).not.toContain(pair);
    }
  });
});

describe('a seed that once broke a promise holds now:', () => {
  it.each(brokenSeeds.map(({ seed, reason }) => [seed, reason] as const))('%i: %s', async (seed) => {
    const { violations, trace } = await playWorld(seed);
    expect({ violations, trace }).toEqual({ violations: [], trace: [] });
  });
});

describe('the exhaustive worlds', () => {
  it('have more than a hundred crash points, and every promise holds after a kill at each of them', async () => {
    const { crashPoints, singles, violations } = await playExhaustively({ pairs: false });
    expect(crashPoints).toBeGreaterThan(100);
    expect(singles).toBe(crashPoints);
    expect(violations).toEqual([]);
  });
});

interface SabotageCase {
  name: string;
  /** The promise that it must break. It may break others, too. */
  promise: number;
  /** In how many worlds at most. */
  worlds: number;
  /** The worlds before it find nothing, and only take time. */
  firstSeed?: number;
  /** What the observer says that alone must find it: every violation of the world says so. */
  what?: RegExp;
}

describe('a sabotage is found:', () => {
  const cases: SabotageCase[] = [
    { name: 'retry-reboot', promise: 1, worlds: 2_000 },
    { name: 'skip-intent', promise: 1, worlds: 2_000 },
    { name: 'drop-version', promise: 1, worlds: 2_000, firstSeed: 35 },
    { name: 'reclaim-rebooting', promise: 1, worlds: 2_000, firstSeed: 1_090 },
    { name: 'trust-disappearance', promise: 4, worlds: 2_000, firstSeed: 20 },
    { name: 'late-send', promise: 2, worlds: 2_000, firstSeed: 250 },
    { name: 'pass-over', promise: 3, worlds: 2_000 },
    { name: 'forget-due', promise: 3, worlds: 2_000 },
    { name: 'swallow-problem', promise: 5, worlds: 2_000 },
    { name: 'ignore-limits', promise: 2, worlds: 600 },
    // Two executions that claim at the same time are rare.
    { name: 'no-yield', promise: 2, worlds: 1_000, firstSeed: 355 },
    // So are two members of a group whose pre-commands are due at the same time.
    { name: 'forget-drained', promise: 2, worlds: 1_000, firstSeed: 260, what: /under way/ },
    { name: 'forget-pause', promise: 2, worlds: 1_000, firstSeed: 1_408 },
    { name: 'skip-gate', promise: 5, worlds: 600, firstSeed: 45 },
    { name: 'no-wait', promise: 5, worlds: 600 },
    { name: 'new-token', promise: 1, worlds: 600, firstSeed: 15 },
    { name: 'count-rows-only', promise: 2, worlds: 100, what: /ECS showed others|down by our restart/ },
    { name: 'ignore-breaker', promise: 2, worlds: 200, firstSeed: 1_768, what: /stands still: failed proof/ },
    { name: 'stale-gate', promise: 5, worlds: 600, what: /held it|its approval/ },
    {
      name: 'unread-window-is-none',
      promise: 2,
      worlds: 400,
      firstSeed: 830,
      what: /outside of its owner’s windows|before the last moment/,
    },
    { name: 'approve-anything', promise: 5, worlds: 100, what: /its approval was/ },
    { name: 'forget-hold', promise: 5, worlds: 300, firstSeed: 85, what: /held it|had a hold/ },
    { name: 'ignore-stop', promise: 5, worlds: 300, firstSeed: 6, what: /everything was stopped/ },
    { name: 'asg-blind', promise: 5, worlds: 200, firstSeed: 94, what: /it has the tag/ },
    {
      name: 'forget-undo',
      promise: 3,
      worlds: 1_000,
      firstSeed: 1_008,
      what: /nor an undo, nor a problem|left the table/,
    },
    { name: 'forget-copy', promise: 3, worlds: 100, what: /the history (does not have|has another)/ },
    { name: 'no-start-room', promise: 3, worlds: 200, firstSeed: 10, what: /START_ROOM is 180 s/ },
    { name: 'forget-to-tell', promise: 3, worlds: 100, what: /was not told that plan/ },
    { name: 'tell-twice', promise: 3, worlds: 100, what: /was told at .* and again at/ },
  ];

  it.each(cases.map((each) => [each.name, each.promise, each.worlds, each] as const))(
    '%s breaks promise %i within %i worlds, and the trace shows who wrote the row',
    { timeout: 120_000 },
    async (name, promise, worlds, { firstSeed = 1, what = /./ }) => {
      const broken = await firstBroken(name, promise, firstSeed, worlds);
      expect(broken?.violations).toContainEqual(expect.objectContaining({ promise }));
      for (const violation of broken?.violations ?? []) expect(violation.what).toMatch(what);
      expect(broken?.trace.join('\n')).toMatch(/row \w+ by (plan|execute)-\d+/);
    },
  );

  it('there are 29 sabotages, and each has a case', () => {
    expect(cases.map(({ name }) => name)).toEqual(Object.keys(sabotages));
    expect(cases).toHaveLength(29);
  });
});

async function firstBroken(
  name: string,
  promise: number,
  firstSeed: number,
  worlds: number,
): Promise<Outcome | undefined> {
  for (let seed = firstSeed; seed < firstSeed + worlds; seed += 1) {
    const outcome = await playWorld(seed, { newSabotage: sabotages[name]?.make });
    if (outcome.violations.some((violation) => violation.promise === promise)) return outcome;
  }
  return undefined;
}
