// Instances with a null, odd or missing field, read from the local ECS through Alibaba's SDK over a socket.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OddInstance } from '../../../lib/plan/instance.ts';
import { ecsOnLoopback, type EcsOnLoopback } from './ecs-on-loopback.ts';

type Override = Record<string, unknown>;
type Expected = { field: string; value?: string; expected: string };

/** Instance i-1 with these fields, and its neighbour i-2. */
async function worldWith(override: Override): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  const tags = { 'reboot-planner:enabled': 'false' };
  here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', tags, override });
  here.core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', name: 'web-2' });
  return here;
}

/** What ECS reports of i-1 and i-2, where it must report i-2 as readable and i-1 as odd. */
async function oddOf({ ecs }: EcsOnLoopback): Promise<readonly OddInstance[]> {
  const { instances, odd } = await ecs.instancesById('cn-hangzhou', ['i-1', 'i-2']);
  expect(instances).toMatchObject([{ instanceId: 'i-2', name: 'web-2', status: 'Running', locks: [] }]);
  return odd;
}

const tag = (fields: Override): Override => ({ Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }, fields] } });

describe('a field that a restart depends on', () => {
  it.each<[string, Override, Expected]>([
    ['Status is null', { Status: null }, { field: 'Status', value: 'null', expected: 'a status' }],
    ['Status is a number', { Status: 7 }, { field: 'Status', value: '7', expected: 'a status' }],
    ['Status is empty', { Status: '' }, { field: 'Status', value: '""', expected: 'a status' }],
    ['Status is missing', { Status: undefined }, { field: 'Status', expected: 'a status' }],
    [
      'Tags is a text',
      { Tags: 'reboot-planner:enabled=false' },
      { field: 'Tags', value: '"reboot-planner:enabled=false"', expected: 'an object with tags' },
    ],
    [
      'the list of tags is a text',
      { Tags: { Tag: 'reboot-planner:enabled=false' } },
      { field: 'Tags.Tag', value: '"reboot-planner:enabled=false"', expected: 'a list of tags' },
    ],
    [
      'the key of a tag is null',
      tag({ TagKey: null, TagValue: 'false' }),
      { field: 'Tags.Tag.TagKey', value: 'null', expected: 'a text' },
    ],
    [
      'the key of a tag is missing',
      tag({ TagValue: 'false' }),
      { field: 'Tags.Tag.TagKey', expected: 'a text' },
    ],
    [
      'the value of a tag is no text',
      tag({ TagKey: 'reboot-planner:enabled', TagValue: false }),
      { field: 'Tags.Tag.TagValue', value: 'false', expected: 'a text' },
    ],
    [
      'OperationLocks is a text',
      { OperationLocks: 'financial' },
      { field: 'OperationLocks', value: '"financial"', expected: 'an object with locks' },
    ],
    [
      'the list of locks is a text',
      { OperationLocks: { LockReason: 'financial' } },
      { field: 'OperationLocks.LockReason', value: '"financial"', expected: 'a list of locks' },
    ],
  ])('is named where %s; the neighbour is read', async (_, override, { field, ...rest }) => {
    expect(await oddOf(await worldWith(override))).toEqual([
      { instanceId: 'i-1', faults: [{ what: `${field} of instance i-1`, ...rest }] },
    ]);
  });

  it.each<[string, Override, Omit<Expected, 'field'>]>([
    ['null', { InstanceId: null }, { value: 'null', expected: 'an id' }],
    ['a number', { InstanceId: 7 }, { value: '7', expected: 'an id' }],
    ['empty', { InstanceId: '' }, { value: '""', expected: 'an id' }],
    ['missing', { InstanceId: undefined }, { expected: 'an id' }],
  ])('is named where InstanceId is %s; the neighbour is read', async (_, override, rest) => {
    expect(await oddOf(await worldWith(override))).toEqual([
      { faults: [{ what: 'InstanceId of an instance without an id', ...rest }] },
    ]);
  });

  it('is named with every other one that is odd, too', async () => {
    const odd = await oddOf(await worldWith({ Status: null, Tags: 7 }));
    expect(odd).toEqual([
      {
        instanceId: 'i-1',
        faults: [
          { what: 'Status of instance i-1', value: 'null', expected: 'a status' },
          { what: 'Tags of instance i-1', value: '7', expected: 'an object with tags' },
        ],
      },
    ]);
  });
});

describe('a field that no restart depends on', () => {
  it.each<[string, Override]>([
    ['name', { InstanceName: null }],
    ['name', { InstanceName: 7 }],
    ['start', { StartTime: null }],
    ['start', { StartTime: 'yesterday' }],
    ['resource group', { ResourceGroupId: null }],
    ['resource group', { ResourceGroupId: [] }],
    ['memory', { Memory: 'much' }],
  ])('changes nothing where it is odd: the %s is %j', async (_, override) => {
    const { ecs } = await worldWith(override);
    const { instances, odd } = await ecs.instancesById('cn-hangzhou', ['i-1', 'i-2']);
    expect(odd).toEqual([]);
    expect(instances).toMatchObject([
      { instanceId: 'i-1', status: 'Running', tags: new Map([['reboot-planner:enabled', 'false']]) },
      { instanceId: 'i-2' },
    ]);
  });

  it('changes nothing where the reason of a lock is odd: the instance is locked', async () => {
    const { ecs } = await worldWith({ OperationLocks: { LockReason: [{ LockReason: 7 }, null] } });
    const { instances, odd } = await ecs.instancesById('cn-hangzhou', ['i-1']);
    expect(odd).toEqual([]);
    expect(instances).toMatchObject([{ instanceId: 'i-1', locks: ['unreadable', 'unreadable'] }]);
  });
});
