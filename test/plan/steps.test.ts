// The steps of a plan: which comes next, when it is due, and what counts as over.
import { describe, expect, it } from 'vitest';
import {
  backupUntil,
  isPostCommandOpen,
  leftBehind,
  nextStepBefore,
  prepareAt,
  stepOf,
  withStep,
  type Step,
} from '../../lib/plan/steps.ts';
import { at, minute, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

const early = at('2026-12-01T17:50:00Z');
const inTime = at('2026-12-01T18:00:00Z');
const backupDone = step('backup', 'done');
const next = (steps: readonly Step[], now = inTime, changes = {}): string | undefined =>
  nextStepBefore(preparing({ runbook: runbook(changes), steps }), now);

describe('a step', () => {
  it('takes the place of its earlier state, and of no other step', () => {
    const plan = preparing({ steps: [step('backup', 'running'), step('pre-command', 'starting')] });
    const steps = withStep(plan, backupDone);
    expect(steps).toEqual([step('pre-command', 'starting'), backupDone]);
    expect(stepOf({ ...plan, steps }, 'backup')).toEqual(backupDone);
    expect(stepOf(plan, 'backup')?.state).toBe('running');
  });

  it('does not exist where it was not begun', () => {
    expect(stepOf(preparing(), 'backup')).toBeUndefined();
    expect(withStep(preparing(), backupDone)).toEqual([backupDone]);
  });
});

describe('before the restart', () => {
  it('nothing is to be done without a runbook', () => {
    expect(nextStepBefore(preparing(), inTime)).toBeUndefined();
  });

  it('the backup comes first, and before the time of the restart', () => {
    expect(next([], early)).toBe('backup');
    expect(next([], inTime)).toBe('backup');
  });

  it.each(['starting', 'running', 'failed'] as const)('a backup that is %s is not over', (state) => {
    expect(next([step('backup', state)])).toBe('backup');
  });

  it.each(['done', 'waived'] as const)('a backup that is %s is, and the pre-command follows', (state) => {
    expect(next([step('backup', state)])).toBe('pre-command');
  });

  it('the pre-command waits for execute_at, since it may take the service down', () => {
    expect(next([backupDone], early)).toBeUndefined();
    expect(next([backupDone], at('2026-12-01T17:59:59Z'))).toBeUndefined();
    expect(next([backupDone], inTime)).toBe('pre-command');
  });

  it.each(['starting', 'running', 'failed'] as const)('a pre-command that is %s is not over', (state) => {
    expect(next([backupDone, step('pre-command', state, { commandId: 'c-drain' })])).toBe('pre-command');
  });

  it('nothing is left when the pre-command is done, too', () => {
    expect(next([backupDone, step('pre-command', 'done', { commandId: 'c-drain' })])).toBeUndefined();
  });

  it('a pre-command that was done in the place of the one that is asked for now is not it', () => {
    expect(next([backupDone, step('pre-command', 'done', { commandId: 'c-old' })])).toBe('pre-command');
  });

  it('a step that a person marked as done, without a command, counts', () => {
    expect(next([backupDone, step('pre-command', 'done')])).toBeUndefined();
  });

  it('a backup that is under way is waited for, too, where none is asked for any more', () => {
    const nothingAsked = preparing({ steps: [step('backup', 'running')] });
    expect(nextStepBefore(nothingAsked, inTime)).toBe('backup');
    const failed = preparing({ steps: [step('backup', 'failed')] });
    expect(nextStepBefore(failed, inTime)).toBeUndefined();
  });
});

describe('the preparation begins', () => {
  it('at execute_at where there is no backup to be made', () => {
    expect(prepareAt(waiting())?.toString()).toBe('2026-12-01T18:00:00Z');
    const commands = runbook();
    delete commands.backup;
    expect(prepareAt(waiting({ runbook: commands }))?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('the lead before execute_at where there is one', () => {
    expect(prepareAt(waiting({ runbook: runbook() }))?.toString()).toBe('2026-12-01T17:45:00Z');
    const plan = waiting({ runbook: runbook({ prepareLead: 120 * minute }) });
    expect(prepareAt(plan)?.toString()).toBe('2026-12-01T16:00:00Z');
  });

  it.each(['done', 'waived'] as const)('at execute_at where the backup is %s already', (state) => {
    const plan = waiting({ runbook: runbook(), steps: [step('backup', state)] });
    expect(prepareAt(plan)?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('at no moment where the row has no execute_at', () => {
    expect(prepareAt(without(waiting({ runbook: runbook() }), 'executeAt'))).toBeUndefined();
  });
});

describe('a backup is waited for', () => {
  it('until three minutes before the latest start, and the time of a pre-command before that', () => {
    const backupOnly = runbook();
    delete backupOnly.preCommand;
    expect(backupUntil(preparing({ runbook: backupOnly }))?.toString()).toBe('2026-12-01T20:42:00Z');
    expect(backupUntil(preparing({ runbook: runbook() }))?.toString()).toBe('2026-12-01T20:37:00Z');
  });
});

describe('after the restart', () => {
  it.each([
    [undefined, true],
    ['starting', true],
    ['running', true],
    ['failed', true],
    ['done', false],
    ['waived', false],
  ] as const)('a post-command that is %s is open: %s', (state, is) => {
    const steps = state === undefined ? [] : [step('post-command', state, { commandId: 'c-check' })];
    expect(isPostCommandOpen(verifying({ runbook: runbook(), steps }))).toBe(is);
  });

  it('there is none without a runbook', () => {
    expect(isPostCommandOpen(verifying())).toBe(false);
  });
});

describe('a pre-command that no restart follows', () => {
  const left = (state: Step['state'], plan = preparing): string | undefined =>
    leftBehind(plan({ steps: [step('pre-command', state, { commandId: 'c-drain' })] }));

  it.each(['starting', 'running', 'done'] as const)('leaves something behind where it is %s', (state) => {
    expect(left(state)).toBe(
      'The pre-command c-drain had begun, and the instance was not restarted: undo what it did.',
    );
  });

  it('does not where it failed, since that is told already, or where a restart may have followed', () => {
    expect(left('failed')).toBeUndefined();
    expect(left('done', verifying)).toBeUndefined();
    expect(leftBehind(preparing())).toBeUndefined();
  });
});
