// The health of instances, read from the local ECS through Alibaba's SDK.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import { answering, day, ecsAt, ecsOnLoopback, june1, type EcsOnLoopback } from './ecs-on-loopback.ts';

/** Instances i-1, i-2, … in Hangzhou with these healths. */
async function worldOf(healths: readonly string[]): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  for (const [index, healthStatus] of healths.entries()) {
    here.core.addInstance({ id: `i-${index + 1}`, regionId: 'cn-hangzhou', healthStatus });
  }
  return here;
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `i-${index + 1}`);

/** The HealthStatus of each instance. */
async function healthsOf({ ecs }: Pick<EcsOnLoopback, 'ecs'>, instanceIds: string[]): Promise<object> {
  const healths = await ecs.healthOf('cn-hangzhou', instanceIds);
  return Object.fromEntries([...healths].map(([id, { status }]) => [id, status]));
}

describe('the health of instances', () => {
  it('is ECS’s HealthStatus, with or without events; an instance that does not exist has none', async () => {
    const here = await worldOf(['OK', 'Impaired', 'Maintaining']);
    here.core.addInstance({ id: 'i-far', regionId: 'cn-shanghai' });
    here.core.addEvent({ instanceId: 'i-1', notBefore: june1 + day });
    expect(await healthsOf(here, ['i-1', 'i-2', 'i-9', 'i-far'])).toEqual({ 'i-1': 'OK', 'i-2': 'Impaired' });
    expect(here.calls('DescribeInstancesFullStatus').map(({ params }) => params)).toEqual([
      {
        RegionId: 'cn-hangzhou',
        'InstanceId.1': 'i-1',
        'InstanceId.2': 'i-2',
        'InstanceId.3': 'i-9',
        'InstanceId.4': 'i-far',
        PageSize: '100',
      },
    ]);
  });

  it('is read a hundred instances per call, and not at all if there are none', async () => {
    const here = await worldOf(Array.from({ length: 230 }, () => 'OK'));
    expect(await healthsOf(here, [])).toEqual({});
    expect(here.calls('DescribeInstancesFullStatus')).toEqual([]);
    expect(Object.keys(await healthsOf(here, [...ids(230), 'i-1']))).toHaveLength(230);
    expect(
      here
        .calls('DescribeInstancesFullStatus')
        .map(({ params }) => Object.keys(params).filter((name) => name.startsWith('InstanceId.')).length)
        .sort(),
    ).toEqual([100, 100, 30]);
  });

  it('is read again while ECS throttles, until the read gives up', async () => {
    const here = await worldOf(['OK']);
    const operation = 'DescribeInstancesFullStatus';
    here.faults.add({ operation, times: 2, fault: { kind: 'error', status: 400, code: 'Throttling.User' } });
    expect(await healthsOf(here, ['i-1'])).toEqual({ 'i-1': 'OK' });
    expect(here.pauses).toEqual([61_000, 60_000]);
    here.faults.add({ operation, times: 4, fault: { kind: 'html', status: 502 } });
    await expect(healthsOf(here, ['i-1'])).rejects.toThrow(EcsReadFailed);
  });

  it('is named if it cannot be read; an item without an instance is left out', async () => {
    const endpoint = await answering((close) => onTestFinished(close), {
      RequestId: 'r-1',
      InstanceFullStatusSet: {
        InstanceFullStatusType: [
          { InstanceId: 'i-1', HealthStatus: { Code: 80, Name: 'Initializing' } },
          { InstanceId: 'i-2', HealthStatus: { Code: 80 } },
          { InstanceId: 'i-3', HealthStatus: 'OK' },
          { InstanceId: 'i-4' },
          { HealthStatus: { Name: 'OK' } },
          { InstanceId: 'i-5', HealthStatus: { Name: '' } },
          null,
          'i-6',
        ],
      },
    });
    const healths = await ecsAt(endpoint).ecs.healthOf('cn-hangzhou', ids(6));
    const expected = 'a health as in Ok or Impaired';
    const odd = (id: string, value?: string): object => ({
      openEventIds: [],
      faults: [{ what: `HealthStatus.Name of ${id}`, ...(value === undefined ? {} : { value }), expected }],
    });
    expect(Object.fromEntries(healths)).toEqual({
      'i-1': { status: 'Initializing', openEventIds: [], faults: [] },
      'i-2': odd('i-2'),
      'i-3': odd('i-3', '"OK"'),
      'i-4': odd('i-4'),
      'i-5': odd('i-5', '""'),
    });
  });

  it('is an error if ECS answers with something else', async () => {
    const endpoint = await answering((close) => onTestFinished(close), { InstanceFullStatusSet: null });
    await expect(healthsOf(ecsAt(endpoint), ['i-1'])).rejects.toThrow(
      /^ECS answered DescribeInstancesFullStatus with something else: at InstanceFullStatusSet, /,
    );
  });
});

describe('the open events of instances', () => {
  it('come with their health', async () => {
    const here = await worldOf(['OK', 'OK']);
    here.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
    const healths = await here.ecs.healthOf('cn-hangzhou', ['i-1', 'i-2']);
    expect([...healths].map(([id, { openEventIds }]) => [id, openEventIds])).toEqual([
      ['i-1', ['e-1']],
      ['i-2', []],
    ]);
  });

  it('are read one by one: an odd one hides neither the others nor the health', async () => {
    const odd = [{ EventId: null }, { EventId: '' }, {}, null, 'e-3'];
    const open = [{ EventId: 'e-1' }, ...odd, { EventId: 'e-2' }];
    const endpoint = await answering((close) => onTestFinished(close), {
      InstanceFullStatusSet: {
        InstanceFullStatusType: [
          {
            InstanceId: 'i-1',
            HealthStatus: { Name: 'Maintaining' },
            ScheduledSystemEventSet: { ScheduledSystemEventType: open },
          },
        ],
      },
    });
    const healths = await ecsAt(endpoint).ecs.healthOf('cn-hangzhou', ['i-1']);
    expect([...healths]).toEqual([
      ['i-1', { status: 'Maintaining', openEventIds: ['e-1', 'e-2'], faults: [] }],
    ]);
  });

  it.each([
    ['absent', {}],
    ['null', { ScheduledSystemEventSet: null }],
    ['odd', { ScheduledSystemEventSet: { ScheduledSystemEventType: [{ EventId: 7 }] } }],
  ])('do not hide the health if their set is %s', async (_, set) => {
    const endpoint = await answering((close) => onTestFinished(close), {
      InstanceFullStatusSet: {
        InstanceFullStatusType: [{ InstanceId: 'i-1', HealthStatus: { Name: 'Impaired' }, ...set }],
      },
    });
    const healths = await ecsAt(endpoint).ecs.healthOf('cn-hangzhou', ['i-1']);
    expect([...healths]).toEqual([['i-1', { status: 'Impaired', openEventIds: [], faults: [] }]]);
  });
});
