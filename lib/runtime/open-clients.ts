// Opens the clients of ECS and Tablestore for one invocation, and closes their connections. They are not kept for the next one,
// because the credentials change between invocations, and because a socket that idled while the instance was frozen may be dead.
import { maskOf, type Credentials } from '../alibaba/credentials.ts';
import { ecsAtEdge, tablestoreAtEdge } from '../alibaba/edge.ts';
import type { EcsApi } from '../alibaba/ecs/api.ts';
import { openEcsApiLate } from '../alibaba/ecs/late-api.ts';
import type { ReadTiming } from '../alibaba/ecs/reads.ts';
import type { Tablestore } from '../alibaba/tablestore/api.ts';
import { connectionsTo, openClient, tablestoreOf } from '../alibaba/tablestore/sdk-api.ts';
import { readBudgetMs } from '../constants.ts';
import { plus, type Instant } from '../plan/calendar/instant.ts';
import type { Clock } from '../ports.ts';
import type { Configuration } from '../settings/configuration.ts';

/** The part of an invocation that the adapters need. */
export interface Caller {
  credentials: Credentials;
  clock: Clock;
  /** Unique. Every write carries it, which shows that the write is ours. */
  name: string;
  /** When Function Compute stops the invocation. */
  deadline: Instant;
}

/** The clients of one invocation. Errors leave them without secrets. */
export interface OpenedClients {
  /** Its SDK is loaded by the first call. */
  api: EcsApi;
  tablestore: Tablestore;
  /** Of reads of ECS. */
  timing: ReadTiming;
}

/** Opens them for `use`, and closes every connection at its end, whatever the end is. Nothing is called before `use`. */
export async function withClients<T>(
  { ecs, tablestore }: Pick<Configuration, 'ecs' | 'tablestore'>,
  { credentials, clock, deadline }: Caller,
  use: (clients: OpenedClients) => Promise<T>,
): Promise<T> {
  const mask = maskOf(credentials);
  const connections = connectionsTo(tablestore);
  const client = tablestoreOf(openClient(tablestore, credentials, connections));
  try {
    return await use({
      api: ecsAtEdge(openEcsApiLate(ecs, credentials), mask),
      tablestore: tablestoreAtEdge(client, mask),
      timing: { clock, giveUpAt: plus(deadline, -readBudgetMs) },
    });
  } finally {
    connections.destroy();
  }
}
