// DescribeRegions. Names are not translated, and every region sells everything.
import type { Action } from './action.ts';

/** The regions that exist, whether they have instances or not. */
export const describeRegions: Action = (world) => ({
  Regions: {
    Region: world.options.regions.map((id) => ({
      RegionId: id,
      LocalName: id,
      RegionEndpoint: `ecs.${id}.aliyuncs.com`,
      Status: 'available',
    })),
  },
});
