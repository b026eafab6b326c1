// The official client, `@alicloud/ecs20140526` with the Config of `@alicloud/openapi-client`, against the local ECS. The
// adapter uses only parts of that client; this proves that the local ECS also works with the whole.
import { createRequire } from 'node:module';
import type Ecs from '@alicloud/ecs20140526';
import type OpenApiClient from '@alicloud/openapi-client';
import { expect, it, onTestFinished } from 'vitest';
import { day, ecsOnLoopback, june1 } from './ecs-on-loopback.ts';

const load = createRequire(import.meta.url);
const ecs = load('@alicloud/ecs20140526') as typeof Ecs;
const { Config } = load('@alicloud/openapi-client') as typeof OpenApiClient;

/** The client, as its own documentation opens it. */
function clientFor(endpoint: string): InstanceType<typeof Ecs.default> {
  // Two packages have classes of the same shape. The documentation passes one as the other.
  const config: unknown = new Config({
    endpoint: endpoint.replace('http://', ''),
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
    accessKeyId: 'key',
    accessKeySecret: 'secret',
  });
  return new ecs.default(config as ConstructorParameters<typeof ecs.default>[0]);
}

it('reads an event, restarts its instance, and sees the event become Avoided', async () => {
  const { core, server, pass } = await ecsOnLoopback((close) => onTestFinished(close));
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
  const client = clientFor(server.endpoint);

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

it('reads the windows that owners set in ECS', async () => {
  const { core, server } = await ecsOnLoopback((close) => onTestFinished(close));
  core.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    resourceGroupId: 'rg-1',
    maintenanceWindow: { start: '02:00:00', end: '06:00:00' },
  });
  core.addPlanMaintenanceWindow({
    id: 'pw-1',
    name: 'nightly',
    target: { tags: { team: 'blue' } },
    period: { unit: 'Daily', ranges: [{ start: '18:00', end: '21:00' }] },
  });
  core.addPlanMaintenanceWindow({
    id: 'pw-2',
    enable: false,
    target: { resourceGroupId: 'rg-1' },
    period: { unit: 'Weekly', ranges: [{ start: 'Monday,22:00', end: 'Tuesday,03:00' }] },
  });
  const client = clientFor(server.endpoint);

  const instances = await client.describeInstances(
    new ecs.DescribeInstancesRequest({ regionId: 'cn-hangzhou', instanceIds: '["i-1"]' }),
  );
  expect(instances.body?.instances?.instance).toMatchObject([{ resourceGroupId: 'rg-1' }]);

  const attributes = await client.describeInstanceMaintenanceAttributes(
    new ecs.DescribeInstanceMaintenanceAttributesRequest({
      regionId: 'cn-hangzhou',
      instanceId: ['i-1', 'i-2'],
      pageSize: 100,
    }),
  );
  expect(attributes.body?.totalCount).toBe(1);
  expect(attributes.body?.maintenanceAttributes?.maintenanceAttribute).toMatchObject([
    {
      instanceId: 'i-1',
      maintenanceWindows: { maintenanceWindow: [{ startTime: '02:00:00', endTime: '06:00:00' }] },
      actionOnMaintenance: {
        value: 'AutoRecover',
        supportedValues: { supportedValue: ['Stop', 'AutoRecover'] },
      },
      notifyOnMaintenance: false,
    },
  ]);

  const windows = await client.describePlanMaintenanceWindows(
    new ecs.DescribePlanMaintenanceWindowsRequest({ regionId: 'cn-hangzhou', maxResults: 100 }),
  );
  expect(windows.body?.planMaintenanceWindowList).toMatchObject([
    {
      planWindowId: 'pw-1',
      planWindowName: 'nightly',
      enable: true,
      supportMaintenanceAction: 'Reboot',
      targetResource: { scope: 'Tag', tags: [{ key: 'team', value: 'blue' }] },
      timePeriod: { periodUnit: 'Daily', rangeList: [{ startTime: '18:00', endTime: '21:00' }] },
      createTime: '2026-06-01T00:00:00Z',
    },
    {
      planWindowId: 'pw-2',
      enable: false,
      targetResource: { scope: 'ResourceGroup', resourceGroupId: 'rg-1' },
      timePeriod: {
        periodUnit: 'Weekly',
        rangeList: [{ startTime: 'Monday,22:00', endTime: 'Tuesday,03:00' }],
      },
    },
  ]);

  const disabled = await client.describePlanMaintenanceWindows(
    new ecs.DescribePlanMaintenanceWindowsRequest({ regionId: 'cn-hangzhou', enable: false }),
  );
  expect(disabled.body?.planMaintenanceWindowList?.map(({ planWindowId }) => planWindowId)).toEqual(['pw-2']);
});
