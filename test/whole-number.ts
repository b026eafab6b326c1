// A whole number from the command line, for commander.
import { InvalidArgumentError } from 'commander';

/** Reads an option's value; throws commander's own error, which it prints beside the option's name. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`);
    }
    return value;
  };
}
