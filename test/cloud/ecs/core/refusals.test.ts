import { describe, expect, test } from 'vitest';
import { codeOf, emptyEcs } from '../test-ecs.ts';
import type { History } from './reads.ts';

describe('A call is refused', () => {
  const inRegion = { RegionId: 'cn-hangzhou' };
  const many = (name: string, n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`${name}.${i + 1}`, 'x']));
  const manyTags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`Tag.${i + 1}.Key`, 'x']));
  test.each([
    ['SellInstance', inRegion, '404 InvalidAction.NotFound'],
    ['constructor', inRegion, '404 InvalidAction.NotFound'],
    ['DescribeInstances', {}, '400 MissingParameter'],
    ['DescribeInstances', { RegionId: '' }, '400 MissingParameter'],
    ['DescribeInstances', { RegionId: 'mars-1' }, '404 InvalidRegionId.NotFound'],
    ['DescribeInstances', { ...inRegion, InstanceIds: 'i-1' }, '400 InvalidInstanceIds.Malformed'],
    ['DescribeInstances', { ...inRegion, InstanceIds: '[1]' }, '400 InvalidInstanceIds.Malformed'],
    [
      'DescribeInstances',
      { ...inRegion, InstanceIds: JSON.stringify(Array(101).fill('i')) },
      '400 InvalidInstanceIds.Malformed',
    ],
    ['DescribeInstances', { ...inRegion, VpcId: 'vpc-1' }, '400 InvalidParameter.VpcId'],
    ['DescribeInstances', { ...inRegion, ...manyTags }, '400 InvalidParameter.Tag'],
    ['DescribeInstances', { ...inRegion, 'Tag.1.Value': 'x' }, '400 MissingParameter'],
    ['DescribeInstances', { ...inRegion, MaxResults: 'ten' }, '400 InvalidParameter.MaxResults'],
    ['DescribeInstancesFullStatus', { ...inRegion, PageSize: '101' }, '400 InvalidParameter.PageSize'],
    ['DescribeInstancesFullStatus', { ...inRegion, PageSize: '0' }, '400 InvalidParameter.PageSize'],
    ['DescribeInstancesFullStatus', { ...inRegion, PageNumber: '0' }, '400 InvalidParameter.PageNumber'],
    ['DescribeInstancesFullStatus', { ...inRegion, Status: 'Asleep' }, '400 InvalidParameter.Status'],
    [
      'DescribeInstancesFullStatus',
      { ...inRegion, ...many('InstanceId', 101) },
      '400 InvalidParameter.InstanceId',
    ],
    [
      'DescribeInstanceHistoryEvents',
      { ...inRegion, ...many('EventId', 101) },
      '400 InvalidParameter.EventId',
    ],
    [
      'DescribeInstanceHistoryEvents',
      { ...inRegion, ...many('InstanceEventCycleStatus', 8) },
      '400 InvalidParameter.InstanceEventCycleStatus',
    ],
    [
      'DescribeInstanceHistoryEvents',
      { ...inRegion, EventCycleStatus: 'Postponed' },
      '400 InvalidParameter.InstanceEventCycleStatus',
    ],
    [
      'DescribeInstanceHistoryEvents',
      { ...inRegion, 'NotBefore.Start': '2026-06-01 00:00' },
      '400 InvalidParameter.NotBefore.Start',
    ],
    ['DescribeInstanceHistoryEvents', { ...inRegion, NextToken: 'abc' }, '400 InvalidParameter.NextToken'],
    ['DescribeInstanceHistoryEvents', { ...inRegion, MaxResults: '0' }, '400 InvalidParameter.MaxResults'],
    ['RebootInstance', {}, '400 MissingParameter'],
    ['RebootInstance', { InstanceId: 'i-1', DryRun: 'yes' }, '400 InvalidParameter.DryRun'],
  ] as [string, Record<string, string>, string][])('%s %o with %s', (action, params, code) => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    expect(codeOf(() => core.call(action, params))).toBe(code);
    expect(core.record.calls().map(({ outcome }) => outcome)).toEqual([code.split(' ')[1]]);
  });

  test('with the token of another region', () => {
    const { core } = emptyEcs();
    for (let n = 0; n < 11; n += 1) core.addInstance({ regionId: 'cn-hangzhou' });
    const { NextToken = '' } = core.call('DescribeInstances', { ...inRegion, MaxResults: '10' }) as History;
    const next = (RegionId: string) =>
      codeOf(() => core.call('DescribeInstances', { RegionId, MaxResults: '10', NextToken }));
    expect(next('cn-hangzhou')).toBe('OK');
    expect(next('cn-shanghai')).toBe('400 InvalidParameter.NextToken');
  });
});
