// `npm run plans -- …`: the operator's commands, each in a file of its own beside this one.
import { Command, CommanderError } from 'commander';
import { addPreview } from './preview.ts';
import { runCommand } from './run-command.ts';

await runCommand(async (output) => {
  const program = new Command('npm run plans --')
    .description('Plans for scheduled reboots.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 done, and something is wrong; 2 the call or the configuration is wrong.',
    )
    .exitOverride();
  addPreview(program, output);
  try {
    await program.parseAsync();
    return 0;
  } catch (thrown) {
    // Commander has said what it is: the help that was asked for, or what is wrong with the call.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    throw thrown;
  }
});
