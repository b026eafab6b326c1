// `npm start`: the main job on the local cloud, in accelerated time, with live progress; then the plan table, a summary,
// and exit 0 only if every promise held.
import ora from 'ora';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crewGroup, crewTimelines } from './crew.ts';
import { optionsCommand, type Options } from './options.ts';
import { evidenceOf, play, populate, progress, type Cast } from './play.ts';
import { planTable, wallTime, type Summary } from './summary.ts';
import { nightStory } from './timeline.ts';
import { openDemoWorld, type DemoWorld } from './demo-cloud.ts';

const options = optionsCommand()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const world = await openDemoWorld(resolve(root), options.seed);
const cast = populate(world, options);
const isWatched = options.json !== true && process.stderr.isTTY;
const spinner = ora({ isSilent: !isWatched, text: 'The clock starts.' }).start();
// What nobody sees is not worked out: every row's history, once a minute.
const summary = await play(world, (now) => {
  if (isWatched) spinner.text = `${wallTime(now, world.timeZone)}  ${progress(evidenceOf(world))}`;
});
spinner.stop();
await world.close();
if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
else tell(world, summary, cast);
process.exit(summary.violations.length === 0 ? 0 : 1);

function tell(demo: DemoWorld, summary: Summary, { stories, crew, runbooks }: Cast): void {
  const special = [...stories, ...runbooks];
  const [night] = runbooks;
  const lines = [
    planTable(evidenceOf(demo), demo.timeZone, process.stdout.isTTY ? process.stdout.columns : 130),
    '',
    `${summary.events} events on ${summary.plans} instances in ${summary.virtualHours} hours, played in ${summary.seconds} s; ${summary.reboots} restarts by us.`,
    `Plans: ${Object.entries(summary.statuses)
      .map(([status, number]) => `${number} ${status}`)
      .join(', ')}.`,
    ...(special.length === 0
      ? []
      : [`Among them ${special.length} special cases: ${special.map(({ name }) => name).join(', ')}.`]),
    ...(crew.length === 0
      ? []
      : [
          `The ${crew.length} of group ${crewGroup}, of which at most ${demo.limits.group} may be down at once, by their timelines:`,
          ...crewTimelines(evidenceOf(demo), crew, demo.timeZone).map((line) => `  ${line}`),
        ]),
    ...(night === undefined
      ? []
      : [
          `The night of ${night.name}, with a backup and commands, by its timeline:`,
          ...nightStory(evidenceOf(demo), night.instanceId, demo.timeZone).map((line) => `  ${line}`),
        ]),
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
