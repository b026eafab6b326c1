// ECS's public endpoints: a copy of the endpoint map in the client of @alicloud/ecs20140526 7.11.6, because reading the map
// would load the whole client. Regions for Alibaba's internal use are left out.

/** The central endpoint. It names no region. */
const central = 'ecs.aliyuncs.com';

/**
 * The regions that DescribeRegions has named with the central endpoint, in recorded answers. Whether it serves them to
 * everybody is not documented: the list of endpoints has one of its own for each region. Every other region was named with
 * its own, but for those with the central one below.
 */
const seenAtCentral: readonly string[] = [
  'cn-qingdao',
  'cn-beijing',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-hongkong',
  'ap-southeast-1',
  'us-east-1',
  'us-west-1',
];

const special: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shanghai-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shenzhen-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-hangzhou-finance': central,
  'cn-north-2-gov-1': central,
  'cn-beijing-gov-1': central,
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
 * Undefined if that is not known: a name of one's own, an address, or the central endpoint.
 */
export function servesRegion(endpoint: string, regionId: string): boolean | undefined {
  const hostname = hostIn(ecsUrl(regionId, endpoint));
  if (endpoint.includes(regionMark) || isLoopback(hostname) || hostname === ecsEndpoint(regionId))
    return true;
  if (hostname === central && !seenAtCentral.includes(regionId)) return false;
  const named = regionNamed(hostname);
  return named === undefined ? undefined : named === regionId;
}

/** The name of the host. A final dot says that the name is complete: it is the same host. */
export function hostIn({ hostname }: URL): string {
  return hostname.replace(/\.$/, '');
}

/** A region, as in `cn-hangzhou`, `rus-west-1` or `cn-north-2-gov-1`. New ones come, so that no list would do. */
const region = String.raw`(?!ecs-|vpc-)[a-z]{2,4}-[a-z]{2,}(?:-[a-z0-9]+)*`;

/** The host of a region's endpoint: `ecs.REGION`, `ecs-REGION`, `ecs-vpc.REGION`, `….ecs.REGION.privatelink`. */
const regionalHost = new RegExp(
  String.raw`(?:^|\.)(?:ecs-)?(?:vpc-)?(${region})\.(?:[a-z]+\.)?aliyuncs\.com$`,
);

/** The region in the name of a host of Alibaba Cloud, if it has one. */
export function regionNamed(hostname: string): string | undefined {
  return regionalHost.exec(hostname)?.[1];
}

/** The local cloud serves all regions at one address. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
