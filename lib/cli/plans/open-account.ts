// Opens the account that the options name: settings of the environment or of an s.yaml, and the key of the default chain or of
// a profile.
import { randomUUID } from 'node:crypto';
import { callerIdentity, stsTarget } from '../../alibaba/caller-identity.ts';
import { credentialsFor, maskOf } from '../../alibaba/credentials.ts';
import { tablestoreAtEdge } from '../../alibaba/edge.ts';
import { openHandRows } from '../../alibaba/tablestore/hand-edits.ts';
import { openEndedPlans, openPastPlans } from '../../alibaba/tablestore/past-plans.ts';
import { openHandStops } from '../../alibaba/tablestore/hand-stops.ts';
import { retryingReads } from '../../alibaba/tablestore/read-retry.ts';
import { resumeChannels } from '../../alibaba/tablestore/resumed-channels.ts';
import { readRuns } from '../../alibaba/tablestore/run-rows.ts';
import { connectionsTo, openClient, tablestoreOf } from '../../alibaba/tablestore/sdk-api.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readRules, readTablestoreConfiguration, readWatch } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { settingsFrom } from '../deployment/sources.ts';
import type { Account, AccountOptions } from './ports.ts';

/**
 * Opens it. Nothing is called before the first read.
 * @throws ConfigurationError with every fault
 */
export async function openAccount(
  { from, profile }: AccountOptions,
  environment: Environment,
): Promise<Account> {
  const { environment: settings, region } = settingsFrom(from, environment);
  const { tablestore, tables } = readTablestoreConfiguration(settings);
  const rules = readRules(settings);
  // A setting of the commands alone: the functions ask nobody who they are.
  const sts = stsTarget(environment['STS_ENDPOINT']);
  const { timers, regions } = readWatch(settings, region);
  const credentials = await credentialsFor(profile);
  const connections = connectionsTo(tablestore);
  const client = tablestoreOf(openClient(tablestore, credentials, connections));
  const table = {
    tablestore: tablestoreAtEdge(client, maskOf(credentials)),
    table: tables.plans,
    clock: systemClock,
  };
  return {
    rows: openHandRows(table),
    past: openPastPlans({ ...table, history: tables.history }),
    ended: openEndedPlans({ ...table, history: tables.history }),
    stops: openHandStops(table),
    runs: () => readRuns(retryingReads(table.tablestore, systemClock), tables.history),
    resumeChannels: (names) => {
      const writer = `notify-test-${randomUUID().slice(0, 8)}`;
      return resumeChannels({ ...table, tables, writer }, names);
    },
    timers,
    regions,
    rules,
    identity: () => callerIdentity(sts, credentials),
    close: () => connections.destroy(),
  };
}
