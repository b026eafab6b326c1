// What should be deployed, by the settings.
import { functionNames, type FunctionName } from '../../plan/run-values.ts';
import { environmentSchema, type Environment } from '../../settings/environment-schema.ts';
import type { ChosenSettings } from '../deployment/chosen-settings.ts';
import { environmentOf, type DeployedFunction } from '../deployment/deployment.ts';

/** One function as it should be. What the settings do not say is absent. */
export interface ExpectedFunction {
  kind: FunctionName;
  /** The resource in s.yaml, for commands of `s`. */
  resource: string;
  /** Its name in Function Compute. */
  functionName: string;
  /** The name or the ARN of its role. */
  role?: string;
  /** Seconds. */
  timeout?: number;
  environment: Readonly<Record<string, string>>;
  /** Its timers; absent where the settings name none. */
  timers?: readonly ExpectedTimer[];
}

/** A timer that is enabled. */
export interface ExpectedTimer {
  /** Absent where only the environment says when the function runs. */
  name?: string;
  expression: string;
}

const timerOf: Readonly<Record<FunctionName, keyof Environment>> = {
  plan: 'PLAN_TIMER',
  execute: 'EXECUTE_TIMER',
  review: 'REVIEW_TIMER',
};

/** The functions, by the file or by the environment. Nobody needs to deploy a review: it is expected where the settings have one. */
export function expectedFunctions({ functions, environment }: ChosenSettings): ExpectedFunction[] {
  return functionNames.flatMap((kind): ExpectedFunction[] => {
    const resource = `${kind}-job`;
    const inFile = functions.find(({ name }) => name === resource);
    const usual = { kind, resource, functionName: `ecs-reboot-planner-${kind}` };
    if (inFile !== undefined) return [{ ...usual, ...ofFile(inFile) }];
    const timer = environment[timerOf[kind]]?.trim() ?? '';
    if (kind === 'review' && (timer === '' || functions.length > 0)) return [];
    return [
      {
        ...usual,
        environment: settingsIn(environment),
        ...(timer === '' ? {} : { timers: [{ expression: timer }] }),
      },
    ];
  });
}

function ofFile({
  functionName,
  role,
  timeout,
  environment,
  timers,
  timerNames,
}: DeployedFunction): Pick<ExpectedFunction, 'environment'> & Partial<ExpectedFunction> {
  return {
    ...(typeof functionName.value === 'string' ? { functionName: functionName.value } : {}),
    ...(typeof role.value === 'string' ? { role: role.value } : {}),
    ...(typeof timeout.value === 'number' ? { timeout: timeout.value } : {}),
    environment: environmentOf(environment),
    timers: timers.map(({ value }, index) => ({ name: timerNames[index] ?? '', expression: String(value) })),
  };
}

function settingsIn(environment: Environment): Record<string, string> {
  const known = Object.keys(environmentSchema.entries);
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || !known.includes(name) ? [] : [[name, value]],
    ),
  );
}
