// The roles of the functions with the rights that "Deploy" in the README lists, made in the RAM of the local cloud.
import type { SessionCredentials } from './cloud/ram/core/keys.ts';
import type { RamCore } from './cloud/ram/core/ram-core.ts';
import { makeRole, type StatementJson } from './cloud/ram/testing/roles.ts';

/** A function, by its name in s.yaml. */
export type RoleOf = 'plan' | 'execute' | 'review';

/** The actions of ECS that have no resources of their own, or are allowed on all of them. */
const ecsOf: Record<RoleOf, readonly string[]> = {
  plan: [
    'ecs:DescribeInstanceHistoryEvents',
    'ecs:DescribeInstances',
    'ecs:DescribeInstancesFullStatus',
    'ecs:DescribeInstanceMaintenanceAttributes',
    'ecs:DescribePlanMaintenanceWindows',
  ],
  execute: [
    'ecs:DescribeInstanceHistoryEvents',
    'ecs:DescribeInstances',
    'ecs:DescribeInstancesFullStatus',
    'ecs:DescribeDisks',
    'ecs:DescribeSnapshots',
    'ecs:DescribeSnapshotGroups',
    'ecs:CreateSnapshot',
    'ecs:CreateSnapshotGroup',
    'ecs:ModifySnapshotAttribute',
    'ecs:InvokeCommand',
    'ecs:DescribeInvocationResults',
  ],
  review: ['ecs:DescribeInstanceHistoryEvents', 'ecs:DescribeInstances'],
};

const tables = [
  'ots:GetRange',
  'ots:BatchGetRow',
  'ots:PutRow',
  'ots:UpdateRow',
  'ots:BatchWriteRow',
] as const;

const tablesOf: Record<RoleOf, readonly string[]> = {
  plan: tables,
  execute: tables,
  // It writes what it keeps, and changes no plan.
  review: ['ots:GetRange', 'ots:BatchGetRow', 'ots:BatchWriteRow'],
};

/** The policy of a role, for the Tablestore instance with this name. */
export function policyOfRole(name: RoleOf, instance: string): readonly StatementJson[] {
  const reboots = {
    Effect: 'Allow',
    Action: 'ecs:RebootInstance',
    Resource: 'acs:ecs:*:*:instance/*',
  } as const;
  return [
    { Effect: 'Allow', Action: ecsOf[name], Resource: '*' },
    { Effect: 'Allow', Action: tablesOf[name], Resource: `acs:ots:*:*:instance/${instance}*` },
    ...(name === 'execute' ? [reboots] : []),
  ];
}

/** Every action that the policy of a role allows. */
export function actionsOfRole(name: RoleOf): readonly string[] {
  return [...ecsOf[name], ...tablesOf[name], ...(name === 'execute' ? ['ecs:RebootInstance'] : [])];
}

/** Makes the role of a function. Returns a session as Function Compute gives it to an instance: for 36 hours. */
export function sessionOf(ram: RamCore, name: RoleOf, instance: string): SessionCredentials {
  makeRole(ram, name, ...policyOfRole(name, instance));
  return sessionOfRole(ram, name);
}

/**
 * Makes the role of a function. Returns what gives its session: a new one twelve hours before the last one ends, as Function
 * Compute renews it.
 */
export function renewedSessions(
  ram: RamCore,
  name: RoleOf,
  { instance, now }: { instance: string; now: () => number },
): () => SessionCredentials {
  let session = sessionOf(ram, name, instance);
  return () => {
    if (session.expiresAt - now() < 12 * hourMs) session = sessionOfRole(ram, name);
    return session;
  };
}

const hourMs = 3_600_000;

function sessionOfRole(ram: RamCore, name: RoleOf): SessionCredentials {
  return ram.session(name, { sessionName: 'fc', seconds: 36 * 3_600 });
}
