import { describe, expect, test } from 'vitest';
import { day, june1, emptyEcs } from '../test-ecs.ts';
import { fullStatus, fullStatusIds, ecsWithEachStatus } from './reads.ts';

describe('DescribeInstancesFullStatus', () => {
  test('lists Scheduled and Inquiring events, grouped by instance, with the status and the health of the instance', () => {
    const { core } = ecsWithEachStatus();
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', healthStatus: 'Warning', status: 'Stopped' });
    core.addEvent({
      id: 'e-2',
      instanceId: 'i-2',
      notBefore: june1 + day,
      impactLevel: 50,
      reason: 'a reason',
    });
    expect(fullStatusIds(core)).toEqual([
      ['i-1', 'Inquiring', 'Scheduled'],
      ['i-2', 'e-2'],
    ]);
    const [, second] = fullStatus(core).InstanceFullStatusSet.InstanceFullStatusType;
    expect(second).toEqual({
      InstanceId: 'i-2',
      Status: { Name: 'Stopped' },
      HealthStatus: { Name: 'Warning', Code: 64 },
      ScheduledSystemEventSet: {
        ScheduledSystemEventType: [
          {
            EventId: 'e-2',
            EventType: { Name: 'SystemMaintenance.Reboot' },
            EventCycleStatus: { Name: 'Scheduled', Code: 24 },
            EventPublishTime: '2026-06-01T00:00:00Z',
            NotBefore: '2026-06-02T00:00:00Z',
            Reason: 'a reason',
            ImpactLevel: 50,
            ExtendedAttribute: {},
          },
        ],
      },
    });
  });

  test('lists every instance of the ids or of the region, with a possibly empty set, if no filter names an event', () => {
    const { core } = ecsWithEachStatus();
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    expect(fullStatusIds(core)).toEqual([['i-1', 'Inquiring', 'Scheduled'], ['i-2']]);
    expect(fullStatusIds(core, { 'InstanceId.1': 'i-2' })).toEqual([['i-2']]);
    expect(fullStatusIds(core, { Status: 'Running' })).toEqual([['i-1', 'Inquiring', 'Scheduled'], ['i-2']]);
    expect(fullStatusIds(core, { HealthStatus: 'Impaired' })).toEqual([]);
    expect(fullStatusIds(core, { HealthStatus: 'Ok' })).toEqual([['i-2']]);
  });

  test.each<[string, Record<string, string>, unknown[]]>([
    ['EventId', { 'EventId.1': 'Scheduled' }, [['i-1', 'Scheduled']]],
    [
      'InstanceEventType',
      { 'InstanceEventType.1': 'SystemMaintenance.Reboot' },
      [['i-1', 'Inquiring', 'Scheduled']],
    ],
    ['EventType', { EventType: 'SystemMaintenance.Stop' }, []],
    ['NotBefore', { 'NotBefore.Start': '2026-06-02T00:00:00Z' }, [['i-1', 'Scheduled']]],
    ['EventPublishTime', { 'EventPublishTime.End': '2026-01-01T00:00:00Z' }, []],
  ])(
    'lists only instances with a matching event if the filter %s is given, also among ids',
    (_, filter, listed) => {
      const { core } = ecsWithEachStatus();
      core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
      expect(fullStatusIds(core, filter)).toEqual(listed);
      expect(fullStatusIds(core, { ...filter, 'InstanceId.1': 'i-1', 'InstanceId.2': 'i-2' })).toEqual(
        listed,
      );
      expect(fullStatusIds(core, { ...filter, 'InstanceId.1': 'i-2' })).toEqual([]);
    },
  );

  test('pages by instance, 10 per page by default', () => {
    const { core } = emptyEcs();
    for (let n = 1; n <= 25; n += 1) {
      core.addInstance({ id: `i-${n}`, regionId: 'cn-hangzhou' });
      core.addEvent({ instanceId: `i-${n}`, notBefore: june1 + day });
      core.addEvent({ instanceId: `i-${n}`, notBefore: june1 + day });
    }
    const sizes = ['1', '2', '3', '4'].map(
      (PageNumber) => fullStatus(core, { PageNumber }).InstanceFullStatusSet.InstanceFullStatusType.length,
    );
    expect(sizes).toEqual([10, 10, 5, 0]);
    expect(fullStatus(core, { PageSize: '100' }).TotalCount).toBe(25);
  });
});
