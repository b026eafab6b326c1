// Opens what the self-check of a function asks with. It is loaded by the first check.
import { randomUUID } from 'node:crypto';
import { callerIdentity, stsTarget } from '../alibaba/caller-identity.ts';
import { maskOf, type Credentials } from '../alibaba/credentials.ts';
import { dryReboot } from '../alibaba/ecs/dry-reboot.ts';
import { openEcsApi } from '../alibaba/ecs/sdk-api.ts';
import { roleProbes } from '../alibaba/probes/role-probes.ts';
import { extraRights, type ExtraRights, type RoleKind } from '../alibaba/ram/rights.ts';
import { connectionsTo, openClient, tablestoreOf } from '../alibaba/tablestore/sdk-api.ts';
import type { Probe } from '../ports.ts';
import type { Mask } from '../secrets.ts';
import type { Configuration } from '../settings/configuration.ts';
import { credentialsOf, type FunctionContext } from './function-compute.ts';

/** The questions of one check. */
export interface OpenedProbes {
  probes: readonly Probe[];
  /** The name of the role; undefined where STS does not say it. */
  roleName: () => Promise<string | undefined>;
}

/**
 * Opens the questions for `use`, and closes every connection at its end. Nothing is asked before `use`.
 * @param stsEndpoint of the local cloud; the public one if it is absent
 * @throws ConfigurationError if the function has no role
 */
export async function withProbes<T>(
  functionName: RoleKind,
  context: FunctionContext,
  { configuration, stsEndpoint }: { configuration: Configuration; stsEndpoint: string | undefined },
  use: (opened: OpenedProbes) => Promise<T>,
): Promise<T> {
  const credentials = credentialsOf(context);
  const sts = stsTarget(stsEndpoint);
  const { ecs, tablestore, tables, regions } = configuration;
  const connections = connectionsTo(tablestore);
  try {
    const asking = {
      api: openEcsApi(ecs, credentials),
      dryReboot: (where: Parameters<typeof dryReboot>[2]) => dryReboot(ecs, credentials, where),
      newToken: randomUUID,
    };
    const client = tablestoreOf(openClient(tablestore, credentials, connections));
    return await use({
      probes: roleProbes(functionName, {
        ecs: asking,
        tablestore: client,
        tables,
        regions,
        extras: extrasOf(configuration),
      }),
      roleName: () => roleOf(sts, credentials),
    });
  } finally {
    connections.destroy();
  }
}

/** What the settings need beside what every function does. */
function extrasOf({ settings: { runbook } }: Configuration): ExtraRights[] {
  const { backup, preCommand, postCommand, undoCommand } = runbook;
  const isAsked = {
    backups: backup !== 'none',
    commands: [preCommand, postCommand, undoCommand].some((id) => id !== 'none'),
  };
  return extraRights.filter((extra) => isAsked[extra]);
}

/** Function Compute does not tell a function the name of its role, but STS does. */
async function roleOf(
  sts: Parameters<typeof callerIdentity>[0],
  credentials: Credentials,
): Promise<string | undefined> {
  const answer = await callerIdentity(sts, credentials);
  return answer.ok ? /^assumed-role\/([^/]+)/.exec(answer.name)?.[1] : undefined;
}

/** Takes the key of the function out of texts. */
export function maskFor(context: FunctionContext): Mask {
  return maskOf(context.credentials ?? undefined);
}
