// One small question of ECS for each right of a role. Nothing is started, changed or restarted: a call that would do so names
// what does not exist. That ECS checks the right before it looks for it is not documented.
import type { NeededRight, RightShown } from '../../plan/right.ts';
import type { Probe } from '../../ports.ts';
import type { EcsAction, EcsApi, EcsParameters } from '../ecs/api.ts';
import { readFault } from '../ecs/error-codes.ts';
import { readInstancePage } from '../ecs/instance-answers.ts';
import type { DryAnswer } from '../ecs/dry-reboot.ts';
import { ecsOutcome } from './outcome.ts';

/** What the questions are asked with. */
export interface EcsAsking {
  api: EcsApi;
  /** Sends RebootInstance with DryRun. Nothing here can send it without. */
  dryReboot: (where: { regionId: string; instanceId: string }) => Promise<DryAnswer>;
  /** Makes the token of a call that starts something. */
  newToken: () => string;
}

/** Ids of the right form. No resource has them: ECS's own ids have other letters at these places. */
const nothing = {
  instance: 'i-00000000000000000000',
  disk: 'd-00000000000000000000',
  snapshot: 's-00000000000000000000',
  group: 'ssg-00000000000000000000',
  command: 'c-00000000000000000000',
  invocation: 't-00000000000000000000',
} as const;

/** So many Running instances are tried: a single one may be locked, or just booting. */
const mostDryRuns = 5;

type Asked = Exclude<EcsAction, 'RebootInstance'>;

/** The smallest call of each action. */
const calls: {
  [A in Asked]: (regionId: string, newToken: () => string) => EcsParameters[A];
} = {
  DescribeInstanceHistoryEvents: (regionId) => ({
    regionId,
    instanceEventCycleStatus: ['Scheduled'],
    maxResults: 1,
  }),
  DescribeInstances: (regionId) => ({ regionId, maxResults: 1 }),
  DescribeInstancesFullStatus: (regionId) => ({ regionId, instanceId: [nothing.instance], pageSize: 1 }),
  DescribeInstanceMaintenanceAttributes: (regionId) => ({
    regionId,
    instanceId: [nothing.instance],
    pageSize: 1,
  }),
  DescribePlanMaintenanceWindows: (regionId) => ({ regionId, maxResults: 1 }),
  DescribeDisks: (regionId) => ({ regionId, instanceId: nothing.instance, maxResults: 1 }),
  DescribeSnapshots: (regionId) => ({
    regionId,
    snapshotIds: JSON.stringify([nothing.snapshot]),
    maxResults: 1,
  }),
  DescribeSnapshotGroups: (regionId) => ({ regionId, snapshotGroupId: [nothing.group], maxResults: 1 }),
  CreateSnapshot: (_regionId, newToken) => ({
    diskId: nothing.disk,
    snapshotName: 'self-check',
    retentionDays: 1,
    clientToken: newToken(),
    tag: [],
  }),
  CreateSnapshotGroup: (regionId, newToken) => ({
    regionId,
    instanceId: nothing.instance,
    diskId: [nothing.disk],
    name: 'self-check',
    clientToken: newToken(),
    tag: [],
  }),
  ModifySnapshotAttribute: () => ({ snapshotId: nothing.snapshot, retentionDays: 1 }),
  InvokeCommand: (regionId, newToken) => ({
    regionId,
    commandId: nothing.command,
    instanceId: [nothing.instance],
    timeout: 10,
    repeatMode: 'Once',
    clientToken: newToken(),
  }),
  DescribeInvocationResults: (regionId) => ({
    regionId,
    invokeId: nothing.invocation,
    instanceId: nothing.instance,
    maxResults: 1,
  }),
};

/** Actions whose smallest call names nothing that exists. */
const namesWhatIs: readonly Asked[] = [
  'DescribeInstanceHistoryEvents',
  'DescribeInstances',
  'DescribePlanMaintenanceWindows',
];

/** The questions about these rights of ECS, in each region. */
export function ecsProbes(
  asking: EcsAsking,
  needed: readonly Omit<NeededRight, 'where'>[],
  regions: readonly string[],
): Probe[] {
  return regions.flatMap((regionId) =>
    needed.map((right) => ({
      ...right,
      where: `in ${regionId}`,
      ask: () => askOf(asking, right.right, regionId),
    })),
  );
}

async function askOf(asking: EcsAsking, right: string, regionId: string): Promise<RightShown> {
  const action = right.replace(/^ecs:/, '');
  if (action === 'RebootInstance') return askDryRun(asking, regionId);
  if (isAsked(action)) return askSmall(asking, regionId, action);
  return { kind: 'unclear', why: `The check knows no question about ${right}.` };
}

function isAsked(action: string): action is Asked {
  return action in calls;
}

async function askSmall({ api, newToken }: EcsAsking, regionId: string, action: Asked): Promise<RightShown> {
  const namesNothing = !namesWhatIs.includes(action);
  try {
    await api.turn(regionId, action);
    await api.call(regionId, action, calls[action](regionId, newToken));
    return { kind: 'granted' };
  } catch (thrown) {
    return ecsOutcome(readFault(thrown), { action, namesNothing });
  }
}

/** A dry run on an instance that runs. ECS must answer DryRunOperation: it would restart the instance. */
async function askDryRun({ api, dryReboot }: EcsAsking, regionId: string): Promise<RightShown> {
  const running = await runningIn(api, regionId);
  if (typeof running === 'string') return { kind: 'unclear', why: running };
  let last = `No instance in ${regionId} is Running, and a dry run of RebootInstance needs one.`;
  for (const instanceId of running) {
    const answer = await dryReboot({ regionId, instanceId });
    if (answer.kind === 'accepted') {
      return {
        kind: 'failed',
        message: `ECS took RebootInstance with DryRun=true on ${instanceId} in ${regionId} for a restart`,
        mend: 'Look at the instance now, and tell the support of Alibaba Cloud: a dry run must restart nothing.',
      };
    }
    const { fault } = answer;
    if (fault.code === 'DryRunOperation') return { kind: 'granted' };
    const outcome = ecsOutcome(fault, { action: 'RebootInstance', namesNothing: false });
    if (outcome.kind !== 'failed' || fault.status === undefined) return outcome;
    last = `A dry run of RebootInstance on ${instanceId} in ${regionId} shows nothing of the right: ${outcome.message}`;
  }
  return { kind: 'unclear', why: last };
}

/** Some instances that run; a text says why none can be named. */
async function runningIn(api: EcsApi, regionId: string): Promise<readonly string[] | string> {
  try {
    const query = { regionId, status: 'Running', maxResults: 50 };
    const { items } = readInstancePage(await api.call(regionId, 'DescribeInstances', query));
    return items.instances
      .filter(({ locks }) => locks.length === 0)
      .slice(0, mostDryRuns)
      .map(({ instanceId }) => instanceId);
  } catch {
    return `A dry run of RebootInstance needs an instance, and ecs:DescribeInstances in ${regionId} gives none.`;
  }
}
