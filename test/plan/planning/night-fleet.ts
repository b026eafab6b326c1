// Random fleets of one region, in minutes since Monday 2026-11-30, 00:00 UTC. Windows lie between 22:00 and 06:00 UTC and
// open at a multiple of the slot. What planning should make of a fleet is not said here.
import fc from 'fast-check';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Subject } from '../../../lib/plan/planning/plan-region.ts';
import type { NoWindowPolicy } from '../../../lib/plan/rules.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { afterwards, planRegion, subject } from '../fleet.ts';
import { calendar, minute, settings } from '../samples.ts';
import { withStartRoom } from './start-room.ts';

/** A range of a window. `days` lists the days on which it opens, 0 for Monday; absent for every day. */
export interface Range {
  days?: readonly number[];
  /** The minute of the day. */
  from: number;
  length: number;
}

export interface Machine {
  name: string;
  notBefore: number;
  group: string | undefined;
  windows: readonly Range[];
}

export interface Fleet {
  machines: readonly Machine[];
  now: number;
  slot: number;
  limits: { region: number; group: number };
  noWindow: NoWindowPolicy;
}

const monday = Date.UTC(2026, 10, 30);
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];

/** The moment as a text, to the millisecond. */
export function textOf(at: number): string {
  return new Date(monday + Math.round(at * minute)).toISOString();
}

/** The minute of an instant, which may have a fraction. */
export function minuteOf(instant: Plan['executeAt']): number {
  return instant === undefined ? NaN : (instant.epochMilliseconds - monday) / minute;
}

function clock(at: number): string {
  return [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function windowText(ranges: readonly Range[]): string {
  return ranges
    .map(({ days, from, length }) => {
      const on = days === undefined ? 'daily' : days.map((day) => dayNames[day]).join(',');
      const end = from + length;
      return `${on} ${clock(from)}-${clock(end > 1440 ? end - 1440 : end)}`;
    })
    .join('; ');
}

export function settingsOf({ limits, noWindow, slot }: Fleet): PlannerSettings {
  const own = calendar('daily 02:00-05:00', 'UTC');
  const rules = { calendar: own, windowText: 'daily 02:00-05:00 UTC', slot: slot * minute, noWindow };
  return withStartRoom(settings({ limits }, rules));
}

export function subjectOf({ name, notBefore, group, windows }: Machine, row?: Plan): Subject {
  return subject(name, {
    notBefore: textOf(notBefore),
    ...(group === undefined ? {} : { group }),
    tags: { window: windowText(windows) },
    ...(row === undefined ? {} : { row }),
  });
}

/** The rows of a fleet, by the names of its machines. */
export type Rows = ReadonlyMap<string, Plan>;

/** The rows as planning leaves them. */
export function plannedRows(fleet: Fleet, rows: Rows = new Map(), now: number = fleet.now): Rows {
  const subjects = fleet.machines.map((machine) => subjectOf(machine, rows.get(machine.name)));
  const after = afterwards(subjects, planRegion(subjects, settingsOf(fleet), textOf(now)));
  return new Map(
    after.flatMap(({ row, sighting }) => (row === undefined ? [] : [[sighting.instanceId.slice(2), row]])),
  );
}

/** True for a row whose reboot is still to come, or under way. */
export function isActive(row: Plan | undefined): row is Plan {
  return ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying'].includes(row?.status ?? '');
}

/** The names of the machines that have a place in their windows. */
export function placedNames(rows: Rows): string[] {
  return [...rows]
    .filter(([, row]) => isActive(row) && row.decision === 'window')
    .map(([name]) => name)
    .sort();
}

/** The row says itself that no slot is free: it books none. */
export function hasNoSlot({ reason }: Plan): boolean {
  return (reason.code === 'last-resort' || reason.code === 'soonest') && reason.values.isFull;
}

/** The ids of the instances that overlap where more of them have their slot than the limit allows. */
export function crowds(rows: readonly Plan[], slot: number, limit: number): string[][] {
  const starts = rows.map(({ instanceId, executeAt }) => ({
    instanceId,
    at: executeAt?.epochMilliseconds ?? NaN,
  }));
  return starts
    .map(({ at }) => starts.filter((other) => other.at <= at && at < other.at + slot * minute))
    .filter(({ length }) => length > limit)
    .map((down) => down.map(({ instanceId }) => instanceId));
}

/** A moment of Tuesday or Wednesday: on the grid of slots, or in the day, when every window is closed. */
export const moments = (slot: number): { onGrid: fc.Arbitrary<number>; byDay: fc.Arbitrary<number> } => ({
  onGrid: fc.integer({ min: 0, max: 1440 / slot - 1 }).map((index) => 1440 + index * slot),
  byDay: fc
    .tuple(
      fc.oneof(fc.integer({ min: 360, max: 1310 }), fc.integer({ min: 1310, max: 1319 })),
      fc.integer({ min: 1, max: 59_999 }),
    )
    .map(([at, milliseconds]) => 1440 + at + milliseconds / minute),
});

function rangesOn(slot: number): fc.Arbitrary<Range> {
  return fc
    .record({
      days: fc.constantFrom(undefined, undefined, [1], [2], [1, 3]),
      index: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 360 / slot })),
      length: fc.integer({ min: slot, max: 95 }),
    })
    .map(({ days, index, length }) => ({
      ...(days === undefined ? {} : { days }),
      from: (1320 + index * slot) % 1440,
      length,
    }));
}

export interface FleetOptions {
  most: number;
  noWindow: readonly NoWindowPolicy[];
  now: (slot: number) => fc.Arbitrary<number>;
  /** True where every NotBefore is on the grid of slots, so that last resorts are, too. */
  isOnGrid?: boolean;
}

/** Fleets whose machines share a few windows, a few groups, and some of them their NotBefore. */
export function fleets({ most, noWindow, now, isOnGrid = false }: FleetOptions): fc.Arbitrary<Fleet> {
  return fc.constantFrom(15, 20).chain((slot) =>
    now(slot).chain((moment) => {
      const notice = fc.oneof(
        { weight: 2, arbitrary: fc.integer({ min: 10, max: 2200 }) },
        { weight: 1, arbitrary: fc.constantFrom(240, 720, 1440, 1800) },
      );
      const windows = fc.array(rangesOn(slot), { minLength: 1, maxLength: 3 });
      const machine = fc.record({
        notice,
        group: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', undefined, undefined),
        choice: fc.nat(4),
      });
      return fc
        .record({
          pool: fc.array(windows, { minLength: 5, maxLength: 5 }),
          drafts: fc.array(machine, { minLength: 1, maxLength: most, size: 'max' }),
          limits: fc.record({
            region: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 10 })),
            group: fc.integer({ min: 1, max: 3 }),
          }),
          noWindow: fc.constantFrom(...noWindow),
        })
        .map(({ pool, drafts, ...others }) => ({
          ...others,
          slot,
          now: moment,
          machines: drafts.map(({ notice: length, group, choice }, index) => ({
            name: String(index),
            notBefore: isOnGrid ? Math.ceil((moment + length) / slot) * slot : Math.ceil(moment) + length,
            group,
            windows: pool[choice] ?? [],
          })),
        }));
    }),
  );
}
