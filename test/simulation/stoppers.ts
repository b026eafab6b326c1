// People who stop everything in an emergency, at random moments, and who let it go on later. Some write the row of the stop by
// hand, in a hurry.
import type { ColumnChange } from '../cloud/tablestore/core/schema.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { regions } from './population.ts';
import { faultsEnd, start, type Stage } from './stage.ts';

const minute = 60_000;

type Columns = Readonly<Record<string, ColumnValue>>;

/** How people write a stop: in the way of the command, and in others. */
const stops: readonly [Columns, ...Columns[]] = [
  { hold: 'incident', held_by: 'Li', held_at: '2026-12-01T00:00:00Z' },
  { hold: 'incident', held_by: 'Li', held_at: '2026-12-01T00:00:00Z' },
  { hold: ' ! ' },
  { hold: 7n },
  { hold: false },
  { hold: 'x', held_at: 'now' },
  { stop: 'yes' },
];

/** Schedules every stop of the world, and its end. All are over when the faults are. */
export function scheduleStops(stage: Stage): void {
  const { world, course, chaos } = stage;
  for (let number = 1; number <= chaos.stops; number += 1) {
    const { random, has } = course.moment(stage.random, `stop ${number}`);
    const place = random.pick(['*', '*', ...regions]);
    const from = start + random.whole(0, faultsEnd - start - minute);
    const until = Math.min(from + random.whole(1, 45) * minute, faultsEnd);
    const columns = random.pick(stops);
    const isDeleted = random.chance(0.3);
    if (!has(`of ${place}`)) continue;
    world.scheduler.at(from, () => {
      world.note('stops');
      world.remark(`somebody stops ${place}`);
      write(stage, place, columns);
    });
    world.scheduler.at(until, () => {
      world.remark(`somebody lets ${place} go on`);
      if (isDeleted || !('hold' in columns)) remove(stage, place);
      else write(stage, place, { hold: '' });
    });
  }
}

function keyOf(place: string): { name: string; value: string }[] {
  return [
    { name: 'region_id', value: '*' },
    { name: 'instance_id', value: place },
  ];
}

function write({ world }: Stage, place: string, columns: Columns): void {
  world.tablestore.updateRow({
    tableName: world.tables.plans,
    primaryKey: keyOf(place),
    condition: { rowExistence: 'IGNORE' },
    changes: Object.entries(columns).map(([name, value]): ColumnChange => ({ type: 'PUT', name, value })),
  });
}

function remove({ world }: Stage, place: string): void {
  world.tablestore.deleteRow({
    tableName: world.tables.plans,
    primaryKey: keyOf(place),
    condition: { rowExistence: 'IGNORE' },
  });
}
