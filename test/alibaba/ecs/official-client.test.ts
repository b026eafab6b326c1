// The official client as everyone uses it, `@alicloud/ecs20140526` with the Config of `@alicloud/openapi-client`, on the
// local ECS: what the adapter leaves out of it for the sake of a quick start is not what makes the two fit.
import { createRequire } from 'node:module';
import type Ecs from '@alicloud/ecs20140526';
import type OpenApiClient from '@alicloud/openapi-client';
import { expect, it, onTestFinished } from 'vitest';
import { day, ecsWorld, june1 } from './world.ts';

const load = createRequire(import.meta.url);
const ecs = load('@alicloud/ecs20140526') as typeof Ecs;
const { Config } = load('@alicloud/openapi-client') as typeof OpenApiClient;

it('reads an event, restarts its instance, and sees the event Avoided', async () => {
  const { core, server, pass } = await ecsWorld((close) => onTestFinished(close));
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
  // Two packages, two classes of one shape: this is what the client's own documentation does.
  const config: unknown = new Config({
    endpoint: server.endpoint.replace('http://', ''),
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
    accessKeyId: 'key',
    accessKeySecret: 'secret',
  });
  const client = new ecs.default(config as ConstructorParameters<typeof ecs.default>[0]);

  const scheduled = await client.describeInstancesFullStatus(
    new ecs.DescribeInstancesFullStatusRequest({ regionId: 'cn-hangzhou', instanceId: ['i-1'] }),
  );
  const [status] = scheduled.body?.instanceFullStatusSet?.instanceFullStatusType ?? [];
  expect(status?.scheduledSystemEventSet?.scheduledSystemEventType).toMatchObject([
    { eventId: 'e-1', eventType: { name: 'SystemMaintenance.Reboot' }, notBefore: '2026-06-02T00:00:00Z' },
  ]);

  await client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: 'i-1' }));
  // Stopping for 10 s, Starting for 20 s, and Avoided 5 s later.
  pass(35_000);

  const history = await client.describeInstanceHistoryEvents(
    new ecs.DescribeInstanceHistoryEventsRequest({
      regionId: 'cn-hangzhou',
      eventId: ['e-1'],
      maxResults: 10,
    }),
  );
  expect(history.body?.instanceSystemEventSet?.instanceSystemEventType).toMatchObject([
    { eventId: 'e-1', instanceId: 'i-1', eventCycleStatus: { name: 'Avoided' } },
  ]);
});
