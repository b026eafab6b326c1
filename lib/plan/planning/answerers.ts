// Who else answers for an instance: Auto Scaling and ACK. ECS shows both in the instance's tags.
//
// Auto Scaling: with its health check on, a scaling group takes an instance that is not Running for unhealthy, and releases it
// with its disks. A restart passes through Stopping and Starting. Whether the instance is in Standby, or protected, is not in
// the tag. ACK: the node pool of a cluster answers the same events of ECS itself.
//
// A node of ACK has both tags, because its node pool is a scaling group. Each consent covers its own danger: that the node pool
// answers, too, is harmless compared with a released instance. So `ack=ignore` alone does not permit the reboot of a node.
import { state, type Statement } from '../statement.ts';
import type { Wishes } from './tags.ts';

/** What the owner allows in spite of the others. */
export type Consent = Pick<Wishes, 'autoScaling' | 'ack'>;

/** Why the instance must not be restarted; empty where nobody else answers for it, or where its owner consents. */
export function whyOthersAnswer(
  tags: ReadonlyMap<string, string>,
  { autoScaling, ack }: Consent,
): Statement[] {
  const groupIds = valuesOf(tags, isOfAutoScaling);
  const clusterIds = valuesOf(tags, isOfAck);
  return [
    ...(groupIds.length > 0 && autoScaling !== 'ignore'
      ? [state('in-auto-scaling', { groupId: groupIds[0] ?? '' })]
      : []),
    ...(clusterIds.length > 0 && ack !== 'ignore' ? [state('in-ack', { id: clusterIds[0] ?? '' })] : []),
  ];
}

function isOfAutoScaling(key: string): boolean {
  return key === 'acs:autoscaling:scalinggroupid';
}

/** `ack.aliyun.com` has the id of the cluster, `ack.alibabacloud.com/nodepool-id` that of the node pool. */
function isOfAck(key: string): boolean {
  return key === 'ack.aliyun.com' || key === 'ack.alibabacloud.com/nodepool-id';
}

function valuesOf(tags: ReadonlyMap<string, string>, isOf: (key: string) => boolean): string[] {
  return [...tags].filter(([key]) => isOf(key.trim().toLowerCase())).map(([, value]) => value.trim());
}
