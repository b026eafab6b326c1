// Random regions. The oracle does not use Temporal. It counts in minutes since Monday 2026-11-30, 00:00 UTC, and knows how
// many reboots are down in each minute.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Subject } from '../../../lib/plan/planning/plan-region.ts';
import type { NoWindowPolicy } from '../../../lib/plan/rules.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { afterwards, planRegion, subject, times } from '../fleet.ts';
import { calendar, minute, settings } from '../samples.ts';

const monday = Date.UTC(2026, 10, 30) / minute;
const text = (at: number): string => new Date((monday + at) * minute).toISOString();
const minuteOf = (plan: Plan): number => (plan.executeAt?.epochMilliseconds ?? 0) / minute - monday;

/** The windows of the regions, and the same windows as a rule on minutes. */
const windows: Readonly<Record<string, (at: number) => boolean>> = {
  'daily 02:00-03:10': (at) => at % 1440 >= 120 && at % 1440 < 190,
  'daily 04:00-05:00': (at) => at % 1440 >= 240 && at % 1440 < 300,
  'Tue 23:30-01:30': (at) => at >= 1440 + 1410 && at < 2880 + 90,
  'daily 22:00-24:00, 00:00-00:30': (at) => at % 1440 >= 1320 || at % 1440 < 30,
  always: () => true,
};

interface Machine {
  name: string;
  notice: number;
  group: string | undefined;
  window: string | undefined;
}

interface Region {
  machines: Machine[];
  now: number;
  slot: number;
  limits: { region: number; group: number };
  noWindow: NoWindowPolicy;
  /** Days of December that are blacked out. */
  blackout: number | undefined;
}

const ownWindow = 'daily 02:00-03:10';

const regions = (least: number): fc.Arbitrary<Region> =>
  fc.record({
    machines: fc
      .array(
        fc.record({
          notice: fc.oneof(fc.integer({ min: 10, max: 2200 }), fc.constantFrom(300, 1440, 1800)),
          group: fc.constantFrom(undefined, 'a', 'a', 'b'),
          window: fc.oneof(
            { weight: least, arbitrary: fc.constant(undefined) },
            { weight: 2, arbitrary: fc.constantFrom(...Object.keys(windows)) },
          ),
        }),
        { minLength: least, maxLength: 8 },
      )
      .map((found) => found.map((machine, index) => ({ ...machine, name: String(index) }))),
    now: fc.integer({ min: 0, max: 1439 }),
    slot: fc.constantFrom(15, 20, 60),
    limits: fc.record({ region: fc.integer({ min: 1, max: 3 }), group: fc.integer({ min: 1, max: 2 }) }),
    noWindow: fc.constantFrom<NoWindowPolicy>('last-resort', 'soonest', 'leave'),
    blackout: fc.constantFrom(undefined, 1, 2),
  });

function rulesOf({ slot, limits, noWindow, blackout }: Region): PlannerSettings {
  const days = blackout === undefined ? '' : `2026-12-0${blackout}`;
  const own = calendar(ownWindow, 'UTC', days);
  return settings({ limits }, { calendar: own, windowText: ownWindow, slot: slot * minute, noWindow });
}

function subjectOf({ name, notice, group, window }: Machine, now: number, row?: Plan): Subject {
  return subject(name, {
    notBefore: text(now + notice),
    ...(group === undefined ? {} : { group }),
    ...(window === undefined ? {} : { tags: { window } }),
    ...(row === undefined ? {} : { row }),
  });
}

const subjectsOf = ({ machines, now }: Region): Subject[] =>
  machines.map((machine) => subjectOf(machine, now));

function isOpen({ blackout }: Region, { window }: Machine, at: number): boolean {
  // 1 December is a Tuesday, the second day.
  return windows[window ?? ownWindow]?.(at) === true && Math.floor(at / 1440) !== blackout;
}

/** The planned reboots: which machine, and in which minute it starts. */
type Taken = ReadonlyMap<Machine, number>;

/** True if one more reboot that starts at `at` keeps the limits in every minute of its slot. */
function hasRoom({ slot, limits }: Region, machine: Machine, taken: Taken, at: number): boolean {
  const others = [...taken].filter(([other]) => other !== machine);
  return Array.from({ length: slot }, (_, index) => at + index).every((moment) => {
    const down = others.filter(([, start]) => moment >= start && moment < start + slot);
    const mates = down.filter(([{ group }]) => group !== undefined && group === machine.group);
    return down.length < limits.region && mates.length < limits.group;
  });
}

/** The shortest interval that is promised, in minutes. */
const room = 3;

/** True if the slot lies in the windows, and still would if the reboot started `room` later. */
function isWhole(region: Region, machine: Machine, at: number): boolean {
  return Array.from({ length: region.slot + room }, (_, index) => at + index).every((moment) =>
    isOpen(region, machine, moment),
  );
}

const deadlineOf = ({ now }: Region, { notice }: Machine): number => now + notice - 30;

function firstMinute(from: number, until: number, isGood: (at: number) => boolean): number | undefined {
  for (let at = from; at <= until; at += 1) if (isGood(at)) return at;
  return undefined;
}

function lastMinute(from: number, until: number, isGood: (at: number) => boolean): number | undefined {
  for (let at = until; at >= from; at -= 1) if (isGood(at)) return at;
  return undefined;
}

function firstInWindow(region: Region, machine: Machine, taken: Taken): number | undefined {
  return firstMinute(
    region.now,
    deadlineOf(region, machine) - room,
    (at) => isWhole(region, machine, at) && hasRoom(region, machine, taken, at),
  );
}

/**
 * The time of each machine if none has a row: those that fit into a window one after another, the most urgent first, and then
 * the others. Undefined where one of them finds no slot in its windows although it would alone: then others may have to move.
 */
function expected(region: Region): Record<string, string> | undefined {
  const { now, noWindow } = region;
  const taken = new Map<Machine, number>();
  const found: Record<string, string> = {};
  const note = ({ name }: Machine, at: number): void => {
    found[`i-${name}`] = text(at).replace('.000Z', 'Z');
  };
  const byUrgency = [...region.machines].sort((a, b) => a.notice - b.notice || (a.name < b.name ? -1 : 1));
  const others: Machine[] = [];
  for (const machine of byUrgency) {
    const at = firstInWindow(region, machine, taken);
    if (at === undefined) {
      others.push(machine);
      if (firstInWindow(region, machine, new Map()) !== undefined) return undefined;
      continue;
    }
    taken.set(machine, at);
    note(machine, at);
  }
  for (const machine of others) {
    const deadline = deadlineOf(region, machine);
    if (deadline <= now) found[`i-${machine.name}`] = 'Missed';
    else if (noWindow === 'leave') found[`i-${machine.name}`] = 'Skipped';
    else {
      const resort = Math.min(now + machine.notice - 120, deadline - room);
      const first = noWindow === 'soonest' ? now : Math.max(now, resort);
      const isFree = (start: number): boolean => hasRoom(region, machine, taken, start);
      const at = firstMinute(first, deadline - room, isFree) ?? lastMinute(now, first, isFree);
      // What finds no slot books none.
      if (at !== undefined) taken.set(machine, at);
      note(machine, at ?? first);
    }
  }
  return found;
}

/** The minute in which each Planned machine starts. */
function takenBy({ machines }: Region, planned: readonly Subject[]): Map<Machine, number> {
  return new Map(
    planned.flatMap(({ row, sighting }) => {
      const machine = machines.find(({ name }) => `i-${name}` === sighting.instanceId);
      return row?.status === 'Planned' && machine !== undefined ? [[machine, minuteOf(row)] as const] : [];
    }),
  );
}

/** True where the reason says that the limits leave no slot at all. */
function hasNoFreeSlot(row: Plan | undefined): boolean {
  const reason = row?.reason;
  return (reason?.code === 'last-resort' || reason?.code === 'soonest') && reason.values.isFull;
}

describe('any region', () => {
  it('without rows is planned one instance after another, each at the first minute that its window and the limits allow', () => {
    let compared = 0;
    fc.assert(
      fc.property(regions(1), (region) => {
        const subjects = subjectsOf(region);
        const planned = afterwards(subjects, planRegion(subjects, rulesOf(region), text(region.now)));
        const oracle = expected(region);
        if (oracle === undefined) return;
        compared += 1;
        expect(times(planned)).toEqual(oracle);
      }),
      { seed: 41, numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('gets the same plan for every order of its instances', () => {
    fc.assert(
      fc.property(
        regions(2).chain((region) =>
          fc.tuple(
            fc.constant(region),
            fc.shuffledSubarray(region.machines, {
              minLength: region.machines.length,
              maxLength: region.machines.length,
            }),
          ),
        ),
        ([region, shuffled]) => {
          const [one, other] = [region, { ...region, machines: shuffled }].map((each) => {
            const subjects = subjectsOf(each);
            return times(afterwards(subjects, planRegion(subjects, rulesOf(region), text(region.now))));
          });
          expect(other).toEqual(one);
        },
      ),
      { seed: 42, numRuns: 80 },
    );
  });

  it('does not change if it is planned again, at once or before the first reboot is due', () => {
    fc.assert(
      fc.property(regions(1), fc.integer({ min: 1, max: 90 }), (region, later) => {
        const rules = rulesOf(region);
        const subjects = subjectsOf(region);
        const once = afterwards(subjects, planRegion(subjects, rules, text(region.now)));
        const first = Math.min(...takenBy(region, once).values());
        for (const now of [region.now, Math.min(region.now + later, first)]) {
          if (now < region.now) continue;
          const again = [...planRegion(once, rules, text(now)).entries()];
          expect(again.filter(([, { kind }]) => kind !== 'unchanged')).toEqual([]);
        }
      }),
      { seed: 43, numRuns: 80 },
    );
  });
});

describe('a region to which one instance is added', () => {
  /** The region planned without its last machine, and planned again with it. */
  function grown(region: Region): { before: Subject[]; after: Subject[]; added: Machine | undefined } {
    const rules = rulesOf(region);
    const known = { ...region, machines: region.machines.slice(0, -1) };
    const added = region.machines.at(-1);
    const subjects = subjectsOf(known);
    const before = afterwards(subjects, planRegion(subjects, rules, text(region.now)));
    const all = [...before, ...subjectsOf({ ...region, machines: added === undefined ? [] : [added] })];
    return { before, after: afterwards(all, planRegion(all, rules, text(region.now))), added };
  }

  it('keeps the limits, except for plans whose reason says that no slot is free at all', () => {
    fc.assert(
      fc.property(regions(2), (region) => {
        const { before, after } = grown(region);
        const stood = takenBy(region, before);
        const taken = takenBy(region, after);
        const waived = new Set(
          after.filter(({ row }) => hasNoFreeSlot(row)).map(({ sighting }) => sighting.instanceId),
        );
        const counted = new Map([...taken].filter(([{ name }]) => !waived.has(`i-${name}`)));
        for (const [machine, at] of counted) {
          // A plan that was already due does not move: the limits at execution space it.
          const isDue = (other: Machine): boolean => stood.get(other) === region.now;
          const rightful = new Map(
            [...counted].filter(([other]) => !(isDue(other) && other.notice >= machine.notice)),
          );
          if (!isDue(machine)) expect(hasRoom(region, machine, rightful, at)).toBe(true);
          expect(at).toBeGreaterThanOrEqual(region.now);
          expect(at).toBeLessThanOrEqual(deadlineOf(region, machine));
        }
        for (const { row } of after) {
          const machine = region.machines.find(({ name }) => `i-${name}` === row?.instanceId);
          if (row?.decision !== 'window' || row.status !== 'Planned' || machine === undefined) continue;
          expect(isWhole(region, machine, minuteOf(row))).toBe(true);
        }
      }),
      { seed: 44, numRuns: 80 },
    );
  });

  it('moves only less urgent plans, only if no slot was free, and none whose slot is still free', () => {
    let moves = 0;
    fc.assert(
      fc.property(regions(5), (region) => {
        const { before, after, added } = grown(region);
        if (added === undefined) return;
        const was = times(before);
        const is = times(after);
        const moved = region.machines.filter(
          (machine) => machine !== added && was[`i-${machine.name}`] !== is[`i-${machine.name}`],
        );
        moves += moved.length;
        const stood = takenBy(region, before);
        const stands = takenBy(region, after);
        for (const machine of moved) {
          expect(machine.notice).toBeGreaterThanOrEqual(added.notice);
          expect(firstInWindow(region, added, stood)).toBe(undefined);
          const slot = stood.get(machine);
          if (slot !== undefined) expect(hasRoom(region, machine, stands, slot)).toBe(false);
        }
      }),
      { seed: 45, numRuns: 100 },
    );
    // Without any move, the property would prove nothing.
    expect(moves).toBeGreaterThan(10);
  });

  it('leaves no plan outside the windows while a less urgent plan inside them could make room', () => {
    fc.assert(
      fc.property(regions(4), (region) => {
        const { after } = grown(region);
        const taken = takenBy(region, after);
        const outside = after.filter(({ row }) => row?.decision !== 'window' && row?.status !== 'Missed');
        for (const { sighting } of outside) {
          const machine = region.machines.find(({ name }) => `i-${name}` === sighting.instanceId);
          if (machine === undefined) continue;
          const moreUrgent = new Map(
            [...taken].filter(
              ([other]) =>
                other.notice < machine.notice ||
                (other.notice === machine.notice && other.name < machine.name),
            ),
          );
          expect(firstInWindow(region, machine, moreUrgent)).toBe(undefined);
        }
      }),
      { seed: 46, numRuns: 100 },
    );
  });
});

describe('a region that is planned at every tick and never executed', () => {
  it('writes each plan a few times, not at every tick', () => {
    const ticks = 60;
    fc.assert(
      fc.property(regions(4), fc.constantFrom(5, 7, 15, 30), (region, step) => {
        const rules = rulesOf(region);
        let subjects = subjectsOf(region);
        for (let turn = 0; turn < ticks; turn += 1) {
          subjects = afterwards(subjects, planRegion(subjects, rules, text(region.now + turn * step)));
        }
        for (const { row } of subjects) {
          const story = row?.timeline.map(({ what }) => what);
          expect(story?.length, JSON.stringify(story)).toBeLessThanOrEqual(6);
        }
      }),
      { seed: 47, numRuns: 25 },
    );
  });
});
