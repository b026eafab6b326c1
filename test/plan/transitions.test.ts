// Every way in which a plan changes: one version on, one line in the timeline, and nothing of an attempt left behind.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/plan/plan.ts';
import {
  beginVerifying,
  change,
  claim,
  confirmEdit,
  end,
  endRefused,
  keepWatching,
  recordIntent,
  recordStep,
  reschedule,
  suspend,
  withdraw,
} from '../../lib/plan/transitions.ts';
import { at, finished, plain, preparing, runbook, stamp, step, verifying, waiting } from './samples.ts';

const now = stamp('2026-12-01T18:01:00Z', 'execute');
const rebooting = (changes: Partial<Plan> = {}): Plan =>
  preparing({ status: 'Rebooting', intent: { at: now.at }, version: 3, ...changes });
const looks = { nextLook: at('2026-12-01T18:01:30Z'), verifyUntil: at('2026-12-01T18:31:00Z') };

describe('every transition', () => {
  const transitions: [string, Plan, Plan][] = [
    ['claim', waiting(), claim(waiting(), now, 'execution-1', 150_000)],
    ['recordIntent', preparing(), recordIntent(preparing(), now)],
    ['withdraw', rebooting(), withdraw(rebooting(), now, 'Locked.', undefined)],
    ['beginVerifying', rebooting(), beginVerifying(rebooting(), now, 'accepted', 'Accepted.', looks)],
    ['keepWatching', verifying(), keepWatching(verifying(), now, 'Not yet.', looks.nextLook)],
    ['end', verifying(), end(verifying(), now, 'Avoided', 'Proven.')],
    ['reschedule', waiting(), reschedule(waiting(), now, waiting(), 'Planned again.')],
    ['confirmEdit', waiting(), confirmEdit(waiting(), now)],
    ['suspend', preparing(), suspend(preparing(), now, 'Waits for a step.', looks.nextLook)],
    ['recordStep', preparing(), recordStep(preparing(), now, step('backup', 'starting'), 'Begins it.')],
  ];

  it.each(transitions)('%s is one version on and says who did what when', (_, before, after) => {
    expect(after.version).toBe(before.version + 1);
    expect(after.timeline).toHaveLength(before.timeline.length + 1);
    expect(plain(after.timeline.at(-1))).toMatchObject({ at: '2026-12-01T18:01:00Z', by: 'execute' });
    expect(after.timeline.at(-1)?.what).not.toBe('');
  });

  it.each(transitions)('%s keeps what the plan is about', (_, before, after) => {
    const { regionId, instanceId, planId, eventIds, formerEventIds, pinned } = before;
    expect(after).toMatchObject({ regionId, instanceId, planId, eventIds, formerEventIds, pinned });
  });

  it('leaves the plan that it was given as it was', () => {
    const before = waiting();
    claim(before, now, 'execution-1', 150_000);
    expect(plain(before)).toEqual(plain(waiting()));
  });
});

describe('claiming a plan', () => {
  it('gives it to one execution until the lease ends', () => {
    const plan = claim(waiting({ waitUntil: at('2026-12-01T18:00:30Z') }), now, 'execution-1', 150_000);
    expect(plain(plan)).toMatchObject({
      status: 'Preparing',
      lease: { owner: 'execution-1', until: '2026-12-01T18:03:30Z' },
    });
    expect(plan.waitUntil).toBeUndefined();
    expect(plan.timeline.at(-1)?.what).toBe('Began to prepare the restart.');
  });

  it('does not begin again where a step was done before', () => {
    const steps = [{ name: 'backup', state: 'done', at: at('2026-12-01T17:46:00Z'), ids: ['s-1'] }] as const;
    const plan = claim(waiting({ steps }), now, 'execution-1', 150_000);
    expect(plan.timeline.at(-1)?.what).toBe('Goes on with the restart.');
  });

  it('takes over from an execution whose lease ended, and says so', () => {
    const later = stamp('2026-12-01T18:05:00Z', 'execute');
    const plan = claim(preparing(), later, 'execution-2', 150_000);
    expect(plain(plan)).toMatchObject({
      status: 'Preparing',
      lease: { owner: 'execution-2', until: '2026-12-01T18:07:30Z' },
    });
    expect(plan.timeline.at(-1)?.what).toBe('Took over from an execution that did not finish.');
  });
});

describe('a step that takes its time', () => {
  const suspended = suspend(preparing(), now, 'Waits for the backup s-1.', looks.nextLook);

  it('leaves the plan in Preparing, in nobody’s hands, to be looked at again', () => {
    expect(suspended.status).toBe('Preparing');
    expect(suspended.lease).toBeUndefined();
    expect(plain(suspended.nextLook)).toBe('2026-12-01T18:01:30Z');
    expect(suspended.reason).toBe('Waits for the backup s-1.');
  });

  it('is no news when the plan is claimed again: one version on, and the same story', () => {
    const later = stamp('2026-12-01T18:02:00Z', 'execute');
    const claimed = claim(suspended, later, 'execution-2', 150_000);
    expect(claimed.timeline).toEqual(suspended.timeline);
    expect(claimed.version).toBe(suspended.version + 1);
    expect(claimed.reason).toBe('Waits for the backup s-1.');
    expect(claimed.nextLook).toBeUndefined();
    expect(plain(claimed.lease)).toEqual({ owner: 'execution-2', until: '2026-12-01T18:04:30Z' });
  });

  it('is told once, however often it is looked at', () => {
    const later = stamp('2026-12-01T18:02:00Z', 'execute');
    const claimed = claim(suspended, later, 'execution-2', 150_000);
    const again = suspend(claimed, later, 'Waits for the backup s-1.', at('2026-12-01T18:02:30Z'));
    expect(again.timeline).toHaveLength(suspended.timeline.length);
    expect(plain(again.timeline.at(-1))).toMatchObject({ at: '2026-12-01T18:02:00Z' });
  });

  it('is recorded under the lease, with ECS’s request', () => {
    const running = step('backup', 'running', { ids: ['s-1'] });
    const plan = recordStep(preparing(), now, running, 'ECS makes snapshots s-1.', 'r-1');
    expect(plan.steps).toEqual([running]);
    expect(plan.lease).toEqual(preparing().lease);
    expect(plan.timeline.at(-1)).toMatchObject({ what: 'ECS makes snapshots s-1.', requestId: 'r-1' });
  });

  it('stays on record when the plan is put off, planned again or ended', () => {
    const steps = [step('backup', 'done')];
    const plan = preparing({ runbook: runbook(), steps });
    expect(withdraw(plan, now, 'Locked.', undefined).steps).toEqual(steps);
    expect(reschedule(plan, now, waiting(), 'Planned again.').steps).toEqual(steps);
    expect(end(plan, now, 'Skipped', 'The owner said no.').steps).toEqual(steps);
  });
});

describe('the runbook', () => {
  it('goes where planning finds that nothing is to be done any more', () => {
    expect(reschedule(waiting({ runbook: runbook() }), now, waiting(), 'Changed.').runbook).toBeUndefined();
  });
});

describe('recording the intent', () => {
  it('happens under the same lease and leaves the outcome open', () => {
    const plan = recordIntent(preparing(), now);
    expect(plain(plan)).toMatchObject({
      status: 'Rebooting',
      intent: { at: '2026-12-01T18:01:00Z' },
      lease: { owner: 'execution-1', until: '2026-12-01T18:03:30Z' },
    });
    expect(plan.intent?.outcome).toBeUndefined();
  });
});

describe('withdrawing', () => {
  it('takes the intent away, since nothing was sent, and waits before the next attempt', () => {
    const why = 'ECS refused RebootInstance (Throttling: too many requests); nothing happened.';
    const plan = withdraw(rebooting(), now, why, at('2026-12-01T18:03:00Z'), 'request-7');
    expect(plain(plan)).toMatchObject({ status: 'Planned', reason: why, waitUntil: '2026-12-01T18:03:00Z' });
    expect(plan).not.toHaveProperty('intent');
    expect(plan).not.toHaveProperty('lease');
    expect(plain(plan.timeline.at(-1))).toEqual({
      at: '2026-12-01T18:01:00Z',
      by: 'execute',
      what: why,
      requestId: 'request-7',
    });
  });

  it('keeps the interval and the approval', () => {
    const plan = withdraw(preparing({ approval: 'granted' }), now, 'Locked.', undefined);
    expect(plain(plan)).toMatchObject({
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      approval: 'granted',
    });
    expect(plan).not.toHaveProperty('waitUntil');
  });
});

describe('beginning to verify', () => {
  it.each(['accepted', 'unknown'] as const)(
    'records that the outcome is %s, and gives the lease up',
    (outcome) => {
      const plan = beginVerifying(rebooting(), now, outcome, 'Sent.', looks, 'request-8');
      expect(plain(plan)).toMatchObject({
        status: 'Verifying',
        intent: { at: '2026-12-01T18:01:00Z', outcome },
        nextLook: '2026-12-01T18:01:30Z',
        verifyUntil: '2026-12-01T18:31:00Z',
      });
      expect(plan).not.toHaveProperty('lease');
      expect(plan.timeline.at(-1)).toMatchObject({ what: 'Sent.', requestId: 'request-8' });
    },
  );

  it('keeps the moment of the intent when another execution takes the row over', () => {
    const later = stamp('2026-12-01T18:10:00Z', 'execute');
    const plan = beginVerifying(rebooting(), later, 'unknown', 'Taken over.', looks);
    expect(plain(plan.intent)).toEqual({ at: '2026-12-01T18:01:00Z', outcome: 'unknown' });
  });

  it('records an intent even where the row had lost it, so that nothing is sent again', () => {
    const lost = preparing({ status: 'Rebooting' });
    expect(beginVerifying(lost, now, 'unknown', 'Taken over.', looks).intent).toBeDefined();
  });
});

describe('keeping watch', () => {
  it('changes nothing where nothing new was seen, and costs no write', () => {
    const plan = verifying({ reason: 'Not proven yet.' });
    expect(keepWatching(plan, now, 'Not proven yet.', looks.nextLook)).toBe(plan);
  });

  it('says what is new, and when it looks again', () => {
    const nextLook = at('2026-12-01T18:05:00Z');
    const plan = keepWatching(verifying(), now, 'The instance is Starting.', nextLook);
    expect(plain(plan)).toMatchObject({
      status: 'Verifying',
      reason: 'The instance is Starting.',
      nextLook: '2026-12-01T18:05:00Z',
      verifyUntil: '2026-12-01T18:31:00Z',
    });
  });
});

describe('ending', () => {
  it('drops the attempt and keeps on record that a restart was sent', () => {
    const plan = end(verifying({ waitUntil: now.at }), now, 'Escalated', 'Not proven.');
    expect(plain(plan)).toMatchObject({
      status: 'Escalated',
      reason: 'Not proven.',
      intent: { at: '2026-12-01T18:01:00Z', outcome: 'accepted' },
    });
    for (const name of ['lease', 'waitUntil', 'nextLook', 'verifyUntil', 'cause']) {
      expect(plan).not.toHaveProperty(name);
    }
    expect(plan.timeline.at(-1)?.what).toBe('Escalated: Not proven.');
  });

  it('replaces the cause of an earlier ending, or takes it away', () => {
    expect(end(finished({ status: 'Skipped', cause: 'tag' }), now, 'Missed', 'Late.', 'too-late').cause).toBe(
      'too-late',
    );
    expect(end(finished({ status: 'Skipped', cause: 'tag' }), now, 'Missed', 'Late.')).not.toHaveProperty(
      'cause',
    );
  });
});

describe('ending without a restart', () => {
  const drained = preparing({ steps: [step('pre-command', 'done', { commandId: 'c-drain' })] });

  it('tells that a pre-command had begun, and is to be undone', () => {
    const reason =
      'ECS cancelled it. The pre-command c-drain had begun, and the instance was not restarted: undo what it did.';
    const plan = end(drained, now, 'Cleared', 'ECS cancelled it.', 'gone');
    expect(plan.reason).toBe(reason);
    expect(plan.timeline.at(-1)?.what).toBe(`Cleared: ${reason}`);
  });

  it('tells it, too, where ECS refused the restart for good', () => {
    const intended = recordIntent(drained, now);
    expect(endRefused(intended, now, 'Locked.', undefined).reason).toContain('undo what it did');
  });

  it('tells nothing of it where a restart was sent', () => {
    const sent = verifying({ steps: [step('pre-command', 'done', { commandId: 'c-drain' })] });
    expect(end(sent, now, 'Avoided', 'Proven.').reason).toBe('Proven.');
  });
});

describe('planning again', () => {
  it('takes away what belonged to the ending and to the last attempt', () => {
    const before = finished({ status: 'Skipped', cause: 'tag', waitUntil: now.at });
    const { status, reason, eventIds, laterEventIds, rules, approval } = waiting();
    const schedule = { status, reason, eventIds, laterEventIds, rules, approval };
    const after = reschedule(before, now, schedule, 'Planned again.');
    expect(after.status).toBe('Planned');
    for (const name of ['cause', 'waitUntil', 'decision']) expect(after).not.toHaveProperty(name);
  });
});

describe('the timeline', () => {
  it('says the same thing by the same hand once, with its latest time', () => {
    let plan = waiting();
    for (const time of ['18:02', '18:04', '18:06']) {
      plan = withdraw(
        plan,
        stamp(`2026-12-01T${time}:00Z`, 'execute'),
        'The instance is Stopped.',
        undefined,
      );
    }
    expect(plan.version).toBe(4);
    expect(plain(plan.timeline.slice(1))).toEqual([
      { at: '2026-12-01T18:06:00Z', by: 'execute', what: 'The instance is Stopped.' },
    ]);
  });

  it('says it once, too, where only the request differs that it is about', () => {
    const throttled = (id: string): string => `ECS refused it (Throttling; request id: ${id}).`;
    const first = change(waiting(), now, {}, throttled('11111111-2222-4333-8444-55555555AAAA'));
    const again = change(first, now, {}, throttled('66666666-7777-4888-8999-00000000BBBB'));
    expect(again.timeline).toHaveLength(first.timeline.length);
    expect(again.timeline.at(-1)?.what).toContain('BBBB');
  });

  it('says it again by another hand, or after something else happened', () => {
    let plan = change(waiting(), stamp('2026-12-01T18:02:00Z', 'execute'), {}, 'Waits.');
    plan = change(plan, stamp('2026-12-01T18:03:00Z', 'plan'), {}, 'Waits.');
    plan = change(plan, stamp('2026-12-01T18:04:00Z', 'operator:li'), {}, 'Approved.');
    plan = change(plan, stamp('2026-12-01T18:05:00Z', 'plan'), {}, 'Waits.');
    expect(plan.timeline.slice(1).map(({ by, what }) => `${by}: ${what}`)).toEqual([
      'execute: Waits.',
      'plan: Waits.',
      'operator:li: Approved.',
      'plan: Waits.',
    ]);
  });

  it('keeps the first entry and the latest 199', () => {
    let plan = waiting();
    for (let count = 1; count <= 500; count += 1) plan = change(plan, now, {}, `Look ${count}.`);
    expect(plan.version).toBe(501);
    expect(plan.timeline).toHaveLength(200);
    expect(plan.timeline[0]?.what).toBe(
      'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS announced event e-1.',
    );
    expect(plan.timeline[1]?.what).toBe('Look 302.');
    expect(plan.timeline.at(-1)?.what).toBe('Look 500.');
  });

  it('loses nothing below its limit', () => {
    let plan = waiting();
    for (let count = 1; count <= 199; count += 1) plan = change(plan, now, {}, `Look ${count}.`);
    expect(plan.timeline).toHaveLength(200);
    expect(plan.timeline[1]?.what).toBe('Look 1.');
  });

  it('holds the request id where there is one', () => {
    expect(change(waiting(), now, {}, 'Sent.', 'request-9').timeline.at(-1)).toMatchObject({
      requestId: 'request-9',
    });
    expect(change(waiting(), stamp('2026-12-01T18:02:00Z', 'x'), {}, 'y').timeline.at(-1)).not.toHaveProperty(
      'requestId',
    );
  });
});
