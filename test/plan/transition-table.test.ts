// Every status × every transition. What is allowed stands here as a table written by hand from the design, never imported:
// a transition from elsewhere throws, so that nothing can be written.
import { describe, expect, it } from 'vitest';
import { confirmEdit } from '../../lib/plan/confirm-edit.ts';
import { ImpossibleChange } from '../../lib/plan/invariants.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import { activeStatuses, finalStatuses, type PlanStatus } from '../../lib/plan/status.ts';
import * as transitions from '../../lib/plan/transitions.ts';
import { recordCheck, recordUndo } from '../../lib/plan/undo.ts';
import { keepWatching } from '../../lib/plan/watching.ts';
import { at, finished, preparing, stamp, step, verifying, waiting } from './samples.ts';

const now = stamp('2026-12-01T18:01:00Z', 'execute');
const intent = { at: now.at } as const;
const later = at('2026-12-01T18:06:00Z');
const why = state('throttled', {});
const sent = {
  outcome: 'accepted',
  reason: state('accepted', {}),
  nextLook: later,
  verifyUntil: later,
} as const;

/** One sound plan per status. The finished ones may be judged again, except the Avoided one, which was restarted. */
const plans: Readonly<Record<PlanStatus, Plan>> = {
  Planned: waiting(),
  AwaitingApproval: waiting({ status: 'AwaitingApproval', approval: 'required' }),
  Preparing: preparing(),
  Rebooting: preparing({ status: 'Rebooting', intent }),
  Verifying: verifying(),
  Avoided: finished({ status: 'Avoided', intent: { ...intent, outcome: 'accepted' } }),
  Cleared: finished({ status: 'Cleared', cause: 'gone' }),
  Skipped: finished({ status: 'Skipped', cause: 'tag' }),
  Missed: finished({ status: 'Missed', cause: 'too-late' }),
  Escalated: finished({ status: 'Escalated', cause: 'odd-event' }),
};
const statuses = [...activeStatuses, ...finalStatuses];
const blank = waiting({ planId: 'e-2', version: 5, timeline: [] });

type Name = keyof typeof transitions | 'recordUndo' | 'recordCheck' | 'keepWatching' | 'confirmEdit';

/** Calls one transition on a plan. */
const call: Readonly<Record<Name, (plan: Plan) => Plan>> = {
  create: (replaced) => transitions.create({ blank, replaced }, now, waiting(), why),
  createEnded: (replaced) =>
    transitions.createEnded({ blank, replaced }, now, { status: 'Skipped', reason: why }),
  reschedule: (plan) => transitions.reschedule(plan, now, waiting(), why),
  restate: (plan) => transitions.restate(plan, now, why, why),
  reopen: (plan) => transitions.reopen(plan, now, waiting(), why),
  claim: (plan) => transitions.claim(plan, now, 'execution-2', 150_000),
  suspend: (plan) => transitions.suspend(plan, now, why, later),
  recordStep: (plan) => transitions.recordStep(plan, now, step('backup', 'starting'), { what: why }),
  recordIntent: (plan) => transitions.recordIntent(plan, now, {}),
  postpone: (plan) => transitions.postpone(plan, now, why, later),
  takeBackIntent: (plan) =>
    transitions.takeBackIntent(plan, now, state('stale-intent', {}), { waitUntil: later }),
  endRefused: (plan) =>
    transitions.endRefused(plan, now, state('refused-for-good', { errorCode: 'X', message: '' }), undefined),
  beginVerifying: (plan) => transitions.beginVerifying(plan, now, sent),
  keepWatching: (plan) => keepWatching(plan, now, why, { nextLook: later }),
  recordUndo: (plan) => recordUndo(plan, now, step('undo-command', 'starting'), { what: why }),
  recordCheck: (plan) => recordCheck(plan, now, undefined),
  end: (plan) => transitions.end(plan, now, { status: 'Escalated', reason: why }),
  endAgain: (plan) => transitions.endAgain(plan, now, { status: 'Missed', reason: why }),
  noteEvents: (plan) => transitions.noteEvents(plan, now, ['e-3'], why),
  lookNow: (plan) => transitions.lookNow(plan, now, why),
  confirmEdit: (plan) => confirmEdit(plan, now),
};

/** From which status each transition may start, and which status it then leads to. */
const allowed: Readonly<Record<Name, Partial<Record<PlanStatus, PlanStatus>>>> = {
  create: {
    Avoided: 'Planned',
    Cleared: 'Planned',
    Skipped: 'Planned',
    Missed: 'Planned',
    Escalated: 'Planned',
  },
  createEnded: {
    Avoided: 'Skipped',
    Cleared: 'Skipped',
    Skipped: 'Skipped',
    Missed: 'Skipped',
    Escalated: 'Skipped',
  },
  reschedule: { Planned: 'Planned', AwaitingApproval: 'Planned', Preparing: 'Planned' },
  restate: { Planned: 'Planned', AwaitingApproval: 'AwaitingApproval' },
  reopen: { Cleared: 'Planned', Skipped: 'Planned', Missed: 'Planned', Escalated: 'Planned' },
  claim: { Planned: 'Preparing', Preparing: 'Preparing' },
  suspend: { Preparing: 'Preparing' },
  recordStep: { Preparing: 'Preparing', Verifying: 'Verifying' },
  recordUndo: {
    Planned: 'Planned',
    AwaitingApproval: 'AwaitingApproval',
    Preparing: 'Preparing',
    Avoided: 'Avoided',
    Cleared: 'Cleared',
    Skipped: 'Skipped',
    Missed: 'Missed',
    Escalated: 'Escalated',
  },
  recordCheck: {
    Planned: 'Planned',
    AwaitingApproval: 'AwaitingApproval',
    Preparing: 'Preparing',
    Avoided: 'Avoided',
    Cleared: 'Cleared',
    Skipped: 'Skipped',
    Missed: 'Missed',
    Escalated: 'Escalated',
  },
  recordIntent: { Preparing: 'Rebooting' },
  postpone: { Planned: 'Planned', AwaitingApproval: 'AwaitingApproval', Preparing: 'Planned' },
  takeBackIntent: { Rebooting: 'Planned' },
  endRefused: { Rebooting: 'Escalated' },
  beginVerifying: { Rebooting: 'Verifying' },
  keepWatching: { Verifying: 'Verifying' },
  end: {
    Planned: 'Escalated',
    AwaitingApproval: 'Escalated',
    Preparing: 'Escalated',
    Verifying: 'Escalated',
  },
  endAgain: { Cleared: 'Missed', Skipped: 'Missed', Missed: 'Missed', Escalated: 'Missed' },
  noteEvents: { Verifying: 'Verifying', Skipped: 'Skipped' },
  lookNow: { Preparing: 'Preparing', Rebooting: 'Rebooting', Verifying: 'Verifying' },
  confirmEdit: {
    Planned: 'Planned',
    AwaitingApproval: 'AwaitingApproval',
    Preparing: 'Preparing',
    Rebooting: 'Rebooting',
    Verifying: 'Verifying',
    Avoided: 'Avoided',
    Cleared: 'Cleared',
    Skipped: 'Skipped',
    Missed: 'Missed',
    Escalated: 'Escalated',
  },
};

const names = Object.keys(call) as Name[];
const pairs = names.flatMap((name) => statuses.map((from) => ({ name, from, to: allowed[name][from] })));

describe('a transition that the table allows', () => {
  it.each(pairs.filter(({ to }) => to !== undefined))('$name: $from → $to', ({ name, from, to }) => {
    const { version } = name === 'create' || name === 'createEnded' ? blank : plans[from];
    const next = call[name](plans[from]);
    expect(next.status).toBe(to);
    expect(next.version).toBe(version + 1);
  });
});

describe('a transition that the table does not allow', () => {
  it.each(pairs.filter(({ to }) => to === undefined))('$name throws from $from', ({ name, from }) => {
    expect(() => call[name](plans[from])).toThrow(ImpossibleChange);
  });
});

describe('this test', () => {
  it('calls every exported transition on every status', () => {
    const exported = Object.entries({
      ...transitions,
      recordUndo,
      recordCheck,
      keepWatching,
      confirmEdit,
    }).filter(([, value]) => typeof value === 'function');
    expect(exported.map(([name]) => name).sort()).toEqual([...names].sort());
    expect(statuses).toHaveLength(10);
    expect(pairs).toHaveLength(210);
    expect(pairs.filter(({ to }) => to !== undefined)).toHaveLength(71);
  });
});

describe('a status to which a transition must not lead', () => {
  const draft = (status: PlanStatus): Plan => waiting({ status });

  it.each(statuses.filter((status) => status !== 'Planned' && status !== 'AwaitingApproval'))(
    'is %s for what planning decides',
    (status) => {
      expect(() => transitions.reschedule(plans.Planned, now, draft(status), why)).toThrow(ImpossibleChange);
      expect(() => transitions.reopen(plans.Skipped, now, draft(status), why)).toThrow(ImpossibleChange);
    },
  );

  it.each(['Preparing', 'Rebooting', 'Verifying', 'Avoided', 'Cleared'] as const)(
    'is %s for a plan that is created',
    (status) => {
      const parts = { blank, replaced: undefined };
      expect(() => transitions.create(parts, now, draft(status), why)).toThrow(ImpossibleChange);
    },
  );

  it.each(['Avoided', 'Cleared'] as const)('is %s for a plan of which nothing was restarted', (status) => {
    const how = { status, reason: why };
    expect(() => transitions.createEnded({ blank, replaced: undefined }, now, how)).toThrow(ImpossibleChange);
    expect(() => transitions.endAgain(plans.Skipped, now, how)).toThrow(ImpossibleChange);
  });
});

describe('the intent', () => {
  it.each(statuses)('of a plan forbids to postpone it, even if it is %s', (status) => {
    expect(() => transitions.postpone({ ...plans[status], intent }, now, why, later)).toThrow(
      'A plan with an intent cannot be postponed',
    );
  });

  it('is taken back from Rebooting only, even if a plan of another status has one', () => {
    const possible = statuses.filter((status) => {
      try {
        return call.takeBackIntent({ ...plans[status], intent }).intent === undefined;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ImpossibleChange);
        return false;
      }
    });
    expect(possible).toEqual(['Rebooting']);
  });

  it('is recorded once: a second one throws', () => {
    const once = transitions.recordIntent(preparing(), now, {});
    expect(once.intent).toEqual({ at: now.at });
    expect(() => transitions.recordIntent({ ...preparing(), intent }, now, {})).toThrow(
      'The plan has an intent already',
    );
    expect(() => transitions.recordIntent(once, now, {})).toThrow(ImpossibleChange);
  });

  it('that a Rebooting row lost is not made up: such a plan stays where it is', () => {
    expect(() => transitions.beginVerifying(preparing({ status: 'Rebooting' }), now, sent)).toThrow(
      'The plan has no intent to verify',
    );
  });
});

describe('a finished plan that only a person may take back', () => {
  it.each([
    ['a restart was sent for it', finished({ status: 'Escalated', cause: 'gone', intent })],
    ['its cause waits for a person', finished({ status: 'Escalated', cause: 'pre-command' })],
    ['nobody knows its cause', finished({ status: 'Skipped' })],
  ])('neither waits again nor ends again: %s', (_, plan) => {
    expect(() => call.reopen(plan)).toThrow(ImpossibleChange);
    expect(() => call.endAgain(plan)).toThrow(ImpossibleChange);
  });
});
