// Prints the results as tables for people.
import Table from 'cli-table3';
import type { Load } from './child.ts';
import type { Results } from './results.ts';
import type { Measured } from './scale.ts';

type Row = readonly (string | number)[];

/** All tables as one text. */
export function tablesOf({ load, races, plans, obviousPlan, finished, execute, review }: Results): string {
  const bare = load.bare;
  const loaded = (name: string, { ms, residentMb }: Load, sizeMb?: number): Row => [
    name,
    whole(ms),
    `+${whole(residentMb - bare.residentMb)}`,
    sizeMb === undefined ? '' : sizeMb.toFixed(1),
  ];
  const raced = (name: string, of: keyof Results['races']): Row => {
    const { avoided, rebootsAnInstance: reboots, ...race } = races[of];
    return [
      name,
      avoided,
      reboots.least === reboots.most ? reboots.most : `${reboots.least} to ${reboots.most}`,
      whole(race.virtualSeconds),
      race.otherEcsCalls,
      race.seconds.toFixed(1),
      race.cpuSeconds.toFixed(1),
    ];
  };
  const scaled = (name: string, one: Measured): Row => [
    name,
    one.seconds.toFixed(1),
    one.cpuSeconds.toFixed(1),
    whole(one.peakMb),
    one.ecsCalls,
    one.tablestoreCalls,
    one.capacityUnits.read,
    one.writes,
  ];
  return [
    'Loading in a fresh Node process: median of the runs',
    table(
      ['', 'ms', 'MB more than bare Node', 'bundle MB'],
      [
        loaded('@alicloud/ecs20140526 + tablestore', load.official),
        loaded('plan', load.plan, load.bundleMb.plan),
        loaded('execute', load.execute, load.bundleMb.execute),
      ],
    ),
    '',
    `${races.ours.avoided} due events of one region, until all are Avoided`,
    table(
      ['', 'Avoided', 'reboots per instance', 'virtual s', 'other ECS calls', 'wall s', 'CPU s'],
      [
        raced("the article's algorithm", 'article'),
        raced('the obvious functions', 'obvious'),
        raced('our functions', 'ours'),
      ],
    ),
    '',
    'One invocation for five regions, the local cloud in real time',
    table(
      ['', 's', 'CPU s', 'peak MB', 'ECS calls', 'Tablestore calls', 'read CU', 'rows written'],
      [
        ...plans.flatMap(({ events, first, second }) => [
          scaled(`plan ${events} events`, first),
          scaled('  again, nothing changed', second),
        ]),
        scaled(`the obvious plan, ${obviousPlan.events} events`, obviousPlan.first),
        scaled('plan 1000 events, no finished plan', finished.none),
        scaled(`  beside ${finished.finished} of them`, finished.many),
        scaled(`execute ${execute.events} due plans`, execute),
        scaled(`review ${review.events} events`, review.first),
        scaled('  again, nothing changed', review.second),
      ],
    ),
  ].join('\n');
}

function table(head: string[], rows: readonly Row[]): string {
  const drawn = new Table({
    head,
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

function whole(value: number): string {
  return Math.round(value).toString();
}
