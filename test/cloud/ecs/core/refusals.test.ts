import { describe, expect, test } from 'vitest';
import { codeOf, emptyEcs } from '../test-ecs.ts';
import type { History } from './reads.ts';

describe('A call is refused', () => {
  const inRegion = { RegionId: 'cn-hangzhou' };
  const many = (name: string, n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`${name}.${i + 1}`, 'x']));
  const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`Tag.${i + 1}.Key`, 'x']));
  test.each([
    ['SellInstance', 'an unknown action', inRegion, '404 InvalidAction.NotFound'],
    ['constructor', 'a name of every object', inRegion, '404 InvalidAction.NotFound'],
    ['DescribeInstances', 'no region', {}, '400 MissingParameter'],
    ['DescribeInstances', 'an empty region', { RegionId: '' }, '400 MissingParameter'],
    ['DescribeInstances', 'an unknown region', { RegionId: 'mars-1' }, '404 InvalidRegionId.NotFound'],
    [
      'DescribeInstances',
      'ids that are not JSON',
      { ...inRegion, InstanceIds: 'i-1' },
      '400 InvalidInstanceIds.Malformed',
    ],
    [
      'DescribeInstances',
      'ids that are not strings',
      { ...inRegion, InstanceIds: '[1]' },
      '400 InvalidInstanceIds.Malformed',
    ],
    [
      'DescribeInstances',
      '101 ids',
      { ...inRegion, InstanceIds: JSON.stringify(Array(101).fill('i')) },
      '400 InvalidInstanceIds.Malformed',
    ],
    [
      'DescribeInstances',
      'an unimplemented filter',
      { ...inRegion, VpcId: 'vpc-1' },
      '400 InvalidParameter.VpcId',
    ],
    ['DescribeInstances', '21 tags', { ...inRegion, ...manyTags }, '400 InvalidParameter.Tag'],
    ['DescribeInstances', 'a tag without a key', { ...inRegion, 'Tag.1.Value': 'x' }, '400 MissingParameter'],
    [
      'DescribeInstances',
      'a page size in words',
      { ...inRegion, MaxResults: 'ten' },
      '400 InvalidParameter.MaxResults',
    ],
    [
      'DescribeInstancesFullStatus',
      'a page of 101',
      { ...inRegion, PageSize: '101' },
      '403 InvalidParameter',
    ],
    ['DescribeInstancesFullStatus', 'a page of 0', { ...inRegion, PageSize: '0' }, '403 InvalidParameter'],
    ['DescribeInstancesFullStatus', 'page 0', { ...inRegion, PageNumber: '0' }, '403 InvalidParameter'],
    [
      'DescribeInstancesFullStatus',
      'an unknown status',
      { ...inRegion, Status: 'Asleep' },
      '403 InvalidParameter',
    ],
    [
      'DescribeInstancesFullStatus',
      '101 instances',
      { ...inRegion, ...many('InstanceId', 101) },
      '403 InstanceIdLimitExceeded',
    ],
    [
      'DescribeInstanceHistoryEvents',
      '101 events',
      { ...inRegion, ...many('EventId', 101) },
      '403 EventIdLimitExceeded',
    ],
    [
      'DescribeInstanceHistoryEvents',
      '8 event statuses',
      { ...inRegion, ...many('InstanceEventCycleStatus', 8) },
      '403 InvalidParameter',
    ],
    [
      'DescribeInstanceHistoryEvents',
      'an unknown event status',
      { ...inRegion, EventCycleStatus: 'Postponed' },
      '403 InvalidParameter',
    ],
    [
      'DescribeInstanceHistoryEvents',
      'a time in another format',
      { ...inRegion, 'NotBefore.Start': '2026-06-01 00:00' },
      '403 InvalidParameter',
    ],
    [
      'DescribeInstanceHistoryEvents',
      'an invented token',
      { ...inRegion, NextToken: 'abc' },
      '403 InvalidParameter',
    ],
    [
      'DescribeInstanceHistoryEvents',
      'no results per page',
      { ...inRegion, MaxResults: '0' },
      '403 InvalidParameter',
    ],
    ['DescribeInstanceHistoryEvents', 'no region', {}, '404 MissingParameter'],
    ['DescribeInstancesFullStatus', 'no region', {}, '404 MissingParameter'],
    [
      'DescribeInstancesFullStatus',
      '101 events',
      { ...inRegion, ...many('EventId', 101) },
      '403 EventIdLimitExceeded',
    ],
    [
      'DescribeInstanceHistoryEvents',
      '101 resources',
      { ...inRegion, ...many('ResourceId', 101) },
      '403 InstanceIdLimitExceeded',
    ],
    [
      'DescribeInstanceHistoryEvents',
      'an End before its Start',
      { ...inRegion, 'NotBefore.Start': '2026-06-02T00:00:00Z', 'NotBefore.End': '2026-06-01T00:00:00Z' },
      '403 InvalidParameter.TimeEndBeforeStart',
    ],
    [
      'DescribeInstancesFullStatus',
      'an End before its Start',
      {
        ...inRegion,
        'EventPublishTime.Start': '2026-06-02T00:00:00Z',
        'EventPublishTime.End': '2026-06-01T00:00:00Z',
      },
      '403 InvalidParameter.TimeEndBeforeStart',
    ],
    ['RebootInstance', 'no instance', {}, '400 MissingParameter'],
    [
      'RebootInstance',
      'a flag that is neither true nor false',
      { InstanceId: 'i-1', DryRun: 'yes' },
      '400 InvalidParameter.DryRun',
    ],
  ] as [string, string, Record<string, string>, string][])('%s with %s', (action, _name, params, code) => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    expect(codeOf(() => core.call(action, params))).toBe(code);
    expect(core.record.calls().map(({ outcome }) => outcome)).toEqual([code.split(' ')[1]]);
  });

  test('DescribeInstances with the token of another region', () => {
    const { core } = emptyEcs();
    for (let n = 0; n < 11; n += 1) core.addInstance({ regionId: 'cn-hangzhou' });
    const { NextToken = '' } = core.call('DescribeInstances', { ...inRegion, MaxResults: '10' }) as History;
    const next = (RegionId: string) =>
      codeOf(() => core.call('DescribeInstances', { RegionId, MaxResults: '10', NextToken }));
    expect(next('cn-hangzhou')).toBe('OK');
    expect(next('cn-shanghai')).toBe('400 InvalidParameter.NextToken');
  });
});

test.each([
  ['EventCycleStatus', { EventCycleStatus: 'Postponed' }],
  ['InstanceEventCycleStatus', { 'InstanceEventCycleStatus.1': 'Postponed' }],
  ['NotBefore.Start', { 'NotBefore.Start': 'soon' }],
  ['MaxResults', { MaxResults: '0' }],
])(
  'The reads of events refuse a value with a bare InvalidParameter, whose message names %s',
  (name, params) => {
    const { core } = emptyEcs();
    expect(() => core.call('DescribeInstanceHistoryEvents', { RegionId: 'cn-hangzhou', ...params })).toThrow(
      `The Parameter "${name}" provided is not valid.`,
    );
  },
);
