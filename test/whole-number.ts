// A whole number from the command line, for commander.
import { InvalidArgumentError } from 'commander';

/** Returns a parser for an option's value. On a bad value it throws commander's own error, which names the option. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`);
    }
    return value;
  };
}
