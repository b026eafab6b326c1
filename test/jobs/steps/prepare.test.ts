// What a step before the restart leads to: the plan goes on, waits for the next run, or ends without a restart. It is 01:46
// in Shanghai; the maintenance comes on Thursday at 10:00.
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../lib/jobs/steps/prepare.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Step } from '../../../lib/plan/steps.ts';
import type { Backups, SnapshotStatus } from '../../../lib/ports.ts';
import { at, preparing, runbook, step } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const now = '2026-12-01T17:46:00Z';
/** What a person may do, at the end of each plan that ends here. */
const byHand = [
  state('restart-by-hand', { notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' }),
  state('next-steps', { instanceId: 'i-web-1', isRetriable: true, isUnproven: false, planId: 'e-1' }),
];
const incomplete = state('backup-incomplete', { ids: ['s-1', 's-2'] });

function backup(is: Step['state'], changes: Partial<Step> = {}): Step {
  return step('backup', is, {
    method: 'snapshots',
    diskIds: ['d-1', 'd-2'],
    retentionDays: 7,
    ids: ['s-1', 's-2'],
    ...changes,
  });
}

function plan(its: Partial<ReturnType<typeof runbook>>, ...steps: Step[]): Plan {
  return preparing({ runbook: runbook(its), ...(steps.length === 0 ? {} : { steps }) });
}

const required = { isRequired: true, retentionDays: 7 };
const optional = { isRequired: false, retentionDays: 7 };

/** A stage on which ECS shows these snapshots; an error: it cannot be read. */
function stageWith(...looks: (Record<string, SnapshotStatus> | Error)[]): StepStage {
  const stage = new StepStage(now);
  const left = [...looks];
  const snapshots: Backups['snapshots'] = () => {
    const [found = {}] = left.length > 1 ? left.splice(0, 1) : left;
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(new Map(Object.entries(found)));
  };
  stage.backups = { snapshots, disksOf: () => Promise.resolve([]) };
  return stage;
}

function prepareBackup(stage: StepStage, row: Plan, isLastMoment = false): Promise<Plan | undefined> {
  return prepare(stage.execution(), row, { kind: 'prepare', step: 'backup', isLastMoment });
}

function prepareCommand(stage: StepStage, row: Plan): Promise<Plan | undefined> {
  return prepare(stage.execution(), row, { kind: 'prepare', step: 'pre-command' });
}

describe('a backup', () => {
  it.each([false, true])('that is complete leads on, at the last moment, too (%s)', async (isLastMoment) => {
    const stage = stageWith({ 's-1': 'accomplished', 's-2': 'accomplished' });
    const next = await prepareBackup(stage, plan({ backup: required }, backup('running')), isLastMoment);
    expect(next).toBe(stage.last);
    expect(stage.step('backup')).toEqual(backup('done'));
  });

  it('that is under way waits for the run in half a minute, and is no problem', async () => {
    const stage = stageWith({ 's-1': 'accomplished', 's-2': 'progressing' });
    const next = await prepareBackup(stage, plan({ backup: required }, backup('running')));
    expect(next).toBeUndefined();
    expect(stage.last).toMatchObject({
      status: 'Preparing',
      reason: incomplete,
      nextLook: at('2026-12-01T17:46:30Z'),
    });
    expect(stage.last.lease).toBeUndefined();
    expect(stage.problems.all).toEqual([]);
  });

  it('that cannot be looked at is a problem: a right may be missing', async () => {
    const stage = stageWith(new Error('no right'));
    await prepareBackup(stage, plan({ backup: required }, backup('running')));
    expect(stage.last.reason).toEqual(state('backup-unreadable', { message: 'no right' }));
    expect(stage.problems.all).toMatchObject([{ code: 'backup-unreadable', instanceId: 'i-web-1' }]);
  });

  it('of a row that somebody else changed leads to nothing', async () => {
    const stage = stageWith({ 's-1': 'accomplished', 's-2': 'accomplished' });
    stage.lostFrom = 1;
    expect(await prepareBackup(stage, plan({ backup: required }, backup('running')), true)).toBeUndefined();
    expect([stage.written, stage.problems.all]).toEqual([[], []]);
  });

  it('that is required and failed ends the plan without a restart', async () => {
    const stage = stageWith({ 's-1': 'failed', 's-2': 'progressing' });
    expect(await prepareBackup(stage, plan({ backup: required }, backup('running')))).toBeUndefined();
    const left = state('backup-left', { ids: ['s-1', 's-2'], unfinished: ['s-2'] });
    expect(stage.last).toMatchObject({ status: 'Escalated', cause: 'no-backup' });
    expect(stage.last.reason).toEqual(
      state('backup-missing', { why: state('backup-failed', { ids: ['s-1', 's-2'] }, [left]) }, byHand),
    );
    expect(stage.last.steps).toEqual([backup('failed', { unfinished: ['s-2'] })]);
  });

  it('that is required and slow ends the plan at the last moment, and its snapshots are named', async () => {
    const stage = stageWith({ 's-1': 'accomplished' });
    const row = plan({ backup: required }, backup('running'));
    expect(await prepareBackup(stage, row, true)).toBeUndefined();
    const left = state('backup-left', { ids: ['s-1', 's-2'], unfinished: ['s-2'] });
    expect(stage.last).toMatchObject({ status: 'Escalated', cause: 'no-backup', steps: row.steps });
    expect(stage.last.reason).toEqual(
      state('backup-missing', { why: state('backup-too-slow', { why: incomplete }, [left]) }, byHand),
    );
  });

  it('that cannot be looked at at the last moment may be unfinished in every part', async () => {
    const stage = stageWith(new Error('down'));
    const row = plan({ backup: required }, backup('running'));
    await prepareBackup(stage, row, true);
    const left = state('backup-left', { ids: ['s-1', 's-2'], unfinished: ['s-1', 's-2'] });
    const why = state('backup-unreadable', { message: 'down' });
    expect(stage.last.reason).toEqual(
      state('backup-missing', { why: state('backup-too-slow', { why }, [left]) }, byHand),
    );
  });

  it('that has not begun at the last moment leaves nothing to be named', async () => {
    const stage = stageWith({});
    stage.backups.disksOf = () => Promise.reject(new Error('down'));
    await prepareBackup(stage, plan({ backup: required }), true);
    const why = state('backup-unreadable', { message: 'down' });
    expect(stage.last.reason).toEqual(
      state('backup-missing', { why: state('backup-too-slow', { why }) }, byHand),
    );
  });

  it('that is optional and failed is waived, and that is a problem', async () => {
    const stage = stageWith({ 's-1': 'failed', 's-2': 'accomplished' });
    const next = await prepareBackup(stage, plan({ backup: optional }, backup('running')));
    expect(next).toBe(stage.last);
    expect(stage.last.steps).toEqual([backup('waived')]);
    const left = state('backup-left', { ids: ['s-1', 's-2'], unfinished: [] });
    const why = state('backup-failed', { ids: ['s-1', 's-2'] }, [left]);
    expect(stage.said()).toEqual([state('backup-waived', { why, isOptional: true })]);
    expect(stage.problems.all).toMatchObject([{ code: 'backup-waived', instanceId: 'i-web-1' }]);
  });

  it('that is optional and slow is waived at the last moment', async () => {
    const stage = stageWith({ 's-1': 'accomplished' });
    expect(await prepareBackup(stage, plan({ backup: optional }, backup('running')), true)).toBe(stage.last);
    expect(stage.last.steps).toEqual([backup('waived')]);
  });

  it('that was begun and that nobody wants any more is waived where it fails, and is not called optional', async () => {
    const stage = stageWith({ 's-1': 'failed', 's-2': 'failed' });
    const others = runbook();
    delete others.backup;
    const row = preparing({ runbook: others, steps: [backup('running')] });
    expect(await prepareBackup(stage, row)).toBe(stage.last);
    expect(stage.said()).toMatchObject([{ code: 'backup-waived', values: { isOptional: false } }]);
  });

  it('that is optional and could not begin is waived, although there is no step yet', async () => {
    const stage = stageWith({});
    expect(await prepareBackup(stage, plan({ backup: optional }))).toBe(stage.last);
    expect(stage.last.steps).toEqual([step('backup', 'waived')]);
    expect(stage.said()).toMatchObject([{ values: { why: { code: 'backup-without-disks' } } }]);
  });
});

describe('a pre-command', () => {
  const running = step('pre-command', 'running', { commandId: 'c-drain', ids: ['t-0'] });

  function look(result: StepStage['results'][number]): StepStage {
    const stage = new StepStage(now);
    stage.results = [result];
    return stage;
  }

  it('that ends well leads on', async () => {
    const stage = look({ kind: 'over', isSuccess: true, status: 'Success', output: '' });
    expect(await prepareCommand(stage, plan({}, running))).toBe(stage.last);
    expect(stage.step('pre-command')).toEqual({ ...running, state: 'done' });
  });

  it('that runs is looked at for ten seconds, and then left to the next run', async () => {
    const stage = look({ kind: 'running' });
    expect(await prepareCommand(stage, plan({}, running))).toBeUndefined();
    expect(stage.slept).toEqual([2_000, 3_000, 5_000]);
    expect(stage.last).toMatchObject({
      status: 'Preparing',
      reason: { code: 'command-still-runs' },
      nextLook: at('2026-12-01T17:46:40Z'),
    });
    expect(stage.problems.all).toEqual([]);
  });

  it('that cannot be looked at is a problem', async () => {
    const stage = look(new Error('no right'));
    await prepareCommand(stage, plan({}, running));
    expect(stage.problems.all).toMatchObject([{ code: 'command-still-runs', instanceId: 'i-web-1' }]);
  });

  it('that waits for its agent is none', async () => {
    const stage = look({ kind: 'undelivered', errorCode: 'ClientNotRunning' });
    await prepareCommand(stage, plan({}, running));
    expect(stage.last.reason.code).toBe('command-undelivered');
    expect(stage.problems.all).toEqual([]);
  });

  it('of a row that somebody else changed leads to nothing', async () => {
    const stage = look({ kind: 'over', isSuccess: true, status: 'Success', output: '' });
    stage.lostFrom = 1;
    expect(await prepareCommand(stage, plan({}, running))).toBeUndefined();
    expect([stage.written, stage.problems.all]).toEqual([[], []]);
  });

  it('that failed ends the plan without a restart, and says what a person may do', async () => {
    const stage = look({ kind: 'over', isSuccess: false, status: 'Failed', exitCode: 1, output: 'no' });
    expect(await prepareCommand(stage, plan({}, running))).toBeUndefined();
    expect(stage.last).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
    expect(stage.last.steps).toEqual([{ ...running, state: 'failed' }]);
    const failed = { step: 'pre-command', commandId: 'c-drain', status: 'Failed', exitCode: 1, output: 'no' };
    expect(stage.last.reason).toEqual(
      state('pre-command-failed', { why: state('command-failed', failed) }, byHand),
    );
  });
});
