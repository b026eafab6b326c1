// Opens the account that the options name: settings of the environment or of an s.yaml, and the key of the default chain or of
// a profile.
import { readFileSync } from 'node:fs';
import { credentialsOfProfile, defaultCredentials, maskOf } from '../../alibaba/credentials.ts';
import { tablestoreAtEdge } from '../../alibaba/edge.ts';
import { openHandRows } from '../../alibaba/tablestore/hand-edits.ts';
import { connectionsTo, openClient, tablestoreOf } from '../../alibaba/tablestore/sdk-api.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readRules, readTablestoreConfiguration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { environmentIn } from '../deployment/deployment.ts';
import type { Account, AccountOptions } from './ports.ts';

/**
 * Opens it. Nothing is called before the first read.
 * @throws ConfigurationError with every fault
 */
export async function openAccount(
  { from, profile }: AccountOptions,
  environment: Environment,
): Promise<Account> {
  const settings =
    from === undefined ? environment : environmentIn(from, (file) => readFileSync(file, 'utf8')).environment;
  const { tablestore, tables } = readTablestoreConfiguration(settings);
  const rules = readRules(settings);
  const credentials = await (profile === undefined ? defaultCredentials() : credentialsOfProfile(profile));
  const connections = connectionsTo(tablestore);
  const client = tablestoreOf(openClient(tablestore, credentials, connections));
  return {
    rows: openHandRows({
      tablestore: tablestoreAtEdge(client, maskOf(credentials)),
      table: tables.plans,
      clock: systemClock,
    }),
    rules,
    close: () => connections.destroy(),
  };
}
