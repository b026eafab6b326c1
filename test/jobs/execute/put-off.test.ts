// What each answer of the last look writes into the row. It is 02:01 in Shanghai, and nothing was sent.
import { describe, expect, it } from 'vitest';
import { isNoNews, putOff } from '../../../lib/jobs/execute/put-off.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, finished, preparing, runbook, step, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const now = at('2026-12-01T18:01:00Z');
const locked = state('instance-locked', { locks: ['security'] });
const until = at('2026-12-01T18:03:00Z');

type Verdict = Parameters<typeof putOff>[2];

async function off(plan: Plan, verdict: Verdict): Promise<RegionStage> {
  const stage = new RegionStage();
  await putOff(stage.execution(), plan, verdict);
  return stage;
}

it('a plan that waits says for what, and until when', async () => {
  const stage = await off(waiting(), { kind: 'wait', reason: locked, until });
  expect(stage.written).toMatchObject([{ status: 'Planned', reason: locked, waitUntil: until }]);
});

it('a plan that waits for its own time keeps no wait of its own', async () => {
  const stage = await off(preparing(), { kind: 'wait', reason: locked, until: undefined });
  expect(stage.last.waitUntil).toBeUndefined();
});

it('a held plan says so', async () => {
  const stage = await off(waiting({ hold: 'release week' }), { kind: 'held' });
  expect(stage.last.reason.code).toBe('held');
});

describe('a plan without its approval', () => {
  it('that waited for it goes on waiting', async () => {
    const stage = await off(waiting({ status: 'AwaitingApproval' }), { kind: 'unapproved' });
    expect(stage.last).toMatchObject({
      status: 'AwaitingApproval',
      reason: { code: 'waits-for-approval' },
    });
    expect(stage.last.waitUntil).toBeUndefined();
  });

  it('that had it is looked at again after two minutes', async () => {
    const stage = await off(preparing(), { kind: 'unapproved' });
    expect(stage.last).toMatchObject({
      status: 'Planned',
      reason: state('approval-required-now', {}),
      waitUntil: until,
    });
  });

  it('stays in Preparing where its service is down', async () => {
    const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
    const stage = await off(preparing({ runbook: runbook(), steps: [drained] }), { kind: 'unapproved' });
    expect(stage.last).toMatchObject({ status: 'Preparing', nextLook: until });
  });
});

it('a plan that is only observed is skipped, and says so', async () => {
  const stage = await off(waiting(), { kind: 'observed', reason: state('observed', {}) });
  expect(stage.last).toMatchObject({ status: 'Skipped', cause: 'observe', reason: { code: 'observed' } });
});

it('a plan that ends, ends as it was judged', async () => {
  const end = { status: 'Escalated', cause: 'pre-command', reason: locked } as const;
  const stage = await off(waiting(), { kind: 'end', end });
  expect(stage.last).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
});

it('a plan that is planned again is written as planning made it, and its problems are told', async () => {
  const plan = { ...finished({ status: 'Missed' }), version: 2 };
  const proposal = { kind: 'ended', plan, from: waiting(), problems: [state('odd-event', { faults: [] })] };
  const stage = await off(waiting(), { kind: 'replan', proposal } as unknown as Verdict);
  expect(stage.written).toEqual([plan]);
  expect(stage.problems.all).toMatchObject([{ code: 'odd-event', instanceId: 'i-web-1' }]);
});

describe('a row that says all that there is to say is not written', () => {
  const said = waiting({ reason: locked });
  const next = waiting({ reason: locked, version: 2 });

  it('and stays due', async () => {
    expect(isNoNews(said, next, now)).toBe(true);
    const stage = await off(said, { kind: 'wait', reason: locked, until: undefined });
    expect(stage.written).toEqual([]);
  });

  it.each<[string, Plan, Plan]>([
    ['it is held by an execution', preparing({ reason: locked }), preparing({ reason: locked })],
    ['its status changes', preparing({ reason: locked, lease: undefined as never }), next],
    ['its reason changes', waiting(), next],
    ['it was not due', waiting({ reason: locked, executeAt: until }), next],
    ['it is due only later', said, waiting({ reason: locked, waitUntil: until })],
  ])('unless %s', (_, plan, then) => {
    expect(isNoNews(plan, then, now)).toBe(false);
  });

  it('also where a row that ended has no time at all', () => {
    const ended = finished({ status: 'Missed', reason: locked });
    expect(isNoNews(ended, ended, now)).toBe(true);
  });
});
