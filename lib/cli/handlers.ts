// Runs a function from here, as Function Compute does: its handler, with settings in the environment and a key in the context.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Credentials } from '../alibaba/credentials.ts';
import type { handler as planHandler } from '../../functions/plan.ts';
import type { LineLogger } from '../runtime/log.ts';
import { environmentSchema, type Environment } from '../settings/environment-schema.ts';

/** Takes the lines of a function's log. */
export type { LineLogger } from '../runtime/log.ts';

/** The functions that can be run from here. */
export const jobs = ['plan', 'execute', 'review'] as const;
export type Job = (typeof jobs)[number];

/** What a run needs. */
export interface RunParts {
  environment: Environment;
  /** The region of the functions: the default of REGIONS. */
  region: string | undefined;
  credentials: Credentials;
  /** How long the run may take. */
  timeoutSeconds: number;
  logger: LineLogger;
}

/** What a function answers, as text and as far as commands read it. */
export interface Answer {
  text: string;
  problems: readonly string[];
}

const schema = v.looseObject({ problems: v.array(v.looseObject({ problem: v.string() })) });

/**
 * Runs a function once. Claims, leases and conditions are those of the deployed functions, so both may run at once.
 * @throws what the handler throws: nothing could be done at all
 */
export async function runJob(job: Job, parts: RunParts): Promise<Answer> {
  const { environment, region, credentials, timeoutSeconds, logger } = parts;
  const { handler } = await handlers[job]();
  // A handler reads its settings here and nowhere else.
  for (const name of Object.keys(environmentSchema.entries)) {
    const value = environment[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  const text = await handler(Buffer.from('{}'), {
    requestId: `once-${randomUUID()}`,
    ...(region === undefined ? {} : { region }),
    credentials,
    function: { name: `ecs-reboot-planner-${job}`, timeout: timeoutSeconds },
    logger,
  });
  const { problems } = v.parse(schema, JSON.parse(text));
  return { text, problems: problems.map(({ problem }) => problem) };
}

/** A function is loaded when it is run. */
const handlers: Readonly<Record<Job, () => Promise<{ handler: typeof planHandler }>>> = {
  plan: () => import('../../functions/plan.ts'),
  execute: () => import('../../functions/execute.ts'),
  review: () => import('../../functions/review.ts'),
};

/** As in s.yaml, where no file says it. */
export const usualTimeoutSeconds = 120;
