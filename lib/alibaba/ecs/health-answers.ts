// Reads ECS's answers about the health of instances.
import * as v from 'valibot';
import { readable, readPage, text } from './answers.ts';

const fullStatusPage = v.object({
  InstanceFullStatusSet: v.object({ InstanceFullStatusType: v.array(v.unknown()) }),
});

const fullStatus = v.object({ InstanceId: text, HealthStatus: v.object({ Name: text }) });

/**
 * Reads an answer of DescribeInstancesFullStatus: the HealthStatus per instance. One that cannot be read is left out, as if
 * ECS had said nothing about it.
 * @throws EcsReadFailed if the answer as a whole is not such an answer
 */
export function readHealth(body: unknown): [string, string][] {
  const page = readPage(fullStatusPage, body, 'DescribeInstancesFullStatus');
  return readable(fullStatus, page.InstanceFullStatusSet.InstanceFullStatusType).map(
    ({ InstanceId, HealthStatus }) => [InstanceId, HealthStatus.Name],
  );
}
