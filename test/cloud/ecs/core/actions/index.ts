// Every action that is built, by its name on the wire.
import { cancelSimulatedSystemEvents } from './cancel-simulated-system-events.ts';
import { createSimulatedSystemEvents } from './create-simulated-system-events.ts';
import { describeInstanceHistoryEvents } from './describe-instance-history-events.ts';
import { describeInstanceMaintenanceAttributes } from './describe-instance-maintenance-attributes.ts';
import { describeInstancesFullStatus } from './describe-instances-full-status.ts';
import { describeInstances } from './describe-instances.ts';
import { describePlanMaintenanceWindows } from './describe-plan-maintenance-windows.ts';
import { describeRegions } from './describe-regions.ts';
import { modifySystemEventAttribute } from './modify-system-event-attribute.ts';
import { rebootInstance } from './reboot-instance.ts';
import type { Action } from './action.ts';

/** A Map, so that no name from the wire can reach an object's prototype. */
export const actions: ReadonlyMap<string, Action> = new Map([
  ['CancelSimulatedSystemEvents', cancelSimulatedSystemEvents],
  ['CreateSimulatedSystemEvents', createSimulatedSystemEvents],
  ['DescribeInstanceHistoryEvents', describeInstanceHistoryEvents],
  ['DescribeInstanceMaintenanceAttributes', describeInstanceMaintenanceAttributes],
  ['DescribeInstances', describeInstances],
  ['DescribeInstancesFullStatus', describeInstancesFullStatus],
  ['DescribePlanMaintenanceWindows', describePlanMaintenanceWindows],
  ['DescribeRegions', describeRegions],
  ['ModifySystemEventAttribute', modifySystemEventAttribute],
  ['RebootInstance', rebootInstance],
]);
