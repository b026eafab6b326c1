// The backup of an instance as a step of a plan: one consistent group of snapshots where its disks allow it, else a snapshot
// of each disk. An unfinished snapshot fails when the instance restarts, so the restart waits.
import { messageOf } from '../../failures.ts';
import type { Plan } from '../../plan/plan.ts';
import { state } from '../../plan/statement.ts';
import { stepOf, type Step } from '../../plan/steps.ts';
import type { Disk, SnapshotStatus, StartOutcome } from '../../ports.ts';
import type { Execution } from '../execution.ts';
import { readHeld } from '../held.ts';
import { clientToken } from './client-token.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

/** Goes on with the backup as far as it can without waiting. */
export async function makeBackup(execution: Execution, plan: Plan): Promise<StepProgress> {
  const step = stepOf(plan, 'backup');
  try {
    // A failed backup ends its plan. Only a person can have taken that back.
    if (step === undefined || step.state === 'failed') return await begin(execution, plan);
    if (step.state === 'starting') return await start(execution, plan, step);
    if (step.state === 'running') return await check(execution, plan, step);
  } catch (thrown) {
    // A part of the step may be written by now: what follows must not rest on an older row.
    const held = (await readHeld(execution, plan)) ?? plan;
    return { kind: 'waits', plan: held, why: state('backup-unreadable', { message: messageOf(thrown) }) };
  }
  return { kind: 'done', plan };
}

async function begin(execution: Execution, plan: Plan): Promise<StepProgress> {
  const disks = await execution.backups.disksOf(plan.regionId, plan.instanceId);
  const diskIds = disks.map(({ diskId }) => diskId);
  const method = methodFor(disks);
  const step: Step = {
    name: 'backup',
    state: 'starting',
    at: execution.clock.now(),
    method,
    diskIds,
    retentionDays: plan.runbook?.backup?.retentionDays ?? 1,
    ids: [],
  };
  if (disks.length === 0) return failed(plan, step, state('backup-without-disks', {}));
  const next = await advance(execution, plan, step, { what: state('backup-begins', { diskIds, method }) });
  return next === undefined ? { kind: 'lost' } : start(execution, next, step);
}

/** ECS takes no retention days for a group when it makes it, so that a single disk gets a plain snapshot. */
function methodFor(disks: readonly Disk[]): 'group' | 'snapshots' {
  return disks.length > 1 && disks.every(({ isEssd }) => isEssd) ? 'group' : 'snapshots';
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
  const what = state('backup-runs', { ids, method: step.method ?? 'snapshots' });
  const next = await advance(execution, plan, running, { what, requestId });
  return next === undefined ? { kind: 'lost' } : check(execution, next, running);
}

async function startPart(
  { backups }: Execution,
  plan: Plan,
  step: Step,
  part: string,
): Promise<StartOutcome> {
  const { regionId, instanceId } = plan;
  const { diskIds = [], retentionDays = 1 } = step;
  const request = { name: nameFor(plan), clientToken: clientToken(plan, step, part) };
  return step.method === 'group'
    ? backups.createSnapshotGroup(regionId, { instanceId, diskIds, ...request })
    : backups.createSnapshot(regionId, { diskId: part, retentionDays, ...request });
}

/** Named after the plan, in the characters that ECS accepts. */
function nameFor({ planId }: Plan): string {
  return `reboot-${planId.replace(/[^A-Za-z0-9_.:-]/g, '-')}`.slice(0, 128);
}

function notStarted(
  plan: Plan,
  step: Step,
  answer: Exclude<StartOutcome, { kind: 'started' }>,
): StepProgress {
  const { message } = answer;
  if (answer.kind === 'unknown') return { kind: 'waits', plan, why: state('backup-unknown', { message }) };
  const values = { errorCode: answer.code, message };
  return answer.again === 'soon'
    ? { kind: 'waits', plan, why: state('backup-delayed', values) }
    : failed(plan, step, state('backup-refused', values));
}

async function check(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const { ids } = step;
  const { statuses, snapshotIds } = await lookAt(execution, plan, step);
  if (statuses.includes('failed')) return failed(plan, step, state('backup-failed', { ids }));
  if (statuses.length === 0 || !statuses.every((status) => status === 'accomplished')) {
    return { kind: 'waits', plan, why: state('backup-incomplete', { ids }) };
  }
  const days = step.retentionDays ?? 1;
  const isKept = step.method === 'snapshots' || (await keepFor(execution, plan, { step, snapshotIds, days }));
  return finish(execution, plan, step, state('backup-complete', { ids, ...(isKept ? { days } : {}) }));
}

/** A snapshot or a group that ECS does not list yet counts as under way. */
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

/** Sets how long a group is kept. True where that worked. The backup is complete: keeping it longer is reported, no more. */
async function keepFor(
  { backups, problems }: Execution,
  plan: Plan,
  group: { step: Step; snapshotIds: readonly string[]; days: number },
): Promise<boolean> {
  try {
    await backups.keepFor(plan.regionId, group.snapshotIds, group.days);
    return true;
  } catch (thrown) {
    problems.add(plan, state('backup-kept', { ids: group.step.ids, message: messageOf(thrown) }), thrown);
    return false;
  }
}
