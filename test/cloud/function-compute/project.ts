// What a project's s.yaml says of its functions, read with the code that `s deploy` itself uses.
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

/** One function of s.yaml, as far as timers and invocations go. */
export type FunctionSpec = v.InferOutput<typeof functionProps>;

/**
 * The functions of an s.yaml by their resource names.
 * @throws ValiError naming the property where one is missing or of another kind
 */
export async function readProject(file: string): Promise<Map<string, FunctionSpec>> {
  const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };
  const spec = await new ParseSpecModule.default(file, { argv: ['deploy'], logger: silent }).start();
  return new Map(spec.steps.map((step) => [step.projectName, v.parse(functionProps, step.props)]));
}

function ignore(): void {
  // The parser tells about access aliases, which nothing here has.
}
