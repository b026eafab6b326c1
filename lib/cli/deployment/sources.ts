// What the settings of a file are read from on this machine: the files, and the environment as `s` sees it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../../settings/environment-schema.ts';
import { environmentIn, type OwnSettings } from './deployment.ts';
import type { Sources } from './yaml-file.ts';

/** `s` reads .env beside the file, too. What the environment has already, it leaves as it is. */
export function sourcesOf(file: string, environment: Environment): Sources {
  const beside = join(dirname(file), '.env');
  return {
    readText: (path) => readFileSync(path, 'utf8'),
    environment: existsSync(beside)
      ? { ...parseEnv(readFileSync(beside, 'utf8')), ...environment }
      : environment,
  };
}

/**
 * The settings of this file, or of the environment without one.
 * @throws ConfigurationError with every fault
 */
export function settingsFrom(from: string | undefined, environment: Environment): OwnSettings {
  return from === undefined
    ? { environment, region: undefined }
    : environmentIn(from, sourcesOf(from, environment));
}
