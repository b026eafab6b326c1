// DescribePlanMaintenanceWindows, without the filter by tags.
import { pageByToken } from '../pages.ts';
import { flag, optional, refuseUnbuilt, region } from '../params.ts';
import { planWindowJson } from '../window-answers.ts';
import type { Params } from '../params.ts';
import type { PlanMaintenanceWindow } from '../account.ts';
import type { Action } from './action.ts';

/**
 * Lists the O&M windows of the account. RegionId is mandatory but has no effect (description of the parameter).
 * TotalCount "may not be returned", so it is not returned.
 */
export const describePlanMaintenanceWindows: Action = (account, { params }) => {
  region(account, params);
  refuseUnbuilt(params, ['TargetResourceTags']);
  const found = [...account.planWindows.values()].filter(filter(params));
  const page = pageByToken(found, params, 'DescribePlanMaintenanceWindows', (window) => window.order);
  const { NextToken } = page.fields;
  return {
    ...(NextToken === undefined ? {} : { NextToken }),
    PlanMaintenanceWindowList: page.items.map(planWindowJson),
  };
};

function filter(params: Params): (window: PlanMaintenanceWindow) => boolean {
  const [id, name, group] = ['PlanWindowId', 'PlanWindowName', 'TargetResourceGroupId'].map((key) =>
    optional(params, key),
  );
  const enable = optional(params, 'Enable') === undefined ? undefined : flag(params, 'Enable');
  return (window) =>
    (id === undefined || window.id === id) &&
    (name === undefined || window.name === name) &&
    (enable === undefined || window.enable === enable) &&
    (group === undefined || ('resourceGroupId' in window.target && window.target.resourceGroupId === group));
}
