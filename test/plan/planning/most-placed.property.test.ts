// Random fleets without rows: as many instances as possible are placed in their windows, the most urgent first. The oracle
// is a maximum flow (slot-grid.ts). Some fleets must be such that the first free slot for each in turn is not enough.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowNetwork } from './max-flow.ts';
import {
  crowds,
  fleets,
  minuteOf,
  moments,
  placedNames,
  plannedRows,
  type Fleet,
  type Machine,
} from './night-fleet.ts';
import { latestStartIn, mostPlaced, mostUrgent, placesOf, stretchesOf } from './slot-grid.ts';

const anyFleet = fleets({
  most: 40,
  noWindow: ['last-resort', 'soonest', 'leave'],
  now: (slot) => fc.oneof(moments(slot).onGrid, moments(slot).byDay),
});
const runs = { seed: 1201, numRuns: 150 };

/** How many are placed if each in turn takes its first free slot and nobody moves. */
function placedInTurn(fleet: Fleet): number {
  const taken: { machine: Machine; at: number }[] = [];
  for (const machine of [...fleet.machines].sort((a, b) => a.notBefore - b.notBefore)) {
    const at = placesOf(fleet, machine, fleet.now).find((place) => {
      const there = taken.filter((one) => one.at === place);
      const mates = there.filter((one) => machine.group !== undefined && one.machine.group === machine.group);
      return there.length < fleet.limits.region && mates.length < fleet.limits.group;
    });
    if (at !== undefined) taken.push({ machine, at });
  }
  return taken.length;
}

describe('the maximum flow', () => {
  it('of a network worked out by hand takes back what an earlier path used', () => {
    const network = new FlowNetwork();
    network.connect('s', 'a', 1);
    network.connect('s', 'b', 1);
    network.connect('a', 'x', 1);
    network.connect('a', 'y', 1);
    network.connect('b', 'x', 1);
    network.connect('x', 't', 1);
    network.connect('y', 't', 1);
    expect(network.push('s', 't')).toBe(2);
    network.connect('s', 'c', 5);
    network.connect('c', 'y', 5);
    expect(network.push('s', 't')).toBe(0);
    network.connect('c', 'z', 3);
    network.connect('z', 't', 2);
    expect(network.push('s', 't')).toBe(2);
  });

  it('is larger than what one instance after another finds, in many of the random fleets', () => {
    const found = fc.sample(anyFleet, runs);
    const better = found.filter(
      (fleet) => mostPlaced({ fleet, machines: fleet.machines }) > placedInTurn(fleet),
    );
    // Without such fleets, the properties below would prove nothing.
    expect(better.length).toBeGreaterThan(40);
  });

  it('is as large as the set in which the most urgent come first', () => {
    for (const fleet of fc.sample(anyFleet, { ...runs, numRuns: 60 })) {
      const { machines } = fleet;
      expect(mostUrgent({ fleet, machines })).toHaveLength(mostPlaced({ fleet, machines }));
    }
  });
});

describe('a fleet that is planned for the first time', () => {
  it('has as many instances in their windows as the maximum flow', () => {
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        expect(placedNames(plannedRows(fleet))).toHaveLength(mostPlaced({ fleet, machines: fleet.machines }));
      }),
      runs,
    );
  });

  it('has the most urgent of them in their windows', () => {
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        expect(placedNames(plannedRows(fleet))).toEqual(mostUrgent({ fleet, machines: fleet.machines }));
      }),
      runs,
    );
  });

  it('never exceeds a limit in its windows, at any moment', () => {
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        const rows = plannedRows(fleet);
        const placed = placedNames(rows).flatMap((name) => rows.get(name) ?? []);
        expect(crowds(placed, fleet.slot, fleet.limits.region)).toEqual([]);
        for (const group of ['a', 'b', 'c']) {
          const mates = placed.filter((row) => row.group === group);
          expect(crowds(mates, fleet.slot, fleet.limits.group)).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('gives each place a start inside one window, its latest start, and room between them', () => {
    fc.assert(
      fc.property(anyFleet, (fleet) => {
        const rows = plannedRows(fleet);
        for (const name of placedNames(rows)) {
          const row = rows.get(name);
          const machine = fleet.machines.find((one) => one.name === name);
          if (row === undefined || machine === undefined) throw new Error(`no machine ${name}`);
          const [executeAt, latestStart] = [minuteOf(row.executeAt), minuteOf(row.latestStart)];
          expect(executeAt).toBeGreaterThanOrEqual(fleet.now - 1e-6);
          const around = stretchesOf(machine).find(({ start, end }) => start <= executeAt && executeAt < end);
          if (around === undefined) throw new Error(`${name} starts at ${executeAt}, outside its windows`);
          expect(latestStart).toBe(latestStartIn(fleet, machine, around));
          expect(latestStart - executeAt).toBeGreaterThanOrEqual(3);
        }
      }),
      runs,
    );
  });
});
