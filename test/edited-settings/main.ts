// Edits s.yaml three times, as people do, and runs what reads it: the tests of test/edited-settings/readers.ts, and `npm start`.
// CI runs it at the end: the first edit meets all of these tests, the others those that read s.yaml in its place, because the
// rest copies it and gives it the settings of the fixture. s.yaml is as before afterwards. With a number it plays that edit alone.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { edited, edits, editsOfDay, type Edit } from './edits.ts';
import { readersInPlace, readersOfSettings } from './readers.ts';

const [given] = process.argv.slice(2);
const chosen: readonly Edit[] =
  given === undefined
    ? editsOfDay(Math.floor(Date.now() / 86_400_000))
    : edits.slice(Number(given), Number(given) + 1);
const original = readFileSync('s.yaml', 'utf8');

/** True if the command ends well. */
function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

const tests = ['vitest', 'run', '--config', 'test/vitest.config.ts', '--root', '.'];
let failures = 0;
try {
  for (const [index, edit] of chosen.entries()) {
    process.stdout.write(`Edited settings: ${edit.name} ${JSON.stringify(edit.vars)}\n`);
    writeFileSync('s.yaml', edited(original, edit));
    const readers = index === 0 ? readersOfSettings() : readersInPlace;
    const isGreen = succeeds('npx', [...tests, ...readers]) && succeeds('npm', ['start', '--', '--json']);
    if (!isGreen) failures += 1;
  }
} finally {
  writeFileSync('s.yaml', original);
}
process.exitCode = failures === 0 && chosen.length > 0 ? 0 : 1;
