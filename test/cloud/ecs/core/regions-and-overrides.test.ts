import { expect, test } from 'vitest';
import { day, hour, june1, emptyEcs } from '../test-ecs.ts';
import { fullStatus, fullStatusIds, historyIds } from './reads.ts';

test('a call sees only the instances and events of its region', () => {
  const { core } = emptyEcs();
  for (const region of ['cn-hangzhou', 'cn-shanghai']) {
    core.addInstance({ id: `i-${region}`, regionId: region });
    core.addEvent({ id: `e-${region}`, instanceId: `i-${region}`, notBefore: june1 + day });
  }
  const inShanghai = { RegionId: 'cn-shanghai', EventCycleStatus: 'Scheduled' };
  expect(historyIds(core, inShanghai)).toEqual(['e-cn-shanghai']);
  expect(fullStatusIds(core, inShanghai)).toEqual([['i-cn-shanghai', 'e-cn-shanghai']]);
  expect(historyIds(core, { ...inShanghai, 'EventId.1': 'e-cn-hangzhou' })).toEqual([]);
  expect(core.call('DescribeInstances', { RegionId: 'cn-shanghai' })).toMatchObject({ TotalCount: 1 });
});

test('an override replaces fields of an answer, removes those set to undefined, and can change by script', () => {
  const { core, pass } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', override: { Status: 'Hibernating' } });
  core.addEvent({
    id: 'e-1',
    instanceId: 'i-1',
    notBefore: june1 + day,
    override: { NotBefore: 'soon', EventType: undefined },
  });
  core.schedule(june1 + hour, {
    kind: 'event-overridden',
    eventId: 'e-1',
    override: { EventCycleStatus: { Name: 'Postponed' } },
  });
  const event = () =>
    fullStatus(core).InstanceFullStatusSet.InstanceFullStatusType[0]?.ScheduledSystemEventSet
      .ScheduledSystemEventType[0];
  expect(event()).toMatchObject({ EventId: 'e-1', NotBefore: 'soon' });
  expect(event()).not.toHaveProperty('EventType');
  pass(hour);
  expect(event()).toMatchObject({
    NotBefore: '2026-06-02T00:00:00Z',
    EventType: { Name: 'SystemMaintenance.Reboot' },
    EventCycleStatus: { Name: 'Postponed' },
  });
  expect(core.call('DescribeInstances', { RegionId: 'cn-hangzhou' })).toMatchObject({
    Instances: { Instance: [{ InstanceId: 'i-1', Status: 'Hibernating' }] },
  });
});

test('an override of the full status replaces fields there and nowhere else, and can change by script', () => {
  const { core, pass } = emptyEcs();
  const fullStatusOverride = { HealthStatus: null, Status: undefined };
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', fullStatusOverride });
  core.schedule(june1 + hour, { kind: 'full-status-overridden', instanceId: 'i-1', override: {} });
  const item = () => fullStatus(core).InstanceFullStatusSet.InstanceFullStatusType[0];
  const events = { ScheduledSystemEventType: [] };
  expect(item()).toEqual({ InstanceId: 'i-1', HealthStatus: null, ScheduledSystemEventSet: events });
  expect(core.call('DescribeInstances', { RegionId: 'cn-hangzhou' })).toMatchObject({
    Instances: { Instance: [{ InstanceId: 'i-1', Status: 'Running' }] },
  });
  pass(hour);
  expect(item()).toMatchObject({ Status: { Name: 'Running' }, HealthStatus: { Name: 'Ok' } });
});

test('DescribeRegions lists the regions that exist', () => {
  const { core } = emptyEcs({ regions: ['cn-hangzhou', 'us-west-1'] });
  expect(core.call('DescribeRegions', {})).toMatchObject({
    Regions: {
      Region: [
        { RegionId: 'cn-hangzhou', RegionEndpoint: 'ecs.cn-hangzhou.aliyuncs.com' },
        { RegionId: 'us-west-1' },
      ],
    },
  });
});
