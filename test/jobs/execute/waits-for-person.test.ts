// What the rows of plans say that wait for a person, and that they are written no more often than they change. It is 02:01 in
// Shanghai.
import { describe, expect, it } from 'vitest';
import { leaveToPerson } from '../../../lib/jobs/execute/waits-for-person.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, preparing, runbook, step, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const told = state(
  'held',
  {
    why: 'release week',
    notBefore: '2026-12-03T02:00:00Z',
    timeZone: 'Asia/Shanghai',
    instanceId: 'i-web-1',
  },
  [waiting().reason],
);
const drained = step('pre-command', 'done', {
  commandId: 'c-drain',
  executeAt: at('2026-12-01T18:00:00Z'),
  ids: ['t-0'],
});

async function leave(plan: Plan): Promise<RegionStage> {
  const stage = new RegionStage();
  await leaveToPerson(stage.execution(), plan);
  return stage;
}

it('a held plan says so, once', async () => {
  const stage = await leave(waiting({ hold: 'release week' }));
  expect(stage.written).toMatchObject([{ status: 'Planned', reason: told }]);
  expect((await leave(waiting({ hold: 'release week', reason: told }))).written).toEqual([]);
});

it('a held plan whose due_at lies ahead is written, so that the row is due again at its own time', async () => {
  const plan = waiting({ hold: 'release week', reason: told, executeAt: at('2026-12-01T18:01:00.001Z') });
  expect((await leave(plan)).written).toHaveLength(1);
  const now = waiting({ hold: 'release week', reason: told, executeAt: at('2026-12-01T18:01:00Z') });
  expect((await leave(now)).written).toEqual([]);
});

it('an edit is recorded', async () => {
  const edits = [{ by: 'operator:Li', what: state('hold-set', { why: 'release week' }) }] as const;
  const stage = await leave(waiting({ hold: 'release week', reason: told, edits }));
  expect(stage.last.timeline.at(-1)).toMatchObject({ by: 'operator:Li', what: { code: 'hold-set' } });
});

it('a time that somebody has just pinned is left to the plan function, which judges it', async () => {
  const edits = [{ by: 'operator', what: state('pinned-by-hand', {} as never) }] as const;
  const plan = preparing({ hold: 'release week', edits });
  expect((await leave(plan)).written).toEqual([]);
});

describe('a claim is given back', () => {
  it('because who only waits must not count in the limits', async () => {
    const stage = await leave(preparing({ hold: 'release week' }));
    expect(stage.last.status).toBe('Planned');
    expect(stage.last.lease).toBeUndefined();
    expect(stage.last.timeline.at(-1)?.what).toEqual(state('preparation-stopped', {}));
  });

  it('although no execution holds it any more', async () => {
    const plan = preparing({ hold: 'release week' });
    delete plan.lease;
    expect((await leave(plan)).last.status).toBe('Planned');
  });

  it('but a drained plan stays in Preparing and keeps its place', async () => {
    const plan = preparing({ hold: 'release week', runbook: runbook(), steps: [drained] });
    const stage = await leave(plan);
    expect(stage.last.status).toBe('Preparing');
    expect(stage.last.lease).toBeUndefined();
    // Without a lease there is nothing more to say.
    expect((await leave(stage.last)).written).toEqual([]);
  });

  it('but a plan whose backup is being made stays in Preparing', async () => {
    const plan = preparing({ hold: 'release week', runbook: runbook(), steps: [step('backup', 'running')] });
    delete plan.lease;
    expect((await leave(plan)).last.status).toBe('Preparing');
  });
});

it('nothing is read for a plan that waits', async () => {
  const stage = await leave(waiting({ hold: 'release week' }));
  expect(stage.asked.map(([name]) => name)).toEqual(['write']);
});
