// What all commands share: output and exit codes. 0: done. 1: done, but something is wrong, or an error stopped it. 2: the
// call or the configuration is wrong.
import { CommanderError } from 'commander';
import { ConfigurationError, messageOf } from '../failures.ts';

/** Where a command prints. */
export interface CommandOutput {
  /** Prints one line on stdout. */
  out: (line: string) => void;
}

/** Runs a command and sets the exit code of the process. Prints the message of an error on stderr. */
export async function runCommand(command: (output: CommandOutput) => Promise<number>): Promise<void> {
  // Whoever reads the output may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  try {
    process.exitCode = await command({ out: (line) => void process.stdout.write(`${line}\n`) });
  } catch (thrown) {
    // Commander has already printed the help or the error.
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = thrown instanceof ConfigurationError ? 2 : 1;
  }
}
