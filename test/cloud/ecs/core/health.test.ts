// HealthStatus follows the events and the boot of an instance.
import { describe, expect, test } from 'vitest';
import { day, emptyEcs, june1, minute, second, type TestEcs } from '../test-ecs.ts';
import type { EcsCore } from './core.ts';
import type { InstanceSpec } from './types.ts';

function ecsWith(spec: Partial<InstanceSpec> = {}): TestEcs {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', ...spec });
  return ecs;
}

function health(core: EcsCore): unknown {
  const answer = core.call('DescribeInstancesFullStatus', { RegionId: 'cn-hangzhou' }) as {
    InstanceFullStatusSet: { InstanceFullStatusType: { HealthStatus: unknown }[] };
  };
  return answer.InstanceFullStatusSet.InstanceFullStatusType[0]?.HealthStatus;
}

function addEvent(core: EcsCore, spec: { type?: string; status?: 'Inquiring' | 'Canceled' } = {}): void {
  core.addEvent({ instanceId: 'i-1', notBefore: june1 + day, ...spec });
}

describe('HealthStatus is', () => {
  test('Ok, with code 0, for a Running instance without events', () => {
    expect(health(ecsWith().core)).toEqual({ Name: 'Ok', Code: 0 });
  });

  test('Warning, with code 64, with one Scheduled event of any type, and Maintaining with several', () => {
    const { core } = ecsWith();
    addEvent(core, { type: 'SystemMaintenance.PerformanceImpact' });
    expect(health(core)).toEqual({ Name: 'Warning', Code: 64 });
    addEvent(core);
    expect(health(core)).toEqual({ Name: 'Maintaining' });
  });

  test('Ok with events that are not Scheduled', () => {
    const { core } = ecsWith();
    addEvent(core, { status: 'Inquiring' });
    addEvent(core, { status: 'Canceled' });
    expect(health(core)).toEqual({ Name: 'Ok', Code: 0 });
  });

  test('Initializing while the instance is Starting, and Ok when its event is Avoided', () => {
    const { core, pass } = ecsWith();
    addEvent(core);
    core.call('RebootInstance', { InstanceId: 'i-1' });
    expect(health(core)).toEqual({ Name: 'Initializing' });
    pass(30 * second);
    expect(health(core)).toEqual({ Name: 'Warning', Code: 64 });
    pass(5 * second);
    expect(health(core)).toEqual({ Name: 'Ok', Code: 0 });
  });

  test('InsufficientData while the instance is Stopped', () => {
    expect(health(ecsWith({ status: 'Stopped' }).core)).toEqual({ Name: 'InsufficientData' });
  });

  test('null for a while after Running, if that is its nature', () => {
    const { core, pass } = ecsWith({ nature: { healthAbsentForMs: minute } });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    expect(health(core)).toEqual({ Name: 'Initializing' });
    pass(30 * second);
    expect(health(core)).toBe(null);
    pass(minute);
    expect(health(core)).toEqual({ Name: 'Ok', Code: 0 });
  });

  test('Impaired for good for some Running instances, also after a restart', () => {
    const { core, pass } = ecsWith({ nature: { impairedForGood: true } });
    expect(health(core)).toEqual({ Name: 'Impaired' });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(minute);
    expect(health(core)).toEqual({ Name: 'Impaired' });
  });

  test('what a script fixes, until the script lets go of it', () => {
    const { core } = ecsWith({ healthStatus: 'Impaired' });
    expect(health(core)).toEqual({ Name: 'Impaired' });
    core.schedule(june1, { kind: 'instance-health', instanceId: 'i-1', healthStatus: undefined });
    expect(core.instances()[0]?.healthStatus).toBe('Ok');
  });
});
