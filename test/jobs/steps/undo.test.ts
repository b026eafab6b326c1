// One look at a pre-command that no restart follows, by hand: whether it is over, and what becomes of its undo-command.
import { describe, expect, it } from 'vitest';
import { undoPreCommand } from '../../../lib/jobs/steps/undo.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Step } from '../../../lib/plan/steps.ts';
import { at, finished, minute, runbook, settings, step } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const subject = { step: 'pre-command', commandId: 'c-drain' };
const overdue = state('command-overdue', { ...subject, limitMs: 5 * minute });

/** Canceled after its pre-command began, at 17:46. */
function canceled(preCommand: Step, ...more: Step[]): Plan {
  return finished({
    status: 'Cleared',
    runbook: runbook({ undoCommand: 'c-undrain' }),
    steps: [preCommand, ...more],
  });
}

function drain(of: Step['state'], changes: Partial<Step> = {}): Step {
  return step('pre-command', of, { commandId: 'c-drain', ids: ['t-0'], ...changes });
}

async function look(stage: StepStage, plan: Plan): Promise<void> {
  await undoPreCommand(stage.execution(), plan);
}

describe('a pre-command that may have begun is waited for', () => {
  it('for twice its time limit and a minute, where no answer says that it began', async () => {
    const stage = new StepStage('2026-12-01T17:58:00Z');
    await look(stage, canceled(drain('starting', { ids: [] })));
    expect([stage.written, stage.looked, stage.invoked]).toEqual([[], [], []]);
  });

  it('and then counts as failed, without asking for it again, and is undone', async () => {
    const stage = new StepStage('2026-12-01T17:58:00.001Z');
    await look(stage, canceled(drain('starting', { ids: [] })));
    expect(stage.written[0]?.steps).toMatchObject([{ name: 'pre-command', state: 'failed', ids: [] }]);
    expect(stage.written[0]?.timeline.at(-1)?.what).toEqual(overdue);
    expect(stage.looked).toEqual(['t-1']);
    expect(stage.invoked).toMatchObject([{ commandId: 'c-undrain', timeoutMs: 5 * minute }]);
    expect(stage.step('undo-command')).toMatchObject({ state: 'running', ids: ['t-1'] });
  });

  it.each<[string, StepStage['results']]>([
    ['while it runs', [{ kind: 'running' }]],
    ['while its result cannot be read', [new Error('down')]],
  ])('%s, for its time limit and a minute', async (_, results) => {
    const stage = new StepStage('2026-12-01T17:52:00Z');
    stage.results = [...results];
    await look(stage, canceled(drain('running')));
    expect([stage.written, stage.looked, stage.invoked]).toEqual([[], ['t-0'], []]);
    const later = new StepStage('2026-12-01T17:52:00.001Z');
    later.results = [...results, { kind: 'running' }];
    await look(later, canceled(drain('running')));
    expect(later.written[0]?.steps).toMatchObject([{ name: 'pre-command', state: 'failed' }]);
    expect(later.written[0]?.timeline.at(-1)?.what).toEqual(overdue);
    expect(later.invoked).toHaveLength(1);
  });

  it('as long as the settings say, where the plan has lost its runbook', async () => {
    const its = { ...settings(), runbook: { ...settings().runbook, commandTimeout: 2 * minute } };
    const plan = canceled(drain('running', { undoId: 'c-undrain' }));
    delete plan.runbook;
    const early = new StepStage('2026-12-01T17:49:00Z', its);
    await look(early, plan);
    expect(early.written).toEqual([]);
    const late = new StepStage('2026-12-01T17:49:00.001Z', its);
    await look(late, plan);
    expect(late.written[0]?.timeline.at(-1)?.what).toEqual(
      state('command-overdue', { ...subject, limitMs: 2 * minute }),
    );
    expect(late.invoked).toMatchObject([{ commandId: 'c-undrain', timeoutMs: 2 * minute }]);
  });
});

describe('a pre-command that is over is undone at once', () => {
  it.each<[string, object, Step['state'], object]>([
    [
      'with success',
      { isSuccess: true, status: 'Success', output: 'drained' },
      'done',
      { output: 'drained' },
    ],
    [
      'without',
      { isSuccess: false, status: 'Failed', exitCode: 3, output: 'no' },
      'failed',
      { status: 'Failed', exitCode: 3, output: 'no' },
    ],
  ])('%s', async (_, result, ended, values) => {
    const stage = new StepStage('2026-12-01T17:50:00Z');
    stage.results = [{ kind: 'over', ...result } as StepStage['results'][number], { kind: 'running' }];
    await look(stage, canceled(drain('running', { since: at('2026-12-01T17:40:00Z') })));
    const [first] = stage.written;
    expect(first?.steps).toEqual([drain(ended)]);
    const code = ended === 'done' ? 'command-succeeded' : 'command-failed';
    expect(first?.timeline.at(-1)?.what).toEqual({ code, values: { ...subject, ...values } });
    expect(stage.invoked).toMatchObject([{ commandId: 'c-undrain' }]);
  });

  it('once: what is recorded as over is not looked at again', async () => {
    const stage = new StepStage('2026-12-01T17:50:00Z');
    await look(stage, canceled(drain('done')));
    expect(stage.looked).toEqual(['t-1']);
    expect(stage.step('pre-command')).toEqual(drain('done'));
    expect(stage.step('undo-command')).toMatchObject({ state: 'running' });
  });
});

it('a pre-command that its agent never received has nothing to undo', async () => {
  const stage = new StepStage('2026-12-01T17:50:00Z');
  stage.results = [{ kind: 'undelivered', errorCode: 'ClientNotRunning' }];
  await look(stage, canceled(drain('running', { since: at('2026-12-01T17:40:00Z') })));
  expect(stage.written).toHaveLength(1);
  expect(stage.step('pre-command')).toEqual(drain('failed', { undelivered: 'ClientNotRunning' }));
  const never = { ...subject, errorCode: 'ClientNotRunning', isTriedAgain: false };
  expect(stage.said()).toEqual([state('command-undelivered', never)]);
  expect(stage.invoked).toEqual([]);
});

it('nothing is undone for a plan without a pre-command', async () => {
  const stage = new StepStage('2026-12-01T17:50:00Z');
  await look(stage, finished({ status: 'Cleared', runbook: runbook({ undoCommand: 'c-undrain' }) }));
  expect([stage.written, stage.invoked]).toEqual([[], []]);
});

it('nothing is undone by an execution that loses the row', async () => {
  const stage = new StepStage('2026-12-01T17:50:00Z');
  stage.lostFrom = 1;
  stage.results = [{ kind: 'over', isSuccess: true, status: 'Success', output: '' }];
  await look(stage, canceled(drain('running')));
  expect(stage.invoked).toEqual([]);
});

describe('an undo-command that failed', () => {
  const running = step('undo-command', 'running', { commandId: 'c-undrain', ids: ['t-7'] });
  const failure = { kind: 'over', isSuccess: false, status: 'Failed', exitCode: 1, output: 'no' } as const;
  const values = {
    step: 'undo-command',
    commandId: 'c-undrain',
    status: 'Failed',
    exitCode: 1,
    output: 'no',
  };
  const why = { code: 'command-failed', values };

  it('is written, and a person is told what to undo', async () => {
    const stage = new StepStage('2026-12-01T17:50:00Z');
    stage.results = [failure];
    await look(stage, canceled(drain('done'), running));
    expect(stage.looked).toEqual(['t-7']);
    expect(stage.step('undo-command')).toEqual({ ...running, state: 'failed' });
    expect(stage.said()).toEqual([{ code: 'undo-failed', values: { commandId: 'c-drain', why } }]);
    expect(stage.last.reason.also).toEqual([
      { code: 'undo-failed', values: { commandId: 'c-drain', why } },
      { code: 'undo-pre-command', values: { commandId: 'c-drain' } },
    ]);
    expect(stage.problems.all).toMatchObject([{ code: 'undo-failed', instanceId: 'i-web-1' }]);
    expect(stage.problems.all[0]?.problem).toContain('Undo what the command did');
  });

  it('is no problem of an execution that loses the row', async () => {
    const stage = new StepStage('2026-12-01T17:50:00Z');
    stage.results = [failure];
    stage.lostFrom = 1;
    await look(stage, canceled(drain('done'), running));
    expect(stage.problems.all).toEqual([]);
  });
});
