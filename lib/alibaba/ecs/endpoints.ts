// ECS's public endpoints. A copy of what @alicloud/ecs20140526 7.11.6 keeps in its client's endpoint map, which would
// have to be loaded whole for it; regions for Alibaba's internal use are left out.

const special: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shanghai-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shenzhen-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-hangzhou-finance': 'ecs.aliyuncs.com',
  'cn-north-2-gov-1': 'ecs.aliyuncs.com',
  'cn-beijing-gov-1': 'ecs.aliyuncs.com',
};

/** The public host name of a region's ECS. */
export function ecsEndpoint(regionId: string): string {
  return special[regionId] ?? `ecs.${regionId}.aliyuncs.com`;
}
