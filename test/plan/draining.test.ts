// What follows a pre-command: whether it is to be undone, by whom, and what the limits count.
import { describe, expect, it } from 'vitest';
import {
  drainedSince,
  givenUpUndo,
  isDrained,
  isLeftToPerson,
  isRunning,
  isUndoOwed,
  outlivedStep,
  preCommandToUndo,
  restartCheckAt,
  stepsInInterval,
  stepsLeftBy,
  stoppedStep,
  undoDueAt,
  undoCommandOf,
  undoStatement,
} from '../../lib/plan/draining.ts';
import { dueAt, type Plan } from '../../lib/plan/plan.ts';
import type { Step } from '../../lib/plan/steps.ts';
import { at, finished, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

/** It began at 18:00, at execute_at of the samples. */
const drain = (state: Step['state'], changes: Partial<Step> = {}): Step =>
  step('pre-command', state, {
    commandId: 'c-drain',
    at: at('2026-12-01T18:00:00Z'),
    executeAt: at('2026-12-01T18:00:00Z'),
    ids: ['t-1'],
    ...changes,
  });
const undo = (state: Step['state'], changes: Partial<Step> = {}): Step =>
  step('undo-command', state, { commandId: 'c-undrain', ids: ['t-2'], ...changes });
const withUndo = runbook({ undoCommand: 'c-undrain' });
const ended = (steps: Step[], changes: Partial<Plan> = {}): Plan =>
  finished({ status: 'Missed', runbook: withUndo, steps, ...changes });

describe('an undo is owed', () => {
  it.each<[string, Plan, boolean]>([
    ['after a plan that ended while its pre-command runs', ended([drain('running')]), true],
    ['after a plan that ended while it may have begun', ended([drain('starting')]), true],
    ['after a plan whose pre-command is done', ended([drain('done')]), true],
    ['after a pre-command that failed on the instance', ended([drain('failed')]), true],
    [
      'not after one that never reached it',
      ended([drain('failed', { undelivered: 'ClientNotRunning' })]),
      false,
    ],
    ['not after one that did not begin', ended([]), false],
    ['while the undo-command runs', ended([drain('done'), undo('running')]), true],
    [
      'while the undo-command is tried again',
      ended([drain('done'), undo('failed', { undelivered: 'X', since: at('2026-12-01T18:10:00Z') })]),
      true,
    ],
    ['not once it is done', ended([drain('done'), undo('done')]), false],
    ['not once it is given up', ended([drain('done'), undo('failed')]), false],
    ['not where nothing is to be undone any more', ended([drain('done'), undo('waived')]), false],
    [
      'where a restart may have been sent, and a look showed that it did not come',
      ended([drain('done', { unrestarted: true })], {
        intent: { at: at('2026-12-01T18:02:00Z'), outcome: 'unknown' },
      }),
      true,
    ],
    ['not without an undo-command', ended([drain('done')], { runbook: runbook() }), false],
    [
      'by the command of then, where the runbook has none now',
      ended([drain('done', { undoId: 'c-then' })], { runbook: runbook() }),
      true,
    ],
    [
      'never where a restart may have been sent',
      ended([drain('done')], { intent: { at: at('2026-12-01T18:02:00Z'), outcome: 'unknown' } }),
      false,
    ],
    [
      'not while the plan waits in the same interval',
      waiting({ runbook: withUndo, steps: [drain('done')] }),
      false,
    ],
    ['not while the plan is prepared', preparing({ runbook: withUndo, steps: [drain('done')] }), false],
    [
      'by a plan that waits for another interval',
      waiting({ runbook: withUndo, steps: [drain('done')], executeAt: at('2026-12-02T18:00:00Z') }),
      true,
    ],
    [
      'by a plan that waits for a person',
      waiting({ status: 'AwaitingApproval', runbook: withUndo, steps: [drain('done')] }),
      true,
    ],
    [
      'by a plan that a person holds',
      { ...waiting({ runbook: withUndo, steps: [drain('done')] }), hold: 'a release is running' },
      true,
    ],
    [
      'by a plan that took the step over from an earlier one',
      waiting({ runbook: withUndo, steps: [drain('done', { outlived: true })] }),
      true,
    ],
    [
      'by a plan whose undo has begun, whatever its interval is now',
      waiting({ runbook: withUndo, steps: [drain('done'), undo('running')] }),
      true,
    ],
  ])('%s', (_, plan, isOwed) => {
    expect(isUndoOwed(plan)).toBe(isOwed);
  });

  it('makes a plan due at once, also a final one, but not one that an execution holds', () => {
    expect(dueAt(ended([drain('done')]))?.toString()).toBe('2026-12-01T18:00:00Z');
    expect(dueAt(ended([drain('done'), undo('done')]))).toBeUndefined();
    const later = { runbook: withUndo, steps: [drain('done')], executeAt: at('2026-12-02T18:00:00Z') };
    expect(dueAt(waiting(later))?.toString()).toBe('2026-12-01T18:00:00Z');
    expect(dueAt(preparing(later))?.toString()).toBe('2026-12-01T18:03:30Z');
  });
});

describe('the undo-command', () => {
  it('is that which has begun, else that of the runbook, else that of the time when the pre-command began', () => {
    const then = drain('done', { undoId: 'c-then' });
    expect(undoCommandOf(ended([then, undo('running', { commandId: 'c-begun' })]))).toBe('c-begun');
    expect(undoCommandOf(ended([then]))).toBe('c-undrain');
    expect(undoCommandOf(ended([then], { runbook: runbook() }))).toBe('c-then');
  });
});

describe('the limits count', () => {
  it.each<[string, Plan, boolean]>([
    ['a plan that waits, drained', waiting({ steps: [drain('done')] }), true],
    ['a final plan until it is undone', ended([drain('done')]), true],
    ['not one that is undone', ended([drain('done'), undo('done')]), false],
    ['not one whose undo is given up', ended([drain('done'), undo('failed')]), false],
    [
      'not a final plan without an undo-command: people are told',
      ended([drain('done')], { runbook: runbook() }),
      false,
    ],
    ['not a restarted one for its pre-command', verifying({ steps: [drain('done')] }), false],
  ])('%s', (_, plan, counts) => {
    expect(drainedSince(plan)?.toString()).toBe(counts ? '2026-12-01T18:00:00Z' : undefined);
  });

  it('a pre-command that failed drains only until it is undone', () => {
    expect(isDrained(ended([drain('failed')]))).toBe(false);
    expect(drainedSince(ended([drain('failed')]))).toBeDefined();
  });
});

describe('what the end of a plan says', () => {
  const owed = { code: 'undo-owed', values: { commandId: 'c-drain', undoId: 'c-undrain' } };
  const byHand = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

  it('is that the undo-command follows, and no person need act', () => {
    expect(undoStatement(ended([drain('done')]))).toEqual(owed);
    expect(preCommandToUndo(ended([drain('done')]))).toBeUndefined();
  });

  it('is that a person must undo it, where there is no command, or it is given up', () => {
    expect(undoStatement(ended([drain('done')], { runbook: runbook() }))).toEqual(byHand);
    expect(undoStatement(ended([drain('done'), undo('failed')]))).toEqual(byHand);
  });

  it('is nothing once it is undone', () => {
    expect(undoStatement(ended([drain('done'), undo('done')]))).toBeUndefined();
  });
});

describe('the next plan of the instance', () => {
  const now = at('2026-12-01T18:02:00Z');

  it('takes over what is to be undone, with the plan whose token it has', () => {
    const left = stepsLeftBy(ended([drain('done'), undo('starting')]), { planId: 'e-2' }, now);
    expect(left).toEqual([
      { ...drain('done'), planId: 'e-1', outlived: true },
      { ...undo('starting'), planId: 'e-1' },
    ]);
  });

  it('takes over nothing that is undone, or that a restart followed', () => {
    expect(stepsLeftBy(ended([drain('done'), undo('done')]), { planId: 'e-2' }, now)).toEqual([]);
    const sent = ended([drain('done')], { intent: { at: now, outcome: 'accepted' } });
    expect(stepsLeftBy(sent, { planId: 'e-2' }, now)).toEqual([]);
  });
});

describe('a plan that is planned again', () => {
  const plan = waiting({ runbook: withUndo, steps: [drain('done')] });

  it('keeps its pre-command where it stays due in an interval that has not passed', () => {
    const moved = at('2026-12-01T18:01:30Z');
    expect(stepsInInterval(plan, moved, at('2026-12-01T18:02:00Z'))).toEqual([
      { ...drain('done'), executeAt: moved },
    ]);
  });

  it.each([
    ['it is put off', '2026-12-02T18:00:00Z', '2026-12-01T18:02:00Z'],
    ['its interval has passed', '2026-12-01T20:50:00Z', '2026-12-01T20:50:00Z'],
  ])('does not where %s', (_, executeAt, now) => {
    expect(stepsInInterval(plan, at(executeAt), at(now))).toBeUndefined();
  });
});

const sent = { intent: { at: at('2026-12-01T18:02:00Z'), outcome: 'accepted' } } as const;

describe('a pre-command that no restart follows', () => {
  // latest_start of the samples is 20:45.
  const past = at('2026-12-01T20:45:00.001Z');

  it.each<[string, Plan, boolean]>([
    ['one that is done', waiting({ steps: [drain('done')] }), true],
    ['one that runs', waiting({ steps: [drain('running')] }), true],
    ['one that failed on the instance', waiting({ steps: [drain('failed')] }), true],
    ['none that never reached it', waiting({ steps: [drain('failed', { undelivered: 'X' })] }), false],
    ['none that has not begun', waiting({ steps: [] }), false],
    ['none of another interval', waiting({ steps: [drain('done', { outlived: true })] }), false],
    ['none that a restart may have followed', verifying({ steps: [drain('done')] }), false],
  ])('is, once its interval has passed, %s', (_, plan, isFound) => {
    const found = isFound ? { ...plan.steps?.[0], outlived: true } : undefined;
    expect(outlivedStep(plan, past)).toEqual(found);
    expect(outlivedStep(plan, at('2026-12-01T20:45:00Z'))).toBeUndefined();
  });

  it('is unknown in a row without latest_start', () => {
    expect(outlivedStep(without(waiting({ steps: [drain('done')] }), 'latestStart'), past)).toBeUndefined();
  });

  it.each<[string, Plan, boolean]>([
    ['is one that an undo-command undoes', waiting({ runbook: withUndo, steps: [drain('done')] }), true],
    ['is none without an undo-command', waiting({ runbook: runbook(), steps: [drain('done')] }), false],
    ['is none that has not begun', waiting({ runbook: withUndo }), false],
    [
      'is none that never reached its instance',
      waiting({ runbook: withUndo, steps: [drain('failed', { undelivered: 'X' })] }),
      false,
    ],
    [
      'is none of another interval',
      waiting({ runbook: withUndo, steps: [drain('done', { outlived: true })] }),
      false,
    ],
    [
      'is none that a restart may have followed',
      verifying({ runbook: withUndo, steps: [drain('done')] }),
      false,
    ],
  ])('where everything is stopped, %s', (_, plan, isFound) => {
    expect(stoppedStep(plan)).toEqual(isFound ? { ...drain('done'), outlived: true } : undefined);
  });
});

describe('a look at whether the restart came', () => {
  const until = at('2026-12-01T18:31:00Z');
  const byHand = (steps: Step[], changes: Partial<Plan> = {}): Plan & { verifyUntil: typeof until } => ({
    ...ended(steps, { status: 'Skipped', ...sent, ...changes }),
    verifyUntil: until,
  });

  it.each<[string, Plan, boolean]>([
    ['follows the end by hand of a plan that was sent', byHand([drain('done')]), true],
    ['follows it while the pre-command runs', byHand([drain('running')]), true],
    [
      'does not follow Avoided: who says so has seen it',
      byHand([drain('done')], { status: 'Avoided' }),
      false,
    ],
    ['does not come while the plan goes on', verifying({ steps: [drain('done')] }), false],
    ['is not needed without a pre-command', byHand([]), false],
    ['is not needed twice', byHand([drain('done', { unrestarted: true })]), false],
    ['is not needed once it is undone', byHand([drain('done'), undo('done')]), false],
  ])('%s', (_, plan, comes) => {
    expect(restartCheckAt(plan)?.toString()).toBe(comes ? '2026-12-01T18:31:00Z' : undefined);
  });

  it('is not needed where nothing was sent', () => {
    const unsent = { ...byHand([drain('done')]) };
    delete unsent.intent;
    expect(restartCheckAt(unsent)).toBeUndefined();
  });
});

describe('a person must undo it now', () => {
  it.each<[string, Plan, boolean]>([
    ['where the plan ended and no command does', ended([drain('done')], { runbook: runbook() }), true],
    ['where the undo-command is given up', ended([drain('done'), undo('failed')]), true],
    ['not where the undo-command follows', ended([drain('done')]), false],
    ['not where nothing has begun', ended([], { runbook: runbook() }), false],
    [
      'not while the plan prepares its restart',
      preparing({ runbook: runbook(), steps: [drain('done')] }),
      false,
    ],
  ])('%s', (_, plan, must) => {
    expect(isLeftToPerson(plan)).toBe(must);
  });
});

describe('an undo-command that nobody is there to run', () => {
  const now = at('2026-12-01T19:00:00Z');

  it('is given up as one that never began, or as far as it had come', () => {
    const never = { name: 'undo-command', state: 'failed', at: now, commandId: 'c-undrain', ids: [] };
    expect(givenUpUndo(ended([drain('done')]), now)).toEqual(never);
    const tried = undo('failed', { since: at('2026-12-01T18:10:00Z'), undelivered: 'X' });
    expect(givenUpUndo(ended([drain('done'), tried]), now)).toEqual(undo('failed', { undelivered: 'X' }));
  });

  it.each<[string, Plan]>([
    ['is none', ended([drain('done')], { runbook: runbook() })],
    ['has nothing to do', ended([drain('failed', { undelivered: 'X' })])],
    ['is done', ended([drain('done'), undo('done')])],
    ['is given up already', ended([drain('done'), undo('failed')])],
  ])('is left where it %s', (_, plan) => {
    expect(givenUpUndo(plan, now)).toBeUndefined();
  });
});

describe('a command may still run', () => {
  const limit = 300_000;

  it.each<[string, Step, string, boolean]>([
    ['for its limit and a minute', drain('running'), '2026-12-01T18:06:00Z', true],
    ['not longer', drain('running'), '2026-12-01T18:06:00.001Z', false],
    ['for twice as long where it may have begun', drain('starting'), '2026-12-01T18:12:00Z', true],
    ['not longer than that', drain('starting'), '2026-12-01T18:12:00.001Z', false],
    ['not where it is over', drain('done'), '2026-12-01T18:01:00Z', false],
  ])('%s', (_, one, now, may) => {
    expect(isRunning(one, limit, at(now))).toBe(may);
  });

  it('for ever where nobody knows its limit', () => {
    expect(isRunning(drain('running'), undefined, at('2026-12-09T00:00:00Z'))).toBe(true);
  });
});

it('an undo is due when its pre-command began, where it has something to do', () => {
  expect(undoDueAt(ended([drain('done')]))?.toString()).toBe('2026-12-01T18:00:00Z');
  expect(undoDueAt(ended([drain('done'), undo('done')]))).toBeUndefined();
  expect(undoDueAt(ended([]))).toBeUndefined();
  expect(drainedSince(ended([]))).toBeUndefined();
});

describe('the plan that follows', () => {
  const now = at('2026-12-01T18:02:00Z');
  const bare = { runbook: runbook() };

  it('takes over a pre-command that may still run, although nothing undoes it', () => {
    const left = [{ ...drain('running'), planId: 'e-1', outlived: true }];
    expect(stepsLeftBy(ended([drain('running')], bare), { planId: 'e-2' }, now)).toEqual(left);
    const over = at('2026-12-01T18:06:00.001Z');
    expect(stepsLeftBy(ended([drain('running')], bare), { planId: 'e-2' }, over)).toEqual([]);
    expect(stepsLeftBy(ended([drain('done')], bare), { planId: 'e-2' }, now)).toEqual([]);
    expect(stepsLeftBy(ended([]), { planId: 'e-2' }, now)).toEqual([]);
  });

  it('does not name itself, and forgets what was known of the restart', () => {
    const step = drain('done', { unrestarted: true });
    expect(stepsLeftBy(ended([step], sent), { planId: 'e-1' }, now)).toEqual([
      { ...drain('done'), outlived: true },
    ]);
  });

  it('has no steps of an interval that a row does not say', () => {
    const row = waiting({ runbook: withUndo, steps: [drain('done')] });
    expect(stepsInInterval(row, undefined, now)).toBeUndefined();
    expect(stepsInInterval(without(row, 'latestStart'), row.executeAt, now)).toBeUndefined();
    expect(stepsInInterval(waiting(), row.executeAt, now)).toBeUndefined();
  });
});
