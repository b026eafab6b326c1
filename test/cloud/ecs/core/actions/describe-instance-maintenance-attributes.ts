// DescribeInstanceMaintenanceAttributes. Only the windows can be set; the rest is what an instance has from the start.
import { pageByNumber } from '../pages.ts';
import { list, region } from '../params.ts';
import { maintenanceAttributeJson } from '../window-answers.ts';
import type { Action } from './action.ts';

/** The maintenance attributes of the region's instances, or of those that are named, in the order in which they were added. */
export const describeInstanceMaintenanceAttributes: Action = (account, { params }) => {
  const regionId = region(account, params);
  const ids = list(params, 'InstanceId', 100);
  const found = account.instancesIn(regionId).filter((instance) => ids?.includes(instance.id) ?? true);
  const page = pageByNumber(found, params);
  return {
    ...page.fields,
    MaintenanceAttributes: { MaintenanceAttribute: page.items.map(maintenanceAttributeJson) },
  };
};
