// Reads the functions of a project's s.yaml, with the same parser that `s deploy` uses.
import ParseSpecModule from '@serverless-devs/parse-spec';
import * as v from 'valibot';

const timerTrigger = v.object({
  triggerName: v.string(),
  triggerType: v.literal('timer'),
  triggerConfig: v.object({
    cronExpression: v.string(),
    enable: v.boolean(),
    payload: v.optional(v.string(), ''),
  }),
});

const functionProps = v.object({
  functionName: v.string(),
  region: v.string(),
  runtime: v.string(),
  handler: v.string(),
  code: v.string(),
  timeout: v.number(),
  memorySize: v.number(),
  environmentVariables: v.record(v.string(), v.string()),
  concurrencyConfig: v.object({ reservedConcurrency: v.number() }),
  asyncInvokeConfig: v.object({
    maxAsyncRetryAttempts: v.number(),
    maxAsyncEventAgeInSeconds: v.number(),
  }),
  triggers: v.array(timerTrigger),
});

/** One function of s.yaml: what its timers and invocations need. */
export type FunctionSpec = v.InferOutput<typeof functionProps>;

/**
 * Reads the functions of an s.yaml, by their resource names.
 * @throws ValiError that names the property which is missing or has the wrong type
 */
export async function readProject(file: string): Promise<Map<string, FunctionSpec>> {
  const properties = await propertiesIn(file);
  return new Map([...properties].map(([name, props]) => [name, v.parse(functionProps, props)]));
}

/** All properties of the functions of an s.yaml, by their resource names, as the component fc3 gets them. */
export async function propertiesIn(file: string): Promise<Map<string, Record<string, unknown>>> {
  const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };
  const spec = await new ParseSpecModule.default(file, { argv: ['deploy'], logger: silent }).start();
  return new Map(spec.steps.map((step) => [step.projectName, step.props as Record<string, unknown>]));
}

function ignore(): void {
  // The parser warns about missing access aliases. The local cloud does not use them.
}
