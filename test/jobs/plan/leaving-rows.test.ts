// Rows of finished plans leave, and rows of regions that nobody serves end: what each step writes, and what fails. It is 18:00 on
// Tuesday in Shanghai.
import { describe, expect, it } from 'vitest';
import { letGo } from '../../../lib/jobs/plan/leaving.ts';
import { surveyRegion } from '../../../lib/jobs/plan/survey.ts';
import { endUnserved } from '../../../lib/jobs/plan/unserved-regions.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { WriteOutcome } from '../../../lib/ports.ts';
import {
  at,
  finished,
  preparing,
  runbook,
  settings,
  step,
  tuesdayEvening,
  waiting,
} from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

/** Ended eight days ago; a week is over. */
function old(instanceId: string, changes: Partial<Plan> = {}): Plan {
  return finished({ status: 'Avoided', instanceId, finishedAt: at('2026-11-23T10:00:00Z'), ...changes });
}

describe('a finished plan', () => {
  async function go(
    rows: Plan[],
    change: (stage: RegionStage) => void = () => undefined,
    removed: (plan: Plan) => WriteOutcome = () => ({ kind: 'written' }),
  ): Promise<RegionStage> {
    const stage = new RegionStage(tuesdayEvening);
    stage.events = [];
    stage.ended = rows.map(({ instanceId }) => instanceId);
    const run = stage.planRun();
    const survey = await surveyRegion(run, settings());
    stage.others = rows.map((plan) => rowOf(plan));
    stage.asked.length = 0;
    stage.logged.length = 0;
    change(stage);
    const store = {
      ...run.store,
      remove: (plans: readonly Plan[]) => {
        stage.removed.push(...plans);
        return Promise.resolve(plans.map(removed));
      },
    };
    await letGo({ ...run, store }, survey, settings());
    return stage;
  }

  it('leaves after its copy is in the history', async () => {
    const rows = [old('i-1'), old('i-2')];
    const stage = await go(rows);
    expect(stage.archived).toEqual(rows);
    expect(stage.removed).toEqual(rows);
    expect(stage.logged).toEqual([
      ['info', 'finished plans left the plans table', { regionId: 'cn-hangzhou', plans: 2 }],
    ]);
    expect(stage.problems.all).toEqual([]);
  });

  it('stays where something rests on it', async () => {
    const stage = await go([
      old('i-1', { hold: 'release week' }),
      old('i-2', { finishedAt: at('2026-11-24T10:00:00Z') }),
    ]);
    expect([stage.archived, stage.removed, stage.logged]).toEqual([[], [], []]);
  });

  it('stays where its copy could not be written', async () => {
    const stage = await go([old('i-1'), old('i-2')], (one) => {
      one.archiveOutcome = ({ instanceId }) =>
        instanceId === 'i-1' ? { kind: 'failed', message: 'too large' } : { kind: 'written' };
    });
    expect(stage.removed).toMatchObject([{ instanceId: 'i-2' }]);
    expect(stage.codes).toEqual(['not-archived']);
  });

  it('that somebody edited meanwhile stays, and one that could not be removed is a problem', async () => {
    const stage = await go([old('i-1'), old('i-2'), old('i-3')], undefined, ({ instanceId }) =>
      instanceId === 'i-1'
        ? { kind: 'lost' }
        : instanceId === 'i-2'
          ? { kind: 'failed', message: 'timeout' }
          : { kind: 'written' },
    );
    expect(stage.problems.all).toMatchObject([{ code: 'not-removed', instanceId: 'i-2' }]);
    expect(stage.problems.all[0]?.problem).toContain('timeout');
    expect(stage.logged.filter(([level]) => level === 'info')).toMatchObject([
      ['info', 'finished plans left the plans table', { plans: 1 }],
    ]);
  });

  it('is not said to have left where none did', async () => {
    const stage = await go([old('i-1')], undefined, () => ({ kind: 'lost' }));
    expect(stage.logged).toEqual([]);
  });

  it('leaves with 499 others at most in one run', async () => {
    const rows = Array.from({ length: 501 }, (_, index) => old(`i-${index}`));
    expect((await go(rows)).removed).toHaveLength(500);
  });

  it('is not even read where there is none', async () => {
    expect((await go([])).asked).toEqual([]);
  });

  it('whose row cannot be read stays: that is one problem of the region', async () => {
    const stage = await go([old('i-1')], (one) => {
      one.fails = { readByInstance: 'the table is down' };
    });
    expect(stage.problems.all).toMatchObject([{ code: 'rows-not-removed', regionId: 'cn-hangzhou' }]);
    expect(stage.problems.all[0]?.problem).toContain('the table is down');
    const odd = await go([old('i-1')], (one) => {
      one.others = [unreadable({ instanceId: 'i-1' })];
    });
    expect([odd.removed, odd.problems.all]).toEqual([[], []]);
  });
});

describe('a region that is no longer in REGIONS', () => {
  const past = { notBefore: at('2026-12-01T08:59:59Z'), latestStart: at('2026-12-01T08:59:59Z') };

  async function end(stage: RegionStage): Promise<unknown> {
    stage.regions = ['cn-hangzhou', 'cn-shanghai'];
    return endUnserved(stage.planRun(), ['cn-hangzhou']);
  }

  function stageOf(...plans: Plan[]): RegionStage {
    const stage = new RegionStage(tuesdayEvening);
    stage.others = plans.map((plan) => rowOf({ ...plan, regionId: 'cn-shanghai' }));
    return stage;
  }

  const none = { events: 0, created: 0, updated: 0, unchanged: 0, ended: 0 };

  it('is found by its rows; one that is served is left alone', async () => {
    const stage = stageOf();
    expect(await end(stage)).toEqual(none);
    expect(stage.of('readByInstance')).toEqual([['cn-shanghai', []]]);
    expect(stage.problems.all).toEqual([]);
    expect(stage.of('listEvents')).toEqual([]);
  });

  it('ends its plans an hour after their last time, tells each, and reports the region', async () => {
    const stage = stageOf(waiting(past), waiting({ instanceId: 'i-2' }));
    expect(await end(stage)).toEqual({ ...none, ended: 1 });
    expect(stage.written).toMatchObject([{ instanceId: 'i-web-1', status: 'Skipped', cause: 'region-gone' }]);
    expect(stage.problems.all).toMatchObject([
      { code: 'region-unserved', regionId: 'cn-shanghai' },
      { code: 'region-gone', regionId: 'cn-shanghai', instanceId: 'i-web-1' },
    ]);
    expect(stage.problems.all[0]?.problem).toContain('2 ');
    // Nothing was sent for it.
    expect(stage.archived).toEqual([]);
  });

  it('tells each plan that is under way, or whose service may be down', async () => {
    const drained = step('pre-command', 'done', {
      commandId: 'c-drain',
      executeAt: at('2026-12-01T18:00:00Z'),
      ids: ['t-0'],
    });
    const stage = stageOf(
      preparing(),
      waiting({ instanceId: 'i-2', runbook: runbook(), steps: [drained] }),
      waiting({ instanceId: 'i-3' }),
    );
    await end(stage);
    expect(stage.problems.all).toMatchObject([
      { code: 'region-unserved' },
      { code: 'plan-unserved', instanceId: 'i-web-1' },
      { code: 'plan-unserved', instanceId: 'i-2' },
    ]);
    expect(stage.problems.all[1]?.problem).toContain('Preparing');
    expect(stage.written).toEqual([]);
  });

  it('takes a restart that may have been sent one step on, and the history has its end', async () => {
    const sent = { ...past, intent: { at: at('2026-12-01T08:00:00Z') } };
    const rebooting = stageOf(waiting({ ...sent, status: 'Rebooting' }));
    expect(await end(rebooting)).toEqual({ ...none, updated: 1 });
    expect(rebooting.last.status).toBe('Verifying');
    const verifying = stageOf(waiting({ ...sent, status: 'Verifying' }));
    expect(await end(verifying)).toEqual({ ...none, ended: 1 });
    expect(verifying.archived).toEqual([verifying.last]);
  });

  it('gives up what is to be undone after the end of a plan: a person is told', async () => {
    const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
    const owing = finished({
      ...past,
      status: 'Cleared',
      regionId: 'cn-shanghai',
      runbook: runbook({ undoCommand: 'c-undrain' }),
      steps: [drained],
    });
    const stage = stageOf();
    stage.underWay = [[rowOf(owing), rowOf(preparing({ instanceId: 'i-2' })), unreadable()]];
    expect(await end(stage)).toEqual({ ...none, ended: 1 });
    expect(stage.written).toMatchObject([
      { status: 'Cleared', steps: [drained, { name: 'undo-command', state: 'failed' }] },
    ]);
  });

  it('has rows that cannot be read, which say so, and finished ones, which stay', async () => {
    const stage = stageOf(finished({ ...past, status: 'Avoided' }));
    stage.others.push(unreadable({ regionId: 'cn-shanghai' }));
    expect(await end(stage)).toEqual(none);
    expect(stage.escalated).toEqual([['i-odd', 'row-unreadable', 'plan']]);
    expect(stage.codes).toEqual(['row-unreadable']);
  });

  it('whose row cannot be written is told, and tried again at the next run', async () => {
    const stage = stageOf(waiting(past));
    stage.outcome = () => ({ kind: 'failed', message: 'timeout' });
    expect(await end(stage)).toEqual(none);
    expect(stage.codes).toEqual(['region-unserved', 'not-written']);
    expect(stage.problems.all[1]?.problem).toMatch(/Skipped.*timeout/);
    const lost = stageOf(waiting(past));
    lost.outcome = () => ({ kind: 'lost' });
    expect(await end(lost)).toEqual(none);
    expect(lost.codes).toEqual(['region-unserved']);
  });

  it('that cannot be read is a problem, and stops nothing', async () => {
    const stage = stageOf();
    stage.fails = { readByInstance: 'the table is down' };
    expect(await end(stage)).toEqual(none);
    expect(stage.problems.all).toMatchObject([{ code: 'region-failed', regionId: 'cn-shanghai' }]);
    const unknown = stageOf();
    unknown.fails = { regionsWithRows: 'the table is down' };
    expect(await end(unknown)).toEqual(none);
    expect(unknown.problems.all).toMatchObject([{ code: 'regions-unreadable', regionId: '' }]);
    expect(unknown.problems.all[0]?.problem).toContain('the table is down');
  });
});
