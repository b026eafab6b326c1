// DescribeInstanceMaintenanceAttributes. Only the windows can be set. The other attributes have fixed values.
import { pageByNumber } from '../pages.ts';
import { list, region } from '../params.ts';
import { maintenanceAttributeJson } from '../window-answers.ts';
import type { Action } from './action.ts';

/** Lists the maintenance attributes of the region's instances, or of the named ones, in the order added. */
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
