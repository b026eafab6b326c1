// Which settings a command goes by, where it does not need to be told: those that are deployed.
import { existsSync } from 'node:fs';
import { ConfigurationError } from '../../failures.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { deploymentFaults } from './check.ts';
import { readDeployment, settingsOfExecute, type DeployedFunction } from './deployment.ts';
import { sourcesOf } from './sources.ts';

/** A person makes this file, and `git pull` never touches it. */
export const ownFile = 'settings.yaml';
const base = 's.yaml';

/** The settings, and where they are from. */
export interface ChosenSettings {
  /** As in `settings.yaml`, or `the environment`. */
  source: string;
  environment: Environment;
  /** The region of the functions. Undefined where nobody says it. */
  region: string | undefined;
  /** The functions of the file. None where the environment has the settings. */
  functions: readonly DeployedFunction[];
}

/**
 * The settings of `--from`; else of settings.yaml; else of the environment, where it names a Tablestore instance; else of s.yaml;
 * and without any file of the environment.
 * @throws ConfigurationError with every fault that would stop a deploy of the file
 */
export function chosenSettings(from: string | undefined, environment: Environment): ChosenSettings {
  const file = from ?? fileHere(environment);
  if (file === undefined) return { source: 'the environment', environment, region: undefined, functions: [] };
  const deployment = readDeployment(file, sourcesOf(file, environment));
  const faults = deploymentFaults(deployment);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { functions } = deployment;
  return { source: file, ...settingsOfExecute(functions), functions };
}

function fileHere(environment: Environment): string | undefined {
  if (existsSync(ownFile)) return ownFile;
  const isNamed = ['TABLESTORE_ENDPOINT', 'TABLESTORE_INSTANCE'].some(
    (name) => (environment[name] ?? '') !== '',
  );
  return !isNamed && existsSync(base) ? base : undefined;
}
