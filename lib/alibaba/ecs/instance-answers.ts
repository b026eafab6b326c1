// Reads ECS's answers about instances.
import * as v from 'valibot';
import { parseInstant } from '../../plan/calendar/instant.ts';
import type { Instance } from '../../plan/instance.ts';
import { nextOf, readable, readPage, text, textIfAny, token, type Page } from './answers.ts';

const instancePage = v.object({
  Instances: v.object({ Instance: v.array(v.unknown()) }),
  NextToken: token,
});

/** A lock whose reason cannot be read is a lock all the same. */
const lock = v.fallback(v.object({ LockReason: text }), { LockReason: 'unreadable' });

const tag = v.object({ TagKey: v.string(), TagValue: v.nullish(v.string(), '') });

/** Only the id, the status, the locks and the tags decide about a restart. Any other field may be odd or absent. */
const instance = v.object({
  InstanceId: text,
  InstanceName: textIfAny,
  Status: text,
  StartTime: textIfAny,
  ResourceGroupId: textIfAny,
  OperationLocks: v.nullish(v.object({ LockReason: v.nullish(v.array(lock), []) })),
  Tags: v.nullish(v.object({ Tag: v.nullish(v.array(tag), []) })),
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
    ...(InstanceName === undefined ? {} : { name: InstanceName }),
    status: Status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(ResourceGroupId === undefined ? {} : { resourceGroupId: ResourceGroupId }),
    locks: (OperationLocks?.LockReason ?? []).map((lock) => lock.LockReason),
    tags: new Map((Tags?.Tag ?? []).map((tag) => [tag.TagKey, tag.TagValue])),
  };
}
