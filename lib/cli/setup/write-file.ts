// Writes a file of policies, unless it is as it should be already.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SetupPorts } from './run-setup.ts';

/** Says what was done. The folder is made if need be. */
export const writeFile: SetupPorts['write'] = (folder, file, text) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) return 'unchanged';
  writeFileSync(path, text);
  return before === undefined ? 'written' : 'replaced';
};
