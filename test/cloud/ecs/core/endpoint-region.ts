// One endpoint serves one region: which one, and what it answers about the others.
import { EcsError, instanceNotFound } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Params } from './params.ts';

/** The region that a host name stands for, as in `ecs.cn-hangzhou.aliyuncs.com`. Undefined for every other name. */
export function regionOfHost(host: string): string | undefined {
  return /^(?:ecs|ecs-vpc)[.-]([a-z]+(?:-[a-z0-9]+)+)\.aliyuncs\.com(?::\d+)?$/.exec(host)?.[1];
}

/**
 * Refuses a call for another region than that of the endpoint. Without RegionId, what the call names does not exist here.
 * `named` is the region of what the call names.
 */
export function refuseElsewhere(
  params: Params,
  { endpoint, named }: { endpoint: string; named: string | undefined },
): void {
  if (named === undefined || named === endpoint) return;
  if (optional(params, 'RegionId') !== undefined) {
    throw new EcsError(
      404,
      'InvalidOperation.NotSupportedEndpoint',
      'The specified endpoint cant operate this region. Please use API DescribeRegions to get the appropriate endpoint, or upgrade your SDK to latest version.',
    );
  }
  const instanceId = optional(params, 'InstanceId');
  if (instanceId !== undefined) throw instanceNotFound(instanceId);
  const kind = optional(params, 'DiskId') === undefined ? 'SnapshotId' : 'DiskId';
  throw new EcsError(404, `Invalid${kind}.NotFound`, `The specified ${kind} does not exist.`);
}
