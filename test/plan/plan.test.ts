// The plan itself: when a function must look at it again, and whether it may still change. status.test.ts and cause.test.ts
// test the lists behind it.
import { describe, expect, it } from 'vitest';
import { causes } from '../../lib/plan/cause.ts';
import {
  dueAt,
  hasBegun,
  isSuspended,
  mayBeJudgedAgain,
  mayHaveSent,
  closedEvents,
  type Plan,
} from '../../lib/plan/plan.ts';
import { activeStatuses, finalStatuses } from '../../lib/plan/status.ts';
import { at, finished, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

describe('the moment at which a function must look at a plan', () => {
  it('is execute_at for a Planned one', () => {
    expect(dueAt(waiting())?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('is earlier than execute_at by the lead if a backup is still to be made', () => {
    expect(dueAt(waiting({ runbook: runbook() }))?.toString()).toBe('2026-12-01T17:45:00Z');
  });

  it('is execute_at again when the backup is complete', () => {
    const plan = waiting({ runbook: runbook(), steps: [step('backup', 'done')] });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('is the end of a pause that ends after the preparation should begin', () => {
    const plan = waiting({ runbook: runbook(), waitUntil: at('2026-12-01T17:50:00Z') });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T17:50:00Z');
  });

  it('is the next look for one in Preparing that waits for a step', () => {
    const suspended = preparing({ nextLook: at('2026-12-01T18:01:30Z') });
    delete suspended.lease;
    expect(dueAt(suspended)?.toString()).toBe('2026-12-01T18:01:30Z');
  });

  it('is the end of the lease for one in Preparing that an execution holds, not the next look', () => {
    const plan = preparing({ nextLook: at('2026-12-01T18:01:30Z') });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T18:03:30Z');
  });

  it('is the end of a pause that ends after execute_at', () => {
    expect(dueAt(waiting({ waitUntil: at('2026-12-01T18:07:00Z') }))?.toString()).toBe(
      '2026-12-01T18:07:00Z',
    );
  });

  it('is execute_at if a pause ends before it', () => {
    expect(dueAt(waiting({ waitUntil: at('2026-12-01T17:00:00Z') }))?.toString()).toBe(
      '2026-12-01T18:00:00Z',
    );
  });

  it('is execute_at for one that waits for an approval, whatever comes before its restart', () => {
    const plan = waiting({ status: 'AwaitingApproval', approval: 'required', runbook: runbook() });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it.each(['Preparing', 'Rebooting'] as const)('is the end of the lease for one in %s', (status) => {
    expect(dueAt(preparing({ status }))?.toString()).toBe('2026-12-01T18:03:30Z');
  });

  it('is the next look for one in Verifying', () => {
    expect(dueAt(verifying())?.toString()).toBe('2026-12-01T18:01:30Z');
  });

  it.each(activeStatuses)('is at once for one in %s that lacks the time it waits for', (status) => {
    const plan = without(waiting({ status }), 'executeAt', 'latestStart');
    expect(dueAt(plan)?.epochMilliseconds).toBe(0);
  });

  it('is at once if only the end of a pause is known', () => {
    const plan = without(waiting({ waitUntil: at('2026-12-01T18:07:00Z') }), 'executeAt');
    expect(dueAt(plan)?.epochMilliseconds).toBe(0);
  });

  it.each(finalStatuses)('does not exist for one that is %s', (status) => {
    expect(dueAt(finished({ status }))).toBeUndefined();
  });
});

describe('a plan', () => {
  const all = [...activeStatuses, ...finalStatuses];

  it('has begun from the claim until it ends', () => {
    const begun = all.filter((status) => hasBegun(waiting({ status })));
    expect(begun).toEqual(['Preparing', 'Rebooting', 'Verifying']);
  });

  it('is suspended only in Preparing and without a lease', () => {
    expect(all.filter((status) => isSuspended(waiting({ status })))).toEqual(['Preparing']);
    expect(all.filter((status) => isSuspended(preparing({ status })))).toEqual([]);
  });
});

describe('a finished plan', () => {
  it('may be judged again while its cause may cease to hold', () => {
    expect(causes.filter((cause) => mayBeJudgedAgain(finished({ status: 'Skipped', cause })))).toEqual([
      'tag',
      'policy',
      'observe',
      'inquiring',
      'other-event',
      'region-gone',
      'odd-event',
      'unknown-instance',
      'gone',
      'too-late',
    ]);
  });

  it('is never judged again if a restart may have been sent', () => {
    for (const cause of causes) {
      const plan = finished({ status: 'Escalated', cause, intent: { at: at('2026-12-01T18:01:00Z') } });
      expect(mayHaveSent(plan)).toBe(true);
      expect(mayBeJudgedAgain(plan)).toBe(false);
    }
  });

  it('may be judged again if an operator pinned its time: that is no end', () => {
    expect(mayBeJudgedAgain(finished({ status: 'Skipped', cause: 'tag', pinned: true }))).toBe(true);
  });

  it('is not judged again without a cause, as after an edit by hand', () => {
    expect(mayBeJudgedAgain(finished({ status: 'Skipped' }))).toBe(false);
  });
});

it('an active plan is not judged again, even if it has a cause that may cease to hold', () => {
  expect(mayBeJudgedAgain(waiting({ cause: 'tag' }))).toBe(false);
});

describe('the events that never make a plan again', () => {
  const intent = { at: at('2026-12-01T18:01:00Z') };
  const closed = (changes: Partial<Plan>): readonly string[] =>
    closedEvents(finished({ status: 'Escalated', planId: 'e-1.6', ...changes }));

  it('are those of the plan, and those for which a restart may have been sent', () => {
    expect(closed({ eventIds: ['e-1', 'e-2'] })).toEqual(['e-1', 'e-2']);
    expect(closed({ eventIds: ['e-9'] })).toEqual(['e-9']);
    expect(closed({ intent, eventIds: ['e-9'], sentEventIds: ['e-1', 'e-2'] })).toEqual([
      'e-9',
      'e-1',
      'e-2',
    ]);
  });

  it('have the first of them in the id of the plan, where somebody removed them', () => {
    expect(closed({ eventIds: [] })).toEqual(['e-1']);
    expect(closed({ intent, eventIds: ['e-9'], sentEventIds: [] })).toEqual(['e-9', 'e-1']);
    expect(closed({ intent, eventIds: ['e-9'] })).toEqual(['e-9', 'e-1']);
  });
});
