// Opens what doctor looks with: the settings that are deployed, and the key of the default chain or of a profile.
import { callerOf, stsTarget } from '../../alibaba/caller-identity.ts';
import { credentialsFor, maskOf, type Credentials } from '../../alibaba/credentials.ts';
import { ecsUrl } from '../../alibaba/ecs/endpoints.ts';
import { allInstances } from '../../alibaba/ecs/instances.ts';
import { openEcsApiLate } from '../../alibaba/ecs/late-api.ts';
import { readsOf } from '../../alibaba/ecs/reads.ts';
import { ecsAtEdge, tablestoreAtEdge } from '../../alibaba/edge.ts';
import { fcTarget } from '../../alibaba/fc/endpoint.ts';
import { openHandRows } from '../../alibaba/tablestore/hand-edits.ts';
import { openHandStops } from '../../alibaba/tablestore/hand-stops.ts';
import { retryingReads } from '../../alibaba/tablestore/read-retry.ts';
import { readRuns } from '../../alibaba/tablestore/run-rows.ts';
import { connectionsTo, openClient, tablestoreOf } from '../../alibaba/tablestore/sdk-api.ts';
import { lookAtTable } from '../../alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../../alibaba/tablestore/tables.ts';
import { openChannels } from '../../channels/open-channels.ts';
import { postByFetch } from '../../channels/post.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, type Configuration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { chosenSettings } from '../deployment/chosen-settings.ts';
import { sampleOf } from '../plans/notify-test.ts';
import { expectedFunctions } from './expected.ts';
import { knock } from './knock.ts';
import type { DoctorPorts } from './ports.ts';
import { ownRights } from './own-rights.ts';
import { ecsIn } from './run-doctor.ts';

/** Which settings, and whose key. */
export interface DoctorSource {
  from?: string;
  profile?: string;
}

/**
 * Opens it. Nothing is called.
 * @param now the clock that is compared with that of the services
 * @throws ConfigurationError with every fault of the settings, of the endpoints in the environment, and of the key
 */
export async function openDoctor(
  { from, profile }: DoctorSource,
  environment: Environment,
  now: () => Instant,
): Promise<DoctorPorts> {
  const chosen = chosenSettings(from, environment);
  const configuration = readConfiguration(chosen.environment, chosen.region);
  const sts = stsTarget(environment['STS_ENDPOINT']);
  const fcAt = (accountId: string, region: string): URL =>
    fcTarget(environment['FC_ENDPOINT'], { accountId, region });
  fcAt('0', 'cn-hangzhou');
  const credentials = await credentialsFor(profile);
  const region = chosen.region ?? onlyOf(configuration.regions);
  return {
    source: chosen.source,
    configuration,
    expected: expectedFunctions(chosen),
    now,
    mask: maskOf(credentials),
    endpoints: endpointsOf(configuration, new URL(`${sts.protocol}//${sts.host}`)),
    knock: (url) => knock(url, now),
    caller: () => callerOf(sts, credentials),
    functionCompute: async (accountId) => {
      if (region === undefined) return undefined;
      const url = fcAt(accountId, region);
      const { openFunctionCompute } = await import('../../alibaba/fc/sdk-api.ts');
      return { url, fc: openFunctionCompute(url, region, credentials) };
    },
    ...ecsPorts(configuration, credentials),
    ...tablePorts(configuration, credentials),
    ownRights: () => ownRights(configuration, credentials),
    notices: async (isSent) => {
      const { channels: addresses, notices } = configuration;
      const channels = openChannels(addresses, { clock: { now }, post: postByFetch });
      const names = channels.map(({ name }) => name);
      if (!isSent) return { channels: names };
      const sample = sampleOf(notices, now());
      const answers = await Promise.all(
        channels.map(async (channel) => ({ name: channel.name, outcome: await channel.tell(sample) })),
      );
      return { channels: names, answers };
    },
  };
}

/** Where the environment has the settings, nobody says the region of the functions. One region is a good guess. */
function onlyOf(regions: readonly string[]): string | undefined {
  return regions.length === 1 ? regions[0] : undefined;
}

function endpointsOf({ regions, ecs, tablestore }: Configuration, sts: URL): DoctorPorts['endpoints'] {
  return [
    ...regions.map((regionId) => ({
      what: ecsIn(regionId),
      url: ecsUrl(regionId, ecs.endpoint),
      setting: `Correct ${regionId} in regions, or ecsEndpoint, in your settings. A firewall or a proxy may be in between, too.`,
    })),
    {
      what: `Tablestore (${tablestore.instance})`,
      url: new URL(tablestore.endpoint),
      setting:
        'Correct tablestoreInstance and tablestoreEndpoint in your settings, and open the network access of the instance in its console.',
    },
    {
      what: 'STS',
      url: sts,
      setting: 'Set STS_ENDPOINT in the environment to an endpoint that this network reaches.',
    },
  ];
}

function ecsPorts({ ecs }: Configuration, credentials: Credentials): Pick<DoctorPorts, 'instances'> {
  const api = ecsAtEdge(openEcsApiLate(ecs, credentials), maskOf(credentials));
  const read = readsOf(api, { clock: systemClock });
  return { instances: (regionId) => allInstances(read, regionId) };
}

function tablePorts(
  { tablestore, tables }: Configuration,
  credentials: Credentials,
): Pick<DoctorPorts, 'tables' | 'rows' | 'stops' | 'runs' | 'close'> {
  const connections = connectionsTo(tablestore);
  const client = openClient(tablestore, credentials, connections);
  const calls = tablestoreAtEdge(tablestoreOf(client), maskOf(credentials));
  const table = { tablestore: calls, table: tables.plans, clock: systemClock };
  return {
    tables: tableDesigns(tables).map((design) => ({
      name: design.name,
      look: () => lookAtTable(client, design),
    })),
    rows: async () =>
      (await openHandRows(table).all()).map(({ cells, ...row }) => ({
        ...row,
        hasDueAt: cells['due_at'] !== undefined,
      })),
    stops: () => openHandStops(table).all(),
    runs: () => readRuns(retryingReads(calls, systemClock), tables.history),
    close: () => connections.destroy(),
  };
}
