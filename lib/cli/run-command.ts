// What all commands share: output, and exit codes. 0 done; 1 done, and something is wrong; 2 the call or the
// configuration is wrong.
import { ConfigurationError, messageOf } from '../failures.ts';

export interface CommandOutput {
  /** One line on stdout. */
  out: (line: string) => void;
}

/** Runs a command and leaves its exit code to the process; what it throws is said on stderr. */
export async function runCommand(command: (output: CommandOutput) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command({ out: (line) => void process.stdout.write(`${line}\n`) });
  } catch (thrown) {
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = thrown instanceof ConfigurationError ? 2 : 1;
  }
}
