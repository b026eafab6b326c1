// The plan itself: which statuses are final, when someone must look at it again, and what may still become of it.
import { describe, expect, it } from 'vitest';
import {
  activeStatuses,
  causes,
  dueAt,
  finalStatuses,
  hasBegun,
  isFinal,
  mayBeJudgedAgain,
  mayHaveSent,
} from '../../lib/plan/plan.ts';
import { at, finished, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

describe('the moment at which someone must look at a plan', () => {
  it('is execute_at for one that waits', () => {
    expect(dueAt(waiting())?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('is the lead before execute_at where a backup is to be made first', () => {
    expect(dueAt(waiting({ runbook: runbook() }))?.toString()).toBe('2026-12-01T17:45:00Z');
  });

  it('is execute_at again when the backup is there', () => {
    const plan = waiting({ runbook: runbook(), steps: [step('backup', 'done')] });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T18:00:00Z');
  });

  it('is the end of a pause that lasts beyond the beginning of the preparation', () => {
    const plan = waiting({ runbook: runbook(), waitUntil: at('2026-12-01T17:50:00Z') });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T17:50:00Z');
  });

  it('is the next look for one in Preparing that waits for a step', () => {
    const suspended = preparing({ nextLook: at('2026-12-01T18:01:30Z') });
    delete suspended.lease;
    expect(dueAt(suspended)?.toString()).toBe('2026-12-01T18:01:30Z');
  });

  it('is the end of the lease for one in Preparing that somebody works on, whatever the next look was', () => {
    const plan = preparing({ nextLook: at('2026-12-01T18:01:30Z') });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T18:03:30Z');
  });

  it('is the end of a pause that lasts beyond execute_at', () => {
    expect(dueAt(waiting({ waitUntil: at('2026-12-01T18:07:00Z') }))?.toString()).toBe(
      '2026-12-01T18:07:00Z',
    );
  });

  it('stays execute_at where a pause ends before', () => {
    expect(dueAt(waiting({ waitUntil: at('2026-12-01T17:00:00Z') }))?.toString()).toBe(
      '2026-12-01T18:00:00Z',
    );
  });

  it('is the latest start for one that waits for an approval, so that it does not wait for ever', () => {
    const plan = waiting({ status: 'AwaitingApproval', approval: 'required' });
    expect(dueAt(plan)?.toString()).toBe('2026-12-01T20:45:00Z');
  });

  it.each(['Preparing', 'Rebooting'] as const)('is the end of the lease for one in %s', (status) => {
    expect(dueAt(preparing({ status }))?.toString()).toBe('2026-12-01T18:03:30Z');
  });

  it('is the next look for one that is being verified', () => {
    expect(dueAt(verifying())?.toString()).toBe('2026-12-01T18:01:30Z');
  });

  it.each(activeStatuses)('is at once for one in %s that lacks the time it waits for', (status) => {
    const plan = without(waiting({ status }), 'executeAt', 'latestStart');
    expect(dueAt(plan)?.epochMilliseconds).toBe(0);
  });

  it('is at once where only a pause is known', () => {
    const plan = without(waiting({ waitUntil: at('2026-12-01T18:07:00Z') }), 'executeAt');
    expect(dueAt(plan)?.epochMilliseconds).toBe(0);
  });

  it.each(finalStatuses)('does not exist for one that is %s', (status) => {
    expect(dueAt(finished({ status }))).toBeUndefined();
  });
});

describe('a status', () => {
  it('is either active or final', () => {
    expect(activeStatuses.filter(isFinal)).toEqual([]);
    expect(finalStatuses.filter(isFinal)).toEqual(['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated']);
  });

  it('says whether an execution holds the plan or held it', () => {
    const begun = [...activeStatuses, ...finalStatuses].filter((status) => hasBegun(waiting({ status })));
    expect(begun).toEqual(['Preparing', 'Rebooting', 'Verifying']);
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
      'odd-event',
      'unknown-instance',
      'gone',
      'too-late',
    ]);
  });

  it('is never judged again where a restart may have been sent', () => {
    for (const cause of causes) {
      const plan = finished({ status: 'Escalated', cause, intent: { at: at('2026-12-01T18:01:00Z') } });
      expect(mayHaveSent(plan)).toBe(true);
      expect(mayBeJudgedAgain(plan)).toBe(false);
    }
  });

  it('is never judged again where an operator pinned its ending', () => {
    expect(mayBeJudgedAgain(finished({ status: 'Skipped', cause: 'tag', pinned: true }))).toBe(false);
  });

  it('is not judged again where nobody knows its cause, as after an edit by hand', () => {
    expect(mayBeJudgedAgain(finished({ status: 'Skipped' }))).toBe(false);
  });
});

it('a plan that is not finished is not judged again, whatever its cause says', () => {
  expect(mayBeJudgedAgain(waiting({ cause: 'tag' }))).toBe(false);
});
