// Reads ECS's answers about instances. An instance of which a needed field is missing or odd is reported with its faults.
import * as v from 'valibot';
import { parseInstant } from '../../plan/calendar/instant.ts';
import type { Instance, InstanceReport, OddInstance } from '../../plan/instance.ts';
import {
  asObject,
  faultsOf,
  nextOf,
  readPage,
  text,
  textIfAny,
  token,
  type Expectations,
  type Page,
} from './answers.ts';

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

/** The fields that a restart depends on. */
const expectations: Expectations = {
  InstanceId: 'an id',
  Status: 'a status',
  OperationLocks: 'an object with locks',
  'OperationLocks.LockReason': 'a list of locks',
  Tags: 'an object with tags',
  'Tags.Tag': 'a list of tags',
  'Tags.Tag.TagKey': 'a text',
  'Tags.Tag.TagValue': 'a text',
};

/** What can still be read of an odd instance. */
const remains = v.fallback(v.object({ InstanceId: textIfAny }), {});

/**
 * Reads a page of DescribeInstances. An instance that cannot be read is never taken for one
 * without tags or locks: they may forbid the restart.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readInstancePage(body: unknown): Page<InstanceReport> {
  const page = readPage(instancePage, body, 'DescribeInstances');
  const instances: Instance[] = [];
  const odd: OddInstance[] = [];
  for (const item of page.Instances.Instance) {
    const parsed = v.safeParse(instance, asObject(item));
    if (parsed.success) instances.push(instanceOf(parsed.output));
    else odd.push(oddInstanceOf(item, parsed.issues));
  }
  return { items: { instances, odd }, ...nextOf(page.NextToken) };
}

function oddInstanceOf(item: unknown, issues: readonly v.BaseIssue<unknown>[]): OddInstance {
  const { InstanceId: instanceId } = v.parse(remains, item);
  const whose = instanceId === undefined ? 'an instance without an id' : `instance ${instanceId}`;
  const faults = faultsOf(issues, expectations, whose);
  return { ...(instanceId === undefined ? {} : { instanceId }), faults };
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
