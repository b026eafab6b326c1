// Parameters of InvokeCommand: a JSON object of strings, as the SDK writes it.
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Params } from './params.ts';

/** Reads the parameters. `defined` are the names of the command's custom parameters, if it has any. */
export function customParameters(
  params: Params,
  defined: readonly string[] | undefined,
): Record<string, string> {
  const text = optional(params, 'Parameters');
  if (text === undefined) return {};
  const given = parsed(text);
  const names = Object.keys(given);
  if (names.length === 0) return {};
  if (defined === undefined) {
    throw new EcsError(
      404,
      'Parameter.Disabled',
      'Parameters cannot be passed in when the command customization function is disabled.',
    );
  }
  if (names.length > 10) {
    throw new EcsError(403, 'ParameterCount.ExceedLimit', 'The maximum number of parameters is exceeded.');
  }
  if (!names.every((name) => defined.includes(name))) {
    throw new EcsError(
      403,
      'Parameter.NotMatched',
      'The passed-in parameters do not match the parameters defined when you created the command.',
    );
  }
  return given;
}

function parsed(text: string): Record<string, string> {
  const invalid = new EcsError(
    400,
    'InvalidParameter.Parameters',
    'The specified parameter Parameters is not valid.',
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid;
  if (!Object.values(value).every((one) => typeof one === 'string')) {
    throw new EcsError(403, 'ParameterType.NotSupported', 'The type of parameter value is not supported.');
  }
  return value as Record<string, string>;
}
