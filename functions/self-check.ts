// What the handlers answer to `{"check":true}`: whether this function may do its work. It is loaded by the first check.
import { checkRights, configurationFaults, type SelfCheck } from '../lib/jobs/check/self-check.ts';
import type { FunctionContext, Invocation } from '../lib/runtime/function-compute.ts';
import { maskFor, withProbes } from '../lib/runtime/open-probes.ts';
import { readConfiguration } from '../lib/settings/configuration.ts';
import { checkTimeout } from '../lib/settings/faults.ts';

/** Checks, and gives `{"check":{…}}` as JSON text. A wrong configuration is a fault, too. It changes nothing. */
export async function selfCheck(
  functionName: Parameters<typeof withProbes>[0],
  context: FunctionContext,
  { clock, deadline }: Invocation,
): Promise<string> {
  const checking = async (): Promise<SelfCheck> => {
    const configuration = readConfiguration(process.env, context.region);
    if (functionName === 'execute') checkTimeout(context.function.timeout);
    const opening = { configuration, stsEndpoint: process.env['STS_ENDPOINT'] };
    return withProbes(functionName, context, opening, ({ probes, roleName }) =>
      checkRights({ clock, deadline, functionName: context.function.name, roleName }, probes),
    );
  };
  const check = await checking().catch(configurationFaults);
  return maskFor(context)(JSON.stringify({ check }));
}
