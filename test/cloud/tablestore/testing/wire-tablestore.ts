// A server on a virtual clock, and a real client for it.
import { VirtualClock } from '../../clock.ts';
import { Faults } from '../../faults.ts';
import { TablestoreCore, type CoreOptions } from '../core/tablestore-core.ts';
import { startTablestore, type TablestoreServer, type TablestoreServerOptions } from '../server.ts';
import { throughSdk } from './sdk-subject.ts';
import { sdk, type SdkClient } from './sdk.ts';
import { advance, START, type TestTablestore } from './subject.ts';

/** The key pair that the server accepts. */
export const ACCESS_KEY = { id: 'LTAI5tLocal', secret: 'a secret for tests' };
/** The name of the server's instance. */
export const INSTANCE = 'planner';

/** Makes a client for a running server. Retries are off by default. This setting is global to the process. */
export function clientOf(endpoint: string, more: object = {}): SdkClient {
  return new sdk.Client({
    accessKeyId: ACCESS_KEY.id,
    secretAccessKey: ACCESS_KEY.secret,
    endpoint,
    instancename: INSTANCE,
    maxRetries: 0,
    ...more,
  });
}

/** A Tablestore that is reached over a socket. */
export interface WireTablestore extends TestTablestore {
  clock: VirtualClock;
  server: TablestoreServer;
  faults: Faults;
  client: SdkClient;
}

/** Starts a server on a virtual clock, and makes a client for it. */
export async function openWireTablestore(
  options: Partial<CoreOptions> = {},
  serverOptions: Partial<TablestoreServerOptions> = {},
): Promise<WireTablestore> {
  const clock = new VirtualClock(START);
  const core = new TablestoreCore({ now: () => clock.now(), ...options });
  const faults = new Faults();
  const server = await startTablestore({
    core,
    clock,
    faults,
    instance: INSTANCE,
    credentials: (id) => (id === ACCESS_KEY.id ? { secret: ACCESS_KEY.secret } : undefined),
    ...serverOptions,
  });
  const client = clientOf(server.endpoint);
  return {
    subject: throughSdk(client),
    core,
    clock,
    start: START,
    server,
    faults,
    client,
    advance: (ms) => advance(clock, ms),
    close: () => server.close(),
  };
}
