// Reads ECS's answers about instances.
import * as v from 'valibot';
import { parseInstant } from '../../plan/calendar/instant.ts';
import type { Instance } from '../../plan/instance.ts';
import { nextOf, readable, readPage, token, type Page } from './answers.ts';

const instancePage = v.object({
  Instances: v.object({ Instance: v.array(v.unknown()) }),
  NextToken: token,
});

const instance = v.object({
  InstanceId: v.string(),
  InstanceName: v.optional(v.string()),
  Status: v.string(),
  StartTime: v.optional(v.string()),
  ResourceGroupId: v.nullish(v.string()),
  OperationLocks: v.optional(
    v.object({ LockReason: v.optional(v.array(v.object({ LockReason: v.string() })), []) }),
  ),
  Tags: v.optional(
    v.object({
      Tag: v.optional(v.array(v.object({ TagKey: v.string(), TagValue: v.optional(v.string(), '') })), []),
    }),
  ),
});

/**
 * Reads a page of DescribeInstances. An instance that cannot be read is left out, as if ECS did not list it: its tags
 * may say that it must not be restarted.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readInstancePage(body: unknown): Page<Instance[]> {
  const page = readPage(instancePage, body, 'DescribeInstances');
  return { items: readable(instance, page.Instances.Instance).map(instanceOf), ...nextOf(page.NextToken) };
}

function instanceOf(read: v.InferOutput<typeof instance>): Instance {
  const { InstanceId, InstanceName, Status, StartTime, ResourceGroupId, OperationLocks, Tags } = read;
  const startedAt = StartTime === undefined ? undefined : parseInstant(StartTime);
  return {
    instanceId: InstanceId,
    ...(InstanceName === undefined || InstanceName === '' ? {} : { name: InstanceName }),
    status: Status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(ResourceGroupId ? { resourceGroupId: ResourceGroupId } : {}),
    locks: (OperationLocks?.LockReason ?? []).map((lock) => lock.LockReason),
    tags: new Map((Tags?.Tag ?? []).map((tag) => [tag.TagKey, tag.TagValue])),
  };
}
