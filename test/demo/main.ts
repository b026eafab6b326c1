// `npm start`: the main job on the local cloud, in accelerated time, with live progress; then the plan table, a summary,
// and exit 0 only if every promise held.
import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addFleet } from '../cloud/fleet.ts';
import { rebootEvents, rowHistories, type Evidence } from '../observer/evidence.ts';
import { brokenPromises } from '../observer/promises.ts';
import { addStories, type Story } from './stories.ts';
import { planTable, summarize, wallTime, type Summary } from './summary.ts';
import { openDemoWorld, worldStart, type DemoWorld } from './world.ts';

const regions = ['cn-hangzhou', 'cn-shanghai'] as const;
const hour = 3_600_000;

/** A world that has not come to rest by then has a plan that never ends. */
const longestHours = 100;

interface Options {
  json?: true;
  instances?: number;
  events?: number;
  seed: number;
}

const options = new Command('npm start --')
  .description('The main job on a local cloud: a fleet with scheduled reboot events, in accelerated time.')
  .option('--json', 'print one JSON object as the last line of stdout')
  .option('--instances <n>', 'another fleet, without the special cases', count(1))
  .option('--events <n>', 'so many scheduled reboot events', count(0))
  .option('--seed <n>', 'the fleet, repeatable', count(0), 1)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const world = await openDemoWorld(resolve(root), options.seed);
const stories = populate(world, options);
const summary = await play(world, options.json === true);
await world.close();
if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
else tell(world, summary, stories);
process.exit(summary.violations.length === 0 ? 0 : 1);

function populate({ cloud }: DemoWorld, { instances, events, seed }: Options): Story[] {
  const isDefault = instances === undefined && events === undefined;
  const eventCount = events ?? instances ?? 20;
  addFleet(cloud.ecs.core, {
    seed,
    regions,
    instances: instances ?? Math.max(eventCount, isDefault ? 24 : 1),
    events: eventCount,
    start: worldStart,
    publishedWithinMs: 12 * hour,
    notBeforeInMs: [24 * hour, 48 * hour],
  });
  return isDefault ? addStories(cloud, worldStart, regions) : [];
}

function evidenceOf({ cloud, plansTable, historyTable }: DemoWorld): Evidence {
  return { ecs: cloud.ecs.core, writes: cloud.tablestore.core.record, plansTable, historyTable };
}

async function play(demo: DemoWorld, isQuiet: boolean): Promise<Summary> {
  const evidence = evidenceOf(demo);
  const begin = performance.now();
  const spinner = ora({ isSilent: isQuiet || !process.stderr.isTTY, text: 'The clock starts.' }).start();
  let isOver = false;
  for (let now = worldStart; !isOver && now < worldStart + longestHours * hour;) {
    const minute = Math.floor(now / 60_000);
    now = await demo.step();
    if (Math.floor(now / 60_000) === minute) continue;
    spinner.text = `${wallTime(now, demo.timeZone)}  ${progress(evidence)}`;
    isOver = isAtRest(demo, now);
  }
  spinner.stop();
  const violations = brokenPromises(evidence, true);
  for (const { functionName, error } of demo.invocations) {
    if (error !== undefined) {
      violations.push({ promise: 3, instanceId: '', what: `${functionName} threw: ${error.message}` });
    }
  }
  const times = { virtualMs: demo.clock.now() - worldStart, realMs: performance.now() - begin };
  return summarize(evidence, violations, times);
}

/** Every event is over, and every plan: nothing is left to happen. */
function isAtRest(demo: DemoWorld, now: number): boolean {
  if (demo.isBusy() || now < worldStart + 13 * hour) return false;
  const evidence = evidenceOf(demo);
  if (rebootEvents(evidence.ecs).some((event) => event.finishTime === undefined)) return false;
  return [...rowHistories(evidence).values()].every(
    (moments) => moments.at(-1)?.state['due_at'] === undefined,
  );
}

function progress(evidence: Evidence): string {
  const counts = new Map<string, number>();
  for (const moments of rowHistories(evidence).values()) {
    const status = String(moments.at(-1)?.state['status']);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, number]) => `${number} ${status}`).join(', ');
}

function tell(demo: DemoWorld, summary: Summary, told: readonly Story[]): void {
  const lines = [
    planTable(evidenceOf(demo), demo.timeZone, process.stdout.isTTY ? process.stdout.columns : 130),
    '',
    `${summary.events} events on ${summary.plans} instances in ${summary.virtualHours} hours, played in ${summary.seconds} s; ${summary.reboots} restarts by us.`,
    `Plans: ${Object.entries(summary.statuses)
      .map(([status, number]) => `${number} ${status}`)
      .join(', ')}.`,
    ...(told.length === 0
      ? []
      : [`Among them ${told.length} special cases: ${told.map(({ name }) => name).join(', ')}.`]),
    ...(summary.violations.length === 0
      ? [
          'Every promise held: never twice, never at a wrong time, never dropped, never on hearsay, fails closed.',
        ]
      : summary.violations.map(
          ({ promise, instanceId, what }) => `BROKEN: promise ${promise}, ${instanceId}: ${what}`,
        )),
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

function count(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,6}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`expected a whole number of at least ${least}`);
    }
    return Number(text);
  };
}
