// What each transition changes: one version on, one entry in the timeline, and nothing of the attempt left behind.
// transition-table.test.ts tests from which status each may start.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import type { Step } from '../../lib/plan/steps.ts';
import { confirmEdit } from '../../lib/plan/confirm-edit.ts';
import {
  beginVerifying,
  claim,
  create,
  createEnded,
  end,
  endAgain,
  endRefused,
  lookNow,
  noteEvents,
  postpone,
  recordIntent,
  recordStep,
  reopen,
  reschedule,
  suspend,
  takeBackIntent,
} from '../../lib/plan/transitions.ts';
import { keepWatching } from '../../lib/plan/watching.ts';
import {
  at,
  finished,
  plain,
  preparing,
  runbook,
  stamp,
  step,
  verifying,
  waiting,
  without,
} from './samples.ts';

const now = stamp('2026-12-01T18:01:00Z', 'execute');
const rebooting = (changes: Partial<Plan> = {}): Plan =>
  preparing({ status: 'Rebooting', intent: { at: now.at }, version: 3, ...changes });
const skipped = (changes: Partial<Plan> = {}): Plan =>
  finished({ status: 'Skipped', cause: 'tag', ...changes });
const nextLook = at('2026-12-01T18:01:30Z');
const verifyUntil = at('2026-12-01T18:31:00Z');

const why = state('instance-not-running', { status: 'Stopped' });
const toRetry = {
  code: 'next-steps',
  values: { instanceId: 'i-web-1', planId: 'e-1', isRetriable: true, isUnproven: false },
};
const proven = state('avoided', { eventIds: ['e-1'] });
const stale = state('stale-intent', { waitedMs: 20_000 });
const refused = state('refused', { errorCode: 'Throttling', message: 'Too many requests.' });
const refusedForGood = state('refused-for-good', { errorCode: 'InvalidInstanceId', message: 'Not found.' });
const accepted = {
  outcome: 'accepted',
  reason: state('accepted', {}),
  nextLook,
  verifyUntil,
  requestId: 'request-8',
} as const;

describe('every transition', () => {
  const transitions: [string, Plan, Plan][] = [
    ['claim', waiting(), claim(waiting(), now, 'execution-1', 150_000)],
    ['recordIntent', preparing(), recordIntent(preparing(), now, {})],
    ['postpone', preparing(), postpone(preparing(), now, why, undefined)],
    ['takeBackIntent', rebooting(), takeBackIntent(rebooting(), now, stale, { waitUntil: now.at })],
    ['endRefused', rebooting(), endRefused(rebooting(), now, refusedForGood, undefined)],
    ['beginVerifying', rebooting(), beginVerifying(rebooting(), now, accepted)],
    ['keepWatching', verifying(), keepWatching(verifying(), now, why, { nextLook })],
    ['end', verifying(), end(verifying(), now, { status: 'Avoided', reason: proven })],
    ['endAgain', skipped(), endAgain(skipped(), now, { status: 'Missed', reason: why })],
    ['reschedule', waiting(), reschedule(waiting(), now, waiting(), why)],
    ['reopen', skipped(), reopen(skipped(), now, waiting(), why)],
    ['confirmEdit', waiting(), confirmEdit(waiting(), now)],
    ['noteEvents', verifying(), noteEvents(verifying(), now, ['e-2'], why)],
    ['lookNow', verifying(), lookNow(verifying(), now, why)],
    ['suspend', preparing(), suspend(preparing(), now, why, nextLook)],
    ['recordStep', preparing(), recordStep(preparing(), now, step('backup', 'starting'), { what: why })],
  ];

  it.each(transitions)('%s is one version on and says when and by whom', (_, before, after) => {
    expect(after.version).toBe(before.version + 1);
    expect(after.timeline).toHaveLength(before.timeline.length + 1);
    expect(plain(after.timeline.at(-1))).toMatchObject({ at: '2026-12-01T18:01:00Z', by: 'execute' });
  });

  it.each(transitions)('%s keeps what the plan is about', (_, before, after) => {
    const { regionId, instanceId, planId, eventIds, formerEventIds, pinned } = before;
    expect(after).toMatchObject({ regionId, instanceId, planId, eventIds, formerEventIds, pinned });
  });

  it('does not change the plan that the caller gives it', () => {
    const before = waiting();
    claim(before, now, 'execution-1', 150_000);
    expect(plain(before)).toEqual(plain(waiting()));
  });

  it('adds the request id of the call to ECS to its entry, if there is one', () => {
    const sent = beginVerifying(rebooting(), now, accepted).timeline.at(-1);
    expect(plain(sent)).toEqual({
      at: '2026-12-01T18:01:00Z',
      by: 'execute',
      what: { code: 'accepted', values: {} },
      requestId: 'request-8',
    });
    expect(claim(waiting(), now, 'execution-1', 150_000).timeline.at(-1)).not.toHaveProperty('requestId');
  });
});

describe('creating a plan', () => {
  const blank = waiting({ version: 0, timeline: [], eventIds: [] });
  const draft = waiting({ eventIds: ['e-1', 'e-2'] });

  it('writes version 1 with what planning decided', () => {
    const plan = create(
      { blank, replaced: undefined },
      now,
      draft,
      state('announced', { eventIds: ['e-1'] }),
    );
    expect(plan).toMatchObject({ status: 'Planned', version: 1, eventIds: ['e-1', 'e-2'] });
    expect(plan.timeline.map(({ what }) => what.code)).toEqual(['announced']);
  });

  it('may end the plan at once', () => {
    const plan = createEnded({ blank, replaced: undefined }, now, {
      status: 'Skipped',
      reason: state('opted-out', {}),
      cause: 'tag',
    });
    expect(plan).toMatchObject({ status: 'Skipped', version: 1, cause: 'tag' });
    expect(plan.timeline.map(({ what }) => what)).toEqual([
      { code: 'ended', values: { status: 'Skipped', why: { code: 'opted-out', values: {} } } },
    ]);
  });
});

describe('claiming a plan', () => {
  it('gives it to one execution until the lease ends', () => {
    const plan = claim(waiting({ waitUntil: at('2026-12-01T18:00:30Z') }), now, 'execution-1', 150_000);
    expect(plain(plan)).toMatchObject({
      status: 'Preparing',
      reason: { code: 'preparing' },
      lease: { owner: 'execution-1', until: '2026-12-01T18:03:30Z' },
    });
    expect(plan.waitUntil).toBeUndefined();
    expect(plan.timeline.at(-1)?.what.code).toBe('preparing');
  });

  it('says that an execution continues if a step was done before', () => {
    const plan = claim(waiting({ steps: [step('backup', 'done')] }), now, 'execution-1', 150_000);
    expect(plan.reason.code).toBe('preparing-again');
    expect(plan.timeline.at(-1)?.what.code).toBe('preparing-again');
  });

  it('takes over from an execution whose lease ended, and says so', () => {
    const later = stamp('2026-12-01T18:05:00Z', 'execute');
    const plan = claim(preparing(), later, 'execution-2', 150_000);
    expect(plain(plan)).toMatchObject({
      status: 'Preparing',
      reason: { code: 'took-over' },
      lease: { owner: 'execution-2', until: '2026-12-01T18:07:30Z' },
    });
    expect(plan.timeline.at(-1)?.what.code).toBe('took-over');
  });
});

describe('a step that takes its time', () => {
  const incomplete = state('backup-incomplete', { ids: ['s-1'] });
  const suspended = suspend(preparing(), now, incomplete, nextLook);

  it('leaves the plan in Preparing, without a lease, until the next look', () => {
    expect(suspended.status).toBe('Preparing');
    expect(suspended.lease).toBeUndefined();
    expect(plain(suspended.nextLook)).toBe('2026-12-01T18:01:30Z');
    expect(suspended.reason).toEqual({ code: 'backup-incomplete', values: { ids: ['s-1'] } });
  });

  it('adds no entry when an execution claims the plan again', () => {
    const later = stamp('2026-12-01T18:02:00Z', 'execute');
    const claimed = claim(suspended, later, 'execution-2', 150_000);
    expect(claimed.timeline).toEqual(suspended.timeline);
    expect(claimed.version).toBe(suspended.version + 1);
    expect(claimed.reason.code).toBe('backup-incomplete');
    expect(claimed.nextLook).toBeUndefined();
    expect(plain(claimed.lease)).toEqual({ owner: 'execution-2', until: '2026-12-01T18:04:30Z' });
  });

  it('has one entry, although several executions look at it', () => {
    const later = stamp('2026-12-01T18:02:00Z', 'execute');
    const claimed = claim(suspended, later, 'execution-2', 150_000);
    const again = suspend(claimed, later, incomplete, at('2026-12-01T18:02:30Z'));
    expect(again.timeline).toHaveLength(suspended.timeline.length);
    expect(plain(again.timeline.at(-1))).toMatchObject({ at: '2026-12-01T18:02:00Z' });
  });

  it('is recorded under the lease, with the request id of ECS', () => {
    const running = step('backup', 'running', { ids: ['s-1'] });
    const what = state('backup-runs', { ids: ['s-1'], method: 'snapshots' });
    const plan = recordStep(preparing(), now, running, { what, requestId: 'r-1' });
    expect(plan.steps).toEqual([running]);
    expect(plan.lease).toEqual(preparing().lease);
    expect(plan.timeline.at(-1)).toMatchObject({
      what: { code: 'backup-runs', values: { ids: ['s-1'], method: 'snapshots' } },
      requestId: 'r-1',
    });
  });

  it('stays on record when the plan is postponed, planned again or ended', () => {
    const steps = [step('backup', 'done')];
    const plan = preparing({ runbook: runbook(), steps });
    expect(postpone(plan, now, why, undefined).steps).toEqual(steps);
    expect(reschedule(plan, now, waiting(), why).steps).toEqual(steps);
    expect(end(plan, now, { status: 'Skipped', reason: why }).steps).toEqual(steps);
  });

  it('may change with the end of the plan', () => {
    const steps = [step('post-command', 'failed')];
    expect(end(verifying(), now, { status: 'Escalated', reason: why, steps }).steps).toEqual(steps);
  });
});

describe('recording the intent', () => {
  it('keeps the lease and leaves the outcome open', () => {
    const plan = recordIntent(preparing(), now, {});
    expect(plain(plan)).toMatchObject({
      status: 'Rebooting',
      reason: { code: 'sending' },
      intent: { at: '2026-12-01T18:01:00Z' },
      lease: { owner: 'execution-1', until: '2026-12-01T18:03:30Z' },
    });
    expect(plan.intent?.outcome).toBeUndefined();
  });
});

describe('postponing a plan', () => {
  it('makes it wait again, and keeps the interval and the approval', () => {
    const plan = postpone(preparing({ approval: 'granted' }), now, why, at('2026-12-01T18:06:00Z'));
    expect(plain(plan)).toMatchObject({
      status: 'Planned',
      reason: { code: 'instance-not-running', values: { status: 'Stopped' } },
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      approval: 'granted',
      waitUntil: '2026-12-01T18:06:00Z',
    });
    expect(plan).not.toHaveProperty('lease');
  });

  it('sets no pause if the caller names none', () => {
    const paused = preparing({ waitUntil: at('2026-12-01T18:00:30Z') });
    expect(postpone(paused, now, why, undefined)).not.toHaveProperty('waitUntil');
  });
});

describe('taking an intent back', () => {
  it('removes the intent and sets a pause before the next attempt', () => {
    const plan = takeBackIntent(rebooting(), now, refused, {
      waitUntil: at('2026-12-01T18:03:00Z'),
      requestId: 'request-7',
    });
    const what = { code: 'refused', values: { errorCode: 'Throttling', message: 'Too many requests.' } };
    expect(plain(plan)).toMatchObject({
      status: 'Planned',
      reason: what,
      waitUntil: '2026-12-01T18:03:00Z',
    });
    expect(plan).not.toHaveProperty('intent');
    expect(plan).not.toHaveProperty('lease');
    expect(plain(plan.timeline.at(-1))).toEqual({
      at: '2026-12-01T18:01:00Z',
      by: 'execute',
      what,
      requestId: 'request-7',
    });
  });
});

describe('beginning to verify', () => {
  it.each([
    ['accepted', state('accepted', {})],
    ['unknown', state('outcome-unknown', { message: 'The connection broke.' })],
  ] as const)('records that the outcome is %s, and ends the lease', (outcome, reason) => {
    const plan = beginVerifying(rebooting(), now, { ...accepted, outcome, reason });
    expect(plain(plan)).toMatchObject({
      status: 'Verifying',
      reason: { code: reason.code },
      intent: { at: '2026-12-01T18:01:00Z', outcome },
      nextLook: '2026-12-01T18:01:30Z',
      verifyUntil: '2026-12-01T18:31:00Z',
    });
    expect(plan).not.toHaveProperty('lease');
  });

  const vanished = {
    outcome: 'unknown',
    reason: state('sender-vanished', {}),
    nextLook,
    verifyUntil,
  } as const;

  it('keeps the time of the intent when another execution takes the row over', () => {
    const later = stamp('2026-12-01T18:10:00Z', 'execute');
    const plan = beginVerifying(rebooting(), later, vanished);
    expect(plain(plan.intent)).toEqual({ at: '2026-12-01T18:01:00Z', outcome: 'unknown' });
  });
});

describe('keeping watch', () => {
  it('returns the same plan if the look showed nothing new, so that no write is needed', () => {
    const plan = verifying({ reason: why });
    expect(keepWatching(plan, now, why, { nextLook })).toBe(plan);
  });

  it('says what is new, and when the next look is due', () => {
    const starting = state('instance-not-running', { status: 'Starting' });
    const plan = keepWatching(verifying({ reason: why }), now, starting, {
      nextLook: at('2026-12-01T18:05:00Z'),
    });
    expect(plain(plan)).toMatchObject({
      status: 'Verifying',
      reason: { code: 'instance-not-running', values: { status: 'Starting' } },
      nextLook: '2026-12-01T18:05:00Z',
      verifyUntil: '2026-12-01T18:31:00Z',
    });
  });
});

describe('ending a plan', () => {
  it('drops the attempt and keeps the record that a restart was sent', () => {
    const plan = end(verifying({ waitUntil: now.at }), now, { status: 'Escalated', reason: why });
    expect(plain(plan)).toMatchObject({
      status: 'Escalated',
      reason: { code: 'instance-not-running', values: { status: 'Stopped' } },
      intent: { at: '2026-12-01T18:01:00Z', outcome: 'accepted' },
    });
    for (const name of ['lease', 'waitUntil', 'nextLook', 'verifyUntil', 'cause']) {
      expect(plan).not.toHaveProperty(name);
    }
    expect(plan.timeline.at(-1)?.what).toEqual({
      code: 'ended',
      values: { status: 'Escalated', why: { code: 'instance-not-running', values: { status: 'Stopped' } } },
    });
  });

  it('names the events that it is about, and drops NotBefore if they have none', () => {
    const about = { eventIds: ['e-7'], laterEventIds: ['e-8'], notBefore: undefined };
    const plan = end(waiting(), now, { status: 'Escalated', reason: why, about });
    expect(plan).toMatchObject({ eventIds: ['e-7'], laterEventIds: ['e-8'] });
    expect(plan).not.toHaveProperty('notBefore');
    const kept = end(waiting(), now, { status: 'Escalated', reason: why });
    expect(plain(kept)).toMatchObject({ eventIds: ['e-1'], notBefore: '2026-12-03T02:00:00Z' });
    const moved = { ...about, notBefore: at('2026-12-04T02:00:00Z') };
    expect(plain(end(waiting(), now, { status: 'Escalated', reason: why, about: moved }))).toMatchObject({
      notBefore: '2026-12-04T02:00:00Z',
    });
  });

  it('again replaces the cause of the earlier end, or removes it', () => {
    const late = { status: 'Missed', reason: why } as const;
    expect(endAgain(skipped(), now, { ...late, cause: 'too-late' }).cause).toBe('too-late');
    expect(endAgain(skipped(), now, late)).not.toHaveProperty('cause');
  });
});

describe('ending a plan without a restart', () => {
  const steps = [step('pre-command', 'done', { commandId: 'c-drain' })];
  const undo = [{ code: 'undo-pre-command', values: { commandId: 'c-drain' } }];

  it('says that a pre-command had begun and must be undone', () => {
    const plan = end(preparing({ steps }), now, { status: 'Cleared', reason: why, cause: 'gone' });
    const reason = { code: 'instance-not-running', values: { status: 'Stopped' }, also: undo };
    expect(plan.reason).toEqual(reason);
    expect(plan.timeline.at(-1)?.what).toEqual({ code: 'ended', values: { status: 'Cleared', why: reason } });
  });

  it('says the same if ECS refused the restart for good, and removes the intent', () => {
    const plan = endRefused(rebooting({ steps }), now, refusedForGood, 'request-9');
    expect(plan.reason).toEqual({
      code: 'refused-for-good',
      values: { errorCode: 'InvalidInstanceId', message: 'Not found.' },
      also: [...undo, toRetry],
    });
    expect(plan).toMatchObject({ status: 'Escalated', cause: 'refused' });
    expect(plan).not.toHaveProperty('intent');
    expect(plan.timeline.at(-1)).toMatchObject({ what: { code: 'ended' }, requestId: 'request-9' });
  });

  it('says nothing about a pre-command that failed with the end, because the reason says so', () => {
    const running = preparing({ steps: [step('pre-command', 'running', { commandId: 'c-drain' })] });
    const failed = { steps: [step('pre-command', 'failed', { commandId: 'c-drain' })] };
    const plan = end(running, now, { status: 'Escalated', reason: why, cause: 'pre-command', ...failed });
    expect(plan.reason).toEqual({
      code: 'instance-not-running',
      values: { status: 'Stopped' },
      also: [toRetry],
    });
    expect(plan.steps).toEqual(failed.steps);
  });

  it('says nothing about the pre-command if a restart was sent', () => {
    const plan = end(verifying({ steps }), now, { status: 'Avoided', reason: proven });
    expect(plan.reason).toEqual({ code: 'avoided', values: { eventIds: ['e-1'] } });
  });
});

describe('planning again', () => {
  const { status, reason, eventIds, laterEventIds, approval } = waiting();
  const draft = { status, reason, eventIds, laterEventIds, approval };

  it('of a plan that ended removes what belonged to the end and to the last attempt', () => {
    const after = reopen(skipped({ waitUntil: now.at, decision: 'soonest' }), now, draft, why);
    expect(after.status).toBe('Planned');
    for (const name of ['cause', 'waitUntil', 'decision']) expect(after).not.toHaveProperty(name);
  });

  it.each<[string, Partial<Step>, boolean]>([
    ['runs', { state: 'running', at: at('2026-12-01T18:00:00Z') }, true],
    ['may have begun', { state: 'starting', at: at('2026-12-01T17:52:00Z') }, true],
    ['must have ended by now', { state: 'running', at: at('2026-12-01T17:54:00Z') }, false],
    ['succeeded', { state: 'done' }, false],
    ['failed', { state: 'failed' }, false],
  ])('keeps a pre-command that %s only where it may still run', (_, changes, isKept) => {
    const drain = { ...step('pre-command', 'running', { commandId: 'c-drain', ids: ['t-1'] }), ...changes };
    // COMMAND_TIMEOUT is 5 minutes, and it is 18:01.
    const ended = skipped({ runbook: runbook(), steps: [step('backup', 'done'), drain] });
    const kept = isKept ? [{ ...drain, outlived: true }] : [];
    expect(reopen(ended, now, draft, why).steps).toEqual([step('backup', 'done'), ...kept]);
  });

  it('hands a pre-command that runs to the plan that replaces its own, and no other step', () => {
    const drain = step('pre-command', 'running', { commandId: 'c-drain', ids: ['t-1'], at: now.at });
    const ended = skipped({ runbook: runbook(), steps: [step('backup', 'done'), drain] });
    const blank = waiting({ version: ended.version, planId: 'e-2.4', timeline: [] });
    const left = { ...drain, planId: ended.planId, outlived: true };
    expect(create({ blank, replaced: ended }, now, draft, why).steps).toEqual([left]);
    const starting = skipped({ runbook: runbook(), steps: [{ ...drain, state: 'starting' }] });
    expect(create({ blank, replaced: starting }, now, draft, why).steps).toEqual([
      { ...left, state: 'starting' },
    ]);
    expect(create({ blank, replaced: skipped() }, now, draft, why)).not.toHaveProperty('steps');
  });

  it('keeps a pause that is not over', () => {
    const later = at('2026-12-01T18:10:00Z');
    expect(plain(reschedule(waiting({ waitUntil: later }), now, draft, why).waitUntil)).toBe(
      '2026-12-01T18:10:00Z',
    );
  });

  it('removes the runbook if nothing is left to do before and after the restart', () => {
    expect(reschedule(waiting({ runbook: runbook() }), now, waiting(), why).runbook).toBeUndefined();
  });
});

describe('looking now', () => {
  it('makes a plan under way due at once, whether it has a lease or a next look', () => {
    const held = lookNow(
      preparing({ lease: { owner: 'execution-1', until: at('2027-01-01T00:00:00Z') } }),
      now,
      why,
    );
    expect(plain(held)).toMatchObject({
      lease: { owner: 'execution-1', until: '2026-12-01T18:01:00Z' },
      nextLook: '2026-12-01T18:01:00Z',
    });
    const watched = lookNow(verifying({ nextLook: at('2027-01-01T00:00:00Z') }), now, why);
    expect(plain(watched.nextLook)).toBe('2026-12-01T18:01:00Z');
    expect(watched).not.toHaveProperty('lease');
  });
});

describe('an edit by hand', () => {
  const lifted = { by: 'operator:Li', what: state('hold-lifted', {}) };
  const approved = { by: 'operator:Li', what: state('approved', { eventIds: ['e-1'], decision: 'window' }) };

  it('is told by the next write, before what that write says, and only once', () => {
    const plan = waiting({ edits: [lifted, approved], editedBy: 'Li', timeline: [] });
    const next = claim(plan, now, 'execution-1', 60_000);
    expect(next.timeline).toEqual([
      { at: now.at, ...lifted },
      { at: now.at, ...approved },
      { ...now, what: state('preparing', {}) },
    ]);
    expect(next).not.toHaveProperty('edits');
    expect(next).not.toHaveProperty('editedBy');
  });

  it('that is still to come keeps the name that was written for it', () => {
    expect(claim(waiting({ editedBy: 'Li' }), now, 'execution-1', 60_000).editedBy).toBe('Li');
  });

  it('that is known needs no other entry when it is confirmed', () => {
    expect(confirmEdit(waiting({ edits: [lifted], timeline: [] }), now).timeline).toEqual([
      { at: now.at, ...lifted },
    ]);
  });
});

describe('confirming an edit', () => {
  it('writes the same plan again, and says so', () => {
    const plan = confirmEdit(without(waiting(), 'latestStart'), now);
    expect(plan).not.toHaveProperty('latestStart');
    expect(plan.status).toBe('Planned');
    expect(plan.timeline.at(-1)?.what).toEqual({ code: 'edited', values: {} });
  });
});
