// `npm run bench`: compares our functions with the algorithm of Alibaba's article and with an obvious version of the
// functions, on the local cloud. It exits with 0 only if the results keep all limits.
import { Command } from 'commander';
import ora from 'ora';
import { measure, shortcomings, summaryOf } from './results.ts';
import { tablesOf } from './tables.ts';

const { json = false } = new Command('npm run bench --')
  .description(
    'Compares the functions with other programs that do the same, on the local cloud. Takes some minutes.',
  )
  .option('--json', 'print one JSON object as the last line of stdout')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ json?: true }>();

const spinner = ora({ isSilent: !process.stderr.isTTY }).start();
const results = await measure((what) => {
  spinner.text = what;
});
spinner.stop();
const summary = summaryOf(results);
const faults = shortcomings(summary);
if (!json) {
  process.stdout.write(`${tablesOf(results)}\n\n`);
  process.stdout.write(
    `Ours divided by theirs: loading takes ${summary.load.timeRatio} of the time and ${summary.load.memoryRatio} of the memory; ` +
      `the race takes ${summary.article.timeRatio} of the article's time and ${summary.article.callRatio} of its calls.\n`,
  );
}
for (const fault of faults) process.stderr.write(`NOT HELD: ${fault}\n`);
if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
