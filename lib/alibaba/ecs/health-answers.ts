// Reads ECS's answers about the health of instances, which are not trusted.
import * as v from 'valibot';
import { fieldsOf, readPage, textOf } from './answers.ts';

const fullStatusPage = v.object({
  InstanceFullStatusSet: v.object({ InstanceFullStatusType: v.array(v.unknown()) }),
});

/**
 * Reads an answer of DescribeInstancesFullStatus: HealthStatus by instance. One that cannot be read is left out, as if ECS
 * had no word on it.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readHealth(body: unknown): [string, string][] {
  const page = readPage(fullStatusPage, body, 'DescribeInstancesFullStatus');
  return page.InstanceFullStatusSet.InstanceFullStatusType.flatMap((item): [string, string][] => {
    const { InstanceId, HealthStatus } = fieldsOf(item);
    const instanceId = textOf(InstanceId);
    const health = textOf(fieldsOf(HealthStatus)['Name']);
    return instanceId === undefined || health === undefined ? [] : [[instanceId, health]];
  });
}
