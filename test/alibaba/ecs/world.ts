// What the tests of the ECS adapter start from: the local ECS on a clock that stands still, and the port Ecs on
// Alibaba's SDK, pointed at it over a socket.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEcsApi } from '../../../lib/alibaba/ecs/sdk-api.ts';
import { openEcs } from '../../../lib/alibaba/ecs/ecs.ts';
import type { Credentials } from '../../../lib/alibaba/credentials.ts';
import type { Ecs } from '../../../lib/ports.ts';
import type { CallEntry } from '../../cloud/ecs/core/journal.ts';
import { startEcs, type EcsServer } from '../../cloud/ecs/server.ts';
import { smallWorld } from '../../cloud/ecs/small-world.ts';
import type { CredentialLookup } from '../../cloud/ecs/wire/authenticate.ts';
import { Faults } from '../../cloud/faults.ts';
import { instantClock, type InstantClock } from '../instant-clock.ts';

export { day, june1, minute } from '../../cloud/ecs/small-world.ts';

const key: Credentials = { accessKeyId: 'key', accessKeySecret: 'secret' };

/** A port Ecs at an endpoint, whose pauses take no time. */
export function ecsAt(endpoint: string, credentials: Credentials = key): { ecs: Ecs; pauses: number[] } {
  const clock: InstantClock = instantClock();
  return { ecs: openEcs(openEcsApi({ endpoint }, credentials), clock), pauses: clock.pauses };
}

export type EcsWorld = ReturnType<typeof smallWorld> & {
  faults: Faults;
  server: EcsServer;
  ecs: Ecs;
  pauses: number[];
  /** The calls of an action so far. */
  calls: (action: string) => Readonly<CallEntry>[];
};

/** A local ECS without instances, and the port on it; `atEnd` is told how to close it. */
export async function ecsWorld(
  atEnd: (close: () => Promise<void>) => void,
  credentials: CredentialLookup = (id) => (id === 'key' ? { secret: 'secret' } : undefined),
): Promise<EcsWorld> {
  const world = smallWorld();
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

/** An endpoint that answers every call with 200 and this body; gives back its address. */
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
