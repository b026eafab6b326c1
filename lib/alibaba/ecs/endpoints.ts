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
function ecsEndpoint(regionId: string): string {
  return special[regionId] ?? `ecs.${regionId}.aliyuncs.com`;
}

/** Stands for the region in the text of an endpoint, as in `https://ecs-vpc.{region}.aliyuncs.com`. */
export const regionMark = '{region}';

/**
 * The URL of a region's ECS.
 * @param endpoint a URL, perhaps with `{region}` in it; the public endpoint of the region if it is absent
 */
export function ecsUrl(regionId: string, endpoint = `https://${ecsEndpoint(regionId)}`): URL {
  return new URL(endpoint.replaceAll(regionMark, regionId));
}

/**
 * True if the endpoint serves the region. An endpoint serves one region, and names it: `ecs-vpc.cn-hangzhou.aliyuncs.com`.
 * Undefined if the endpoint names no region: a name of one's own, or an address.
 */
export function servesRegion(endpoint: string, regionId: string): boolean | undefined {
  const { hostname } = ecsUrl(regionId, endpoint);
  if (endpoint.includes(regionMark) || isLoopback(hostname) || hostname === ecsEndpoint(regionId))
    return true;
  const named = regionNamed(hostname);
  return named === undefined ? undefined : named === regionId;
}

/** The region in the name of a host of Alibaba Cloud, if it has one. */
export function regionNamed(hostname: string): string | undefined {
  return /[.-]((?:cn|ap|us|eu|me|na|sa|af)-[a-z0-9-]+)\.(?:[a-z]+\.)?aliyuncs\.com$/.exec(hostname)?.[1];
}

/** The local cloud serves all regions at one address. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
