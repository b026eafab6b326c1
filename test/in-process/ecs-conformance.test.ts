// One suite for both ways to the local ECS: Alibaba's SDK over a socket, and no socket. It proves that the simulation sees
// what the wire shows. Here: calls and answers. Refusals and faults are in ecs-faults-conformance.test.ts.
import { expect, it } from 'vitest';
import { readRequestId } from '../../lib/alibaba/ecs/answers.ts';
import { readEventPage } from '../../lib/alibaba/ecs/event-answers.ts';
import { readHealth } from '../../lib/alibaba/ecs/health-answers.ts';
import { readInstancePage } from '../../lib/alibaba/ecs/instance-answers.ts';
import { readOwnWindows, readPlanWindowPage } from '../../lib/alibaba/ecs/window-answers.ts';
import { eventStatuses } from '../../lib/plan/event.ts';
import { day, june1, second } from '../cloud/ecs/test-ecs.ts';
import { onEachWayToEcs, type LocalEcs } from './ways.ts';

/** Two instances with an event each, and a third in another region. */
function populate({ core }: LocalEcs): void {
  for (const [number, regionId] of ['cn-hangzhou', 'cn-hangzhou', 'cn-shanghai'].entries()) {
    core.addInstance({ id: `i-${number}`, regionId, name: `web-${number}`, tags: { team: 'ops' } });
    core.addEvent({ id: `e-${number}`, instanceId: `i-${number}`, notBefore: june1 + day, ...reasons });
  }
}

const reasons = {
  reason: 'Maintenance of the underlying host',
  reasonCode: 'HostMaintenance',
  impactLevel: 100,
};

const list = { regionId: 'cn-hangzhou', instanceEventCycleStatus: [...eventStatuses], maxResults: 10 };
const instances = { regionId: 'cn-hangzhou', maxResults: 100 };
const requestId = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

const flatStatuses = {
  'InstanceEventCycleStatus.1': 'Inquiring',
  'InstanceEventCycleStatus.2': 'Scheduled',
  'InstanceEventCycleStatus.3': 'Executing',
  'InstanceEventCycleStatus.4': 'Executed',
  'InstanceEventCycleStatus.5': 'Avoided',
  'InstanceEventCycleStatus.6': 'Canceled',
  'InstanceEventCycleStatus.7': 'Failed',
};

const eventJson = (number: number): object => ({
  EventId: `e-${number}`,
  InstanceId: `i-${number}`,
  EventType: { Name: 'SystemMaintenance.Reboot' },
  EventCycleStatus: { Name: 'Scheduled', Code: 24 },
  EventPublishTime: '2026-06-01T00:00:00Z',
  NotBefore: '2026-06-02T00:00:00Z',
  Reason: 'Maintenance of the underlying host',
  ReasonCode: 'HostMaintenance',
  ImpactLevel: 100,
  ResourceType: 'instance',
  ExtendedAttribute: { InitialNotBefore: '2026-06-02T00:00:00Z' },
});

/** An instance in Hangzhou, by its number and the end of its address. */
const instanceJson = (number: number, host: number, startTime = '2026-06-01T00:00Z'): object => ({
  InstanceId: `i-${number}`,
  InstanceName: `web-${number}`,
  HostName: `web-${number}`,
  RegionId: 'cn-hangzhou',
  ZoneId: 'cn-hangzhou-a',
  Status: 'Running',
  InstanceType: 'ecs.g7.large',
  InstanceNetworkType: 'vpc',
  CreationTime: '2026-06-01T00:00Z',
  StartTime: startTime,
  OperationLocks: { LockReason: [] },
  Tags: { Tag: [{ TagKey: 'team', TagValue: 'ops' }] },
  PublicIpAddress: { IpAddress: [] },
  InnerIpAddress: { IpAddress: [] },
  VpcAttributes: { PrivateIpAddress: { IpAddress: [`10.0.0.${host}`] } },
});

/** The answer of a page. The counts mean nothing if tokens are used. */
const historyJson = (events: readonly object[], n = 1): object => ({
  TotalCount: 0,
  PageNumber: 0,
  PageSize: 0,
  InstanceSystemEventSet: { InstanceSystemEventType: events },
  RequestId: requestId(n),
});

const instancesJson = (found: readonly object[], n = 1): object => ({
  TotalCount: 0,
  PageNumber: 0,
  PageSize: 0,
  Instances: { Instance: found },
  RequestId: requestId(n),
});

onEachWayToEcs((open) => {
  it('lists the events of a region', async () => {
    const world = await open();
    populate(world);
    const body = await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', list);
    expect(body).toStrictEqual(historyJson([eventJson(1), eventJson(0)]));
    expect(readEventPage(body).items.events.map((event) => event.eventId)).toEqual(['e-1', 'e-0']);
    expect(readRequestId(body)).toBe('00000000-0000-4000-8000-000000000001');
  });

  it('gives instances by id, with tags and status, but not those of other regions', async () => {
    const world = await open();
    populate(world);
    const ask = { ...instances, instanceIds: '["i-1","i-2","i-9","i-0"]' };
    const body = await world.api.call('cn-hangzhou', 'DescribeInstances', ask);
    expect(body).toStrictEqual(instancesJson([instanceJson(0, 1), instanceJson(1, 2)]));
    expect(readInstancePage(body).items.instances.map((instance) => instance.name)).toEqual([
      'web-0',
      'web-1',
    ]);
    const elsewhere = { ...ask, regionId: 'us-west-1' };
    expect(await world.api.call('us-west-1', 'DescribeInstances', elsewhere)).toStrictEqual(
      instancesJson([], 2),
    );
  });

  it('answers a restart with a request id only, and shows its course', async () => {
    const world = await open();
    populate(world);
    const { api, core, pass } = world;
    expect(
      await api.call('cn-hangzhou', 'RebootInstance', { instanceId: 'i-0', forceStop: false }),
    ).toStrictEqual({ RequestId: requestId(1) });
    const ask = { ...instances, instanceIds: '["i-0"]' };
    const statusAfter = async (ms: number): Promise<unknown> => {
      pass(ms);
      return readInstancePage(await api.call('cn-hangzhou', 'DescribeInstances', ask)).items.instances[0]
        ?.status;
    };
    expect(await statusAfter(0)).toBe('Starting');
    expect(await statusAfter(29 * second)).toBe('Starting');
    expect(await statusAfter(1 * second)).toBe('Running');
    pass(5 * second);
    const events = await api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', {
      ...list,
      eventId: ['e-0'],
    });
    expect(events).toStrictEqual(
      historyJson(
        [
          {
            ...eventJson(0),
            EventCycleStatus: { Name: 'Avoided', Code: 8 },
            EventFinishTime: '2026-06-01T00:00:35Z',
          },
        ],
        5,
      ),
    );
    expect(core.instances()[0]?.restarts).toEqual({ api: 1, owner: 0, guest: 0, ecs: 0 });
  });

  it('restarts by force if the call says so', async () => {
    const world = await open();
    populate(world);
    await world.api.call('cn-hangzhou', 'RebootInstance', { instanceId: 'i-0', forceStop: true });
    world.pass(22 * second);
    expect(world.core.instances()[0]?.status).toBe('Running');
  });

  it('filters by lists of ids and types', async () => {
    const world = await open();
    populate(world);
    const ask = { ...list, eventId: ['e-0', 'e-9'], instanceEventType: ['SystemMaintenance.Reboot'] };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', ask)).toStrictEqual(
      historyJson([eventJson(0)]),
    );
    const other = { ...list, instanceEventType: ['SystemMaintenance.Redeploy'] };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', other)).toStrictEqual(
      historyJson([], 2),
    );
  });

  it('leaves out open events if no status is named', async () => {
    const world = await open();
    populate(world);
    world.core.schedule(june1, { kind: 'event-ended', eventId: 'e-0', status: 'Canceled' });
    const ask = { ...list, instanceEventCycleStatus: [] };
    const body = await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', ask);
    expect(readEventPage(body).items.events.map((event) => [event.eventId, event.status])).toEqual([
      ['e-0', 'Canceled'],
    ]);
  });

  it('sends lists flat, and numbers and booleans as text', async () => {
    const { api, core } = await open();
    core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou' });
    await api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', {
      ...list,
      eventId: ['e-1', 'e-2'],
      instanceEventType: ['SystemMaintenance.Reboot', 'Some.Thing'],
    });
    await api.call('cn-hangzhou', 'DescribeInstances', { ...instances, instanceIds: '["i-0"]' });
    await api.call('cn-hangzhou', 'RebootInstance', { instanceId: 'i-0', forceStop: false });
    expect(core.record.calls().map(({ action, params }) => ({ action, params }))).toEqual([
      {
        action: 'DescribeInstanceHistoryEvents',
        params: {
          RegionId: 'cn-hangzhou',
          'EventId.1': 'e-1',
          'EventId.2': 'e-2',
          'InstanceEventType.1': 'SystemMaintenance.Reboot',
          'InstanceEventType.2': 'Some.Thing',
          ...flatStatuses,
          MaxResults: '10',
        },
      },
      {
        action: 'DescribeInstances',
        params: { RegionId: 'cn-hangzhou', InstanceIds: '["i-0"]', MaxResults: '100' },
      },
      { action: 'RebootInstance', params: { InstanceId: 'i-0', ForceStop: 'false' } },
    ]);
  });

  it('leaves an empty list out of the call', async () => {
    const { api, core } = await open();
    const ask = { ...list, eventId: [], instanceEventType: [] };
    await api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', ask);
    expect(core.record.calls()[0]?.params).toEqual({
      RegionId: 'cn-hangzhou',
      ...flatStatuses,
      MaxResults: '10',
    });
  });

  it('sends any text unchanged', async () => {
    const { api, core } = await open();
    const eventId = ["a b+c&d=e%20~*'()!/?#;", 'ü在😀', 'line\nbreak'];
    await api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', { ...list, eventId });
    expect(core.record.calls()[0]?.params).toMatchObject({
      'EventId.1': "a b+c&d=e%20~*'()!/?#;",
      'EventId.2': 'ü在😀',
      'EventId.3': 'line\nbreak',
    });
  });

  it('continues at the token of a page, and the last page has no token', async () => {
    const world = await open();
    for (let number = 0; number < 22; number += 1) {
      world.core.addInstance({ id: `i-${number}`, regionId: 'cn-hangzhou' });
      world.core.addEvent({ id: `e-${number}`, instanceId: `i-${number}`, notBefore: june1 + day });
    }
    const page = async (nextToken?: string): Promise<{ ids: string[]; next?: string }> => {
      const ask = { ...list, maxResults: 5, ...(nextToken === undefined ? {} : { nextToken }) };
      const read = readEventPage(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', ask));
      const ids = read.items.events.map((event) => event.eventId);
      return { ids, ...(read.nextToken === undefined ? {} : { next: read.nextToken }) };
    };
    const first = await page();
    // An event that is published meanwhile does not shift the pages. It may come on one of them.
    world.core.addEvent({ id: 'e-new', instanceId: 'i-0', notBefore: june1 + day });
    const second = await page(first.next);
    const third = await page(second.next);
    expect([first.ids.length, second.ids.length, third.next]).toEqual([10, 10, undefined]);
    const found = [...first.ids, ...second.ids, ...third.ids].filter((id) => id !== 'e-new');
    expect(found.toSorted()).toEqual(Array.from({ length: 22 }, (_, number) => `e-${number}`).toSorted());
  });

  it('pages through instances in the same way', async () => {
    const world = await open();
    for (let number = 0; number < 12; number += 1) {
      world.core.addInstance({ id: `i-${number}`, regionId: 'cn-hangzhou' });
    }
    const ask = { ...instances, instanceIds: '', maxResults: 10 };
    const first = readInstancePage(await world.api.call('cn-hangzhou', 'DescribeInstances', ask));
    expect(first.items.instances).toHaveLength(10);
    const { nextToken = '' } = first;
    const rest = await world.api.call('cn-hangzhou', 'DescribeInstances', { ...ask, nextToken });
    expect(readInstancePage(rest).items.instances.map((instance) => instance.instanceId)).toEqual([
      'i-10',
      'i-11',
    ]);
    expect(rest).not.toHaveProperty('NextToken');
  });

  it('gives the windows of instances by id', async () => {
    const { api, core } = await open();
    const maintenanceWindow = { start: '22:00:00', end: '03:00:00' };
    core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou', maintenanceWindow });
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', maintenanceWindow });
    const ask = { regionId: 'cn-hangzhou', instanceId: ['i-0', 'i-1', 'i-9'], pageSize: 100 };
    const body = await api.call('cn-hangzhou', 'DescribeInstanceMaintenanceAttributes', ask);
    const attributes = (id: string, windows: readonly object[]): object => ({
      InstanceId: id,
      MaintenanceWindows: { MaintenanceWindow: windows },
      ActionOnMaintenance: {
        Value: 'AutoRecover',
        DefaultValue: 'AutoRecover',
        SupportedValues: { SupportedValue: ['Stop', 'AutoRecover'] },
      },
      NotifyOnMaintenance: false,
    });
    expect(body).toStrictEqual({
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 100,
      MaintenanceAttributes: {
        MaintenanceAttribute: [
          attributes('i-0', [{ StartTime: '22:00:00', EndTime: '03:00:00' }]),
          attributes('i-1', []),
        ],
      },
      RequestId: requestId(1),
    });
    expect(readOwnWindows(body)).toEqual({
      windows: new Map<string, unknown>([
        ['i-0', { text: 'daily 22:00-03:00', timeZone: 'Asia/Shanghai' }],
        ['i-1', 'none'],
      ]),
      hasNameless: false,
      faults: [],
    });
    expect(core.record.calls()[0]?.params).toEqual({
      RegionId: 'cn-hangzhou',
      'InstanceId.1': 'i-0',
      'InstanceId.2': 'i-1',
      'InstanceId.3': 'i-9',
      PageSize: '100',
    });
  });

  it('lists the account’s O&M windows, page by page', async () => {
    const { api, core } = await open();
    for (let number = 0; number < 12; number += 1) {
      core.addPlanMaintenanceWindow({
        id: `pw-${number}`,
        target: number === 0 ? { tags: { team: 'ops' } } : { resourceGroupId: 'rg-1' },
        period: { unit: 'Weekly', ranges: [{ start: 'Monday,22:00', end: 'Tuesday,03:00' }] },
      });
    }
    const ask = { regionId: 'cn-hangzhou', maxResults: 10 };
    const body = await api.call('cn-hangzhou', 'DescribePlanMaintenanceWindows', ask);
    expect(body).toMatchObject({
      PlanMaintenanceWindowList: [
        {
          PlanWindowId: 'pw-0',
          PlanWindowName: 'pw-0',
          Enable: true,
          SupportMaintenanceAction: 'Reboot',
          TargetResource: { Scope: 'Tag', Tags: [{ Key: 'team', Value: 'ops' }] },
          TimePeriod: {
            PeriodUnit: 'Weekly',
            RangeList: [{ StartTime: 'Monday,22:00', EndTime: 'Tuesday,03:00' }],
          },
        },
        { TargetResource: { Scope: 'ResourceGroup', ResourceGroupId: 'rg-1' } },
        ...Array.from({ length: 8 }, () => ({})),
      ],
    });
    const { items, nextToken = '' } = readPlanWindowPage(body);
    expect(items[0]).toEqual({
      id: 'pw-0',
      target: { tags: [['team', 'ops']] },
      read: { window: { text: 'Mon 22:00-03:00', timeZone: 'UTC' } },
    });
    const rest = await api.call('cn-hangzhou', 'DescribePlanMaintenanceWindows', { ...ask, nextToken });
    expect(readPlanWindowPage(rest).items.map(({ id }) => id)).toEqual(['pw-10', 'pw-11']);
    expect(rest).not.toHaveProperty('NextToken');
    expect(core.record.calls().map(({ params }) => params)).toEqual([
      { RegionId: 'cn-hangzhou', MaxResults: '10' },
      { RegionId: 'cn-hangzhou', MaxResults: '10', NextToken: nextToken },
    ]);
  });

  it('answers an odd event in the way that JSON allows', async () => {
    const { api, core } = await open();
    core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou' });
    core.addEvent({
      id: 'e-0',
      instanceId: 'i-0',
      notBefore: june1 + day,
      ...reasons,
      override: { EventType: { Name: undefined }, NotBefore: NaN, ReasonCode: null },
    });
    const body = await api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', list);
    expect(body).toStrictEqual(
      historyJson([{ ...eventJson(0), EventType: {}, NotBefore: null, ReasonCode: null }]),
    );
    expect(readEventPage(body).items.odd).toEqual([
      {
        eventId: 'e-0',
        instanceId: 'i-0',
        faults: [
          { what: 'EventType.Name of event e-0', expected: 'a type' },
          { what: 'NotBefore of event e-0', value: 'null', expected: 'an ISO 8601 time' },
        ],
      },
    ]);
  });

  it('answers an odd health in the way that JSON allows', async () => {
    const { api, core } = await open();
    const ask = { regionId: 'cn-hangzhou', instanceId: ['i-0'], pageSize: 100 };
    const fullStatusOverride = { HealthStatus: { Name: NaN }, Status: undefined };
    core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou', fullStatusOverride });
    const body = await api.call('cn-hangzhou', 'DescribeInstancesFullStatus', ask);
    const events = { ScheduledSystemEventType: [] };
    expect(body).toMatchObject({
      InstanceFullStatusSet: {
        InstanceFullStatusType: [
          { InstanceId: 'i-0', HealthStatus: { Name: null }, ScheduledSystemEventSet: events },
        ],
      },
    });
    const expected = 'a health as in Ok or Impaired';
    expect(readHealth(body)).toEqual([
      ['i-0', { openEventIds: [], faults: [{ what: 'HealthStatus.Name of i-0', value: 'null', expected }] }],
    ]);
  });

  it('gives each caller a separate copy of the answer', async () => {
    const { api, core } = await open();
    const override = { Tags: { Tag: [{ TagKey: 'team', TagValue: 'ops' }] } };
    core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou', name: 'web-0', override });
    const ask = { ...instances, instanceIds: '["i-0"]' };
    const first = (await api.call('cn-hangzhou', 'DescribeInstances', ask)) as {
      Instances: { Instance: { Tags: { Tag: unknown[] } }[] };
    };
    first.Instances.Instance[0]?.Tags.Tag.push('added by the caller');
    expect(await api.call('cn-hangzhou', 'DescribeInstances', ask)).toStrictEqual(
      instancesJson([instanceJson(0, 1)], 2),
    );
  });
});
