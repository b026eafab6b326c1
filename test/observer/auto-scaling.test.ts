// Instances that somebody else manages, in records that the tests write by hand.
import { expect, it } from 'vitest';
import { HandMade } from './hand-made.ts';

function foundWith(tags: Record<string, string>): string[] {
  const record = new HandMade(tags);
  record.intend();
  record.send();
  return record.broken(false);
}

const inGroup = { 'acs:autoscaling:scalingGroupId': 'asg-1' };
const inCluster = { 'ack.aliyun.com': 'c-1' };

it('a restart of a member of a scaling group breaks promise 5', () => {
  expect(foundWith(inGroup)).toEqual([
    '5 i-1 restarted at 2026-12-01T18:00:00.000Z although it has the tag acs:autoscaling:scalingGroupId, without reboot-planner:auto-scaling=ignore',
  ]);
});

it('so does that of a node of a cluster, and each needs a consent of its own', () => {
  expect(foundWith(inCluster)).toHaveLength(1);
  expect(foundWith({ ...inGroup, ...inCluster, 'reboot-planner:auto-scaling': 'ignore' })).toEqual([
    expect.stringContaining('the tag ack.aliyun.com'),
  ]);
  expect(foundWith({ ...inGroup, 'reboot-planner:ack': 'ignore' })).toHaveLength(1);
  expect(foundWith({ ...inGroup, 'reboot-planner:auto-scaling': 'perhaps' })).toHaveLength(1);
});

it('it is right where the owner says that it does not matter, and for every other instance', () => {
  expect(foundWith({ ...inGroup, 'reboot-planner:auto-scaling': ' Ignore' })).toEqual([]);
  expect(foundWith({ ...inCluster, 'reboot-planner:ack': 'ignore' })).toEqual([]);
  expect(foundWith({ team: 'blue' })).toEqual([]);
});
