// How many machines of a fleet fit into their windows, by a maximum flow over a grid of slots. It shares no definition with
// the planner. The grid is exact: where every window opens on the grid, and `now` is on the grid or all windows are closed,
// each plan may start earlier, at the grid point before it. Plans that begin in one slot of the grid all overlap at its
// end, so no limit is exceeded by that.
import { FlowNetwork } from './max-flow.ts';
import type { Fleet, Machine } from './night-fleet.ts';

const startRoom = 3;
const safetyMargin = 30;

/** A slot that somebody has and keeps. */
export interface Held {
  group: string | undefined;
  at: number;
}

/** From when to when a window is open; the end does not belong to it. */
interface Stretch {
  start: number;
  end: number;
}

/** The stretches of the first week in which the machine may be down. Those that touch or overlap are one. */
export function stretchesOf({ windows }: Machine): Stretch[] {
  const ranges = [0, 1, 2, 3, 4].flatMap((day) =>
    windows
      .filter(({ days }) => days?.includes(day) ?? true)
      .map(({ from, length }) => ({ start: day * 1440 + from, end: day * 1440 + from + length })),
  );
  const joined: Stretch[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end) joined.push({ ...range });
    else last.end = Math.max(last.end, range.end);
  }
  return joined;
}

/** The last moment for a start in that stretch. */
export function latestStartIn(fleet: Fleet, { notBefore }: Machine, { end }: Stretch): number {
  return Math.min(end - fleet.slot, notBefore - safetyMargin);
}

/** The points of the grid at which the machine has a place, as far as the windows and NotBefore say. */
export function placesOf(fleet: Fleet, machine: Machine, now: number): number[] {
  const { slot } = fleet;
  return stretchesOf(machine).flatMap((stretch) => {
    const first = Math.ceil(Math.max(stretch.start, now) / slot) * slot;
    const last = latestStartIn(fleet, machine, stretch) - startRoom;
    const count = Math.max(0, Math.floor((last - first) / slot) + 1);
    return Array.from({ length: count }, (_, index) => first + index * slot);
  });
}

/** The machines beside the slots that others hold. */
export interface Question {
  fleet: Fleet;
  machines: readonly Machine[];
  held?: readonly Held[];
  now?: number;
}

/** How many of the machines can be placed together. */
export function mostPlaced(question: Question): number {
  const network = networkOf(question);
  for (const { name } of question.machines) network.connect('source', `machine ${name}`, 1);
  return network.push('source', 'sink');
}

/** The names of those that can be placed together, where the most urgent come first. */
export function mostUrgent(question: Question): string[] {
  const network = networkOf(question);
  return [...question.machines]
    .sort((a, b) => a.notBefore - b.notBefore || (a.name < b.name ? -1 : 1))
    .filter(({ name }) => {
      network.connect('source', `machine ${name}`, 1);
      return network.push('source', 'sink') > 0;
    })
    .map(({ name }) => name)
    .sort();
}

function networkOf({ fleet, machines, held = [], now = fleet.now }: Question): FlowNetwork {
  const network = new FlowNetwork();
  const known = new Set<string>();
  const connectOnce = (from: string, to: string, capacity: number): void => {
    if (known.has(from)) return;
    known.add(from);
    network.connect(from, to, Math.max(0, capacity));
  };
  for (const machine of machines) {
    const { name, group } = machine;
    for (const at of placesOf(fleet, machine, now)) {
      const there = held.filter((one) => one.at === at);
      const mates = there.filter((one) => one.group === group);
      const place = group === undefined ? `slot ${at}` : `slot ${at} of group ${group}`;
      network.connect(`machine ${name}`, place, 1);
      if (group !== undefined) connectOnce(place, `slot ${at}`, fleet.limits.group - mates.length);
      connectOnce(`slot ${at}`, 'sink', fleet.limits.region - there.length);
    }
  }
  return network;
}
