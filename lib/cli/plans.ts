// `npm run plans -- …`: the operator's commands. Each command has its own file in this folder.
import { Command } from 'commander';
import { systemClock } from '../runtime/clock.ts';
import { readEventFile } from './event-file.ts';
import { addPreview } from './preview-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(async (output) => {
  const program = new Command('npm run plans --')
    .description('Plans for scheduled reboots.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 done, but something is wrong; 2 the call or the configuration is wrong.',
    )
    .exitOverride();
  addPreview(program, {
    ...output,
    now: () => systemClock.now(),
    readEvents: readEventFile,
    environment: process.env,
  });
  await program.parseAsync();
  return 0;
});
