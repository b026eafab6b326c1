// What each action needs of RAM: `ecs:ACTION` on these resources. Documented: the table of ECS
// (help.aliyun.com/en/ecs/developer-reference/api-ecs-2014-05-26-ram). An action that is not in the table needs all resources
// here, as those do that have none of their own: a policy that is enough here is enough there.
import type { Access } from '../../authority.ts';
import type { Account } from './account.ts';
import { list, optional, type Params } from './params.ts';

/** One kind of resource. Where the call names none, it needs all of them, or none. */
interface Need {
  kind: 'instance' | 'disk' | 'snapshot' | 'snapshotgroup' | 'command';
  ids: (params: Params) => readonly string[];
  ifUnnamed: 'all' | 'nothing';
}

const one =
  (name: string): Need['ids'] =>
  (params) => {
    const id = optional(params, name);
    return id === undefined ? [] : [id];
  };
const several =
  (name: string): Need['ids'] =>
  (params) =>
    list(params, name, Infinity) ?? [];
const inArray =
  (name: string): Need['ids'] =>
  (params) =>
    idsIn(optional(params, name) ?? '[]');
const none: Need['ids'] = () => [];

const need = (kind: Need['kind'], ids: Need['ids'], ifUnnamed: Need['ifUnnamed'] = 'all'): Need => ({
  kind,
  ids,
  ifUnnamed,
});

/** The needs of each action. An empty list: all resources, written as `*`. */
export const needs: ReadonlyMap<string, readonly Need[]> = new Map([
  ['AcceptInquiredSystemEvent', []],
  ['CancelSimulatedSystemEvents', []],
  ['CreateSimulatedSystemEvents', [need('instance', several('InstanceId'))]],
  ['CreateSnapshot', [need('disk', one('DiskId')), need('snapshot', none)]],
  [
    'CreateSnapshotGroup',
    [need('instance', one('InstanceId'), 'nothing'), need('disk', several('DiskId'), 'nothing')],
  ],
  ['DescribeDisks', [need('disk', inArray('DiskIds'))]],
  ['DescribeInstanceHistoryEvents', []],
  ['DescribeInstanceMaintenanceAttributes', []],
  ['DescribeInstances', [need('instance', inArray('InstanceIds'))]],
  ['DescribeInstancesFullStatus', []],
  [
    'DescribeInvocationResults',
    [need('command', one('CommandId'), 'nothing'), need('instance', one('InstanceId'))],
  ],
  ['DescribePlanMaintenanceWindows', []],
  ['DescribeRegions', []],
  ['DescribeSnapshotGroups', [need('snapshotgroup', several('SnapshotGroupId'))]],
  ['DescribeSnapshots', [need('snapshot', inArray('SnapshotIds'))]],
  ['InvokeCommand', [need('command', one('CommandId')), need('instance', several('InstanceId'))]],
  ['ModifySnapshotAttribute', [need('snapshot', one('SnapshotId'))]],
  ['ModifySystemEventAttribute', []],
  ['RebootInstance', [need('instance', one('InstanceId'))]],
  ['RedeployInstance', [need('instance', one('InstanceId'))]],
]);

/** Who owns the resources, and the region of the endpoint, if it has one. */
export interface Owner {
  accountId: string;
  endpoint: string | undefined;
}

/** What a call needs. Nothing for an unknown action, which is refused later. */
export function accessesOf(account: Account, action: string, params: Params, owner: Owner): Access[] {
  const kinds = needs.get(action);
  if (kinds === undefined) return [];
  if (kinds.length === 0) return [{ action: `ecs:${action}`, resource: '*' }];
  const named = kinds.flatMap(({ kind, ids, ifUnnamed }) => {
    const found = ids(params);
    const wanted = found.length === 0 && ifUnnamed === 'all' ? ['*'] : found;
    return wanted.map((id) => ({ kind, id, region: regionOf(account, kind, id) }));
  });
  // What a call creates is where the things are that it names.
  const home =
    optional(params, 'RegionId') ??
    named.find(({ region }) => region !== undefined)?.region ??
    owner.endpoint;
  return named.map(({ kind, id, region = home ?? '' }) => ({
    action: `ecs:${action}`,
    resource: `acs:ecs:${region}:${owner.accountId}:${kind}/${id}`,
    facts: factsOf((kind === 'instance' ? account.instance(id)?.tags : undefined) ?? {}),
  }));
}

function regionOf(account: Account, kind: Need['kind'], id: string): string | undefined {
  if (kind === 'instance') return account.instance(id)?.regionId;
  if (kind === 'disk') return account.disk(id)?.regionId;
  if (kind === 'snapshot') return account.snapshots.get(id)?.regionId;
  return undefined;
}

/** The condition keys of the tags of an instance. */
function factsOf(tags: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tags).flatMap(([key, value]) => [
      [`acs:ResourceTag/${key}`, value],
      [`ecs:tag/${key}`, value],
    ]),
  );
}

/** The ids of a JSON array. The action itself refuses what is none. */
function idsIn(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
