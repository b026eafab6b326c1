// `npm run plans -- …` and `reboot-plans …`: the operator's commands. Those on rows are in plans/, `preview` is in this folder.
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { systemClock } from '../runtime/clock.ts';
import { readEventFile } from './event-file.ts';
import { addOperatorCommands } from './plans/commands.ts';
import { openAccount } from './plans/open-account.ts';
import { wantsColours } from './plans/shown/colours.ts';
import { asking, idsOnStdin, userName } from './plans/terminal.ts';
import { addPreview } from './preview-command.ts';
import { runCommand } from './run-command.ts';

/** npm names the script that it runs. */
const isScript = process.env['npm_lifecycle_event'] === 'plans';
const name = isScript ? 'npm run plans --' : 'reboot-plans';

const help = `
What you want to do:
  what needs me?             ${name} list --needs-person
  what happened to it?       ${name} show i-bp1abc
  it may be restarted        ${name} approve i-bp1abc
  not now                    ${name} hold web-1 web-2 --reason "release until 18:00"
  now it may                 ${name} resume web-1 web-2
  stop everything, at once   ${name} hold --all --reason "incident 12"
  everything may go on       ${name} resume --all
  at another time            ${name} reschedule web-1 --at "2026-12-02 03:00"
  we restart it ourselves    ${name} skip web-1
  try it again               ${name} retry web-1
  the others may go on       ${name} acknowledge web-1 --reason "broken disk, ticket 12"
  tell a script when it is   ${name} wait web-1 --for Avoided --timeout 1h

An id is that of an instance, its name, or the beginning of one. Commands that decide ask first: --yes answers, --dry-run shows.
Settings: TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE and PLANS_TABLE of the environment, or --from s.yaml.
Key: any way that @alicloud/credentials knows, or --profile.

Exit codes: 0 done; 1 done, but something is wrong; 2 the call or the configuration is wrong.`;

await runCommand(async (output) => {
  let exitCode = 0;
  const program = new Command(name)
    .description('Plans for scheduled reboots.')
    .addHelpText('after', help)
    .exitOverride();
  const ports = {
    ...output,
    err: (line: string): void => void process.stderr.write(`${line}\n`),
    now: () => systemClock.now(),
    sleep: (ms: number) => systemClock.sleep(ms),
    open: (options: Parameters<typeof openAccount>[0]) => openAccount(options, process.env),
    ask: asking(),
    readIds: idsOnStdin,
    environment: process.env,
    userName: userName(),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    hasColours: wantsColours(process.env, process.stdout.isTTY),
  };
  addOperatorCommands(program, ports, (code) => (exitCode = code));
  program.commandsGroup('Without an account:');
  addPreview(program, {
    ...output,
    now: () => systemClock.now(),
    readEvents: readEventFile,
    environment: process.env,
  });
  // A script of npm cannot be completed by a shell.
  if (!isScript) tab(program.commandsGroup('Your shell:'));
  await program.parseAsync();
  return exitCode;
});
