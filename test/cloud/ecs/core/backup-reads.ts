// The calls that the tests of disks, snapshots and commands share. They go to cn-hangzhou and return the part of the
// answer that the tests check.
import { second, emptyEcs, type TestEcs } from '../test-ecs.ts';
import type { CommandSpec } from './commands.ts';
import type { EcsCore } from './core.ts';
import type { EcsOptions, InstanceSpec } from './types.ts';

type Item = Record<string, unknown>;
type Params = Record<string, string>;

const call = (core: EcsCore, action: string, params: Params): Item =>
  core.call(action, { RegionId: 'cn-hangzhou', ...params }) as Item;

/** Disks of DescribeDisks. */
export function describedDisks(core: EcsCore, params: Params = {}): Item[] {
  return (call(core, 'DescribeDisks', params)['Disks'] as { Disk: Item[] }).Disk;
}

/** Snapshots of DescribeSnapshots. */
export function describedSnapshots(core: EcsCore, params: Params = {}): Item[] {
  return (call(core, 'DescribeSnapshots', params)['Snapshots'] as { Snapshot: Item[] }).Snapshot;
}

/** SnapshotGroups of DescribeSnapshotGroups. */
export function describedGroups(core: EcsCore, params: Params = {}): Item[] {
  const { SnapshotGroups: groups } = call(core, 'DescribeSnapshotGroups', params);
  return (groups as { SnapshotGroup: Item[] }).SnapshotGroup;
}

/** Invocation of DescribeInvocationResults. */
export function describedInvocation(
  core: EcsCore,
  params: Params = {},
): { results: Item[]; nextToken: unknown } {
  const invocation = call(core, 'DescribeInvocationResults', params)['Invocation'] as Item;
  const { InvocationResult: results } = invocation['InvocationResults'] as { InvocationResult: Item[] };
  return { results, nextToken: invocation['NextToken'] };
}

/** Starts a snapshot and returns its id. */
export function snapshotOf(core: EcsCore, DiskId: string, params: Params = {}): string {
  return (core.call('CreateSnapshot', { DiskId, ...params }) as { SnapshotId: string }).SnapshotId;
}

/** Starts a snapshot-consistent group of the instance's disks and returns its id. */
export function groupOf(core: EcsCore, InstanceId: string, params: Params = {}): string {
  const { SnapshotGroupId: id } = call(core, 'CreateSnapshotGroup', { InstanceId, ...params });
  return id as string;
}

/** Runs a command on i-1 and returns the InvokeId. */
export function invoke(core: EcsCore, CommandId: string, params: Params = {}): string {
  const { InvokeId: id } = call(core, 'InvokeCommand', { CommandId, 'InstanceId.1': 'i-1', ...params });
  return id as string;
}

/** An ECS with instance i-1 and command c-1. By default, a run starts after 1 s and takes 2 s. */
export function ecsWithCommand(
  command: CommandSpec = {},
  instance: Partial<InstanceSpec> = {},
  options: Partial<EcsOptions> = {},
): TestEcs {
  const ecs = emptyEcs(options);
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', ...instance });
  ecs.core.addCommand({ id: 'c-1', ...command });
  return ecs;
}

/**
 * An ECS with instance i-1. Snapshots take 100 s for its disk d-1, and the default 2 minutes for its data disk d-2.
 */
export function ecsWithDisks(options: Partial<EcsOptions> = {}): TestEcs {
  const ecs = emptyEcs(options);
  ecs.core.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    disks: [{ id: 'd-1', snapshotMs: 100 * second }, { id: 'd-2' }],
  });
  return ecs;
}
