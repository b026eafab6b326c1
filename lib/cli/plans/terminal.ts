// The person at the terminal: the question on stderr, so that stdout has results only, and ids from stdin.
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { userInfo } from 'node:os';

/** Asks y or n. Undefined where there is no terminal to ask on. */
export function asking(): ((question: string) => Promise<boolean>) | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: stdin, output: stderr });
    // As a shell counts a command that Ctrl-C ended.
    terminal.on('SIGINT', () => process.exit(130));
    // Ctrl-D answers no.
    const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    try {
      const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}

/** The ids on stdin, between blanks and line breaks. */
export async function idsOnStdin(): Promise<readonly string[]> {
  return (await text(process.stdin)).split(/\s+/).filter((id) => id !== '');
}

/** The name of the person, where the system knows it. */
export function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
