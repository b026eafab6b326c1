// Every implemented action, by its name on the wire.
import { acceptInquiredSystemEvent } from './accept-inquired-system-event.ts';
import { cancelSimulatedSystemEvents } from './cancel-simulated-system-events.ts';
import { createSimulatedSystemEvents } from './create-simulated-system-events.ts';
import { createSnapshotGroup } from './create-snapshot-group.ts';
import { createSnapshot } from './create-snapshot.ts';
import { describeDisks } from './describe-disks.ts';
import { describeInstanceHistoryEvents } from './describe-instance-history-events.ts';
import { describeInstanceMaintenanceAttributes } from './describe-instance-maintenance-attributes.ts';
import { describeInstancesFullStatus } from './describe-instances-full-status.ts';
import { describeInstances } from './describe-instances.ts';
import { describePlanMaintenanceWindows } from './describe-plan-maintenance-windows.ts';
import { describeInvocationResults } from './describe-invocation-results.ts';
import { describeRegions } from './describe-regions.ts';
import { describeSnapshotGroups } from './describe-snapshot-groups.ts';
import { describeSnapshots } from './describe-snapshots.ts';
import { invokeCommand } from './invoke-command.ts';
import { modifySnapshotAttribute } from './modify-snapshot-attribute.ts';
import { modifySystemEventAttribute } from './modify-system-event-attribute.ts';
import { rebootInstance } from './reboot-instance.ts';
import { redeployInstance } from './redeploy-instance.ts';
import type { Action } from './action.ts';

/** A Map, so that a name from the wire cannot reach the prototype of an object. */
export const actions: ReadonlyMap<string, Action> = new Map([
  ['AcceptInquiredSystemEvent', acceptInquiredSystemEvent],
  ['CancelSimulatedSystemEvents', cancelSimulatedSystemEvents],
  ['CreateSimulatedSystemEvents', createSimulatedSystemEvents],
  ['CreateSnapshot', createSnapshot],
  ['CreateSnapshotGroup', createSnapshotGroup],
  ['DescribeDisks', describeDisks],
  ['DescribeInstanceHistoryEvents', describeInstanceHistoryEvents],
  ['DescribeInstanceMaintenanceAttributes', describeInstanceMaintenanceAttributes],
  ['DescribeInstances', describeInstances],
  ['DescribeInstancesFullStatus', describeInstancesFullStatus],
  ['DescribePlanMaintenanceWindows', describePlanMaintenanceWindows],
  ['DescribeInvocationResults', describeInvocationResults],
  ['DescribeRegions', describeRegions],
  ['DescribeSnapshotGroups', describeSnapshotGroups],
  ['DescribeSnapshots', describeSnapshots],
  ['InvokeCommand', invokeCommand],
  ['ModifySnapshotAttribute', modifySnapshotAttribute],
  ['ModifySystemEventAttribute', modifySystemEventAttribute],
  ['RebootInstance', rebootInstance],
  ['RedeployInstance', redeployInstance],
]);
