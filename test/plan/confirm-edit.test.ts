// What is written when a person edited a row and nothing else is to be said: its reason, its end, and what a pre-command left.
import { describe, expect, it } from 'vitest';
import { confirmEdit } from '../../lib/plan/confirm-edit.ts';
import type { Edit } from '../../lib/plan/edit.ts';
import { isRetryAsked, mayBeAcknowledged, unprovenOf, type Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import { isBackingUp, withStep } from '../../lib/plan/steps.ts';
import { end } from '../../lib/plan/transitions.ts';
import { recordCheck } from '../../lib/plan/undo.ts';
import { waitAgain } from '../../lib/plan/wait-again.ts';
import { at, finished, plain, preparing, runbook, stamp, step, verifying, waiting } from './samples.ts';

const now = stamp('2026-12-01T18:05:00Z', 'plan');
const byLi = (code: string, values: object): Edit => ({ by: 'operator:li', what: { code, values } }) as Edit;
const skipped = [byLi('status-by-hand', { from: 'Planned', to: 'Skipped' })];
const moved = [byLi('time-by-hand', { at: '2026-12-01T18:30:00Z', timeZone: 'UTC' })];
const drained = step('pre-command', 'done', { commandId: 'c-drain', executeAt: at('2026-12-01T18:00:00Z') });
const intent = { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' } as const;
const planned = waiting().reason;

/** The last entry of the timeline. */
function said(plan: Plan): unknown {
  return plain(plan.timeline.at(-1));
}

describe('a plan that goes on', () => {
  it('gets the reason of the time that a person pinned', () => {
    const row = waiting({ pinned: true, executeAt: at('2026-12-01T18:30:00Z'), edits: moved });
    expect(confirmEdit(row, now).reason).toEqual(
      state('pinned-at', { at: '2026-12-01T18:30:00Z', timeZone: 'Asia/Shanghai' }),
    );
  });

  it('gets the time that a person gave it in its window', () => {
    const row = waiting({ executeAt: at('2026-12-01T18:30:00Z'), edits: moved });
    expect(confirmEdit(row, now).reason).toEqual({
      ...planned,
      values: { ...planned.values, at: '2026-12-01T18:30:00Z' },
    });
  });

  it.each<[string, Partial<Plan>]>([
    ['nobody moved it', { edits: [byLi('hold-lifted', {})] }],
    ['its time is the one that it says', { pinned: true, edits: moved }],
    [
      'a person’s own words stand there',
      { pinned: true, edits: moved, reason: state('as-written', { text: 'Mine.' }) },
    ],
    ['its window says the same time', { edits: moved }],
  ])('keeps its reason where %s', (_, changes) => {
    const row = waiting(changes);
    expect(confirmEdit(row, now).reason).toEqual(row.reason);
  });

  it('loses the time of its end, and tells of the edit where nobody is named', () => {
    const row = waiting({ finishedAt: at('2026-12-01T17:00:00Z') });
    const next = confirmEdit(row, now);
    expect(next).not.toHaveProperty('finishedAt');
    expect(said(next)).toEqual({
      at: '2026-12-01T18:05:00Z',
      by: 'plan',
      what: { code: 'edited', values: {} },
    });
    expect(said(confirmEdit(waiting({ edits: moved }), now))).toEqual({
      at: '2026-12-01T18:05:00Z',
      ...moved[0],
    });
  });
});

describe('a plan that a person ended', () => {
  const ended = (changes: Partial<Plan> = {}): Plan =>
    finished({ status: 'Skipped', reason: planned, edits: skipped, ...changes });
  const byHand = state('ended-by-hand', {
    by: 'operator:li',
    status: 'Skipped',
    notBefore: '2026-12-03T02:00:00Z',
    timeZone: 'Asia/Shanghai',
  });

  it('says who did it, until when ECS waits, and when it ended', () => {
    const next = confirmEdit(ended(), now);
    expect(plain(next)).toMatchObject({ reason: byHand, finishedAt: '2026-12-01T18:05:00Z' });
    expect(said(next)).toEqual({ at: '2026-12-01T18:05:00Z', ...(plain(skipped[0]) as object) });
  });

  it('keeps the time of its end, and a person’s own words', () => {
    const own = state('as-written', { text: 'We do that ourselves.' });
    const next = confirmEdit(ended({ reason: own, finishedAt: at('2026-12-01T17:00:00Z') }), now);
    expect(plain(next)).toMatchObject({ reason: own, finishedAt: '2026-12-01T17:00:00Z' });
  });

  it('is only written anew where no status was edited', () => {
    const next = confirmEdit(finished({ status: 'Skipped', reason: planned }), now);
    expect(next.reason.code).toBe('in-window');
    expect(next).not.toHaveProperty('finishedAt');
    expect(said(next)).toMatchObject({ what: { code: 'edited' } });
  });

  it('says what its pre-command left', () => {
    const next = confirmEdit(ended({ steps: [drained], runbook: runbook() }), now);
    const toUndo = state('undo-pre-command', { commandId: 'c-drain' });
    expect(next.reason.also).toContainEqual(toUndo);
    expect(said(next)).toMatchObject({ what: { code: 'edited', also: [toUndo] } });
  });

  it('says it once', () => {
    const told = state('left-to-ecs', { window: 'w', slotMs: 1, notBefore: 'n', timeZone: 'UTC' }, [
      state('undo-pre-command', { commandId: 'c-drain' }),
    ]);
    const row = finished({
      status: 'Skipped',
      reason: told,
      steps: [drained],
      runbook: runbook(),
      edits: [],
    });
    expect(confirmEdit(row, now).timeline).toEqual(row.timeline);
  });

  it.each<[string, Partial<Plan>, string]>([
    ['half an hour after the intent', {}, '2026-12-01T18:31:00Z'],
    ['at verify_until', { verifyUntil: at('2026-12-01T18:20:00Z') }, '2026-12-01T18:20:00Z'],
  ])('after its restart was sent, is looked at %s', (_, changes, checkAt) => {
    const next = confirmEdit(ended({ intent, steps: [drained], ...changes }), now);
    const check = {
      code: 'pre-command-check',
      values: { commandId: 'c-drain', at: checkAt, timeZone: 'Asia/Shanghai' },
    };
    expect(plain(next)).toMatchObject({ verifyUntil: checkAt });
    expect(next.reason.also).toContainEqual(check);
  });

  it.each<[string, Partial<Plan>]>([
    ['without a pre-command', { intent, verifyUntil: at('2026-12-01T18:20:00Z') }],
    ['where nothing was sent', { steps: [], verifyUntil: at('2026-12-01T18:20:00Z') }],
  ])('is not looked at %s', (_, changes) => {
    expect(confirmEdit(ended(changes), now)).not.toHaveProperty('verifyUntil');
  });
});

describe('a look that showed whether the restart came', () => {
  const row = finished({
    status: 'Skipped',
    intent,
    steps: [drained],
    runbook: runbook({ undoCommand: 'c-undrain' }),
    verifyUntil: at('2026-12-01T18:31:00Z'),
  });
  const steps = [{ ...drained, unrestarted: true }];

  it('says that it did, and is over', () => {
    const next = recordCheck(row, now, undefined);
    expect(said(next)).toMatchObject({
      what: state('pre-command-checked', { commandId: 'c-drain', isRestarted: true }),
    });
    expect(next).not.toHaveProperty('verifyUntil');
    expect(next.steps).toEqual([drained]);
    expect(next.reason.also ?? []).not.toContainEqual(expect.objectContaining({ code: 'undo-owed' }));
  });

  it('says that it did not, and what follows', () => {
    const next = recordCheck(row, now, steps);
    expect(said(next)).toMatchObject({
      what: state('pre-command-checked', { commandId: 'c-drain', isRestarted: false }),
    });
    expect(next.steps).toEqual(steps);
    expect(next.reason.also).toContainEqual(
      state('undo-owed', { commandId: 'c-drain', undoId: 'c-undrain' }),
    );
  });
});

describe('what the end of a plan leaves', () => {
  const how = { status: 'Missed', reason: state('as-written', { text: 'Over.' }) } as const;

  it('is neither a wish for another try nor a word about a restart before its proof failed', () => {
    const next = end(verifying({ retry: 'e-1', acknowledged: 'li' }), now, how);
    expect(next).not.toHaveProperty('retry');
    expect(next).not.toHaveProperty('acknowledged');
  });

  it.each<[string, Plan, 'Missed' | 'Avoided', boolean]>([
    ['what is not proven', verifying({ unproven: 'restart' }), 'Missed', true],
    [
      'not what a person acknowledged',
      verifying({ unproven: 'restart', acknowledged: 'li' }),
      'Missed',
      false,
    ],
    ['not what is proven now', verifying({ unproven: 'restart' }), 'Avoided', false],
  ])('is %s', (_, row, status, isKept) => {
    expect(end(row, now, { ...how, status }).unproven).toBe(isKept ? 'restart' : undefined);
  });

  it('is its pinned time, unless that is refused', () => {
    const row = waiting({ pinned: true });
    expect([end(row, now, how).pinned, end(row, now, { ...how, pinned: false }).pinned]).toEqual([
      true,
      false,
    ]);
  });

  it('says what becomes of the steps as they end', () => {
    const row = preparing({ steps: [step('pre-command', 'running', { commandId: 'c-drain' })] });
    const next = end(row, now, {
      ...how,
      steps: [step('pre-command', 'failed', { commandId: 'c-drain', undelivered: 'X' })],
    });
    expect(next.reason.also).toBeUndefined();
  });
});

describe('what is not proven', () => {
  const sent = (changes: Partial<Plan> = {}): Plan => finished({ status: 'Escalated', intent, ...changes });

  it.each<[string, Plan, Plan['unproven']]>([
    ['is the restart', sent(), 'restart'],
    ['is what an earlier plan left', sent({ unproven: 'post-command' }), 'post-command'],
    [
      'is the check after it',
      sent({ steps: [step('post-command', 'failed', { commandId: 'c-check' })] }),
      'post-command',
    ],
    [
      'is not a check that was a success',
      sent({ steps: [step('post-command', 'done', { commandId: 'c-check' })] }),
      'restart',
    ],
    [
      'is that the pre-command is undone',
      sent({ steps: [{ ...drained, unrestarted: true }], runbook: runbook() }),
      'pre-command',
    ],
    [
      'is whether the restart came, where a look is still to show it',
      sent({ status: 'Skipped', steps: [drained], verifyUntil: at('2026-12-01T18:31:00Z') }),
      'pre-command',
    ],
    ['is nothing that a person acknowledged', sent({ acknowledged: 'li' }), undefined],
    ['is nothing of an Avoided plan', sent({ status: 'Avoided' }), undefined],
    ['is nothing where nothing was sent', finished({ status: 'Escalated' }), undefined],
    ['is what the row says while it goes on', verifying({ unproven: 'restart' }), 'restart'],
  ])('%s', (_, plan, unproven) => {
    expect(unprovenOf(plan)).toBe(unproven);
  });

  it.each<[string, Plan, boolean]>([
    ['an Escalated plan', finished({ status: 'Escalated' }), true],
    ['one whose restart is not proven', sent({ status: 'Missed' }), true],
    ['one that was acknowledged before', sent({ status: 'Missed', acknowledged: 'li' }), true],
    ['not one that was missed', finished({ status: 'Missed' }), false],
    ['not one that is proven', sent({ status: 'Avoided' }), false],
  ])('may be acknowledged by a person: %s', (_, plan, may) => {
    expect(mayBeAcknowledged(plan)).toBe(may);
  });

  it.each<[string, Plan, boolean]>([
    ['an Escalated plan, with its id', finished({ status: 'Escalated', retry: ' e-1 ' }), true],
    ['a plan that a person skipped', finished({ status: 'Skipped', cause: 'operator', retry: 'e-1' }), true],
    ['a plan that was skipped without a cause', finished({ status: 'Skipped', retry: 'e-1' }), true],
    ['not what the planner skipped', finished({ status: 'Skipped', cause: 'observe', retry: 'e-1' }), false],
    ['not with the id of another plan', finished({ status: 'Escalated', retry: 'e-1.2' }), false],
    ['not without a wish', finished({ status: 'Escalated' }), false],
    ['not a plan that was missed', finished({ status: 'Missed', retry: 'e-1' }), false],
  ])('may be tried again: %s', (_, plan, may) => {
    expect(isRetryAsked(plan)).toBe(may);
  });
});

describe('a plan that cannot begin now', () => {
  const why = state('facts-too-old', {});
  const until = at('2026-12-01T18:09:00Z');

  it('stays in Preparing where its service may be down, until then or until the next run', () => {
    const row = preparing({ steps: [drained] });
    expect(plain(waitAgain(row, now, why, until))).toMatchObject({
      status: 'Preparing',
      nextLook: '2026-12-01T18:09:00Z',
    });
    expect(plain(waitAgain(row, now, why, undefined))).toMatchObject({ nextLook: '2026-12-01T18:05:00Z' });
  });

  it('waits again where it is not, or where nobody has begun with it', () => {
    expect(waitAgain(preparing(), now, why, until).status).toBe('Planned');
    expect(waitAgain(waiting({ steps: [drained] }), now, why, until).status).toBe('Planned');
  });
});

describe('the steps of a plan', () => {
  it('count as a backup only while it is prepared', () => {
    const steps = [step('backup', 'running')];
    expect(isBackingUp(preparing({ steps }))).toBe(true);
    expect(isBackingUp(waiting({ steps }))).toBe(false);
    expect(isBackingUp(preparing({ steps: [step('backup', 'done')] }))).toBe(false);
  });

  it('lose what undid a pre-command when it begins again, and only then', () => {
    const undone = step('undo-command', 'done', { commandId: 'c-undrain' });
    const row = waiting({ steps: [drained, undone] });
    const begun = { ...drained, state: 'starting' } as const;
    expect(withStep(row, begun)).toEqual([begun]);
    expect(withStep(row, { ...drained, state: 'running' })).toHaveLength(2);
    expect(withStep(row, step('backup', 'starting'))).toHaveLength(3);
  });
});
