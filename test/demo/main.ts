// `npm start`: runs the functions on the local cloud in accelerated time and shows the progress. At the end it prints the
// plan table, a summary, what people were told and where the page of the night lies. It exits with 0 only if every promise held.
import ora from 'ora';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile } from '../../lib/cli/deployment/chosen-settings.ts';
import { chosenLanguage } from '../../lib/cli/language.ts';
import { wantsColours } from '../../lib/cli/plans/shown/colours.ts';
import { crewGroup, crewTimelines } from './crew.ts';
import { optionsCommand, type Options } from './options.ts';
import { evidenceOf, play, populate, progress, type Cast } from './play.ts';
import { restartsByQuarter, windowLine } from './night.ts';
import { nightPage } from './page.ts';
import { digestLines, reviewLines } from './receiver.ts';
import { planTable, wallTime, type Summary } from './summary.ts';
import { nightStory } from './timeline.ts';
import { faultTexts } from '../../lib/wording/words.ts';
import { openDemoWorld, type DemoWorld } from './demo-cloud.ts';

const options = optionsCommand()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

const { lang, json } = options;
const chosen = chosenLanguage({ lang, environment: process.env, isForScripts: json === true });
if (!chosen.ok) {
  process.stderr.write(`${faultTexts(chosen.faults)}\n`);
  process.exit(2);
}
const language = chosen.value;

const root = resolve(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const file = options.from ?? (existsSync(resolve(root, ownFile)) ? ownFile : 's.yaml');
const world = await openDemoWorld(root, file, options.seed, language);
const cast = populate(world, options);
const isWatched = options.json !== true && process.stderr.isTTY;
const spinner = ora({ isSilent: !isWatched, text: 'The clock starts.' }).start();
// The progress needs the history of every row, so it is computed only if somebody sees it.
const summary = await play(world, (now) => {
  if (isWatched) spinner.text = `${wallTime(now, world.timeZone)}  ${progress(evidenceOf(world))}`;
});
spinner.text = 'The review.';
await world.review();
spinner.stop();
await world.close();
const page = options.html ?? (options.json === true ? undefined : resolve(root, 'dist', 'night.html'));
if (page !== undefined) {
  const showing = { calendar: world.calendar, language, now: world.clock.now() };
  await writeFile(page, nightPage(evidenceOf(world), showing));
}
const output = options.json ? `${JSON.stringify(summary)}\n` : reportOf(world, summary, cast);
// A pipe takes 64 KiB at once. Without the wait, process.exit drops the rest.
await new Promise((done) => process.stdout.write(output, done));
process.exit(summary.violations.length === 0 ? 0 : 1);

function reportOf(demo: DemoWorld, summary: Summary, { stories, crew, runbooks }: Cast): string {
  const special = [...stories, ...runbooks];
  const [night] = runbooks;
  const lines = [
    ...planTable(evidenceOf(demo), {
      timeZone: demo.timeZone,
      language,
      now: demo.clock.now(),
      columns: process.stdout.isTTY ? process.stdout.columns : 120,
      hasColours: wantsColours(process.env, process.stdout.isTTY),
      showsAvoided: false,
    }),
    '',
    `${summary.events} events on ${summary.plans} instances. ${summary.virtualHours} hours were played in ${summary.seconds} s. The planner sent ${summary.reboots} restarts.`,
    `Plans: ${Object.entries(summary.statuses)
      .map(([status, number]) => `${number} ${status}`)
      .join(', ')}.`,
    windowLine(evidenceOf(demo)),
    ...(options.fullNight === true
      ? [
          `Restarts by the quarter of an hour. At most ${demo.limits.region} instances may be down at once:`,
          ...restartsByQuarter(evidenceOf(demo), demo.timeZone).map((line) => `  ${line}`),
        ]
      : []),
    ...(special.length === 0
      ? []
      : [`${special.length} of them are special cases: ${special.map(({ name }) => name).join(', ')}.`]),
    ...(crew.length === 0
      ? []
      : [
          `The ${crew.length} instances of group ${crewGroup}. At most ${demo.limits.group} of them may be down at once:`,
          ...crewTimelines(evidenceOf(demo), crew, demo.timeZone).map((line) => `  ${line}`),
        ]),
    ...(night === undefined
      ? []
      : [
          `The timeline of ${night.name}, which has a backup and commands:`,
          ...nightStory(evidenceOf(demo), night.instanceId, demo.timeZone).map((line) => `  ${line}`),
        ]),
    ...(summary.violations.length === 0
      ? [
          'Every promise held: never twice, never at a wrong time, never dropped, never on hearsay, fails closed.',
        ]
      : summary.violations.map(
          ({ promise, instanceId, what }) => `BROKEN: promise ${promise}, ${instanceId}: ${what}`,
        )),
    ...digestLines(demo.told, language),
    '',
    ...reviewLines(demo.reviews),
    ...(page === undefined ? [] : [`The night as a page, with a chart of each plan: ${page}`]),
    '',
  ];
  return lines.join('\n');
}
