// Maintenance windows as the JSON of the answers: instances' own windows, in UTC+8, and O&M windows, in UTC.
import { overridden, type Json } from './answers.ts';
import { isoSeconds } from './iso.ts';
import type { TimeRange } from './types.ts';
import type { Instance, PlanMaintenanceWindow } from './account.ts';

/** An item of MaintenanceAttributes (DescribeInstanceMaintenanceAttributes). */
export function maintenanceAttributeJson(instance: Instance): Json {
  const { id, maintenanceWindow } = instance;
  return overridden(
    {
      InstanceId: id,
      MaintenanceWindows: {
        MaintenanceWindow: maintenanceWindow === undefined ? [] : [rangeJson(maintenanceWindow)],
      },
      ActionOnMaintenance: {
        Value: 'AutoRecover',
        DefaultValue: 'AutoRecover',
        SupportedValues: { SupportedValue: ['Stop', 'AutoRecover'] },
      },
      NotifyOnMaintenance: false,
    },
    instance.maintenanceOverride,
  );
}

/** An item of PlanMaintenanceWindowList (DescribePlanMaintenanceWindows). */
export function planWindowJson(window: PlanMaintenanceWindow): Json {
  const { target, period } = window;
  return overridden(
    {
      PlanWindowId: window.id,
      PlanWindowName: window.name,
      Enable: window.enable,
      SupportMaintenanceAction: window.supportMaintenanceAction,
      TargetResource:
        'tags' in target
          ? { Scope: 'Tag', Tags: Object.entries(target.tags).map(([Key, Value]) => ({ Key, Value })) }
          : { Scope: 'ResourceGroup', ResourceGroupId: target.resourceGroupId },
      TimePeriod: { PeriodUnit: period.unit, RangeList: period.ranges.map(rangeJson) },
      CreateTime: isoSeconds(window.createTime),
      ModifiedTime: isoSeconds(window.modifiedTime),
    },
    window.override,
  );
}

function rangeJson({ start, end }: TimeRange): Json {
  return { StartTime: start, EndTime: end };
}
