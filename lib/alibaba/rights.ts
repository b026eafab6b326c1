// The rights that the roles of both functions need: one list for the policies that setup prints, for the self-check of the
// functions, and for doctor. The README lists them for people, and test/rights.test.ts compares.
import type { FunctionName } from '../plan/run-values.ts';
import type { EcsAction } from './ecs/api.ts';

/** What ECS is asked by both functions. */
const ecsOfBoth = [
  'DescribeInstanceHistoryEvents',
  'DescribeInstances',
  'DescribeInstancesFullStatus',
] as const satisfies readonly EcsAction[];

/** The actions of ECS that each function calls. Only execute may reboot. */
export const ecsActions: Readonly<Record<FunctionName, readonly EcsAction[]>> = {
  plan: [...ecsOfBoth, 'DescribeInstanceMaintenanceAttributes', 'DescribePlanMaintenanceWindows'],
  execute: [
    ...ecsOfBoth,
    'RebootInstance',
    'DescribeDisks',
    'DescribeSnapshots',
    'DescribeSnapshotGroups',
    'CreateSnapshot',
    'CreateSnapshotGroup',
    'ModifySnapshotAttribute',
    'InvokeCommand',
    'DescribeInvocationResults',
  ],
};

/** The operations of Tablestore that both functions use on both tables. On the index it is GetRange alone. */
export const tableOperations = ['GetRange', 'BatchGetRow', 'PutRow', 'UpdateRow', 'BatchWriteRow'] as const;

/** One of them. */
export type TableOperation = (typeof tableOperations)[number];
