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
import { optionsCommand, type Options } from './options.ts';
import { evidenceOf, play, populate, progress } from './play.ts';
import { nightPage } from './page.ts';
import { reportOf } from './report.ts';
import { wallTime } from './summary.ts';
import { faultTexts } from '../../lib/wording/words.ts';
import { openDemoWorld } from './demo-cloud.ts';

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
const report = (): string =>
  reportOf(world, {
    ...{ summary, cast, page, language },
    isFullNight: options.fullNight === true,
    columns: process.stdout.isTTY ? process.stdout.columns : 120,
    hasColours: wantsColours(process.env, process.stdout.isTTY),
  });
const output = options.json ? `${JSON.stringify(summary)}\n` : report();
// A pipe takes 64 KiB at once. Without the wait, process.exit drops the rest.
await new Promise((done) => process.stdout.write(output, done));
process.exit(summary.violations.length === 0 ? 0 : 1);
