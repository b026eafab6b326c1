// Part of promise 5: an instance that Auto Scaling or a cluster manages is not restarted, because its group may release it
// then. Only its owner can say that this does not matter.
import { sendingsIn, type Evidence } from './evidence.ts';
import type { Violation } from './violation.ts';

/** The tag of whoever manages the instance, and the tag with which its owner says that it does not matter. */
const managers = [
  { tag: 'acs:autoscaling:scalingGroupId', consent: 'reboot-planner:auto-scaling' },
  { tag: 'ack.aliyun.com', consent: 'reboot-planner:ack' },
  { tag: 'ack.alibabacloud.com/nodepool-id', consent: 'reboot-planner:ack' },
];

/** Sendings for instances that somebody else manages. */
export function sentToManaged(evidence: Evidence): Violation[] {
  const tagsOf = new Map(evidence.ecs.instances().map(({ id, tags }) => [id, tags]));
  return sendingsIn(evidence).flatMap(({ at, instanceId }) => {
    const tags = tagsOf.get(instanceId) ?? {};
    return managers
      .filter(({ tag, consent }) => tag in tags && tags[consent]?.trim().toLowerCase() !== 'ignore')
      .map(({ tag, consent }): Violation => {
        const what = `restarted at ${new Date(at).toISOString()} although it has the tag ${tag}, without ${consent}=ignore`;
        return { promise: 5, instanceId, what };
      });
  });
}
