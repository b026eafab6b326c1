// The steps of a plan: which one comes next, when it is due, and when it is over.
import { describe, expect, it } from 'vitest';
import {
  backupUntil,
  isPostCommandOpen,
  nextStepBefore,
  prepareAt,
  stepOf,
  withStep,
  type Step,
} from '../../lib/plan/steps.ts';
import { preCommandToUndo } from '../../lib/plan/draining.ts';
import type { Statement } from '../../lib/plan/statement.ts';
import { at, minute, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

const early = at('2026-12-01T17:50:00Z');
const inTime = at('2026-12-01T18:00:00Z');
const backupDone = step('backup', 'done');
const next = (steps: readonly Step[], now = inTime, changes = {}): string | undefined =>
  nextStepBefore(preparing({ runbook: runbook(changes), steps }), now);

describe('a step', () => {
  it('replaces its earlier state, and no other step', () => {
    const plan = preparing({ steps: [step('backup', 'running'), step('pre-command', 'starting')] });
    const steps = withStep(plan, backupDone);
    expect(steps).toEqual([step('pre-command', 'starting'), backupDone]);
    expect(stepOf({ ...plan, steps }, 'backup')).toEqual(backupDone);
    expect(stepOf(plan, 'backup')?.state).toBe('running');
  });

  it('does not exist until it begins', () => {
    expect(stepOf(preparing(), 'backup')).toBeUndefined();
    expect(withStep(preparing(), backupDone)).toEqual([backupDone]);
  });
});

describe('before the restart', () => {
  it('there is no step without a runbook', () => {
    expect(nextStepBefore(preparing(), inTime)).toBeUndefined();
  });

  it('the backup comes first, even before execute_at', () => {
    expect(next([], early)).toBe('backup');
    expect(next([], inTime)).toBe('backup');
  });

  it.each(['starting', 'running', 'failed'] as const)('a backup that is %s is not over', (state) => {
    expect(next([step('backup', state)])).toBe('backup');
  });

  it.each(['done', 'waived'] as const)(
    'a backup that is %s is over, and the pre-command follows',
    (state) => {
      expect(next([step('backup', state)])).toBe('pre-command');
    },
  );

  it('the pre-command waits for execute_at, because it may take the service down', () => {
    expect(next([backupDone], early)).toBeUndefined();
    expect(next([backupDone], at('2026-12-01T17:59:59Z'))).toBeUndefined();
    expect(next([backupDone], inTime)).toBe('pre-command');
  });

  it.each(['starting', 'running', 'failed'] as const)('a pre-command that is %s is not over', (state) => {
    expect(next([backupDone, step('pre-command', state, { commandId: 'c-drain' })])).toBe('pre-command');
  });

  it.each(['starting', 'running'] as const)(
    'a pre-command that is %s comes next although the runbook no longer wants one',
    (state) => {
      const steps = [step('pre-command', state, { commandId: 'c-drain', ids: ['t-1'] })];
      const unwanted = runbook();
      delete unwanted.preCommand;
      delete unwanted.backup;
      expect(nextStepBefore(preparing({ steps }), inTime)).toBe('pre-command');
      expect(nextStepBefore(preparing({ steps, runbook: unwanted }), inTime)).toBe('pre-command');
    },
  );

  it.each(['done', 'failed'] as const)(
    'a pre-command that is %s holds nothing up when the runbook no longer wants one',
    (state) => {
      const steps = [step('pre-command', state, { commandId: 'c-drain' })];
      expect(nextStepBefore(preparing({ steps }), inTime)).toBeUndefined();
    },
  );

  it('no step is left after the pre-command', () => {
    expect(next([backupDone, step('pre-command', 'done', { commandId: 'c-drain' })])).toBeUndefined();
  });

  it('a pre-command that the runbook no longer names does not count as done', () => {
    expect(next([backupDone, step('pre-command', 'done', { commandId: 'c-old' })])).toBe('pre-command');
  });

  it('a step that a person marked as done counts, although it names no command', () => {
    expect(next([backupDone, step('pre-command', 'done')])).toBeUndefined();
  });

  it('a backup that is under way comes next even if the runbook no longer asks for one', () => {
    const withoutRunbook = preparing({ steps: [step('backup', 'running')] });
    expect(nextStepBefore(withoutRunbook, inTime)).toBe('backup');
    const failed = preparing({ steps: [step('backup', 'failed')] });
    expect(nextStepBefore(failed, inTime)).toBeUndefined();
  });
});

describe('a backup with a retention of one day', () => {
  const done = step('backup', 'done', { at: at('2026-12-01T17:45:00Z'), retentionDays: 1 });

  it('counts for a restart that ends before ECS deletes it', () => {
    const plan = preparing({ runbook: runbook(), steps: [done], latestStart: at('2026-12-02T17:44:59Z') });
    expect(nextStepBefore(plan, inTime)).toBe('pre-command');
  });

  it('is made again for any later one', () => {
    const plan = preparing({ runbook: runbook(), steps: [done], latestStart: at('2026-12-02T17:45:00Z') });
    expect(nextStepBefore(plan, inTime)).toBe('backup');
  });
});

describe('a pre-command', () => {
  const executeAt = at('2026-12-01T18:00:00Z');
  const drained = step('pre-command', 'done', { commandId: 'c-drain', executeAt });

  it('counts for the interval in which it began', () => {
    expect(next([backupDone, drained])).toBeUndefined();
  });

  it.each<[string, Step[]]>([
    ['another interval', [{ ...drained, executeAt: at('2026-11-30T18:00:00Z') }]],
    ['a plan that took it over', [{ ...drained, outlived: true }]],
    ['a plan for which it was undone', [drained, step('undo-command', 'done')]],
  ])('does not count for %s', (_, steps) => {
    expect(next([backupDone, ...steps])).toBe('pre-command');
  });

  it('that begins again leaves no undo of the one before it', () => {
    const plan = preparing({ steps: [backupDone, drained, step('undo-command', 'done')] });
    const begun = step('pre-command', 'starting', { commandId: 'c-drain' });
    expect(withStep(plan, begun)).toEqual([backupDone, begun]);
  });
});

describe('a backup that failed', () => {
  it('is open while snapshots of it are still being made, although none is wanted any more', () => {
    const failed = step('backup', 'failed', { unfinished: ['s-2'] });
    expect(nextStepBefore(preparing({ steps: [failed] }), inTime)).toBe('backup');
  });
});

describe('the preparation begins', () => {
  it('at execute_at if there is no backup to make', () => {
    expect(prepareAt(waiting())?.toString()).toBe('2026-12-01T18:00:00Z');
    const commands = runbook();
    delete commands.backup;
    expect(prepareAt(waiting({ runbook: commands }))?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('earlier than execute_at by the lead if there is a backup to make', () => {
    expect(prepareAt(waiting({ runbook: runbook() }))?.toString()).toBe('2026-12-01T17:45:00Z');
    const plan = waiting({ runbook: runbook({ prepareLead: 120 * minute }) });
    expect(prepareAt(plan)?.toString()).toBe('2026-12-01T16:00:00Z');
  });

  it.each(['done', 'waived'] as const)('at execute_at if the backup is already %s', (state) => {
    const plan = waiting({ runbook: runbook(), steps: [step('backup', state)] });
    expect(prepareAt(plan)?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('never if the row has no execute_at', () => {
    expect(prepareAt(without(waiting({ runbook: runbook() }), 'executeAt'))).toBeUndefined();
  });
});

describe('a plan waits for its backup', () => {
  it('until START_ROOM before latest_start, and earlier by what a pre-command needs: START_ROOM and its time limit', () => {
    const backupOnly = runbook();
    delete backupOnly.preCommand;
    expect(backupUntil(preparing({ runbook: backupOnly }), 180_000)?.toString()).toBe('2026-12-01T20:42:00Z');
    expect(backupUntil(preparing({ runbook: runbook() }), 180_000)?.toString()).toBe('2026-12-01T20:34:00Z');
  });
});

describe('after the restart', () => {
  it('a post-command that has not begun is open', () => {
    expect(isPostCommandOpen(verifying({ runbook: runbook() }))).toBe(true);
  });

  it.each(['starting', 'running', 'failed'] as const)('a post-command that is %s is open', (state) => {
    const steps = [step('post-command', state, { commandId: 'c-check' })];
    expect(isPostCommandOpen(verifying({ runbook: runbook(), steps }))).toBe(true);
  });

  it.each(['done', 'waived'] as const)('a post-command that is %s is not open', (state) => {
    const steps = [step('post-command', state, { commandId: 'c-check' })];
    expect(isPostCommandOpen(verifying({ runbook: runbook(), steps }))).toBe(false);
  });

  it('no post-command is open without a runbook', () => {
    expect(isPostCommandOpen(verifying())).toBe(false);
  });
});

describe('a pre-command that no restart follows', () => {
  const toUndo = (state: Step['state'], plan = preparing): Statement | undefined =>
    preCommandToUndo(plan({ steps: [step('pre-command', state, { commandId: 'c-drain' })] }));

  it.each(['starting', 'running', 'done'] as const)('is to be undone by a person if it is %s', (state) => {
    expect(toUndo(state)).toEqual({ code: 'undo-pre-command', values: { commandId: 'c-drain' } });
  });

  it('is not to be undone if it failed, because the plan says so already, or if it was waived', () => {
    expect(toUndo('failed')).toBeUndefined();
    expect(toUndo('waived')).toBeUndefined();
  });

  it('is not to be undone if a restart may have followed, or if it did not begin', () => {
    expect(toUndo('done', verifying)).toBeUndefined();
    expect(preCommandToUndo(preparing())).toBeUndefined();
  });
});
