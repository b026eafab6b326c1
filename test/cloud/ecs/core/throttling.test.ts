import { expect, test } from 'vitest';
import { codeOf, second, emptyEcs } from '../test-ecs.ts';

test('the calls per minute are counted per region and action, and the next minute starts again at 0', () => {
  const { core, pass } = emptyEcs({ callsPerMinute: { DescribeInstances: 2 } });
  const call = (RegionId = 'cn-hangzhou', action = 'DescribeInstances') =>
    codeOf(() => core.call(action, { RegionId }));
  pass(50 * second);
  expect([call(), call(), call()]).toEqual(['OK', 'OK', '400 Throttling.User']);
  expect(call('cn-shanghai')).toBe('OK');
  expect(call('cn-hangzhou', 'DescribeInstancesFullStatus')).toBe('OK');
  pass(9_999);
  expect(call()).toBe('400 Throttling.User');
  pass(1);
  expect(call()).toBe('OK');
});

test('a throttled RebootInstance does not restart the instance, and counts for the instance’s region', () => {
  const { core } = emptyEcs({ callsPerMinute: 1 });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
  core.addInstance({ id: 'i-3', regionId: 'cn-shanghai' });
  const reboot = (InstanceId: string) => codeOf(() => core.call('RebootInstance', { InstanceId }));
  expect(['i-1', 'i-2', 'i-3'].map(reboot)).toEqual(['OK', '400 Throttling.User', 'OK']);
  expect(core.instances().map(({ restarts }) => restarts.api)).toEqual([1, 0, 1]);
});
