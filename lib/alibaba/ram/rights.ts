// The rights that the functions and the people need: the one place that says them. `npm run setup` prints them.
// Resources of ECS: help.aliyun.com/en/ecs/developer-reference/api-ecs-2014-05-26-ram. Those of Tablestore:
// help.aliyun.com/en/tablestore/configure-user-permissions; an index is a table of its own.
import { dueIndexOf, type TableNames } from '../tablestore/tables.ts';
import type { Grant } from './policy.ts';

/** The functions, each with a role of its own. */
export const roleKinds = ['plan', 'execute', 'review'] as const;
export type RoleKind = (typeof roleKinds)[number];

/** Rights that are needed only if a setting, or a tag of an instance, asks for what they are for. */
export const extraRights = ['backups', 'commands'] as const;
export type ExtraRights = (typeof extraRights)[number];

/** What the ARNs are made of. `*` stands for what is not known. */
export interface Estate {
  accountId: string;
  /** Where events are looked for. */
  regions: readonly string[];
  tablestore: { region: string; instance: string };
  tables: TableNames;
  /** The log of the function, as in `PROJECT/logstore/LOGSTORE`. Undefined: none. */
  log: string | undefined;
  /** The region of the functions. */
  functionRegion: string;
  /** Where each function sends a message of a failed run, as an ARN. Undefined: nowhere. */
  failureDestinations: Readonly<Partial<Record<RoleKind, string>>>;
}

/** A kind of resources. `none`: the action has no resources of its own, so its statement has `*`. */
type Kind =
  | 'none'
  | 'instance'
  | 'disk'
  | 'snapshot'
  | 'snapshotgroup'
  | 'command'
  | 'tables'
  | 'history'
  | 'index'
  | 'log';

/** An action that a function calls, and on what. */
export interface Right {
  action: string;
  on: readonly Kind[];
  roles: readonly RoleKind[];
  extra?: ExtraRights;
}

const both: readonly RoleKind[] = ['plan', 'execute'];
const execute: readonly RoleKind[] = ['execute'];
const plan: readonly RoleKind[] = ['plan'];
/** It reads events, instances and tables, and writes only what it keeps in the history. */
const review: readonly RoleKind[] = ['review'];
const all: readonly RoleKind[] = roleKinds;

const rights: readonly Right[] = [
  { action: 'ecs:DescribeInstanceHistoryEvents', on: ['none'], roles: all },
  { action: 'ecs:DescribeInstancesFullStatus', on: ['none'], roles: both },
  { action: 'ecs:DescribeInstanceMaintenanceAttributes', on: ['none'], roles: both },
  { action: 'ecs:DescribePlanMaintenanceWindows', on: ['none'], roles: both },
  { action: 'ecs:DescribeInstances', on: ['instance'], roles: all },
  { action: 'ecs:RebootInstance', on: ['instance'], roles: execute },
  { action: 'ecs:DescribeDisks', on: ['disk'], roles: execute, extra: 'backups' },
  { action: 'ecs:CreateSnapshot', on: ['disk', 'snapshot'], roles: execute, extra: 'backups' },
  { action: 'ecs:CreateSnapshotGroup', on: ['instance', 'disk'], roles: execute, extra: 'backups' },
  { action: 'ecs:DescribeSnapshots', on: ['snapshot'], roles: execute, extra: 'backups' },
  { action: 'ecs:DescribeSnapshotGroups', on: ['snapshotgroup'], roles: execute, extra: 'backups' },
  { action: 'ecs:ModifySnapshotAttribute', on: ['snapshot'], roles: execute, extra: 'backups' },
  { action: 'ecs:InvokeCommand', on: ['command', 'instance'], roles: execute, extra: 'commands' },
  { action: 'ecs:DescribeInvocationResults', on: ['command', 'instance'], roles: execute, extra: 'commands' },
  { action: 'ots:GetRange', on: ['tables'], roles: [...plan, ...review] },
  { action: 'ots:GetRange', on: ['tables', 'index'], roles: execute },
  { action: 'ots:BatchGetRow', on: ['tables'], roles: all },
  { action: 'ots:PutRow', on: ['tables'], roles: both },
  { action: 'ots:UpdateRow', on: ['tables'], roles: both },
  { action: 'ots:BatchWriteRow', on: ['tables'], roles: both },
  { action: 'ots:BatchWriteRow', on: ['history'], roles: review },
  { action: 'log:PostLogStoreLogs', on: ['log'], roles: all },
];

/** Every right of a role, with those that only some settings need. */
export function rightsOf(role: RoleKind): Right[] {
  return rights.filter(({ roles }) => roles.includes(role));
}

/** The rights of a role. Actions on the same resources share a statement. Notices need none: they go to URLs. */
export function grantsOf(role: RoleKind, estate: Estate, extras: readonly ExtraRights[]): Grant[] {
  const wanted = rightsOf(role).filter(({ extra }) => extra === undefined || extras.includes(extra));
  const grants = wanted.map(({ action, on }) => ({
    actions: [action],
    resources: on.flatMap((kind) => arns(kind, estate)),
  }));
  return joined([...grants, ...destinationGrants(estate.failureDestinations[role])]);
}

/** Function Compute sends the message with the role of the function: to a topic of MNS, or to another function. */
function destinationGrants(arn: string | undefined): Grant[] {
  if (arn === undefined) return [];
  const action = arn.startsWith('acs:fc:') ? 'fc:InvokeFunction' : 'mns:PublishMessage';
  return [{ actions: [action], resources: [arn] }];
}

/** One statement for each list of resources. */
export function joined(grants: readonly Grant[]): Grant[] {
  const byResources = new Map<string, Grant>();
  for (const { actions, resources } of grants) {
    if (resources.length === 0) continue;
    const key = resources.join(' ');
    const known = byResources.get(key)?.actions ?? [];
    byResources.set(key, { actions: [...known, ...actions], resources });
  }
  return [...byResources.values()];
}

/** Both tables. */
export function tableArns(estate: Estate): string[] {
  return [estate.tables.plans, estate.tables.history].map((table) => tableArn(estate, table));
}

/** The index on due_at. */
export function indexArn(estate: Estate): string {
  return tableArn(estate, dueIndexOf(estate.tables.plans));
}

/** Tablestore does not tell capitals in the names of instances apart, and RAM compares with small letters. */
function tableArn({ accountId, tablestore: { region, instance } }: Estate, table: string): string {
  return `acs:ots:${region}:${accountId}:instance/${instance.toLowerCase()}/table/${table}`;
}

/** With more regions a policy would be longer than the 6,144 characters that RAM takes, so it has all of them. */
const mostRegions = 5;

function arns(kind: Kind, estate: Estate): string[] {
  const { accountId, regions, log, functionRegion } = estate;
  switch (kind) {
    case 'none':
      return ['*'];
    case 'tables':
      return tableArns(estate);
    case 'history':
      return [tableArn(estate, estate.tables.history)];
    case 'index':
      return [indexArn(estate)];
    case 'log':
      return log === undefined ? [] : [`acs:log:${functionRegion}:${accountId}:project/${log}`];
    default:
      if (regions.length > mostRegions) return [`acs:ecs:*:${accountId}:${kind}/*`];
      return regions.map((region) => `acs:ecs:${region}:${accountId}:${kind}/*`);
  }
}
