// DescribeRegions. It does not translate names, and every region is available.
import type { Action } from './action.ts';

/** Lists the existing regions, with or without instances. */
export const describeRegions: Action = (account) => ({
  Regions: {
    Region: account.options.regions.map((id) => ({
      RegionId: id,
      LocalName: id,
      RegionEndpoint: `ecs.${id}.aliyuncs.com`,
      Status: 'available',
    })),
  },
});
