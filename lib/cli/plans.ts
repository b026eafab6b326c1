// `npm run plans -- …` and `reboot-plans …`: the operator's commands. Those on rows are in plans/, `preview` is in this folder.
import { writeFile } from 'node:fs/promises';
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { systemClock } from '../runtime/clock.ts';
import { inChinese } from './commander-errors.ts';
import { readEventFile } from './event-file.ts';
import { chosenLanguage } from './language.ts';
import { addNotifyTest, addOperatorCommands } from './plans/commands.ts';
import { openAccount } from './plans/open-account.ts';
import { wantsColours } from './plans/shown/colours.ts';
import { lookBackFrom } from './plans/review/open-review.ts';
import { addReview } from './plans/review/review-command.ts';
import { asking, idsOnStdin, userName } from './plans/terminal.ts';
import { helpWords } from './plans/words/help.ts';
import { addPreview } from './preview-command.ts';
import { runCommand } from './run-command.ts';

/** npm names the script that it runs. */
const isScript = process.env['npm_lifecycle_event'] === 'plans';
const name = isScript ? 'npm run plans --' : 'reboot-plans';

/** The language is needed before the call is read, because the help has one. A wrong one is a fault of the command. */
const langAt = process.argv.indexOf('--lang');
const chosen = chosenLanguage({
  lang: langAt === -1 ? undefined : process.argv[langAt + 1],
  environment: process.env,
});
const language = chosen.ok ? chosen.value : 'en';
const help = helpWords[language];
const titles = new Map([
  ['Usage:', help.usage],
  ['Arguments:', help.arguments],
  ['Options:', help.options],
  ['Commands:', help.commands],
]);

await runCommand(async (output) => {
  let exitCode = 0;
  const program = new Command(name)
    .description(help.description)
    .addHelpText('after', help.examples.replaceAll('{name}', name))
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.help)
    .configureHelp({ styleTitle: (title) => titles.get(title) ?? title })
    .exitOverride()
    .configureOutput({
      outputError: (error, write) => {
        write(language === 'zh' ? inChinese(error) : error);
      },
    });
  const ports = {
    ...output,
    err: (line: string): void => void process.stderr.write(`${line}\n`),
    now: () => systemClock.now(),
    sleep: (ms: number) => systemClock.sleep(ms),
    open: (options: Parameters<typeof openAccount>[0]) => openAccount(options, process.env),
    ask: asking(),
    readIds: idsOnStdin,
    writeFile: (path: string, text: string) => writeFile(path, text),
    environment: process.env,
    userName: userName(),
    // A person may change the size of the terminal.
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
    get rows() {
      return process.stdout.isTTY ? process.stdout.rows : undefined;
    },
    hasColours: wantsColours(process.env, process.stdout.isTTY),
  };
  addOperatorCommands(program, ports, { end: (code) => (exitCode = code), help });
  program.commandsGroup(help.see);
  addReview(
    program,
    { ...ports, lookBack: (asked) => lookBackFrom(asked, process.env) },
    { end: (code) => (exitCode = code), help },
  );
  program.commandsGroup(help.without);
  addNotifyTest(program, ports, { end: (code) => (exitCode = code), help });
  const preview = { ...output, now: ports.now, readEvents: readEventFile, environment: process.env };
  addPreview(program, preview, language);
  // A script of npm cannot be completed by a shell.
  if (!isScript) tab(program.commandsGroup(help.shell));
  await program.parseAsync();
  return exitCode;
});
