// What the wire tests start with: an endpoint on loopback, and the official client connected to it.
import { createRequire } from 'node:module';
import type Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { onTestFinished } from 'vitest';
import { Faults } from '../../faults.ts';
import { emptyEcs, type TestEcs } from '../test-ecs.ts';
import { startEcs } from '../server.ts';
import type { EcsServer, EcsServerSettings } from '../server.ts';
import type { EcsOptions } from '../core/types.ts';

// The package is CommonJS with a default export. Node and Vitest put it in different places of an ES import.
/** The whole official package. Its client is `default`. */
export const ecs = createRequire(import.meta.url)('@alicloud/ecs20140526') as typeof Ecs;
/** The client of the official package. */
export type EcsClient = InstanceType<typeof Ecs.default>;

/** Makes a client for the endpoint. Default timeouts: those of the SDK. */
export function clientFor(endpoint: string, settings: Record<string, unknown> = {}): EcsClient {
  return new ecs.default(
    new $OpenApiUtil.Config({
      endpoint: endpoint.replace('http://', ''),
      protocol: 'HTTP',
      regionId: 'cn-hangzhou',
      accessKeyId: 'key',
      accessKeySecret: 'secret',
      ...settings,
    }),
  );
}

/** Starts an empty ECS with an endpoint, and a client for it. The endpoint closes when the test ends. */
export async function localEcs(
  settings: Partial<EcsServerSettings> = {},
  options: Partial<EcsOptions> = {},
): Promise<TestEcs & { faults: Faults; server: EcsServer; client: EcsClient }> {
  const local = emptyEcs(options);
  const faults = new Faults();
  const server = await startEcs({
    core: local.core,
    clock: local.clock,
    faults,
    credentials: (id) => (id === 'key' ? { secret: 'secret' } : undefined),
    signingNow: Date.now,
    ...settings,
  });
  onTestFinished(() => server.close());
  return { ...local, faults, server, client: clientFor(server.endpoint) };
}
