// ECS's public endpoints: a copy of the endpoint map in the client of @alicloud/ecs20140526 7.11.6, because reading the map
// would load the whole client. Regions for Alibaba's internal use are left out.

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
