import { describe, expect, test } from 'vitest';
import { codeOf, emptyEcs } from '../test-ecs.ts';
import { regionOfHost } from './endpoint-region.ts';

test.each([
  ['ecs.cn-shanghai.aliyuncs.com', 'cn-shanghai'],
  ['ecs.cn-shanghai.aliyuncs.com:443', 'cn-shanghai'],
  ['ecs-cn-hangzhou.aliyuncs.com', 'cn-hangzhou'],
  ['ecs-vpc.ap-southeast-1.aliyuncs.com', 'ap-southeast-1'],
  ['ecs.aliyuncs.com', undefined],
  ['127.0.0.1:8080', undefined],
])('the host %s is the endpoint of %s', (host, region) => {
  expect(regionOfHost(host)).toBe(region);
});

describe('An endpoint serves one region', () => {
  const { core } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
  const call = (endpoint: string | undefined, action: string, params: Record<string, string>): string =>
    codeOf(() => core.call(action, params, undefined, endpoint));

  test('and refuses a call for another region with InvalidOperation.NotSupportedEndpoint', () => {
    const inRegion = { RegionId: 'cn-hangzhou' };
    expect(call('cn-shanghai', 'DescribeInstances', inRegion)).toBe(
      '404 InvalidOperation.NotSupportedEndpoint',
    );
    expect(() => core.call('DescribeInstances', inRegion, undefined, 'cn-shanghai')).toThrow(
      'The specified endpoint cant operate this region.',
    );
    expect(call('cn-hangzhou', 'DescribeInstances', inRegion)).toBe('OK');
    expect(call(undefined, 'DescribeInstances', inRegion)).toBe('OK');
    expect(call('cn-shanghai', 'DescribeRegions', {})).toBe('OK');
  });

  test('and does not know what is in another region, where the call names no region', () => {
    expect(call('cn-shanghai', 'RebootInstance', { InstanceId: 'i-1' })).toBe(
      '404 InvalidInstanceId.NotFound',
    );
    expect(call('cn-shanghai', 'CreateSnapshot', { DiskId: 'd-1' })).toBe('404 InvalidDiskId.NotFound');
    expect(core.instances()[0]?.restarts.api).toBe(0);
    expect(call('cn-hangzhou', 'RebootInstance', { InstanceId: 'i-1' })).toBe('OK');
  });
});
