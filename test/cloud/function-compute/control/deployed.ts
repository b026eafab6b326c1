// What is in the cloud after `s deploy`: the functions of an s.yaml as the component fc3 sends them.
import { propertiesIn } from '../project.ts';
import type { DeployedState, FunctionFields } from './fc-state.ts';

/** Properties of s.yaml that are no fields of the function itself. */
const apart = ['region', 'code', 'triggers', 'asyncInvokeConfig', 'concurrencyConfig'];

interface Properties extends FunctionFields {
  region: string;
  role: string;
  logConfig?: unknown;
  triggers?: { triggerName: string; triggerType: string; triggerConfig: unknown }[];
  asyncInvokeConfig?: Record<string, unknown>;
  concurrencyConfig?: { reservedConcurrency: number };
}

/**
 * The functions of an s.yaml, by their resource names, as they are after a deploy to the account. fc3 makes an ARN of the name
 * of a role, in lower case, sends the settings of a trigger as JSON, and makes a project of the log for `logConfig: auto`.
 */
export async function deployedFrom(file: string, accountId: string): Promise<Map<string, DeployedState>> {
  const properties = await propertiesIn(file);
  return new Map([...properties].map(([name, props]) => [name, stateOf(props as Properties, accountId)]));
}

function stateOf(props: Properties, accountId: string): DeployedState {
  const { triggers = [], asyncInvokeConfig, concurrencyConfig, role, region, logConfig } = props;
  const fields = Object.fromEntries(
    Object.entries(props).filter(([name]) => !apart.includes(name)),
  ) as FunctionFields;
  const arn = role.startsWith('acs:') ? role : `acs:ram::${accountId}:role/${role}`;
  return {
    function: {
      ...fields,
      role: arn.toLowerCase(),
      ...(logConfig === 'auto'
        ? { logConfig: { project: `serverless-${region}-local`, logstore: 'default-logs' } }
        : {}),
    },
    triggers: triggers.map((trigger) => ({
      ...trigger,
      triggerConfig: JSON.stringify(trigger.triggerConfig),
    })),
    ...(asyncInvokeConfig === undefined ? {} : { asyncInvokeConfig }),
    ...(concurrencyConfig === undefined
      ? {}
      : { reservedConcurrency: concurrencyConfig.reservedConcurrency }),
  };
}
