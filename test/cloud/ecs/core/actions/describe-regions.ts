// DescribeRegions. Names are not translated, and every region sells everything.
import type { Action } from './action.ts';

/** The regions that exist, whether they have instances or not. */
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
