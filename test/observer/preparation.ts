// What comes before and after a restart, checked against the cloud's record of snapshots and commands. No step is done twice
// for one plan (promise 1). No restart ignores a backup or a command that failed (5). No plan is Avoided without a successful
// post-command (4).
import type { RunStatus } from '../cloud/ecs/core/commands.ts';
import type { RunEntry } from '../cloud/ecs/core/journal.ts';
import type { SnapshotGroupView, SnapshotView } from '../cloud/ecs/core/snapshots.ts';
import { sendingsIn, type Evidence, type RowMoment, type RowState, type Sending } from './evidence.ts';
import { runbookIn, stepIn } from './runbook-columns.ts';
import type { Violation } from './violation.ts';

/** The parts of the record about backups and commands. */
interface Preparations {
  evidence: Evidence;
  histories: Map<string, RowMoment[]>;
  snapshots: readonly SnapshotView[];
  groups: readonly SnapshotGroupView[];
  runs: readonly Run[];
}

/** One run of a command on an instance, with its changes of status. */
interface Run {
  invokeId: string;
  commandId: string;
  instanceId: string;
  changes: readonly RunEntry[];
}

/** All broken promises before and after restarts. */
export function brokenPreparations(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const record: Preparations = {
    evidence,
    histories,
    snapshots: evidence.ecs.snapshots(),
    groups: evidence.ecs.snapshotGroups(),
    runs: runsIn(evidence),
  };
  return [
    ...backedUpTwice(record),
    ...invokedTwice(record),
    ...begunUnrecorded(record),
    ...sentDuringBackup(record),
    ...sentPastGate(record),
    ...claimedWithoutPostCommand(record),
  ];
}

function runsIn({ ecs }: Evidence): Run[] {
  const views = ecs.invocations();
  if (views.length === 0) return [];
  const changes = ecs.record.entries().filter((entry) => entry.kind === 'run');
  return views.map(({ invokeId, commandId, instanceId }) => ({
    invokeId,
    commandId,
    instanceId,
    changes: changes.filter((entry) => entry.invokeId === invokeId && entry.instanceId === instanceId),
  }));
}

function backedUpTwice({ histories, snapshots, groups }: Preparations): Violation[] {
  const counts = new Map<string, number>();
  const violations: Violation[] = [];
  const once = (instanceId: string, name: string | undefined, of: string, at: number): void => {
    if (!isOurs(name)) return;
    const key = `${instanceId} ${name} ${of}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const revivals = revivalsOf(histories.get(instanceId) ?? [], name.slice('reboot-'.length));
    // A person who sets a finished plan to an unfinished status asks for all steps once more. The functions keep the backup.
    const lives = livesOf(revivals.filter(({ isOurs }) => !isOurs));
    if (count > lives)
      violations.push({ promise: 1, instanceId, what: `${name} was begun again at ${time(at)}, of ${of}` });
  };
  for (const group of groups) {
    once(group.instanceId ?? '', group.name, 'a group', group.creationTime);
  }
  for (const snapshot of snapshots) {
    once(snapshot.instanceId, nameOf(snapshot, groups), snapshot.diskId, snapshot.creationTime);
  }
  return violations;
}

/** The functions name a backup `reboot-` and the id of the plan. */
function isOurs(name: string | undefined): name is string {
  return name?.startsWith('reboot-') === true;
}

/** A member of a group has the name of the group. */
function nameOf(snapshot: SnapshotView, groups: readonly SnapshotGroupView[]): string | undefined {
  return snapshot.name ?? groups.find(({ id }) => id === snapshot.groupId)?.name;
}

/**
 * A command may run once per step that names it: one command may be both the pre-command and the post-command. A run that had
 * ended before and never reached the instance does not count. It may never begin while an earlier run of it is not over,
 * whatever became of the plan in between.
 */
function invokedTwice({ histories, runs }: Preparations): Violation[] {
  const earlier = new Map<string, Run[]>();
  const violations: Violation[] = [];
  for (const run of runs) {
    const { instanceId, commandId } = run;
    const moments = histories.get(instanceId) ?? [];
    const planId = planOf(run, moments);
    // A pre-command counts for one interval. When its plan is put off, it is undone, and it runs once more.
    const until = String(stateAt(moments, begunOrder(run))?.['latest_start']);
    const key = `${instanceId} ${planId} ${commandId} ${until}`;
    const before = earlier.get(key) ?? [];
    earlier.set(key, [...before, run]);
    const count =
      1 + before.filter((one) => !hadMissed(one, begunOrder(run)) && !wasUndone(one, run, moments)).length;
    const steps = Math.max(1, stepsWith(commandId, planId, moments));
    const last = before.findLast((one) => !hadMissed(one, begunOrder(run)));
    // A plan undoes what an earlier plan of its instance began, and later what it began itself.
    const isForAnother =
      isOfStep('undo-command', run, moments) && last !== undefined && hasDrained(last, run);
    // When a plan ends, a person is told to undo its pre-command. A plan that is judged again runs it once more.
    if (count > steps * livesOf(revivalsOf(moments, planId)) && !isForAnother) {
      const what = `${commandId} was invoked again at ${time(begunAt(run))} for plan ${planId}`;
      violations.push({ promise: 1, instanceId, what });
      continue;
    }
    const order = begunOrder(run);
    const beside = runs.find(
      (one) => one.instanceId === instanceId && one.commandId === commandId && isUnfinished(runs, one, order),
    );
    if (beside !== undefined) {
      const what = `${commandId} was invoked again at ${time(begunAt(run))} while its run ${beside.invokeId} was not over`;
      violations.push({ promise: 1, instanceId, what });
    }
  }
  return violations;

  /** True where the undo-command began between two runs of the pre-command: a person put the plan off within its interval. */
  function wasUndone(from: Run, until: Run, moments: readonly RowMoment[]): boolean {
    if (isOfStep('undo-command', from, moments)) return false;
    return runs.some(
      (one) =>
        one.instanceId === from.instanceId &&
        begunOrder(one) > begunOrder(from) &&
        begunOrder(one) < begunOrder(until) &&
        isOfStep('undo-command', one, moments),
    );
  }

  /** True where a pre-command began on the instance between two runs of its undo-command. */
  function hasDrained(from: Run, until: Run): boolean {
    return runs.some((one) => {
      const isBetween = begunOrder(one) > begunOrder(from) && begunOrder(one) < begunOrder(until);
      const moments = histories.get(one.instanceId) ?? [];
      return one.instanceId === until.instanceId && isBetween && isOfStep('pre-command', one, moments);
    });
  }
}

function isOfStep(name: string, { invokeId }: Run, moments: readonly RowMoment[]): boolean {
  return moments.some(({ state }) => stepIn(state, name)?.ids.includes(invokeId));
}

/** True where the run had begun before that, and had not ended. */
function isUnfinished(runs: readonly Run[], { invokeId }: Run, order: number): boolean {
  const status = statusAt(runs, invokeId, order);
  return status === 'Pending' || status === 'Running';
}

/** True where the run had ended by then, Aborted, and never ran on the instance: not even when it came back. */
function hadMissed({ changes }: Run, order: number): boolean {
  const isEnded = changes.some((change) => change.to === 'Aborted' && change.order < order);
  return isEnded && changes.every(({ to }) => to === 'Pending' || to === 'Aborted');
}

/** The plan whose row names the run. If no row does: the plan in the row when the run began. */
function planOf(run: Run, moments: readonly RowMoment[]): string {
  const naming = moments.find(({ state }) =>
    commandSteps.some((name) => stepIn(state, name)?.ids.includes(run.invokeId)),
  );
  return String((naming?.state ?? stateAt(moments, begunOrder(run)))?.['plan_id']);
}

/** How often the plan began. */
function livesOf(revivals: readonly RowMoment[]): number {
  return 1 + revivals.length;
}

/** The moments at which the finished plan became unfinished again. */
function revivalsOf(moments: readonly RowMoment[], planId: string): RowMoment[] {
  return moments.filter(({ state }, index) => {
    const before = moments[index - 1]?.state;
    const isOfPlan = state['plan_id'] === planId && before?.['plan_id'] === planId;
    return isOfPlan && isFinal(before) && !isFinal(state);
  });
}

const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];

function isFinal(state: RowState): boolean {
  return finalStatuses.includes(String(state['status']));
}

const commandSteps = ['pre-command', 'post-command', 'undo-command'] as const;

function stepsWith(commandId: string, planId: string, moments: readonly RowMoment[]): number {
  return commandSteps.filter((name) =>
    moments.some(({ state }) => state['plan_id'] === planId && stepIn(state, name)?.commandId === commandId),
  ).length;
}

/** Steps that began before the row recorded them. After a crash the next execution would begin such a step again. */
function begunUnrecorded({ evidence, histories, snapshots, groups, runs }: Preparations): Violation[] {
  const violations: Violation[] = [];
  for (const run of runs) {
    const { instanceId, commandId } = run;
    const isRecorded = (histories.get(instanceId) ?? []).some(
      ({ order, state }) =>
        order < begunOrder(run) && commandSteps.some((name) => stepIn(state, name)?.commandId === commandId),
    );
    if (!isRecorded) {
      const what = `${commandId} was invoked at ${time(begunAt(run))} before it was recorded`;
      violations.push({ promise: 1, instanceId, what });
    }
  }
  if (snapshots.length === 0) return violations;
  const begins = evidence.ecs.record
    .entries()
    .filter((entry) => entry.kind === 'snapshot' && entry.from === undefined);
  for (const snapshot of snapshots) {
    const { id, instanceId, creationTime } = snapshot;
    const name = nameOf(snapshot, groups);
    const begin = begins.find((entry) => entry.kind === 'snapshot' && entry.snapshotId === id);
    const isRecorded = (histories.get(instanceId) ?? []).some(
      ({ order, state }) => order < (begin?.order ?? 0) && stepIn(state, 'backup') !== undefined,
    );
    if (isOurs(name) && !isRecorded) {
      const what = `${name} was begun at ${time(creationTime)} before it was recorded`;
      violations.push({ promise: 1, instanceId, what });
    }
  }
  return violations;
}

/** Restarts that made a snapshot fail, unless the row had waived the backup. */
function sentDuringBackup({ evidence, histories, snapshots }: Preparations): Violation[] {
  const failed = snapshots.filter(({ failedBecause }) => failedBecause === 'restart by api');
  if (failed.length === 0) return [];
  const effective = sendingsIn(evidence).filter(({ isEffective }) => isEffective);
  return failed.flatMap(({ id, instanceId, endTime = 0 }): Violation[] => {
    const sending = effective.filter((one) => one.instanceId === instanceId && one.at <= endTime).at(-1);
    const state = stateAt(histories.get(instanceId) ?? [], sending?.order ?? 0);
    if (stepIn(state, 'backup')?.state === 'waived') return [];
    return [
      { promise: 5, instanceId, what: `restarted at ${time(endTime)} while snapshot ${id} was in progress` },
    ];
  });
}

function sentPastGate(record: Preparations): Violation[] {
  return sendingsIn(record.evidence).flatMap((sending): Violation[] => {
    const state = stateAt(record.histories.get(sending.instanceId) ?? [], sending.order);
    const runbook = runbookIn(state);
    const faults = [
      ...(runbook.backup === undefined ? [] : backupFaults(record, sending, state, runbook.backup)),
      ...(runbook.preCommand === undefined ? [] : preCommandFaults(record, sending, state)),
    ];
    const { instanceId, at } = sending;
    return faults.map((fault) => ({ promise: 5, instanceId, what: `sent at ${time(at)} although ${fault}` }));
  });
}

function backupFaults(
  { evidence, snapshots, groups }: Preparations,
  { at, instanceId }: Sending,
  state: RowState | undefined,
  demand: string,
): string[] {
  if (demand === 'optional' && stepIn(state, 'backup')?.state === 'waived') return [];
  const name = `reboot-${String(state?.['plan_id'])}`;
  return evidence.ecs
    .disks()
    .filter(
      (disk) =>
        disk.instanceId === instanceId &&
        !snapshots.some(
          (snapshot) =>
            snapshot.diskId === disk.id &&
            nameOf(snapshot, groups) === name &&
            snapshot.status === 'accomplished' &&
            (snapshot.endTime ?? Infinity) <= at,
        ),
    )
    .map(({ id }) => `the ${demand} backup of ${id} was not complete`);
}

function preCommandFaults({ runs }: Preparations, { order }: Sending, state: RowState | undefined): string[] {
  const ids = stepIn(state, 'pre-command')?.ids ?? [];
  if (ids.length === 0) return ['the pre-command had not run'];
  return ids
    .map((id) => statusAt(runs, id, order))
    .filter((status) => status !== 'Success')
    .map((status) => `the pre-command was ${status ?? 'never invoked'}`);
}

function claimedWithoutPostCommand({ histories, runs }: Preparations): Violation[] {
  const violations: Violation[] = [];
  for (const [instanceId, moments] of histories) {
    for (const [index, { at, order, state, isOurs }] of moments.entries()) {
      const isNew = state['status'] === 'Avoided' && moments[index - 1]?.state['status'] !== 'Avoided';
      if (!isNew || !isOurs || runbookIn(state).postCommand === undefined) continue;
      const [id] = stepIn(state, 'post-command')?.ids ?? [];
      const status = id === undefined ? undefined : statusAt(runs, id, order);
      if (status === 'Success') continue;
      const what = `its plan says Avoided at ${time(at)}, its post-command was ${status ?? 'never invoked'}`;
      violations.push({ promise: 4, instanceId, what });
    }
  }
  return violations;
}

function statusAt(runs: readonly Run[], invokeId: string, order: number): RunStatus | undefined {
  const run = runs.find((one) => one.invokeId === invokeId);
  return run?.changes.filter((change) => change.order < order).at(-1)?.to;
}

function stateAt(moments: readonly RowMoment[], order: number): RowState | undefined {
  return moments.filter((moment) => moment.isOurs && moment.order < order).at(-1)?.state;
}

function begunOrder({ changes }: Run): number {
  return changes[0]?.order ?? 0;
}

function begunAt({ changes }: Run): number {
  return changes[0]?.at ?? 0;
}

function time(at: number): string {
  return new Date(at).toISOString();
}
