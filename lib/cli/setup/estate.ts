// What the rights are about, out of the settings: account, regions, tables, functions, roles and log.
import { regionNamed } from '../../alibaba/ecs/endpoints.ts';
import type { Deployed } from '../../alibaba/ram/people.ts';
import type { RoleKind } from '../../alibaba/ram/rights.ts';
import { ConfigurationError } from '../../failures.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import { readTablestoreConfiguration, readWatch } from '../../settings/configuration.ts';
import type { ChosenSettings } from '../deployment/chosen-settings.ts';
import type { DeployedFunction } from '../deployment/deployment.ts';
import type { Setting } from '../deployment/references.ts';
import { isTree } from '../deployment/yaml-file.ts';

/** Stands for what nobody says, as in ARNs. */
const unknown = '*';

/** The resource of each function in s.yaml, and the name of its role and of the function where no file says one. */
const resources: Readonly<Record<RoleKind, { resource: string; usual: string }>> = {
  plan: { resource: 'plan-job', usual: 'ecs-reboot-planner-plan' },
  execute: { resource: 'execute-job', usual: 'ecs-reboot-planner-execute' },
  review: { resource: 'review-job', usual: 'ecs-reboot-planner-review' },
};

/** The role of a function. */
export interface NamedRole {
  kind: RoleKind;
  name: string;
}

/** The names of the roles, in the order of the functions. */
export function rolesIn({ functions }: ChosenSettings): NamedRole[] {
  return (Object.keys(resources) as RoleKind[]).map((kind) => {
    const { resource, usual } = resources[kind];
    const role = textIn(functions.find(({ name }) => name === resource)?.role) ?? usual;
    return { kind, name: role.replace(/^acs:ram::\d+:role\//, '') };
  });
}

/**
 * The estate of the settings.
 * @param accountId undefined where STS does not say it
 * @throws ConfigurationError with every fault, and with each role of another account
 */
export function estateOf(chosen: ChosenSettings, accountId: string | undefined): Deployed {
  const { environment, functions, region } = chosen;
  const faults = functions.flatMap((deployed) => foreignRole(deployed, accountId));
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { tablestore, tables } = readTablestoreConfiguration(environment);
  const { regions } = readWatch(environment, region);
  const roles = rolesIn(chosen);
  const functionRegion = region ?? unknown;
  const of = (kind: RoleKind): DeployedFunction | undefined =>
    functions.find(({ name }) => name === resources[kind].resource);
  return {
    accountId: accountId ?? unknown,
    regions: regions.length === 0 ? [unknown] : regions,
    tablestore: { region: regionOf(tablestore.endpoint) ?? functionRegion, instance: tablestore.instance },
    tables,
    functionRegion,
    functions: roles.map(({ kind }) => textIn(of(kind)?.functionName) ?? resources[kind].usual),
    roles: roles.map(({ name }) => name),
    failureDestinations: Object.fromEntries(
      roles.flatMap(({ kind }) => {
        const arn = textIn(of(kind)?.failureDestination);
        return arn === undefined ? [] : [[kind, arn]];
      }),
    ),
    ...logOf(functions, functionRegion),
  };
}

function textIn(setting: Setting | undefined): string | undefined {
  return typeof setting?.value === 'string' ? setting.value : undefined;
}

/** A function takes a role of its own account only. */
function foreignRole({ role: { value, where } }: DeployedFunction, accountId: string | undefined): Fault[] {
  const owner = /^acs:ram::(\d+):/.exec(String(value))?.[1];
  if (owner === undefined || accountId === undefined || owner === accountId) return [];
  return [
    { what: where, value: shown(value), expected: `a role of the account of the access key, ${accountId}` },
  ];
}

/** The region in a public or VPC endpoint of Tablestore. */
function regionOf(endpoint: string): string | undefined {
  return regionNamed(new URL(endpoint).hostname.replace(/\.vpc\.tablestore\./, '.tablestore.'));
}

/** With `auto` Serverless Devs makes a project, whose name ends with a number that it makes of the account. */
function logOf(
  functions: readonly DeployedFunction[],
  region: string,
): Pick<Deployed, 'log' | 'madeProject'> {
  const config = functions.length === 0 ? 'auto' : functions[0]?.logConfig.value;
  if (config === 'auto') {
    const madeProject = region === unknown ? 'serverless-*' : `serverless-${region}-*`;
    return { madeProject, log: `${madeProject}/logstore/*` };
  }
  if (!isTree(config)) return { madeProject: undefined, log: undefined };
  const { project, logstore } = config;
  return { madeProject: undefined, log: `${String(project)}/logstore/${String(logstore)}` };
}
