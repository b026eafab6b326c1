// `npm run once -- plan|execute|review`: one run of a function from here.
import { Argument, Command, Option } from 'commander';
import { jobs, type Job } from './handlers.ts';
import { runOnce, type OnceOptions } from './once/run-once.ts';
import { asking } from './plans/terminal.ts';
import { runCommand } from './run-command.ts';

const help = `
Settings: those of settings.yaml, if it exists; else of the environment, if it names a Tablestore instance; else of s.yaml.
It needs the rights of the role of the function: \`npm run setup\` prints them. It may run beside the deployed functions: the
same claims and leases keep each plan to one run.

The last line of stdout is what the function answers, as JSON. Problems are on stderr; progress, too, on a terminal.

Exit codes: 0 done; 1 there are problems, or an error; 2 the call or the configuration is wrong.`;

await runCommand(async ({ out }) => {
  const command = new Command('npm run once --')
    .description('Runs plan, execute or review once from here, with the settings of the functions.')
    .addArgument(new Argument('<function>', 'what to run').choices(jobs))
    .option('--from <file>', 'read the settings from this file')
    .option('--profile <name>', 'the profile of the aliyun command whose key is used')
    .addOption(
      new Option('-o, --output <form>', 'json: the answer alone, without progress').choices(['json']),
    )
    .option('-y, --yes', 'do not ask before execute, which restarts what is due')
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .exitOverride()
    .parse();
  const { stderr } = process;
  return runOnce(
    {
      out,
      err: (line) => void stderr.write(`${line}\n`),
      environment: process.env,
      ask: asking(),
      showsProgress: stderr.isTTY && process.stdout.isTTY,
    },
    { job: command.processedArgs[0] as Job, ...command.opts<Omit<OnceOptions, 'job'>>() },
  );
});
