// The backup of an instance as a step of a plan: one consistent group of snapshots where its disks allow it, or a snapshot
// of each disk. A restart during a snapshot fails the snapshot, so it is waited for.
import { messageOf } from '../../failures.ts';
import type { Plan } from '../../plan/plan.ts';
import { stepOf, type Step } from '../../plan/steps.ts';
import type { Disk, SnapshotStatus, StartOutcome } from '../../ports.ts';
import { clientToken } from './client-token.ts';
import type { Execution } from '../execution.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

/** Goes on with the backup as far as it can without waiting. */
export async function makeBackup(execution: Execution, plan: Plan): Promise<StepProgress> {
  const step = stepOf(plan, 'backup');
  try {
    // A failed one ends its plan: only a person can have taken that back.
    if (step === undefined || step.state === 'failed') return await begin(execution, plan);
    if (step.state === 'starting') return await start(execution, plan, step);
    if (step.state === 'running') return await check(execution, plan, step);
  } catch (thrown) {
    return { kind: 'waits', plan, why: `The backup could not be looked after: ${messageOf(thrown)}` };
  }
  return { kind: 'done', plan };
}

async function begin(execution: Execution, plan: Plan): Promise<StepProgress> {
  const disks = await execution.backups.disksOf(plan.regionId, plan.instanceId);
  const step: Step = {
    name: 'backup',
    state: 'starting',
    at: execution.clock.now(),
    method: methodFor(disks),
    diskIds: disks.map(({ diskId }) => diskId),
    retentionDays: plan.runbook?.backup?.retentionDays ?? 1,
    ids: [],
  };
  if (disks.length === 0) return failed(plan, step, 'The backup failed: ECS lists no disk of the instance.');
  const what = `Begins the backup of ${step.diskIds?.join(', ') ?? ''}: ${howOf(step)}.`;
  const next = await advance(execution, plan, step, what);
  return next === undefined ? { kind: 'lost' } : start(execution, next, step);
}

/** A group cannot be given retention days when it is made, so a single disk has a plain snapshot. */
function methodFor(disks: readonly Disk[]): 'group' | 'snapshots' {
  return disks.length > 1 && disks.every(({ isEssd }) => isEssd) ? 'group' : 'snapshots';
}

function howOf({ method, diskIds = [] }: Step): string {
  if (method === 'group') return 'one consistent group of snapshots';
  return diskIds.length === 1 ? 'a snapshot' : 'a snapshot of each';
}

async function start(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const ids: string[] = [];
  let requestId: string | undefined;
  for (const part of step.method === 'group' ? ['group'] : (step.diskIds ?? [])) {
    const answer = await startPart(execution, plan, step, part);
    if (answer.kind !== 'started') return notStarted(plan, step, answer);
    ids.push(answer.id);
    requestId = answer.requestId;
  }
  const running: Step = { ...step, state: 'running', ids };
  const noun = step.method === 'group' ? 'snapshot group' : ids.length === 1 ? 'snapshot' : 'snapshots';
  const what = `ECS makes ${noun} ${ids.join(', ')}.`;
  const next = await advance(execution, plan, running, what, requestId);
  return next === undefined ? { kind: 'lost' } : check(execution, next, running);
}

async function startPart(
  { backups }: Execution,
  plan: Plan,
  step: Step,
  part: string,
): Promise<StartOutcome> {
  const { regionId, instanceId } = plan;
  const token = { clientToken: clientToken(plan, step, part) };
  const name = nameFor(plan);
  return step.method === 'group'
    ? backups.createSnapshotGroup(regionId, { instanceId, diskIds: step.diskIds ?? [], name, ...token })
    : backups.createSnapshot(regionId, {
        diskId: part,
        name,
        retentionDays: step.retentionDays ?? 1,
        ...token,
      });
}

/** Named after the plan, in the characters that ECS takes. */
function nameFor({ planId }: Plan): string {
  return `reboot-${planId.replace(/[^A-Za-z0-9_.:-]/g, '-')}`.slice(0, 128);
}

function notStarted(
  plan: Plan,
  step: Step,
  answer: Exclude<StartOutcome, { kind: 'started' }>,
): StepProgress {
  if (answer.kind === 'unknown') {
    return { kind: 'waits', plan, why: `It is not known whether the backup began (${answer.message}).` };
  }
  const told = `${answer.code}: ${answer.message}`;
  return answer.again === 'soon'
    ? { kind: 'waits', plan, why: `ECS does not begin the backup yet (${told}).` }
    : failed(plan, step, `ECS refused the backup (${told}).`);
}

async function check(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const { statuses, snapshotIds } = await lookAt(execution, plan, step);
  if (statuses.includes('failed')) return failed(plan, step, `The backup failed: ${step.ids.join(', ')}.`);
  if (!statuses.every((status) => status === 'accomplished')) {
    return { kind: 'waits', plan, why: `The backup ${step.ids.join(', ')} is not complete yet.` };
  }
  const days = step.retentionDays ?? 1;
  const isKept = step.method === 'snapshots' || (await keepFor(execution, plan, step, snapshotIds, days));
  const kept = isKept ? `kept for ${days === 1 ? 'a day' : `${days} days`}` : 'kept until you delete it';
  return finish(execution, plan, step, `The backup is complete: ${step.ids.join(', ')}, ${kept}.`);
}

/** One that ECS does not tell of yet counts as under way. */
async function lookAt(
  { backups }: Execution,
  { regionId }: Plan,
  step: Step,
): Promise<{ statuses: SnapshotStatus[]; snapshotIds: readonly string[] }> {
  if (step.method === 'group') {
    const group = await backups.snapshotGroup(regionId, step.ids[0] ?? '');
    return { statuses: [group?.status ?? 'progressing'], snapshotIds: group?.snapshotIds ?? [] };
  }
  const found = await backups.snapshots(regionId, step.ids);
  return { statuses: step.ids.map((id) => found.get(id) ?? 'progressing'), snapshotIds: step.ids };
}

/** True where that worked. The backup is there: that it is kept for longer than wanted is told, and holds nothing up. */
async function keepFor(
  { backups, problems }: Execution,
  { regionId, instanceId }: Plan,
  step: Step,
  snapshotIds: readonly string[],
  days: number,
): Promise<boolean> {
  try {
    await backups.keepFor(regionId, snapshotIds, days);
    return true;
  } catch (thrown) {
    const problem = `The backup ${step.ids.join(', ')} is kept until you delete it: ${messageOf(thrown)}`;
    problems.add({ regionId, instanceId, problem });
    return false;
  }
}
