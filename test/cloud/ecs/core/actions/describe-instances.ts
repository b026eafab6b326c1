// DescribeInstances, with the filters InstanceIds, InstanceName (with `*`), Status, ZoneId and Tag.N.
import { instanceJson } from '../answers.ts';
import { EcsError } from '../ecs-errors.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { optional, refuseUnbuilt, region, tagFilter } from '../params.ts';
import type { Params } from '../params.ts';
import type { Action } from './action.ts';

const unbuilt = [
  'AdditionalAttributes',
  'DeviceAvailable',
  'DryRun',
  'EipAddresses',
  'Filter',
  'HpcClusterId',
  'ImageId',
  'InnerIpAddresses',
  'InstanceChargeType',
  'InstanceNetworkType',
  'InstanceType',
  'InstanceTypeFamily',
  'InternetChargeType',
  'IoOptimized',
  'KeyPairName',
  'LockReason',
  'PrivateIpAddresses',
  'PublicIpAddresses',
  'RdmaIpAddresses',
  'ResourceGroupId',
  'SecurityGroupId',
  'VSwitchId',
  'VpcId',
];

/** Lists the instances of the region, in the order in which they were added. */
export const describeInstances: Action = (account, { params }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, unbuilt);
  const ids = instanceIds(params);
  const hasTags = tagFilter(params);
  const hasName = nameFilter(optional(params, 'InstanceName'));
  const [status, zoneId] = ['Status', 'ZoneId'].map((key) => optional(params, key));
  const found = account
    .instancesIn(regionId)
    .filter(
      (instance) =>
        (ids?.includes(instance.id) ?? true) &&
        hasName(instance.name) &&
        (status === undefined || instance.status === status) &&
        (zoneId === undefined || instance.zoneId === zoneId) &&
        hasTags(instance.tags),
    );
  const page = usesTokens(params)
    ? pageByToken(found, params, `DescribeInstances/${regionId}`, (instance) => instance.order)
    : pageByNumber(found, params);
  return {
    ...page.fields,
    Instances: { Instance: page.items.map(instanceJson) },
  };
};

/** Tests a name against a pattern in which `*` stands for any text. */
function nameFilter(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (name) => expression.test(name);
}

function instanceIds(params: Params): string[] | undefined {
  const text = optional(params, 'InstanceIds');
  if (text === undefined) return undefined;
  const malformed = (why: string): EcsError =>
    new EcsError(400, 'InvalidInstanceIds.Malformed', `The specified InstanceIds is malformed: ${why}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(String(error));
  }
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
    throw malformed('expected a JSON array of strings');
  }
  if (value.length > 100) throw malformed('expected at most 100 ids');
  return value;
}
