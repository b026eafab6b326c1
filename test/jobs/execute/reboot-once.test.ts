// The irreversible step, one answer at a time. It is 02:01 in Shanghai, the plan is claimed, and its interval is open.
import { describe, expect, it } from 'vitest';
import { rebootOnce, type SeenBefore } from '../../../lib/jobs/execute/reboot-once.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { RebootOutcome } from '../../../lib/ports.ts';
import { at, preparing } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const seen: SeenBefore = {
  factsAt: at(now),
  healthBefore: 'Ok',
  startedBefore: at('2026-11-20T00:00:00Z'),
};

function reboot(stage: RegionStage, plan = preparing(), before = seen): Promise<Plan | undefined> {
  return rebootOnce(stage.execution(), plan, before);
}

/** Lets time pass while the intent is written. */
function slowWrite(stage: RegionStage, ms: number): void {
  let writes = 0;
  stage.onCall = (name) => {
    if (name !== 'write') return;
    writes += 1;
    if (writes === 1) stage.now = at(now).add({ milliseconds: ms }).toString();
  };
}

it('the intent is written before the call, with what was seen before, and the plan is watched after it', async () => {
  const stage = new RegionStage(now);
  const plan = await reboot(stage);
  expect(stage.asked.map(([name]) => name)).toEqual(['archive', 'write', 'reboot', 'write']);
  expect(stage.of('reboot')).toEqual([['cn-hangzhou', 'i-web-1']]);
  expect(stage.written[0]).toMatchObject({
    status: 'Rebooting',
    intent: { at: at(now) },
    sentEventIds: ['e-1'],
    healthBefore: 'Ok',
    startedBefore: at('2026-11-20T00:00:00Z'),
  });
  expect(plan).toBe(stage.last);
  expect(stage.last).toMatchObject({
    status: 'Verifying',
    reason: state('accepted', {}),
    intent: { at: at(now), outcome: 'accepted' },
    nextLook: at('2026-12-01T18:01:30Z'),
    verifyUntil: at('2026-12-01T18:31:00Z'),
  });
  expect(stage.last.timeline.at(-1)?.requestId).toBe('r-9');
  // The history has the intent; that it was accepted is no more than that.
  expect(stage.archived).toEqual([stage.written[0]]);
});

it('an answer that proves nothing counts as a restart that may have been sent', async () => {
  const stage = new RegionStage(now);
  stage.reboots = [{ kind: 'unknown', message: 'hang up' }];
  const execution = stage.execution();
  const plan = await rebootOnce(execution, preparing(), seen);
  expect(plan).toMatchObject({
    status: 'Verifying',
    reason: state('outcome-unknown', { message: 'hang up' }),
    intent: { outcome: 'unknown' },
  });
  expect(execution.ledger.sent).toBe(1);
});

it('an execution that loses the row has no right to send, and what it kept is not awaited in vain', async () => {
  const stage = new RegionStage(now);
  stage.lostFrom = 1;
  const execution = stage.execution();
  expect(await rebootOnce(execution, preparing(), seen)).toBeUndefined();
  expect(stage.of('reboot')).toEqual([]);
  expect(execution.ledger.sent).toBe(0);
});

it('an execution that does not know whether its intent was written has no right either, and gives the plan back', async () => {
  const stage = new RegionStage(now);
  stage.outcome = ({ status }) =>
    status === 'Rebooting' ? { kind: 'failed', message: 'timeout' } : { kind: 'written' };
  expect(await reboot(stage)).toBeUndefined();
  expect(stage.of('reboot')).toEqual([]);
  expect(stage.codes).toEqual(['not-written']);
  expect(stage.last).toMatchObject({
    status: 'Planned',
    reason: state('plan-not-worked-on', { message: 'timeout' }),
  });
  expect(stage.archived.map(({ intent }) => intent === undefined)).toEqual([false, true]);
});

describe('nothing is sent, and the intent is taken back', () => {
  it.each([
    ['is older than ten seconds', 10_001, seen],
    ['rests on facts older than 25 seconds', 0, { ...seen, factsAt: at('2026-12-01T18:00:34.999Z') }],
    ['was written by a clock that was set back since', -1, seen],
  ])('where it %s', async (_, ms, before) => {
    const stage = new RegionStage(now);
    slowWrite(stage, ms);
    expect(await reboot(stage, preparing(), before)).toBeUndefined();
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last).toMatchObject({ status: 'Planned', reason: { code: 'stale-intent' } });
    expect(stage.last.intent).toBeUndefined();
    // The next run may try again at once.
    expect(stage.last.waitUntil).toEqual(at(stage.now));
    // The history no longer says that it may have been sent.
    expect(stage.archived.map(({ intent }) => intent === undefined)).toEqual([false, true]);
  });

  it('but it is sent where both are just young enough', async () => {
    const stage = new RegionStage(now);
    slowWrite(stage, 10_000);
    await reboot(stage, preparing(), { ...seen, factsAt: at('2026-12-01T18:00:45Z') });
    expect(stage.of('reboot')).toHaveLength(1);
  });

  it('where the interval ended meanwhile, and the time is told in the zone of the settings', async () => {
    const stage = new RegionStage('2026-12-01T20:44:59Z');
    stage.onCall = () => {
      stage.now = '2026-12-01T20:45:00.001Z';
    };
    await reboot(stage, preparing(), { ...seen, factsAt: at('2026-12-01T20:44:50Z') });
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last.reason).toEqual(
      state('outside-interval', { at: '2026-12-01T20:45:00.001Z', timeZone: 'Asia/Shanghai' }),
    );
  });

  it('and where that is not written, the history keeps the intent', async () => {
    const stage = new RegionStage(now);
    stage.lostFrom = 2;
    slowWrite(stage, 10_001);
    await reboot(stage);
    expect(stage.archived).toHaveLength(1);
  });
});

describe('a restart that ECS refuses', () => {
  const refused = (again: 'soon' | 'next-minute' | 'never'): RebootOutcome => ({
    kind: 'refused',
    again,
    code: 'Throttling',
    message: 'Slow down.',
    requestId: 'r-9',
  });
  const values = { errorCode: 'Throttling', message: 'Slow down.' };

  it.each([
    ['next-minute', '2026-12-01T18:02:00Z'],
    ['soon', '2026-12-01T18:03:00Z'],
  ] as const)('for now is tried again later (%s: %s)', async (again, waitUntil) => {
    const stage = new RegionStage(now);
    stage.reboots = [refused(again)];
    const execution = stage.execution();
    expect(await rebootOnce(execution, preparing(), seen)).toBeUndefined();
    expect(stage.last).toMatchObject({
      status: 'Planned',
      reason: state('refused', values),
      waitUntil: at(waitUntil),
    });
    expect(stage.last.intent).toBeUndefined();
    expect(stage.last.timeline.at(-1)?.requestId).toBe('r-9');
    expect(stage.problems.all).toMatchObject([{ code: 'refused', instanceId: 'i-web-1' }]);
    expect(execution.ledger.sent).toBe(0);
    expect(stage.archived.map(({ intent }) => intent === undefined)).toEqual([false, true]);
  });

  it('for good ends the plan, and nothing was sent', async () => {
    const stage = new RegionStage(now);
    stage.reboots = [refused('never')];
    expect(await reboot(stage)).toBeUndefined();
    expect(stage.last).toMatchObject({
      status: 'Escalated',
      cause: 'refused',
      reason: { code: 'refused-for-good', values },
    });
    expect(stage.last.intent).toBeUndefined();
    expect(stage.last.timeline.at(-1)?.requestId).toBe('r-9');
    expect(stage.archived.map(({ intent }) => intent === undefined)).toEqual([false, true]);
  });
});

it('where the row is gone after the call, the history knows of the restart', async () => {
  const stage = new RegionStage(now);
  stage.lostFrom = 2;
  const execution = stage.execution();
  expect(await rebootOnce(execution, preparing(), seen)).toBeUndefined();
  expect(execution.ledger.sent).toBe(1);
  expect(stage.archived.map(({ status }) => status)).toEqual(['Rebooting', 'Verifying']);
});

it('a history that cannot be written keeps no restart from being sent', async () => {
  const stage = new RegionStage(now);
  stage.fails = { archive: 'down' };
  expect((await reboot(stage))?.status).toBe('Verifying');
  expect(stage.codes).toEqual(['not-kept']);
});
