// The questions of the self-check, asked with the key of this machine.
import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { maskOf, type Credentials } from '../../alibaba/credentials.ts';
import { dryReboot } from '../../alibaba/ecs/dry-reboot.ts';
import { roleProbes } from '../../alibaba/probes/role-probes.ts';
import { roleKinds } from '../../alibaba/ram/rights.ts';
import { connectionsTo, openClient, tablestoreOf } from '../../alibaba/tablestore/sdk-api.ts';
import type { Configuration } from '../../settings/configuration.ts';
import type { DoctorPorts } from './ports.ts';

/** Questions that are asked at the same time. */
const atOnce = 6;

/** Asks each question once. Nothing is changed, and nothing is restarted. */
export async function ownRights(
  { ecs, tablestore, tables, regions }: Configuration,
  credentials: Credentials,
): ReturnType<DoctorPorts['ownRights']> {
  const { openEcsApi } = await import('../../alibaba/ecs/sdk-api.ts');
  const mask = maskOf(credentials);
  const connections = connectionsTo(tablestore);
  const asking = {
    ecs: {
      api: openEcsApi(ecs, credentials),
      dryReboot: (where: Parameters<typeof dryReboot>[2]) => dryReboot(ecs, credentials, where),
      newToken: randomUUID,
    },
    tablestore: tablestoreOf(openClient(tablestore, credentials, connections)),
    tables,
    regions,
    extras: [],
  };
  const probes = roleKinds.flatMap((kind) => roleProbes(kind, asking));
  const once = new Map(probes.map((probe) => [`${probe.right} ${probe.where}`, probe]));
  try {
    return await pMap(
      once.values(),
      async ({ right, ask }) => {
        const shown = await ask();
        return { right, shown: shown.kind === 'denied' ? { ...shown, message: mask(shown.message) } : shown };
      },
      { concurrency: atOnce },
    );
  } finally {
    connections.destroy();
  }
}
