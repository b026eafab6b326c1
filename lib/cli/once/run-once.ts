// One run of a function: it asks where instances may be restarted, shows progress on a terminal, and prints the answer.
import { credentialsFor } from '../../alibaba/credentials.ts';
import { readConfiguration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { chosenSettings, type ChosenSettings } from '../deployment/chosen-settings.ts';
import { executeIn } from '../deployment/deployment.ts';
import { runJob, usualTimeoutSeconds, type Job } from '../handlers.ts';
import { progressLog } from './progress.ts';

/** As typed. */
export interface OnceOptions {
  job: Job;
  from?: string;
  profile?: string;
  output?: 'json';
  yes?: true;
}

/** What the command needs of the world. */
export interface OncePorts {
  out: (line: string) => void;
  /** Prints one line on stderr. */
  err: (line: string) => void;
  environment: Environment;
  /** Asks on the terminal; undefined where there is none. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** True on a terminal. */
  showsProgress: boolean;
}

/** Runs the function once. Returns the exit code. */
export async function runOnce(ports: OncePorts, options: OnceOptions): Promise<number> {
  const { out, err, environment, ask } = ports;
  const { job, from, profile, output, yes = false } = options;
  const chosen = chosenSettings(from, environment);
  const { regions, settings, tablestore } = readConfiguration(chosen.environment, chosen.region);
  if (job === 'execute' && settings.mode === 'auto' && !yes) {
    if (ask === undefined) {
      err('Nobody can be asked here whether instances may be restarted. Give --yes.');
      return 2;
    }
    const where = `${regions.join(', ')} (plans in ${tablestore.instance}, settings of ${chosen.source})`;
    if (!(await ask(`execute restarts the instances whose plans are due in ${where}. Go on?`))) {
      err('Nothing was done.');
      return 1;
    }
  }
  const credentials = await credentialsFor(profile);
  const { text, problems } = await runJob(job, {
    environment: chosen.environment,
    region: chosen.region,
    credentials,
    timeoutSeconds: timeoutIn(chosen),
    logger: progressLog(ports.showsProgress && output === undefined ? err : undefined),
  });
  for (const problem of problems) err(problem);
  out(text);
  return problems.length === 0 ? 0 : 1;
}

function timeoutIn({ functions }: ChosenSettings): number {
  const timeout = executeIn(functions)?.timeout.value;
  return typeof timeout === 'number' ? timeout : usualTimeoutSeconds;
}
