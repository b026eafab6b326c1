// The owner's own proof, after ECS showed that the restart answered its events: the health of the instance, then the
// post-command. It is 02:03 in Shanghai; the time for the proof is over at 02:31.
import { describe, expect, it } from 'vitest';
import { isProofDue, openProofs, type Proof } from '../../../lib/jobs/steps/proof.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import type { Step } from '../../../lib/plan/steps.ts';
import type { Health } from '../../../lib/ports.ts';
import { at, runbook, step, verifying } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const avoided = state('avoided', { eventIds: ['e-1'] });
const verdict = { kind: 'end', status: 'Avoided', reason: avoided } as const;
const check = { step: 'post-command', commandId: 'c-check' };
const running = step('post-command', 'running', {
  commandId: 'c-check',
  ids: ['t-0'],
  at: at('2026-12-01T18:02:00Z'),
});

function plan(...steps: Step[]): Plan {
  return verifying({ runbook: runbook(), ...(steps.length === 0 ? {} : { steps }) });
}

/** A plan without a post-command. */
const plain = verifying();

function stageWith(
  healths: Record<string, Partial<Health>> | Error,
  now = '2026-12-01T18:03:00Z',
): StepStage & { asked: unknown[] } {
  const stage = Object.assign(new StepStage(now), { asked: [] as unknown[] });
  const full = (health: Partial<Health>): Health => ({ openEventIds: [], faults: [], ...health });
  stage.ecs.healthOf = (region, ids) => {
    stage.asked.push([region, ids]);
    return healths instanceof Error
      ? Promise.reject(healths)
      : Promise.resolve(new Map(Object.entries(healths).map(([id, health]) => [id, full(health)])));
  };
  return stage;
}

async function prove(stage: StepStage, row: Plan): Promise<Proof | undefined> {
  const proofs = await openProofs(stage.execution(), [row]);
  return proofs.of(row, verdict);
}

const well = { 'i-web-1': { status: 'Ok' } };

it.each([
  ['Avoided', true],
  ['Cleared', true],
  ['Missed', false],
  ['Escalated', false],
] as const)('a look that ends as %s needs the proof of the owner: %s', (status, isDue) => {
  expect(isProofDue({ kind: 'end', status, reason: avoided })).toBe(isDue);
});

it('a look that goes on needs none yet', () => {
  expect(isProofDue({ kind: 'watch', reason: avoided })).toBe(false);
});

describe('the health', () => {
  it('is read at once for all plans, and not at all for none', async () => {
    const stage = stageWith({});
    await openProofs(stage.execution(), [plain, { ...plain, instanceId: 'i-web-2' }]);
    expect(stage.asked).toEqual([['cn-hangzhou', ['i-web-1', 'i-web-2']]]);
    const idle = stageWith(new Error('never asked'));
    const proofs = await openProofs(idle.execution(), []);
    expect(idle.asked).toEqual([]);
    // What was not asked about is not proven.
    expect(await proofs.of(plain, verdict)).toMatchObject({ verdict: { kind: 'watch' } });
  });

  it('that is well proves the restart', async () => {
    expect(await prove(stageWith(well), plain)).toEqual({ plan: plain, verdict });
  });

  it('that was as bad before is told, and proves it', async () => {
    const stage = stageWith({ 'i-web-1': { status: 'Impaired' } });
    expect(await prove(stage, { ...plain, healthBefore: 'Impaired' })).toMatchObject({
      verdict: {
        kind: 'end',
        status: 'Avoided',
        reason: state('avoided', { eventIds: ['e-1'] }, [
          state('health-as-before', { health: 'Impaired', before: 'Impaired' }),
        ]),
      },
    });
  });

  it('that another open event explains proves it; one of the plan itself does not', async () => {
    const other = stageWith({ 'i-web-1': { status: 'Warning', openEventIds: ['e-1', 'e-9'] } });
    expect(await prove(other, plain)).toMatchObject({
      verdict: {
        kind: 'end',
        reason: { also: [state('health-explained', { health: 'Warning', eventIds: ['e-9'] })] },
      },
    });
    const own = stageWith({ 'i-web-1': { status: 'Warning', openEventIds: ['e-1'] } });
    expect(await prove(own, plain)).toMatchObject({ verdict: { kind: 'watch' } });
  });

  it.each<[string, Record<string, Partial<Health>> | Error, Statement]>([
    ['is worse than before', { 'i-web-1': { status: 'Impaired' } }, state('unwell', { health: 'Impaired' })],
    ['ECS does not list', {}, state('no-health', { faults: [] })],
    ['cannot be read', new Error('no right'), state('health-unreadable', { message: 'no right' })],
  ])('that %s is no proof: it is looked at until the time for that is over', async (_, healths, why) => {
    const early = stageWith(healths, '2026-12-01T18:30:59.999Z');
    expect(await prove(early, plain)).toEqual({
      plan: plain,
      verdict: { kind: 'watch', reason: state('proof-pending', { verdict: avoided, why }) },
    });
    const late = stageWith(healths, '2026-12-01T18:31:00Z');
    expect(await prove(late, plain)).toEqual({
      plan: plain,
      verdict: {
        kind: 'end',
        status: 'Escalated',
        reason: state('proof-missing', { verdict: avoided, why }),
      },
    });
  });

  it('that is no proof ends a plan whose row lost the time for its proof', async () => {
    const row = verifying();
    delete row.verifyUntil;
    expect(await prove(stageWith({}), row)).toMatchObject({ verdict: { status: 'Escalated' } });
  });

  it('comes before the post-command: none runs on an instance that is not well', async () => {
    const stage = stageWith({ 'i-web-1': { status: 'Impaired' } });
    await prove(stage, plan());
    expect(stage.invoked).toEqual([]);
  });
});

describe('the post-command', () => {
  it('that ends well proves the restart, on the row as it is then', async () => {
    const stage = stageWith(well);
    stage.results = [{ kind: 'over', isSuccess: true, status: 'Success', output: '' }];
    expect(await prove(stage, plan())).toEqual({ plan: stage.last, verdict });
    expect(stage.invoked).toMatchObject([{ commandId: 'c-check' }]);
    expect(stage.step('post-command')).toMatchObject({ state: 'done' });
  });

  it('runs once: one that is done is not asked for again', async () => {
    const stage = stageWith(well);
    const row = plan({ ...running, state: 'done' });
    expect(await prove(stage, row)).toEqual({ plan: row, verdict });
    expect([stage.invoked, stage.looked]).toEqual([[], []]);
  });

  it('that fails escalates the plan, although ECS shows the event as avoided', async () => {
    const stage = stageWith(well);
    stage.results = [{ kind: 'over', isSuccess: false, status: 'Failed', exitCode: 7, output: 'no' }];
    const row = plan(running);
    const why = state('command-failed', { ...check, status: 'Failed', exitCode: 7, output: 'no' });
    expect(await prove(stage, row)).toEqual({
      plan: row,
      verdict: {
        kind: 'end',
        status: 'Escalated',
        reason: state('post-command-failed', { verdict: avoided, why }),
        steps: [{ ...running, state: 'failed' }],
      },
    });
  });

  it('that runs is not cut off by the time for the proof: it has its own time limit', async () => {
    const late = { ...running, at: at('2026-12-01T18:28:00Z') };
    const stage = stageWith(well, '2026-12-01T18:31:00Z');
    const row = plan(late);
    expect(await prove(stage, row)).toEqual({
      plan: row,
      verdict: {
        kind: 'watch',
        reason: state('proof-pending', { verdict: avoided, why: state('command-still-runs', check) }),
      },
    });
    // It is left to the next look: other plans are looked at in between.
    expect(stage.slept).toEqual([]);
  });

  it('that ECS has not begun when the time for the proof is over escalates the plan', async () => {
    const stage = stageWith(well, '2026-12-01T18:31:00Z');
    stage.answers = [{ kind: 'refused', again: 'soon', code: 'Throttling', message: 'Slow down.' }];
    expect(await prove(stage, plan())).toMatchObject({
      plan: { steps: [{ state: 'starting' }] },
      verdict: { kind: 'end', status: 'Escalated', reason: { code: 'proof-missing' } },
    });
    const early = stageWith(well, '2026-12-01T18:30:00Z');
    early.answers = stage.answers;
    expect(await prove(early, plan())).toMatchObject({ verdict: { kind: 'watch' } });
  });

  it('of a row that somebody else changed proves nothing', async () => {
    const stage = stageWith(well);
    stage.lostFrom = 1;
    expect(await prove(stage, plan())).toBeUndefined();
  });
});
