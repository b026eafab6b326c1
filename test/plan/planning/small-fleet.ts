// Random fleets of a few members off any grid, and how many of them fit into their windows at best: each member in turn tries
// every minute. It is slow, and right because it leaves nothing out. It shares no definition with the planner. Times are
// minutes since Monday 2026-11-30, 00:00 UTC.
import fc from 'fast-check';
import type { Plan } from '../../../lib/plan/plan.ts';
import { afterwards, planRegion } from '../fleet.ts';
import { calendar, minute, settings } from '../samples.ts';
import { subjectOf, textOf, type Machine, type Rows } from './night-fleet.ts';
import { withStartRoom } from './start-room.ts';

/** A few machines. Their names are in order of urgency. */
export interface SmallFleet {
  machines: readonly Machine[];
  now: number;
  slot: number;
  pause: number;
  limits: { region: number; group: number };
  /** Who must start at which minute. */
  fixed?: ReadonlyMap<string, number>;
}

const startRoom = 1;
const safetyMargin = 30;

/** From 02:00 on, at any minute. A window has room for one to three slots. */
function windowsOn(slot: number): fc.Arbitrary<Machine['windows']> {
  const range = fc.record({
    days: fc.constantFrom([1], [1], [2]),
    from: fc.integer({ min: 120, max: 120 + 3 * slot }),
    length: fc.integer({ min: slot + startRoom, max: 2 * slot + 3 }),
  });
  return fc.array(range, { minLength: 1, maxLength: 2 });
}

/** Two to seven machines. `now` is before the windows, or in the middle of them. */
export const smallFleets: fc.Arbitrary<SmallFleet> = fc.integer({ min: 4, max: 7 }).chain((slot) =>
  fc
    .record({
      now: fc.oneof(fc.constant(1440), fc.integer({ min: 1560, max: 1580 })),
      pause: fc.constantFrom(0, 0, 1, 3),
      limits: fc.record({ region: fc.integer({ min: 1, max: 3 }), group: fc.integer({ min: 1, max: 2 }) }),
      drafts: fc.array(
        fc.record({
          windows: windowsOn(slot),
          group: fc.constantFrom('a', 'a', 'b', undefined),
          notice: fc.constantFrom(0, 0, 1440),
        }),
        { minLength: 2, maxLength: 7, size: 'max' },
      ),
    })
    .map(({ drafts, ...others }) => {
      const byUrgency = [...drafts].sort((a, b) => a.notice - b.notice);
      const machines = byUrgency.map(({ notice, ...draft }, index) => {
        return { ...draft, name: String(index), notBefore: 1440 + 165 + safetyMargin + notice };
      });
      return { ...others, slot, machines };
    }),
);

/** The rows as planning leaves them. */
export function plannedSmall(fleet: SmallFleet, rows: Rows = new Map()): Rows {
  const { slot, pause, limits, machines, now } = fleet;
  const own = { calendar: calendar('daily 02:00-05:00', 'UTC'), windowText: 'daily 02:00-05:00 UTC' };
  const groupPause = pause * minute;
  const terms = settings({ limits: { ...limits, groupPause } }, { ...own, slot: slot * minute });
  const subjects = machines.map((machine) => subjectOf(machine, rows.get(machine.name)));
  const after = afterwards(
    subjects,
    planRegion(subjects, withStartRoom(terms, startRoom * minute), textOf(now)),
  );
  return new Map(
    after.flatMap(({ row, sighting }) => (row === undefined ? [] : [[sighting.instanceId.slice(2), row]])),
  );
}

/** Every minute at which the machine may start, as far as its windows, NotBefore and `now` say. */
function minutesOf({ now, slot, fixed }: SmallFleet, { name, windows, notBefore }: Machine): number[] {
  const own = fixed?.get(name);
  if (own !== undefined) return [own];
  const isOpen = (at: number): boolean =>
    windows.some(({ days, from, length }) => {
      const start = (days?.[0] ?? NaN) * 1440 + from;
      return start <= at && at < start + length;
    });
  const minutes: number[] = [];
  for (let at = now; at + startRoom <= notBefore - safetyMargin; at += 1) {
    const stretch = Array.from({ length: slot + startRoom }, (_, index) => at + index);
    if (stretch.every(isOpen)) minutes.push(at);
  }
  return minutes;
}

/** How many hold each minute, in the region and in each group. */
class Minutes {
  readonly #fleet: SmallFleet;
  readonly #region = new Map<number, number>();
  readonly #groups = new Map<string, Map<number, number>>();

  constructor(fleet: SmallFleet) {
    this.#fleet = fleet;
  }

  count(group: string | undefined, at: number, change: 1 | -1): void {
    for (const { held, length } of this.#lanesOf(group)) {
      for (let one = at; one < at + length; one += 1) held.set(one, (held.get(one) ?? 0) + change);
    }
  }

  isFree(group: string | undefined, at: number): boolean {
    return this.#lanesOf(group).every(({ held, length, limit }) => {
      for (let one = at; one < at + length; one += 1) if ((held.get(one) ?? 0) >= limit) return false;
      return true;
    });
  }

  #lanesOf(group: string | undefined): { held: Map<number, number>; length: number; limit: number }[] {
    const { slot, pause, limits } = this.#fleet;
    const region = { held: this.#region, length: slot, limit: limits.region };
    if (group === undefined) return [region];
    const held = this.#groups.get(group) ?? new Map<number, number>();
    this.#groups.set(group, held);
    return [region, { held, length: slot + pause, limit: limits.group }];
  }
}

/** How many are placed if each in turn takes its first free minute and nobody moves. */
export function placedInTurn(fleet: SmallFleet): number {
  const minutes = new Minutes(fleet);
  let placed = 0;
  for (const machine of fleet.machines) {
    const at = minutesOf(fleet, machine).find((one) => minutes.isFree(machine.group, one));
    if (at === undefined) continue;
    minutes.count(machine.group, at, 1);
    placed += 1;
  }
  return placed;
}

/** The names of the largest set that fits, and of the most urgent one of that size. */
export function bestNames(fleet: SmallFleet): string[] {
  const names = [...(fleet.fixed?.keys() ?? [])];
  const most = largest(fleet, names, Infinity);
  for (const { name } of fleet.machines)
    if (largest(fleet, [...names, name], most) === most) names.push(name);
  return [...new Set(names)].sort();
}

/** How many fit together, if all of these names are among them; -1 where they do not fit. It stops at `enough`. */
function largest(fleet: SmallFleet, names: readonly string[], enough: number): number {
  const choices = fleet.machines.map((machine) => ({ machine, starts: minutesOf(fleet, machine) }));
  const left = choices.map(
    (_, index) => choices.slice(index).filter(({ starts }) => starts.length > 0).length,
  );
  const minutes = new Minutes(fleet);
  let most = -1;
  const search = (index: number, placed: number): void => {
    const choice = choices[index];
    if (placed + (left[index] ?? 0) <= most || most >= enough) return;
    if (choice === undefined) {
      most = placed;
      return;
    }
    const { name, group } = choice.machine;
    for (const at of choice.starts) {
      if (!minutes.isFree(group, at)) continue;
      minutes.count(group, at, 1);
      search(index + 1, placed + 1);
      minutes.count(group, at, -1);
    }
    if (!names.includes(name)) search(index + 1, placed);
  };
  search(0, 0);
  return most;
}

/** How few of these must change their minutes of `before` if all of them are placed; Infinity where they do not fit. */
export function fewestMoves(
  fleet: SmallFleet,
  placed: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number> = placed,
): number {
  const machines = fleet.machines.filter(({ name }) => placed.has(name));
  const minutes = new Minutes(fleet);
  let fewest = Infinity;
  const search = (index: number, moves: number): void => {
    const machine = machines[index];
    if (moves >= fewest) return;
    if (machine === undefined) {
      fewest = moves;
      return;
    }
    const { name, group } = machine;
    const stood = before.get(name);
    const all = minutesOf(fleet, machine);
    for (const at of [...all.filter((one) => one === stood), ...all.filter((one) => one !== stood)]) {
      if (!minutes.isFree(group, at)) continue;
      minutes.count(group, at, 1);
      search(index + 1, moves + (stood === undefined || stood === at ? 0 : 1));
      minutes.count(group, at, -1);
    }
  };
  search(0, 0);
  return fewest;
}

/** The minute at which the row starts. */
export function startOf({ executeAt }: Plan): number {
  return executeAt === undefined ? NaN : Math.round(executeAt.epochMilliseconds / minute) - monday;
}

const monday = Date.UTC(2026, 10, 30) / minute;
