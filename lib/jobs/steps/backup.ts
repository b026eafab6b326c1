// The backup of an instance as a step of a plan: one consistent group of snapshots where its disks allow it, else a snapshot
// of each disk. An unfinished snapshot fails when the instance restarts, so the restart waits.
import { messageOf } from '../../failures.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, withAlso, type Statement } from '../../plan/statement.ts';
import { isBackupExpired, isPastRetention, stepOf, type Step } from '../../plan/steps.ts';
import type { Disk, SnapshotStatus, StartOutcome } from '../../ports.ts';
import type { Execution } from '../execution.ts';
import { readHeld } from '../held.ts';
import { clientToken } from './client-token.ts';
import { advance, failed, finish, type StepProgress } from './step-progress.ts';

/** Goes on with the backup as far as it can without waiting. */
export async function makeBackup(execution: Execution, plan: Plan): Promise<StepProgress> {
  const step = stepOf(plan, 'backup');
  try {
    if (step === undefined) return await begin(execution, plan);
    if (step.state === 'starting') return await start(execution, plan, step);
    if (step.state === 'running') return await check(execution, plan, step);
    if (step.state === 'failed') return await beginAgain(execution, plan, step);
    if (isBackupExpired(plan)) return await begin(execution, plan, expired(step));
  } catch (thrown) {
    // A part of the step may be written by now: what follows must not rest on an older row.
    const held = (await readHeld(execution, plan)) ?? plan;
    return { kind: 'waits', plan: held, why: state('backup-unreadable', { message: messageOf(thrown) }) };
  }
  return { kind: 'done', plan };
}

/** A failed backup ends its plan. Only a person can have taken that back. What it left must be over before. */
async function beginAgain(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const unfinished = await unfinishedOf(execution, plan, step);
  if (unfinished.length > 0) {
    return { kind: 'waits', plan, why: state('backup-incomplete', { ids: unfinished }) };
  }
  if (plan.runbook?.backup !== undefined) return begin(execution, plan);
  // None is wanted any more.
  const over: Step = { ...step, state: 'waived' };
  delete over.unfinished;
  const next = await advance(execution, plan, over, {});
  return next === undefined ? { kind: 'lost' } : { kind: 'done', plan: next };
}

function expired({ ids, retentionDays: days = 1 }: Step): Statement {
  return state('backup-expired', { ids, days });
}

async function begin(execution: Execution, plan: Plan, again?: Statement): Promise<StepProgress> {
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
  const what = state('backup-begins', { diskIds, method }, [again]);
  const next = await advance(execution, plan, step, { what });
  return next === undefined ? { kind: 'lost' } : start(execution, next, step);
}

/** ECS takes no retention days for a group when it makes it, so that a single disk gets a plain snapshot. */
function methodFor(disks: readonly Disk[]): 'group' | 'snapshots' {
  return disks.length > 1 && disks.every(({ isEssd }) => isEssd) ? 'group' : 'snapshots';
}

/** Each id is recorded as it comes, so that a crash or a refusal after it forgets none. */
async function start(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const parts = step.method === 'group' ? ['group'] : (step.diskIds ?? []);
  let [row, now] = [plan, step];
  let requestId: string | undefined;
  for (const [index, part] of parts.entries()) {
    if (index < now.ids.length) continue;
    const answer = await startPart(execution, row, now, part);
    if (answer.kind !== 'started') return notStarted(execution, row, now, answer);
    requestId = answer.requestId;
    now = { ...now, ids: [...now.ids, answer.id] };
    if (now.ids.length === parts.length) break;
    const next = await advance(execution, row, now, {});
    if (next === undefined) return { kind: 'lost' };
    row = next;
  }
  const running: Step = { ...now, state: 'running' };
  const what = state('backup-runs', { ids: running.ids, method: step.method ?? 'snapshots' });
  const next = await advance(execution, row, running, { what, requestId });
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

async function notStarted(
  execution: Execution,
  plan: Plan,
  step: Step,
  answer: Exclude<StartOutcome, { kind: 'started' }>,
): Promise<StepProgress> {
  const { message } = answer;
  if (answer.kind === 'unknown') return { kind: 'waits', plan, why: state('backup-unknown', { message }) };
  const values = { errorCode: answer.code, message };
  return answer.again === 'soon'
    ? { kind: 'waits', plan, why: state('backup-delayed', values) }
    : cannotSucceed(execution, plan, step, state('backup-refused', values));
}

/**
 * The backup cannot succeed. Where it is optional, the restart follows, and waits for the snapshots that are still being made:
 * it would make them fail. Where it is required, nothing is restarted, and the plan ends at once.
 */
async function cannotSucceed(
  execution: Execution,
  plan: Plan,
  step: Step,
  why: Statement,
): Promise<StepProgress> {
  const unfinished = await unfinishedOf(execution, plan, step);
  if (unfinished.length > 0 && !(plan.runbook?.backup?.isRequired ?? false)) {
    return { kind: 'waits', plan, why: state('backup-unfinished', { why, ids: unfinished }) };
  }
  const left = unfinished.length === 0 ? step : { ...step, unfinished };
  return failed(plan, left, withAlso(why, [whatIsLeft(step.ids, unfinished)]));
}

/** Names the snapshots of a backup that counts for nothing; undefined where there are none. */
export function whatIsLeft(
  ids: readonly string[],
  unfinished: readonly string[],
): Statement<'backup-left'> | undefined {
  return ids.length === 0 ? undefined : state('backup-left', { ids, unfinished });
}

/** The snapshots of the step that are still being made. `unlisted`: what a snapshot is that ECS does not list. */
export async function unfinishedOf(
  { backups }: Execution,
  { regionId }: Plan,
  { method, ids }: Step,
  unlisted: SnapshotStatus = 'progressing',
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const group = method === 'group' ? await backups.snapshotGroup(regionId, ids[0] ?? '') : undefined;
  const members = method === 'group' ? (group?.snapshotIds ?? []) : ids;
  const found = await backups.snapshots(regionId, members);
  return members.filter((id) => (found.get(id) ?? unlisted) === 'progressing');
}

async function check(execution: Execution, plan: Plan, step: Step): Promise<StepProgress> {
  const { ids } = step;
  const { statuses, snapshotIds } = await lookAt(execution, plan, step);
  // ECS no longer lists what it has deleted.
  const isGone = statuses.includes('progressing') && isPastRetention(step, execution.clock.now());
  if (isGone && (await unfinishedOf(execution, plan, step, 'accomplished')).length === 0) {
    return begin(execution, plan, expired(step));
  }
  if (statuses.includes('failed')) {
    return cannotSucceed(execution, plan, step, state('backup-failed', { ids }));
  }
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
