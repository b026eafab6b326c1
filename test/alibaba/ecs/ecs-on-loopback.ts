// The start of each test of the ECS adapter: the local ECS on a clock that stands still, and the ports Ecs, Backups and
// Commands, which reach it through Alibaba's SDK over a socket.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { openEcsApi } from '../../../lib/alibaba/ecs/sdk-api.ts';
import { openBackups } from '../../../lib/alibaba/ecs/backups.ts';
import { openCommands } from '../../../lib/alibaba/ecs/commands.ts';
import { openEcs } from '../../../lib/alibaba/ecs/ecs.ts';
import type { Credentials } from '../../../lib/alibaba/credentials.ts';
import type { Backups, Commands, Ecs } from '../../../lib/ports.ts';
import type { CallEntry } from '../../cloud/ecs/core/journal.ts';
import type { EcsOptions } from '../../cloud/ecs/core/types.ts';
import { startEcs, type EcsServer } from '../../cloud/ecs/server.ts';
import { emptyEcs, type TestEcs } from '../../cloud/ecs/test-ecs.ts';
import type { CredentialLookup } from '../../cloud/ecs/wire/authenticate.ts';
import { Faults } from '../../cloud/faults.ts';
import { instantClock, type InstantClock } from '../instant-clock.ts';

export { day, june1, minute, second } from '../../cloud/ecs/test-ecs.ts';

const key: Credentials = { accessKeyId: 'key', accessKeySecret: 'secret' };

export interface EcsPorts {
  ecs: Ecs;
  backups: Backups;
  commands: Commands;
  /** Milliseconds of every pause so far. */
  pauses: number[];
}

/** The ports at an endpoint. Their pauses take no time. Reads start no attempt after `giveUpAt`. */
export function ecsAt(endpoint: string, credentials: Credentials = key, giveUpAt?: string): EcsPorts {
  const clock: InstantClock = instantClock();
  const timing = { clock, ...(giveUpAt === undefined ? {} : { giveUpAt: Temporal.Instant.from(giveUpAt) }) };
  const api = openEcsApi({ endpoint }, credentials);
  return {
    ecs: openEcs(api, timing),
    backups: openBackups(api, timing),
    commands: openCommands(api, timing),
    pauses: clock.pauses,
  };
}

export type EcsOnLoopback = TestEcs &
  EcsPorts & {
    faults: Faults;
    server: EcsServer;
    /** The calls of an action so far. */
    calls: (action: string) => Readonly<CallEntry>[];
  };

/** A local ECS without instances, and the ports on it. `atEnd` gets the function that closes it. */
export async function ecsOnLoopback(
  atEnd: (close: () => Promise<void>) => void,
  credentials: CredentialLookup = (id) => (id === 'key' ? { secret: 'secret' } : undefined),
  options: Partial<EcsOptions> = {},
): Promise<EcsOnLoopback> {
  const world = emptyEcs(options);
  const faults = new Faults();
  const server = await startEcs({
    core: world.core,
    clock: world.clock,
    faults,
    credentials,
    signingNow: Date.now,
  });
  atEnd(() => server.close());
  const calls = (action: string): Readonly<CallEntry>[] => world.core.record.calls(action);
  return { ...world, faults, server, calls, ...ecsAt(server.endpoint) };
}

/** Starts an endpoint that answers every call with 200 and this body. Returns its address. */
export async function answering(atEnd: (close: () => Promise<void>) => void, body: object): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
