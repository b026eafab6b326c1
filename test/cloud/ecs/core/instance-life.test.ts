import { describe, expect, test } from 'vitest';
import { june1, minute, second, emptyEcs, codeOf } from '../test-ecs.ts';
import { EcsCore } from './core.ts';

describe('RebootInstance', () => {
  test('takes the instance through Starting to Running, without Stopping', () => {
    const { core, pass } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    expect(core.instances()[0]?.status).toBe('Starting');
    pass(29_999);
    expect(core.instances()[0]?.status).toBe('Starting');
    pass(1);
    expect(core.instances()[0]?.status).toBe('Running');
    expect(core.record.statusesOf('i-1').map(({ at, to, cause }) => [at, to, cause])).toEqual([
      [1_780_272_000_000, 'Starting', 'api'],
      [1_780_272_030_000, 'Running', 'api'],
    ]);
  });

  test('is faster with ForceStop', () => {
    const { core, pass } = emptyEcs({ forceStopMs: 2_000 });
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.call('RebootInstance', { InstanceId: 'i-1', ForceStop: 'true' });
    pass(22 * second);
    expect(core.instances()[0]?.status).toBe('Running');
  });

  test('is refused until the instance is Running again, and then accepted as a second reboot', () => {
    const { core, pass } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(29 * second);
    expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-1' }))).toBe(
      '403 IncorrectInstanceStatus',
    );
    pass(1 * second);
    core.call('RebootInstance', { InstanceId: 'i-1' });
    expect(core.instances()[0]?.restarts).toEqual({ api: 2, owner: 0, guest: 0, ecs: 0 });
    expect(core.record.calls('RebootInstance').map(({ outcome }) => outcome)).toEqual([
      'OK',
      'IncorrectInstanceStatus',
      'OK',
    ]);
    const begun = core.record.statusesOf('i-1').filter(({ to }) => to === 'Starting');
    expect(begun.map(({ requestId }) => requestId)).toEqual([
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000003',
    ]);
  });

  test('with DryRun makes the same checks, changes nothing, and fails with DryRunOperation if they pass', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', status: 'Stopped' });
    const dryRun = (id: string) =>
      codeOf(() => core.call('RebootInstance', { InstanceId: id, DryRun: 'true' }));
    expect(dryRun('i-1')).toBe('400 DryRunOperation');
    expect(dryRun('i-2')).toBe('403 IncorrectInstanceStatus');
    expect(dryRun('i-3')).toBe('404 InvalidInstanceId.NotFound');
    expect(core.record.statusesOf('i-1')).toEqual([]);
  });

  test('is refused under a security lock, but not under a financial lock', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', operationLocks: ['security'] });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', operationLocks: ['financial'] });
    expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-1' }))).toBe(
      '403 InstanceLockedForSecurity',
    );
    expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-2' }))).toBe('OK');
  });
});

test('StartTime changes with each restart, and has minutes only', () => {
  const { core, pass } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', startTime: june1 - 60 * minute });
  const startTime = () => {
    const answer = core.call('DescribeInstances', { RegionId: 'cn-hangzhou' });
    return (answer as { Instances: { Instance: { StartTime: string }[] } }).Instances.Instance[0]?.StartTime;
  };
  expect(startTime()).toBe('2026-05-31T23:00Z');
  pass(5 * minute);
  core.call('RebootInstance', { InstanceId: 'i-1' });
  pass(30 * second);
  expect(startTime()).toBe('2026-06-01T00:05Z');
});

test('a stop during a restart cancels it, and a start makes the instance Running again', () => {
  const { core, pass } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.call('RebootInstance', { InstanceId: 'i-1' });
  core.schedule(june1 + 15 * second, { kind: 'instance-stopped', instanceId: 'i-1' });
  core.schedule(june1 + 60 * second, { kind: 'instance-started', instanceId: 'i-1' });
  pass(2 * minute);
  core.settle();
  expect(core.record.statusesOf('i-1').map(({ at, to }) => [(at - june1) / 1000, to])).toEqual([
    [0, 'Starting'],
    [15, 'Stopping'],
    [25, 'Stopped'],
    [60, 'Starting'],
    [80, 'Running'],
  ]);
});

test('a released instance is in no answer and cannot be rebooted, but observers still see it', () => {
  const { core, pass } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.schedule(june1 + 5 * second, { kind: 'instance-released', instanceId: 'i-1' });
  pass(5 * second);
  expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-1' }))).toBe(
    '404 InvalidInstanceId.NotFound',
  );
  expect(core.call('DescribeInstances', { RegionId: 'cn-hangzhou' })).toMatchObject({
    TotalCount: 0,
    Instances: { Instance: [] },
  });
  expect(core.instances()[0]?.status).toBe('Released');
});

test('durations differ per instance and seed, within the jitter, and the same seed gives the same durations', () => {
  const runningAgainAfter = (seed: number, id: string): number => {
    let now = june1;
    const core = new EcsCore({ now: () => now, seed, options: { jitter: 0.2 } });
    core.addInstance({ id, regionId: 'cn-hangzhou' });
    core.call('RebootInstance', { InstanceId: id });
    now += 5 * minute;
    core.settle();
    return (core.record.statusesOf(id).at(-1)?.at ?? 0) - june1;
  };
  const lasts = [1, 2, 3].flatMap((seed) => ['i-1', 'i-2', 'i-3'].map((id) => runningAgainAfter(seed, id)));
  expect(new Set(lasts).size).toBe(9);
  expect(Math.min(...lasts)).toBeGreaterThanOrEqual(24_000);
  expect(Math.max(...lasts)).toBeLessThanOrEqual(36_000);
  expect(runningAgainAfter(2, 'i-3')).toBe(lasts[5]);
});
